// A table that people filled in: which row heads it, what spreadsheets made of it, and its cells.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <winnow/record_writer.hpp>

#include "DelimitedText.hpp"

namespace winnow::csv {

/// "sep=;", Excel's word for the delimiter in the first line: that delimiter; 0 if the line is none.
char delimiterLine(std::string_view line);

/// Cells as they were meant.
class CellText {
 public:
  explicit CellText(RecordWriter& writer) : writer_(writer) {}

  /// Looks at the beginning of the file: our byte order mark that was read as Windows-1252 ("\u00EF\u00BB\u00BF") says
  /// that every letter beyond ASCII was encoded twice, as a spreadsheet does that opened the sheet without asking.
  void lookAt(std::string_view begin);
  bool isEncodedTwice() const noexcept { return isTwice_; }

  /// UTF-8, encoded once, without what spreadsheets put around a cell (="..."), without blanks and marks that nobody
  /// sees (no-break and zero-width). A view of the text or of what the writer keeps.
  std::string_view clean(std::string_view text) const;

  /// The cells of a row as headings: clean, blanks collapsed.
  std::vector<std::string> headingsOf(const Row& row) const;

 private:
  RecordWriter& writer_;
  bool isTwice_ = false;
};

/// True for a row that heads a sheet of ours: it has the column record, decision, category or value, and one more that
/// sheets have.
bool isSheetHeading(const std::vector<std::string>& headings);

/// True for the first row of a page of ours that asks nothing: what a sheet is about, the lists of a workbook.
bool isOwnPage(const std::vector<std::string>& firstRow);

/// Reads the rows of a table behind its heading row. Each heading row is a record of its own with a field
/// "sheet.heading" a column, whose group is the column's number; each other row a record with its number ("sheet.row",
/// as a spreadsheet counts) and a raw field "cell." + heading a cell. Rows that repeat the headings, also in another
/// order, head what follows.
class SheetTable {
 public:
  SheetTable(Host host, RowReader& rows, RecordWriter& writer, const CellText& text)
      : host_(host), rows_(rows), writer_(writer), text_(text) {}

  /// `number`: of the row, as a spreadsheet counts.
  void useHeadings(const Row& row, std::uint32_t number);
  winnow_status run();

 private:
  void readRow(const Row& row);
  /// Cells behind the last heading, or below none: said once a column.
  void tellUnheaded(const Row& row, std::size_t column);
  void writeCells(const Row& row, std::uint64_t ordinal);
  bool isTwice(std::size_t column) const;

  Host host_;
  RowReader& rows_;
  RecordWriter& writer_;
  const CellText& text_;
  std::vector<std::string> headings_;
  std::vector<std::uint32_t> tags_;  ///< by column; 0: no heading
  std::vector<bool> told_;           ///< columns without a heading that hold something
  std::uint32_t number_ = 0;
};

}  // namespace winnow::csv
