// What was read, in order: relevant or not, how each record was chosen, in which phase.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "RecallMeter.hpp"

namespace winnow::recall {

/// A phase of the SAFE procedure, or none stated.
enum class Phase { None, RandomStart, ActiveLearning, OtherModel, QualityCheck };

struct Label {
  bool isRelevant = false;
  Choice choice = Choice::Ranked;
  Phase phase = Phase::None;
};

/// Reads labels in reading order, one a line. Either plain lines of 0 and 1, or a table with the column `label` (0 or
/// 1) and, where known, `chosen` (ranked or random) and `phase` (random start, active learning, other model, quality
/// check); other columns are for people. A record of the phase "random start" counts as drawn at random unless `chosen`
/// says otherwise. `randomFrom`, if not 0: from this record on (the first is 1) each was drawn at random; not together
/// with a column `chosen`. Throws std::invalid_argument naming row and column.
std::vector<Label> readLabels(std::string_view text, std::uint64_t randomFrom);

/// The same, for whoever only needs relevant or not.
inline std::vector<bool> relevanceOf(const std::vector<Label>& labels) {
  std::vector<bool> relevance;
  for (const Label& label : labels) relevance.push_back(label.isRelevant);
  return relevance;
}

}  // namespace winnow::recall
