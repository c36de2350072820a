// What studies are counted by: an item of the charting form, or what their record says.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "Studies.hpp"

namespace winnow::studies {

/// The values that studies are sorted into, and where each study belongs.
struct Dimension {
  std::string name;  ///< as the form or this program calls it
  std::vector<std::string>
      values;  ///< in the form's order, years ascending without gaps, otherwise the most frequent first
  std::vector<std::vector<std::uint32_t>> of;  ///< by study: indexes of values, ascending; at least one

  /// Studies with that value.
  std::size_t count(std::size_t value) const;
  /// Mentions of all values; more than the studies where one may have several.
  std::size_t mentions() const;
};

/// The value of a study for which nothing was charted; the last one, and only where there is such a study.
inline constexpr std::string_view kNotCharted = "not reported";

/// The dimension that `name` means: an item of the form (id, label or heading), or "year", "wave", "source" of the
/// record. Answers "others: something" count as "others"; a text is taken apart at semicolons. Throws
/// std::runtime_error that names what there is.
Dimension dimensionOf(const std::vector<FormItem>& form, const std::vector<Study>& studies, std::string_view name);

/// The dimensions that a reader may choose from: the categorical items of the form, text items with few different
/// answers, year, wave (of two or more), source.
std::vector<Dimension> allDimensions(const std::vector<FormItem>& form, const std::vector<Study>& studies);

/// Studies in each pair of values: cells[row][column], indexes of studies.
std::vector<std::vector<std::vector<std::uint32_t>>> crossed(const Dimension& rows, const Dimension& columns);

}  // namespace winnow::studies
