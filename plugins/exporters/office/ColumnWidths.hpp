// Widths of the columns of a printed table.
#pragma once

#include <string>
#include <vector>

namespace winnow::office {

/// Divides `room` by `shares`, but gives no column less than its minimum while the others can spare it. The minimums
/// are a wish: where they do not fit together, the shares stand. `shares` and `minimums` have one value a column.
std::vector<double> columnWidths(const std::vector<double>& shares, const std::vector<double>& minimums, double room);

/// Width of the longest word of a text at font size `size`, in the unit of the size.
double longestWord(const std::string& text, double size, bool isBold);

}  // namespace winnow::office
