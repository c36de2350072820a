// A table as a paper prints it: numbered caption, headings, rows, notes; before any file format.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::office {
class Docx;
struct Sheet;
}  // namespace winnow::office

namespace winnow::table {

struct Cell {
  std::string text{};
  bool isNumber = false;   ///< `text` is a number as people write it; only then a spreadsheet gets one
  std::string link{};      ///< "https://..." or "#anchor"; unsafe ones are no links
  bool isHeading = false;  ///< names its row
};

/// A cell with a count.
Cell count(std::int64_t n);

struct Column {
  std::string heading;
  double share = 1;       ///< of the page's width, relative to the other columns
  bool isNumber = false;  ///< set to the right
};

struct Grid {
  std::string caption, label = "Table";  ///< "Table 3. Caption"; without a number the caption alone
  int number = 0;
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> rows;
  std::vector<std::string> notes;
};

/// How journals print tables.
enum class Style {
  Journal,  ///< "Table 1. Caption" above, three rules, notes below
  Apa,      ///< number in bold, title in italics below it, three rules, "Note." (APA 7)
  Grid,     ///< every cell framed
};

/// How a table is written for print.
struct Print {
  Style style = Style::Journal;
  std::string font = "Arial";
  double size = 10;  ///< points, of the text around it; the table's own letters are smaller
  bool isLetter = false, isLandscape = false;
};

/// "Table 3. Caption".
std::string titleOf(const Grid& grid);

std::string csv(const Grid& grid);
/// Caption in bold, pipe table, notes; no heading above. Links become links.
std::string markdown(const Grid& grid);
/// A <table> with <caption>, scopes and notes, for the inside of a page; a class for each style.
std::string html(const Grid& grid, Style style = Style::Journal);
/// A page of its own around it.
std::string htmlPage(const Grid& grid, const Print& print);
std::string docx(const Grid& grid, const Print& print);
std::string xlsx(const Grid& grid);

/// For documents that hold several: the table behind what a Word file has already, a sheet of a workbook, the style
/// sheet that html() counts on.
void addTo(office::Docx& file, const Grid& grid, Style style);
office::Sheet sheetOf(const Grid& grid, const std::string& name);
std::string_view tableCss();

/// True for digits with at most one sign, point or comma: what a spreadsheet may show as a number.
bool isNumber(std::string_view text);

}  // namespace winnow::table
