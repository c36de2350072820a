// Which plugins are others than those that the last results were made with.
#pragma once

#include <string>
#include <vector>

#include "Lock.hpp"
#include "engine/stages/LockFile.hpp"

namespace winnow::engine {

/// A stage that came, went or changed since the lock was written. Empty versions: it is not used then, or now.
struct PluginChange {
  std::string id, before, now;
  bool isOtherFile = false;  ///< the version is the same, the file is not
};

/// In the order of their ids. Files of stages that are installed with winnow are compared by version alone: every build
/// of them is another file.
std::vector<PluginChange> pluginChanges(const LockContents& lock, const std::vector<const plugins::StageEntry*>& used);

/// "filters.language 1.0.0 -> 1.1.0", "importers.x 1.0.0 is not used any more", "filters.y 2.0.0, another file".
std::string sentenceOf(const PluginChange& change);

/// What keeps `run --locked` from running: one sentence for each plugin, input or importer that differs from the lock;
/// one for a review without a lock. Empty if all is as it was.
std::vector<std::string> lockViolations(const Workspace& work, const ImportReport& imported, const LockContents& lock);

}  // namespace winnow::engine
