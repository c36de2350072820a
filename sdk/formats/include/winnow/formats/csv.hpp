// winnow/formats/csv.hpp: a small table with a heading row, held in memory, with the place of every cell. For the
// tables that people hand to commands (labels, effect sizes, counts); export files of databases, which may be broken
// and of any size, are read by the importer of CSV.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::formats {

/// A table that cannot be read as one. what() begins with "row R, column C: "; both count from 1, the heading is row 1.
class CsvError : public std::invalid_argument {
 public:
  CsvError(std::size_t row, std::size_t column, const std::string& what);
};

/// Rows of cells by RFC 4180: quoted cells may hold the delimiter, line ends and doubled quotes. The delimiter is the
/// one of comma, semicolon and tab that stands most often in the first line outside quotes (spreadsheets write
/// semicolons where the comma is the decimal sign). A byte order mark and blank lines are left out. Pure; any thread.
class CsvTable {
 public:
  /// Takes UTF-8 text. Throws CsvError for a quote that is not closed.
  explicit CsvTable(std::string_view text);

  /// Cells of the first row; empty if the text holds no row.
  const std::vector<std::string>& heading() const { return heading_; }
  /// Rows below the heading.
  std::size_t rows() const { return rows_.size(); }
  /// The cell, or an empty text where the row is shorter. `row` counts from 0 below the heading.
  std::string_view cell(std::size_t row, std::size_t column) const;
  /// The row's number for people: the heading is 1, blank lines count.
  std::size_t numberOf(std::size_t row) const { return rows_[row].number; }
  /// How many cells stand in a row.
  std::size_t width(std::size_t row) const { return rows_[row].cells.size(); }
  /// Position of a column of this heading, blanks at its ends aside; none if there is no such column.
  /// Throws CsvError if two columns are headed alike.
  std::optional<std::size_t> column(std::string_view heading) const;
  /// As column(); throws CsvError naming the columns that there are if it is missing.
  std::size_t required(std::string_view heading) const;
  /// An error at a cell below the heading: "row 3, column 2: " and `what`, then the column's heading.
  CsvError error(std::size_t row, std::size_t column, const std::string& what) const;
  /// The cell as a finite number with a decimal point. Throws CsvError otherwise.
  double number(std::size_t row, std::size_t column) const;

 private:
  struct Row {
    std::size_t number;  ///< from 1, the heading is 1
    std::vector<std::string> cells;
  };
  std::vector<std::string> heading_;
  std::vector<Row> rows_;
};

/// The whole text as a finite number in decimal or scientific notation with a point, whatever the locale; none
/// otherwise.
std::optional<double> decimalOf(std::string_view text);

}  // namespace winnow::formats
