// A claim in words, for programs, and as a picture.
#pragma once

#include <string>

#include "Claim.hpp"
#include "Safe.hpp"

namespace winnow::recall {

/// Lines for people: (i) irrelevant since the last relevant, (ii) the bound, what the next step costs, the sentence for
/// the paper. (iii), the curve, is drawRecallCurve.
std::string toText(const Claim& claim);
std::string toText(const SafeReport& report);

/// One JSON object; null where nothing is defined. `safe` may be null. `curve`: the bound after each record, or empty.
std::string toJson(const Claim& claim, const SafeReport* safe, const std::vector<double>& curve);

/// SVG: records found and recall certified, by records read; stretches drawn at random are marked.
std::string drawRecallCurve(const std::vector<Label>& labels, const Claim& claim, const std::vector<double>& curve);

}  // namespace winnow::recall
