// A plugin that runs in a worker process, behind the same tables as one in this process: the rest of the host does not
// see the difference.
#pragma once

#include <filesystem>
#include <string>
#include <variant>

#include <winnow/abi.h>

#include "../Library.hpp"
#include "Sandbox.hpp"

namespace winnow::plugins::worker {

/// What becomes of a record on which a worker failed.
enum class OnFailure { Stop, Undecided };

/// How workers are run, for the whole process. Set before any instance is made. Thread: setup.
struct Policy {
  Limits limits;
  OnFailure onFailure = OnFailure::Stop;
};
Policy& policy();

/// Starts a worker on `file` (a library, or a program that speaks the protocol), asks what it declares, and gives a
/// table whose stages work there. The declarations are checked like any other. Lives as long as the process. Thread:
/// setup.
std::variant<const winnow_plugin*, Refusal> remotePlugin(const std::filesystem::path& file, Tier tier);

}  // namespace winnow::plugins::worker
