// What may be said about recall after the records read so far, and what it costs to say more.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "Labels.hpp"
#include "RecallMeter.hpp"

namespace winnow::recall {

/// How a claim is made valid although one looks more than once.
enum class Validity {
  Anytime,       ///< the meter: at every moment
  PlannedLooks,  ///< only after numbers of random draws that were named before
};

/// What it takes to claim the target. Records are read in random order from now on.
struct NextStep {
  std::optional<std::uint64_t>
      ifNoneRelevant;                     ///< records to read if none of them is relevant; none: nothing found yet
  std::optional<std::uint64_t> expected;  ///< if the rest holds what the random draws suggest; none in very large sets
};

struct Claim {
  std::uint64_t total = 0, read = 0, found = 0, randomDraws = 0, foundInRandom = 0;
  std::uint64_t sinceRelevant = 0;  ///< records read since the last relevant one
  std::uint64_t upperTotal = 0;     ///< the most relevant records that the set may hold
  std::optional<double> recall;     ///< found / upperTotal
  double confidence = 0.95, target = 0.95;
  Validity validity = Validity::Anytime;
  std::vector<std::uint64_t> looks;  ///< PlannedLooks: numbers of random draws
  std::size_t looksPassed = 0;
  bool isContradicted = false;
  std::optional<double> expectedUnread;
  NextStep next;
  bool reachesTarget() const { return recall && *recall >= target; }
};

struct Question {
  std::uint64_t total = 0;
  double confidence = 0.95, target = 0.95;
  std::vector<std::uint64_t> looks;  ///< empty: anytime
};

/// Without the records of a quality check: they were read before, and a label that it corrects is corrected where it
/// first stands.
std::vector<Label> firstReadings(const std::vector<Label>& labels);

/// The claim after all labels. Throws std::invalid_argument if the labels do not fit the question.
Claim claimOf(const std::vector<Label>& labels, const Question& question);

/// The anytime-valid bound after each label, for the curve: found / upper total, 0 while nothing was found.
std::vector<double> recallCurve(const std::vector<Label>& labels, const Question& question);

/// The sentence for the paper.
std::string sentenceOf(const Claim& claim);

}  // namespace winnow::recall
