// The lines a run prints: one a source, one a step, what was written, who must decide.
#pragma once

#include <nlohmann/json.hpp>

#include "Console.hpp"
#include "Session.hpp"
#include "engine/outputs/Outputs.hpp"

namespace winnow::cli {

void printImport(Console& console, const config::Review& review, const engine::ImportReport& report);
void printSteps(Console& console, const config::Review& review, const engine::Evaluation& evaluation);
void printOutputs(Console& console, const std::vector<engine::OutputReport>& outputs);
/// The same as one JSON object.
nlohmann::ordered_json reportJson(const Session& session, const engine::ImportReport& imported,
                                  const engine::Evaluation& evaluation,
                                  const std::vector<engine::OutputReport>& outputs);

/// The stages that took part in a run, by id.
std::vector<const plugins::StageEntry*> usedPlugins(const Session& session);
/// One line for each plugin that is not part of the installation: file, hash, who stands for it, where it ran.
void printPlugins(Console& console, const std::vector<const plugins::StageEntry*>& used);

}  // namespace winnow::cli
