// From charted arms to effects: units checked, arms of one group combined, what cannot be an effect said with its
// reason.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "Arms.hpp"
#include "Effects.hpp"
#include "Studies.hpp"
#include "Synthesis.hpp"

namespace winnow::synthesis {

/// One effect of a study, or why there is none.
struct PooledStudy {
  std::size_t study = 0;  ///< index into Studies
  std::string label;      ///< the study's, or the column `study` where several reports are one
  std::string time;
  std::optional<meta::Effect> effect;
  std::string problem;             ///< "not estimable: ..." without an effect
  std::vector<std::string> notes;  ///< "two arms combined", "sign turned: lower is better"
  std::string subgroup;            ///< answer to the charting item; empty: none asked for
};

struct PooledStudies {
  std::vector<PooledStudy> rows;     ///< in the order of the records, then of the arms
  std::vector<std::string> leftOut;  ///< by `only`: "Berg 2019: Study design is interview studies"
  std::vector<std::string> remarks;  ///< spreads that look wrong
  std::vector<std::string>
      units;  ///< that pooled figures are in, where the measure needs one; more than one: not pooled
  bool hasBothDirections =
      false;  ///< some scales say that higher, others that lower is better, and no analysis says which
  std::size_t estimable() const;
  std::vector<meta::Effect> effects() const;
};

/// The studies of one analysis. `itemLabels`: how charting items are called, by id, for messages.
PooledStudies pooledStudies(const ChartedArms& arms, const Studies& studies, const Analysis& analysis,
                            const std::map<std::string, std::string>& itemLabels);

}  // namespace winnow::synthesis
