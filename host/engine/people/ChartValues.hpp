// Whether an answer fits its item of the charting form, and how the form spells it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "config/Review.hpp"

namespace winnow::engine {

/// Values of the items of a form, by item id.
using Answers = std::map<std::string, std::vector<std::string>>;

/// What a cell answers, or why it breaks the form.
struct CellAnswer {
  std::vector<std::string> values;  ///< as the form spells them
  std::string wrong, fault;         ///< "12 years", "is no whole number and not NR (not reported)"; empty: it fits
};

/// Reads one answer as it stands in a cell: several values only where the item takes several, with ';' between them.
/// Sheets, the screening page and packs are all read by this.
CellAnswer answerIn(const config::FormItem& item, const std::string& cell);

/// True if the item is asked, by the answers to the others.
bool isAsked(const config::FormItem& item, const Answers& answers);

/// Why a value breaks the form, as the end of a sentence ("is no whole number and not NR (not reported)"); empty if it
/// fits. Rewrites it as the form spells it: the list's own words, a decimal point, "18-65", "NR".
std::string faultOf(const config::FormItem& item, std::string& value);

/// "'a', 'b'".
std::string inQuotes(const std::vector<std::string>& values);

}  // namespace winnow::engine
