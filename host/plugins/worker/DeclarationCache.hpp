// What plugins in workers declared, kept by the hash of all that belongs to them: so a command starts no program that
// it does not use.
#pragma once

#include <optional>
#include <string>

#include "../PluginFile.hpp"
#include "Sandbox.hpp"

namespace winnow::plugins::worker {

/// A Declare frame, and the limits that were in force when it came.
struct KeptDeclaration {
  std::string payload;
  Confinement confinement;
};

/// What the file declared earlier, to a host like this one; nothing if that is not known. Thread: setup.
std::optional<KeptDeclaration> keptDeclaration(const PluginFile& file, bool mayBeWeak);

/// Keeps it in $XDG_CACHE_HOME/winnow/declarations or ~/.cache/winnow/declarations. A folder that cannot be written
/// keeps nothing; all that is lost is time. Thread: setup.
void keepDeclaration(const PluginFile& file, bool mayBeWeak, const KeptDeclaration& declaration);

}  // namespace winnow::plugins::worker
