// The rules that join two records. Each is one sentence about a comparison.
#pragma once

#include <optional>

#include "Profile.hpp"
#include "RuleTable.hpp"
#include "compare/Comparison.hpp"

namespace winnow::duplicates {

/// The strongest rule that would join the two, vetoes not asked; nothing if there is none. From kRuleCount on: a rule
/// of the review (Policy::own). Thread: any.
std::optional<Rule> joiningRule(const Comparison& comparison, const Policy& policy);

/// 0..1: how strong a pair is that `rule` joined. Rules come first, likeness within a rule second.
double strength(Rule rule, const Comparison& comparison);

}  // namespace winnow::duplicates
