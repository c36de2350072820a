// What plugins in workers declared, kept by the hash of all that belongs to them: so a command starts no program that
// it does not use.
#pragma once

#include <optional>
#include <string>

#include "../PluginFile.hpp"
#include "Sandbox.hpp"

namespace winnow::plugins::worker {

/// A Declare frame, and the limits that were in force when it came: all that there are.
struct KeptDeclaration {
  std::string payload;
  Confinement confinement;
};

/// What the file declared earlier, to a host like this one; nothing if that is not known. For hosts that start no
/// worker with fewer limits: what is kept says nothing about the kernel of today. Thread: setup.
std::optional<KeptDeclaration> keptDeclaration(const PluginFile& file);

/// Keeps it in $XDG_CACHE_HOME/winnow/declarations or ~/.cache/winnow/declarations. A folder that cannot be written
/// keeps nothing; all that is lost is time. Not where a limit was missing. Thread: setup.
void keepDeclaration(const PluginFile& file, const KeptDeclaration& declaration);

}  // namespace winnow::plugins::worker
