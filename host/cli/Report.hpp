// The lines a run prints: one a source, one a step, what was written, who must decide.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "Console.hpp"
#include "Session.hpp"
#include "engine/outputs/Outputs.hpp"

namespace winnow::cli {

void printImport(Console& console, const config::Review& review, const engine::ImportReport& report);
void printSteps(Console& console, const config::Review& review, const engine::Evaluation& evaluation);
void printOutputs(Console& console, const std::vector<engine::OutputReport>& outputs);
/// The same as one JSON object.
nlohmann::ordered_json reportJson(const Session& session, const std::vector<engine::OutputReport>& outputs);

/// What is not final yet: "provisional: 1 record waits at title and abstract". Nothing if all is.
void printProvisional(Console& console, const engine::Evaluation& evaluation);
/// One line for each plugin that is not part of the installation: file, hash, who stands for it, where it ran.
void printPlugins(Console& console, const std::vector<const plugins::StageEntry*>& used);

}  // namespace winnow::cli
