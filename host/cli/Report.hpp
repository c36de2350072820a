// The lines a run prints: one a source, one a step, what was written, who must decide.
#pragma once

#include <nlohmann/json.hpp>

#include "Console.hpp"
#include "Session.hpp"
#include "engine/Outputs.hpp"

namespace winnow::cli {

void printImport(Console& console, const config::Review& review, const engine::ImportReport& report);
void printSteps(Console& console, const config::Review& review, const engine::Evaluation& evaluation);
void printOutputs(Console& console, const std::vector<engine::OutputReport>& outputs);
/// The same as one JSON object.
nlohmann::ordered_json reportJson(const Session& session, const engine::ImportReport& imported, const engine::Evaluation& evaluation,
                                  const std::vector<engine::OutputReport>& outputs);

}  // namespace winnow::cli
