#include "LineReader.hpp"

#include <optional>

#include "../text/CodePoints.hpp"

namespace winnow::search::ovid {

namespace {

struct Label {
  std::uint32_t number = 0;  ///< 0: unreadable
  std::uint32_t body = 1;    ///< column after it
};

std::size_t skipBlanks(const std::u32string& s, std::size_t i) {
  while (i < s.size() && isBlank(s[i])) ++i;
  return i;
}

/// "12. ", "12) ", "12 ", "#12 ", "S12 ", "12.x" at the beginning of a line.
std::optional<Label> labelOf(const std::u32string& s) {
  std::size_t i = skipBlanks(s, 0);
  if (i < s.size() && (s[i] == U'#' || s[i] == U'S' || s[i] == U's')) ++i;
  Label label;
  const std::size_t first = i;
  for (; i < s.size() && isDigit(s[i]) && i - first < 7; ++i)
    label.number = label.number * 10 + static_cast<std::uint32_t>(s[i] - U'0');
  if (i == first || i == s.size() || label.number == 0) return std::nullopt;
  const bool dotted = s[i] == U'.' || s[i] == U')';
  if (dotted) ++i;
  const std::size_t body = skipBlanks(s, i);
  const bool spaced = body > i && body < s.size();
  const bool tight = dotted && s[i - 1] == U'.' && body < s.size() && !isDigit(s[body]);
  if (!spaced && !tight) return std::nullopt;
  label.body = static_cast<std::uint32_t>(body) + 1;
  return label;
}

/// A label that was damaged: digits and U+FFFD with "." or ")" behind.
std::optional<Label> damagedLabelOf(const std::u32string& s) {
  std::size_t i = skipBlanks(s, 0);
  bool damaged = false;
  for (; i < s.size() && (isDigit(s[i]) || s[i] == 0xFFFD); ++i) damaged = damaged || s[i] == 0xFFFD;
  if (!damaged || i == s.size() || (s[i] != U'.' && s[i] != U')')) return std::nullopt;
  return Label{0, static_cast<std::uint32_t>(skipBlanks(s, i + 1)) + 1};
}

std::vector<Line> physicalLines(std::string_view text) {
  std::vector<Line> lines;
  const char* const first = text.data();
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  std::uint32_t physical = 0;
  while (!text.empty()) {
    const std::size_t end = text.find_first_of("\r\n");
    std::string_view line = text.substr(0, end);
    const bool crlf =
        end != std::string_view::npos && text[end] == '\r' && end + 1 < text.size() && text[end + 1] == '\n';
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + (crlf ? 2 : 1));
    ++physical;
    const std::u32string points = decode(line);
    const std::size_t body = skipBlanks(points, 0);
    if (body == points.size()) continue;
    Line made;
    made.line = physical;
    made.text = encode(points);
    made.begin = static_cast<std::size_t>(line.data() - first);
    made.size = line.size();
    made.body = static_cast<std::uint32_t>(body) + 1;
    lines.push_back(std::move(made));
  }
  return lines;
}

void tellDamaged(const Line& line, std::vector<Diagnostic>& diagnostics) {
  diagnostics.push_back(
      {Severity::Warning,
       "OVID-W29",
       line.line,
       line.number,
       1,
       line.body > 1 ? line.body - 1 : 1,
       "the number of this line cannot be read; it is taken for " + std::to_string(line.number) + ", its position",
       {}});
}

}  // namespace

std::vector<Line> readLines(std::string_view text, std::vector<Diagnostic>& diagnostics) {
  std::vector<Line> lines = physicalLines(text);
  std::vector<std::optional<Label>> labels;
  std::size_t labelled = 0;
  for (const Line& line : lines) {
    labels.push_back(labelOf(decode(line.text)));
    if (labels.back() && labels.back()->number > lines.size() + 60) labels.back().reset();
    labelled += labels.back() ? 1 : 0;
  }
  // Damaged labels are evidence of numbering too.
  std::vector<std::optional<Label>> damaged(lines.size());
  std::size_t evidence = labelled;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!labels[i]) damaged[i] = damagedLabelOf(decode(lines[i].text));
    evidence += damaged[i] ? 1 : 0;
  }
  const bool numbered = labelled >= 2 && evidence * 5 >= lines.size() * 4;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    Line& line = lines[i];
    line.number = static_cast<std::uint32_t>(i) + 1;
    if (numbered && labels[i]) {
      line.number = labels[i]->number;
      line.body = labels[i]->body;
    } else if (numbered && damaged[i]) {
      line.body = damaged[i]->body;
      tellDamaged(line, diagnostics);
    }
    for (std::size_t k = 0; numbered && labels[i] && k < i; ++k)
      if (lines[k].number == line.number) {
        diagnostics.push_back({Severity::Warning,
                               "OVID-W08",
                               line.line,
                               line.number,
                               1,
                               line.body > 1 ? line.body - 1 : 1,
                               "line number " + std::to_string(line.number) + " is used twice, first in line " +
                                   std::to_string(lines[k].line) + "; references mean the last before them",
                               {}});
        break;
      }
  }
  return lines;
}

}  // namespace winnow::search::ovid
