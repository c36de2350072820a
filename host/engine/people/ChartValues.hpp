// Whether an answer fits its item of the charting form, and how the form spells it.
#pragma once

#include <string>
#include <vector>

#include "config/Review.hpp"

namespace winnow::engine {

/// Why a value breaks the form, as the end of a sentence ("is no whole number and not NR (not reported)"); empty if it
/// fits. Rewrites it as the form spells it: the list's own words, a decimal point, "18-65", "NR".
std::string faultOf(const config::FormItem& item, std::string& value);

/// The values of a cell: several only where the item takes several.
std::vector<std::string> valuesOf(const config::FormItem& item, const std::string& cell);

/// "'a', 'b'".
std::string inQuotes(const std::vector<std::string>& values);

}  // namespace winnow::engine
