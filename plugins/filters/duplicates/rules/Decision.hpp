// The judgement about two records.
#pragma once

#include <cstdint>
#include <optional>

#include "Profile.hpp"
#include "RuleTable.hpp"
#include "compare/Comparison.hpp"

namespace winnow::duplicates {

enum class Outcome : std::uint8_t { distinct, maybe, merge };

struct Decision {
  Outcome outcome = Outcome::distinct;
  Rule rule = kRuleCount;         ///< that joins (merge), or why people are asked (maybe)
  std::optional<Rule> joining;    ///< the joining rule that held, if any
  std::optional<Rule> stoppedBy;  ///< the veto, if a joining rule held
  double score = 0;               ///< 0..1
};

/// Judges a comparison. Symmetric; a pure function of comparison and policy. Thread: any.
Decision decide(const Comparison& comparison, const Policy& policy);

/// True if two records must not meet in one group, even through others: no rule joins them and something plain speaks
/// against it. Symmetric. Thread: any.
bool areApart(const Comparison& comparison, const Policy& policy);

}  // namespace winnow::duplicates
