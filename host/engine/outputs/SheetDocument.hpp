// What a sheet asks of the person who fills it in, as the document "sheet" (docs/documents.md).
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "engine/Evaluation.hpp"

namespace winnow::engine {

/// winnow-sheet/1: the step, the words and reasons that can be chosen, what the reader confirmed for whole waves.
/// `reviewer` empty: for all readers of the step together.
nlohmann::ordered_json sheetOf(const Workspace& work, const StepResult& step, const std::string& reviewer);

}  // namespace winnow::engine
