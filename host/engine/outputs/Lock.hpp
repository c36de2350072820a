// review.lock: what the results beside it were made from.
#pragma once

#include <vector>

#include "engine/reading/Import.hpp"

namespace winnow::engine {

/// The stages that a review uses, by id.
std::vector<const plugins::StageEntry*> usedStages(const Workspace& work, const ImportReport& imported);

/// Writes the lock beside the configuration, unless it says the same already. Throws winnow::Error.
void writeLock(const Workspace& work, const ImportReport& imported);

}  // namespace winnow::engine
