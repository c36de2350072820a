#include "DelimitedText.hpp"

#include <algorithm>
#include <array>

#include <winnow/formats/text.hpp>

namespace winnow::csv {

char findDelimiter(std::string_view line) {
  constexpr std::array<char, 4> kDelimiters = {',', ';', '\t', '|'};
  std::array<std::size_t, 4> counts{};
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') quoted = !quoted;
    const auto found = std::find(kDelimiters.begin(), kDelimiters.end(), c);
    if (!quoted && found != kDelimiters.end()) ++counts[static_cast<std::size_t>(found - kDelimiters.begin())];
  }
  const auto most = std::max_element(counts.begin(), counts.end());
  return *most == 0 ? '\0' : kDelimiters[static_cast<std::size_t>(most - counts.begin())];
}

bool RowReader::nextLine(Line& line) {
  if (held_.empty()) return lines_.next(line);
  line = held_.front();
  held_.erase(held_.begin());
  return true;
}

std::string_view RowReader::peek() {
  Line line;
  std::vector<Line> seen;
  while (nextLine(line)) {
    seen.push_back(line);
    if (!formats::isBlank(line.text)) break;
  }
  held_.insert(held_.begin(), seen.begin(), seen.end());
  return seen.empty() ? std::string_view{} : seen.back().text;
}

/// A quote opens a cell only at its begin; inside, two quotes are one.
bool RowReader::endsInsideQuotes(std::string_view text) const {
  bool inside = false, atBegin = true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (inside) {
      if (c != '"') continue;
      if (i + 1 < text.size() && text[i + 1] == '"') ++i;
      else inside = false;
    } else if (c == '"' && atBegin) {
      inside = true;
    }
    atBegin = !inside && (c == delimiter_ || (atBegin && c == ' '));
  }
  return inside;
}

void RowReader::splitCells(const std::string& text, Row& row, const std::vector<Line>& lines) {
  const auto placeOf = [&](std::size_t offset) {
    std::size_t line = 0;
    for (; line + 1 < lines.size() && offset > lines[line].text.size(); ++line) offset -= lines[line].text.size() + 1;
    return std::pair{lines[line].number, static_cast<std::uint32_t>(offset + 1)};
  };
  std::size_t at = 0;
  for (;;) {
    const auto [line, column] = placeOf(at);
    std::size_t begin = at;
    while (begin < text.size() && text[begin] == ' ') ++begin;
    Cell cell{{}, line, column};
    if (begin < text.size() && text[begin] == '"') {
      std::string value;
      std::size_t i = begin + 1;
      bool plain = true;
      for (; i < text.size(); ++i) {
        if (text[i] == '"') {
          if (i + 1 >= text.size() || text[i + 1] != '"') break;
          plain = false;
          ++i;
        }
        value += text[i];
      }
      const std::size_t end = std::min(i, text.size());
      if (plain) {
        cell.text = std::string_view(text).substr(begin + 1, end - begin - 1);
      } else {
        texts_.push_back(std::make_unique<std::string>(std::move(value)));
        cell.text = *texts_.back();
      }
      at = std::min(text.find(delimiter_, std::min(end + 1, text.size())), text.size());
    } else {
      const std::size_t end = std::min(text.find(delimiter_, at), text.size());
      cell.text = std::string_view(text).substr(at, end - at);
      at = end;
    }
    if (!formats::isBlank(cell.text)) row.isBlank = false;
    row.cells.push_back(cell);
    if (at >= text.size()) return;
    ++at;
    if (at == text.size()) {  // a delimiter at the very end: one more, empty cell
      row.cells.push_back({{}, line, column});
      return;
    }
  }
}

bool RowReader::next(Row& row) {
  row = Row{};
  Line line;
  if (!nextLine(line)) return false;
  std::vector<Line> lines{line};
  std::string text(line.text);
  while (endsInsideQuotes(text)) {
    Line more;
    if (text.size() > kLongestCell || !nextLine(more)) {
      // Not closed: the lines behind the first are rows of their own.
      row.unclosed = true;
      held_.insert(held_.begin(), lines.begin() + 1, lines.end());
      lines.resize(1);
      text = lines[0].text;
      const std::size_t quote = text.rfind('"');
      row.quoteLine = lines[0].number;
      row.quoteColumn = static_cast<std::uint32_t>(quote + 1);
      break;
    }
    lines.push_back(more);
    text += '\n';
    text += more.text;
  }
  texts_.push_back(std::make_unique<std::string>(std::move(text)));
  row.at.byte = lines.front().byte;
  row.at.line = lines.front().number;
  row.at.column = 1;
  row.end = lines.back().end;
  row.at.length = static_cast<std::uint32_t>(row.end - row.at.byte);
  splitCells(*texts_.back(), row, lines);
  return true;
}

}  // namespace winnow::csv
