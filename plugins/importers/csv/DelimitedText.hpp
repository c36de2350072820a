// Delimited text (RFC 4180): rows of cells with their places, one row at a time, as views of what was read.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include <winnow/plugin.hpp>

namespace winnow::csv {

/// One cell without its quotes. The text lives until RowReader::discard().
struct Cell {
  std::string_view text;
  std::uint32_t line = 0;
  std::size_t offset = 0;  ///< of the cell's first byte in Row::text
};

struct Row {
  std::vector<Cell> cells;
  std::string_view text;  ///< as it stands in the file, with its line end
  winnow_span at{};
  bool isBlank = true;         ///< nothing but blanks
  bool unclosed = false;       ///< a quote that never closes, or closes rows later; the cell ends with its line
  bool hasBackslash = false;   ///< quotes within quoted cells stand behind a backslash, as MySQL and others write them
  bool hasLooseQuote = false;  ///< a quote within a quoted cell that is neither doubled nor closes it
  std::size_t quote = 0;       ///< where in `text` it opened

  /// The column, from 1 in characters, of a byte of `text`.
  std::uint32_t columnOf(std::size_t offset) const;
};

/// Columns of many places of a row. Those asked for from left to right take linear time in all.
class ColumnCounter {
 public:
  /// As Row::columnOf().
  std::uint32_t of(const Row& row, std::size_t offset);

 private:
  const char* row_ = nullptr;
  std::uint64_t byte_ = 0;
  std::size_t offset_ = 0;
  std::uint32_t column_ = 1;  ///< of offset_
};

/// The delimiter of a header or data line: the one of , ; TAB | that stands most often outside quotes; 0 if none does.
char findDelimiter(std::string_view line);

/// Reads rows. A quote that is not closed does not swallow the file: where it stays open for kLongestCell bytes or to
/// the end, or where the row it makes has another width than expected while its first line or the next one has it,
/// the row is cut at its own line and reading goes on behind it.
class RowReader {
 public:
  static constexpr std::size_t kLongestCell = 1 << 20, kLongestRow = 16 << 20;

  /// A delimiter of 0: each line is one cell, quotes are text.
  RowReader(Source source, char delimiter) : source_(source), delimiter_(delimiter) { blocks_.emplace_back(); }
  void setDelimiter(char delimiter) noexcept { delimiter_ = delimiter; }
  char delimiter() const noexcept { return delimiter_; }
  /// How many cells a whole row has; 0: not known.
  void setWidth(std::size_t width) noexcept { width_ = width; }
  /// False at the end or on a failure of the source.
  bool next(Row& row);
  /// Ends the life of all rows handed out so far.
  void discard();
  winnow_status status() const noexcept { return status_ == WINNOW_END ? WINNOW_OK : status_; }
  /// The first line that is not blank, without consuming it; empty at the end. Lives until next().
  std::string_view peek();

 private:
  enum class Quotes { SpanLines, EndWithLine };
  bool isEscaped(std::size_t quote, std::size_t open) const;
  bool tryBackslashes(Row& row);
  enum class Found { Row, More, Open };

  std::string_view rest() const noexcept { return std::string_view(blocks_.back()).substr(at_); }
  /// No more will be read into this row: the input has ended, or the row is too long to be one.
  bool isLast() const noexcept { return status_ != WINNOW_OK || rest().size() >= kLongestRow; }
  bool fill();
  void append(std::string_view chunk);
  Found parse(Row& row, Quotes quotes);
  std::size_t lineEnd(std::size_t from) const;
  bool readQuoted(Row& row, std::size_t open, std::size_t& at, Quotes quotes, Found& result);
  bool isCutShort(const Row& row);
  std::size_t widthOf(std::size_t from) const;
  void passMarks();
  void take(Row& row);

  Source source_;
  char delimiter_;
  std::size_t width_ = 0;
  bool hasBackslashes_ = false;     ///< a backslash before a quote makes it text
  std::deque<std::string> blocks_;  ///< the last one is read; those before hold rows handed out
  std::deque<std::string> values_;  ///< cells with doubled quotes, without them
  std::uint64_t base_ = 0;          ///< stream offset of the last block's first byte
  std::size_t at_ = 0;              ///< next unread byte in it
  std::uint32_t line_ = 1;
  winnow_status status_ = WINNOW_OK;
};

}  // namespace winnow::csv
