// The flow against the fates of the records: whatever the order and kind of steps, the diagram says what became of
// each.
#pragma once

#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "FlowLaws.hpp"
#include "engine/Evaluation.hpp"

namespace winnow::engine {

/// Recounts the numbers of a flow document from the fate of every record and names each that differs: included,
/// waiting, left, records that came in. Empty: all agree.
std::vector<FlowViolation> checkFates(const nlohmann::ordered_json& flow, const Evaluation& evaluation,
                                      const config::Review& review);

}  // namespace winnow::engine
