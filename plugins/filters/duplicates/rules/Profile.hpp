// What the review decided about duplicates: the options of the stage.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "OwnRules.hpp"

namespace winnow::duplicates {

/// How much evidence a merge needs. A rule belongs to the narrowest profile in which it works.
enum class Profile : std::uint8_t { strict, normal, broad };

struct Policy {
  Profile profile = Profile::normal;
  bool mergeVersions = false;  ///< a preprint and its article are one work
  int yearGap = 1;             ///< years that two records of one work may lie apart, without a shared identifier
  std::vector<bool> off;       ///< by Rule: switched off
  std::vector<OwnRule> own;    ///< the review's own; numbered from kRuleCount on
};

}  // namespace winnow::duplicates
