// A plugin that runs in a worker process, behind the same tables as one in this process: the rest of the host does not
// see the difference.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include <winnow/abi.h>

#include "../Library.hpp"
#include "../PluginFile.hpp"
#include "Sandbox.hpp"

namespace winnow::plugins::worker {

/// What becomes of a record on which a worker failed.
enum class OnFailure { Stop, Undecided };

/// How the workers of one catalogue are run. Set before any instance is made. Thread: setup.
struct Policy {
  Limits limits;
  OnFailure onFailure = OnFailure::Stop;
  /// A worker also runs where the kernel cannot put all limits into force. Said on the command line alone: who wrote
  /// the review is not who owns the machine.
  bool mayBeWeak = false;
  /// Gets what workers print. Any thread.
  std::function<void(const std::string& plugin, std::string_view line)> said;
};
/// Starts a worker on `file` (a library, or a program that speaks the protocol), asks what it declares, and gives a
/// table whose stages work there, as `policy` says then and later. The declarations are checked like any other. Lives
/// as long as the process. Thread: setup.
std::variant<const winnow_plugin*, Refusal> remotePlugin(std::shared_ptr<const PluginFile> file, Tier tier,
                                                         std::shared_ptr<const Policy> policy);

/// The limits that are in force in the workers of such a plugin, and those that are not. Empty for any other plugin.
Confinement confinementOf(const winnow_plugin* plugin);

}  // namespace winnow::plugins::worker
