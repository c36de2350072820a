#include "winnow/formats/csv.hpp"

#include <locale.h>

#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "winnow/formats/text.hpp"

namespace winnow::formats {

namespace {

std::string placed(std::size_t row, std::size_t column, const std::string& what) {
  return "row " + std::to_string(row) + ", column " + std::to_string(column) + ": " + what;
}

char delimiterOf(std::string_view text) {
  constexpr std::array<char, 3> kDelimiters = {',', ';', '\t'};
  std::array<std::size_t, 3> counts{};
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (c == '\n' && !quoted) break;
    for (std::size_t i = 0; i < kDelimiters.size(); ++i) counts[i] += !quoted && c == kDelimiters[i];
  }
  std::size_t most = 0;
  for (std::size_t i = 1; i < kDelimiters.size(); ++i)
    if (counts[i] > counts[most]) most = i;
  return kDelimiters[most];
}

/// Cuts a text into rows of cells.
class Cutter {
 public:
  explicit Cutter(std::string_view text) : text_(text), delimiter_(delimiterOf(text)) {}

  /// The next row; false at the end. A blank line is a row without cells.
  bool next(std::vector<std::string>& cells) {
    cells.clear();
    if (at_ >= text_.size()) return false;
    ++row_;
    bool isBlank = true;
    for (bool more = true; more;) {
      std::string cell;
      isBlank = !readCell(cell, cells.size() + 1) && isBlank;
      isBlank = isBlank && trim(cell).empty();
      cells.push_back(std::move(cell));
      more = at_ < text_.size() && text_[at_] == delimiter_;
      if (more) ++at_;
    }
    endLine();
    if (isBlank && cells.size() == 1) cells.clear();
    return true;
  }
  std::size_t row() const { return row_; }

 private:
  bool atLineEnd() const { return text_[at_] == '\n' || text_[at_] == '\r'; }
  void endLine() {
    if (at_ < text_.size() && text_[at_] == '\r') ++at_;
    if (at_ < text_.size() && text_[at_] == '\n') ++at_;
  }

  /// True if the cell was quoted.
  bool readCell(std::string& cell, std::size_t column) {
    if (at_ >= text_.size() || text_[at_] != '"') {
      while (at_ < text_.size() && text_[at_] != delimiter_ && !atLineEnd()) cell += text_[at_++];
      return false;
    }
    for (++at_;;) {
      if (at_ >= text_.size()) throw CsvError(row_, column, "a quotation mark is not closed");
      if (text_[at_] == '"' && (at_ + 1 >= text_.size() || text_[at_ + 1] != '"')) break;
      if (text_[at_] == '"') ++at_;
      cell += text_[at_++];
    }
    ++at_;
    while (at_ < text_.size() && text_[at_] != delimiter_ && !atLineEnd()) cell += text_[at_++];
    return true;
  }

  std::string_view text_;
  char delimiter_;
  std::size_t at_ = 0, row_ = 0;
};

}  // namespace

CsvError::CsvError(std::size_t row, std::size_t column, const std::string& what)
    : std::invalid_argument(placed(row, column, what)) {}

CsvTable::CsvTable(std::string_view text) {
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  Cutter cutter(text);
  std::vector<std::string> cells;
  while (cutter.next(cells)) {
    if (cells.empty()) continue;
    if (heading_.empty())
      heading_ = cells;
    else
      rows_.push_back({cutter.row(), cells});
  }
}

std::string_view CsvTable::cell(std::size_t row, std::size_t column) const {
  const std::vector<std::string>& cells = rows_[row].cells;
  return column < cells.size() ? std::string_view(cells[column]) : std::string_view();
}

std::optional<std::size_t> CsvTable::column(std::string_view heading) const {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < heading_.size(); ++i) {
    if (trim(heading_[i]) != heading) continue;
    if (found) throw CsvError(1, i + 1, "the column '" + std::string(heading) + "' stands twice");
    found = i;
  }
  return found;
}

std::size_t CsvTable::required(std::string_view heading) const {
  if (const auto found = column(heading)) return *found;
  std::string known;
  for (const std::string& name : heading_) known += (known.empty() ? "" : ", ") + name;
  throw CsvError(1, 1, "there is no column '" + std::string(heading) + "'; the columns are: " + known);
}

CsvError CsvTable::error(std::size_t row, std::size_t column, const std::string& what) const {
  const std::string name = column < heading_.size() ? " (" + std::string(trim(heading_[column])) + ")" : std::string();
  return CsvError(rows_[row].number, column + 1, what + name);
}

double CsvTable::number(std::size_t row, std::size_t column) const {
  const std::string_view text = trim(cell(row, column));
  if (const auto value = decimalOf(text)) return *value;
  if (text.empty()) throw error(row, column, "a number is missing");
  const bool hasComma = text.find(',') != std::string_view::npos;
  throw error(row, column,
              "'" + std::string(text) + "' is no number" + (hasComma ? "; write decimals with a point" : ""));
}

std::optional<double> decimalOf(std::string_view text) {
  if (!text.empty() && text[0] == '+') text.remove_prefix(1);
  if (text.empty() || text.find_first_not_of("0123456789+-.eE") != std::string_view::npos) return std::nullopt;
  double value = 0;
#if defined(_LIBCPP_VERSION) && _LIBCPP_VERSION < 200000  // its from_chars knows no double
  static const locale_t plain = ::newlocale(LC_ALL_MASK, "C", nullptr);
  const std::string copy(text);
  char* end = nullptr;
  value = ::strtod_l(copy.c_str(), &end, plain);
  if (end != copy.c_str() + copy.size()) return std::nullopt;
#else
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
#endif
  if (!std::isfinite(value)) return std::nullopt;
  return value;
}

}  // namespace winnow::formats
