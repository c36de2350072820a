// How the steps of a review were done, for whoever reports it: who had to read what, what a filter proposed, what
// people made of it.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "engine/Evaluation.hpp"

namespace winnow::engine {

/// Adds to a step of winnow-steps/1: mode, on_undecided, read, seed, settings, readers, by, proposed, confirmed,
/// overturned, added, conflicts, resolved, decided_pairs.
void addConduct(nlohmann::ordered_json& one, const StepResult& step);

/// The charting steps of winnow-steps/1: form, readers, studies charted.
nlohmann::ordered_json chartsOf(const Evaluation& evaluation);

}  // namespace winnow::engine
