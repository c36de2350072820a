// Cells of the CSV files that the host itself writes (RFC 4180).
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::io {

/// The cell as it stands in the file: quoted where needed, and with an apostrophe before what a spreadsheet would take
/// for a formula (a leading = + - @, tab or carriage return); readers of sheets take it off again.
std::string csvCell(std::string_view text, char separator = ',');

/// A row with its end, CR LF.
std::string csvRow(std::initializer_list<std::string_view> cells);
std::string csvRow(const std::vector<std::string>& cells, char separator = ',');

}  // namespace winnow::io
