// The rules that forbid joining two records, whatever speaks for it.
#pragma once

#include <optional>

#include "Profile.hpp"
#include "RuleTable.hpp"
#include "compare/Comparison.hpp"

namespace winnow::duplicates {

/// The first rule that forbids to join a pair that `joining` would join; nothing if none does. Thread: any.
std::optional<Rule> veto(const Comparison& comparison, Rule joining, const Policy& policy);

}  // namespace winnow::duplicates
