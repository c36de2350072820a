// A workbook for Excel and LibreOffice. Every text is a text: no cell is ever a formula.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace winnow::office {

/// A cell: a number where `isNumber` (then `text` is its digits), else text; `link` (http, https, mailto) may be empty.
struct SheetCell {
  std::string text;
  bool isNumber = false;
  std::string link{};
};

struct SheetColumn {
  std::string heading;
  double width = 12;  ///< in characters
  bool isNumber = false;
  bool isInput = false;                ///< people fill it in: what they type stays the text that they typed
  std::vector<std::string> choices{};  ///< offered as a list
  bool takesOthers = false;            ///< other words than the choices, without a warning
};

struct Sheet {
  std::string name;     ///< made fit for Excel: at most 31 characters, none of []:*?/\ .
  std::string caption;  ///< in the first row; empty: the headings are the first row
  std::vector<SheetColumn> columns;
  std::vector<std::vector<SheetCell>> rows;
  std::vector<std::string> notes;  ///< below the table
  std::size_t frozenColumns = 0;   ///< stay in sight beside the headings
  bool hasFilter = true;           ///< columns can be filtered
  bool isHidden = false;
};

/// What stands in the first cell of the hidden page that holds the choices.
inline constexpr std::string_view kListsMark = "Lists of this workbook (written by Winnow)";

/// The file (ECMA-376, part 1, 18). Headings are bold and stay in sight. Choices stand on a hidden page of their own,
/// because a list in place holds 255 characters and no comma. Texts longer than Excel holds (32,767 characters) are cut
/// with "…". Deterministic. Throws std::runtime_error if it cannot be made.
std::string xlsx(const std::vector<Sheet>& sheets, const std::string& title);

}  // namespace winnow::office
