// An analysis of the review behind its gate: what must hold before anything is pooled, and the result if it does.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "Analysis.hpp"
#include "PooledStudies.hpp"

namespace winnow::synthesis {

struct GatedAnalysis {
  Analysis asked;
  PooledStudies studies;
  Gate gate;
  std::optional<meta::Analysis> result;  ///< none while the gate is shut
  std::vector<std::string> remarks;      ///< on the data; those on the result are its own
};

/// What is known beside the effects.
struct Surroundings {
  const Synthesis& synthesis;
  const Studies& studies;
  const ChartedArms& arms;
  std::map<std::string, std::string> itemLabels;  ///< of charting items, by id
  /// Overall risk of bias by study; "high" is left out in a sensitivity analysis. Empty: nothing is appraised.
  std::map<std::size_t, std::string> risks;
};

/// Checks and, if everything holds, pools. Never throws for what people charted.
GatedAnalysis gatedAnalysis(const Analysis& asked, const Surroundings& known);

/// The studies of every analysis that is pooled: those that are appraised.
std::set<std::size_t> pooledStudiesOf(const std::vector<GatedAnalysis>& analyses);

/// The gate of the appraisal: open if something is pooled; otherwise with the reasons.
Gate appraisalGate(const Synthesis& synthesis, const std::vector<GatedAnalysis>& analyses);

}  // namespace winnow::synthesis
