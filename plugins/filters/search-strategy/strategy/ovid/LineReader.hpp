// The physical lines of a strategy and the numbers printed before them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "../Ast.hpp"
#include "../Diagnostic.hpp"

namespace winnow::search::ovid {

/// Every non-empty line with its number and the column of its query. Printed numbers ("12. ", "12) ", "12 ", "#12 ",
/// "S12 ") count only if at least two lines and four fifths of all begin so with a number that is plausible (at most 60
/// above the number of lines); else, and on a line whose number is damaged, the position is the number.
std::vector<Line> readLines(std::string_view text, std::vector<Diagnostic>& diagnostics);

}  // namespace winnow::search::ovid
