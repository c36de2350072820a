// Delimited text (RFC 4180): rows of cells with their places, one row at a time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <winnow/lines.hpp>
#include <winnow/plugin.hpp>

namespace winnow::csv {

/// One cell without its quotes. The text lives until RowReader::discard().
struct Cell {
  std::string_view text;
  std::uint32_t line = 0, column = 0;
};

struct Row {
  std::vector<Cell> cells;
  winnow_span at{};
  std::uint64_t end = 0;
  bool isBlank = true;       ///< nothing but blanks
  bool unclosed = false;     ///< a quote that never closes; the cell ends where a row parses again
  std::uint32_t quoteLine = 0, quoteColumn = 0;  ///< where it opened
};

/// The delimiter of a header or data line: the one of , ; TAB | that stands most often outside quotes; 0 if none does.
char findDelimiter(std::string_view line);

/// Reads rows. A quote that is not closed within kLongestCell bytes or before the end does not swallow the file: the row is
/// cut at its own line and reading goes on behind it.
class RowReader {
 public:
  static constexpr std::size_t kLongestCell = 1 << 20;

  RowReader(Source source, char delimiter) : lines_(source), delimiter_(delimiter) {}
  void setDelimiter(char delimiter) noexcept { delimiter_ = delimiter; }
  char delimiter() const noexcept { return delimiter_; }
  /// False at the end or on a failure of the source.
  bool next(Row& row);
  void discard() {
    texts_.clear();
    if (held_.empty()) lines_.discard();
  }
  winnow_status status() const noexcept { return lines_.status(); }
  /// The first line that is not blank, without consuming it; empty at the end.
  std::string_view peek();

 private:
  bool nextLine(Line& line);
  void splitCells(const std::string& text, Row& row, const std::vector<Line>& lines);
  bool endsInsideQuotes(std::string_view text) const;

  Lines lines_;
  char delimiter_;
  std::vector<Line> held_;  ///< lines taken back, first next
  std::vector<std::unique_ptr<std::string>> texts_;
};

}  // namespace winnow::csv
