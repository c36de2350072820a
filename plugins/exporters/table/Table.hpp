#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace winnow::table {

using Row = std::vector<std::string>;

/// How a table is written; the rules are in README.md.
enum class Format {
  csv,       ///< RFC 4180, UTF-8 with byte order mark, formula guard
  rawCsv,    ///< RFC 4180 for machines: no mark, no guard
  markdown,  ///< a pipe table
};

/// The cell with a `'` in front if a spreadsheet would take it for a formula. Reading it back removes the `'` again.
std::string guarded(std::string_view cell);
/// The first line or lines of a table: mark, header, rule. `separator`: of CSV. Thread: any.
std::string header(const Row& columns, Format format, char separator = ',');
/// One row with its line end. Thread: any.
std::string row(const Row& cells, Format format, char separator = ',');
/// Values joined by "; ", the separator of multi-valued cells.
std::string joined(const std::vector<std::string_view>& values);

}  // namespace winnow::table
