// How a plugin program is started from its bytes.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace winnow::plugins::worker {

/// The words that start the program which is open as `descriptor` and was found as `file`: its interpreter, resolved
/// from its first line ("#!/usr/bin/env python3" too, since the one start that it has goes to the interpreter itself),
/// and the open file. A Python program is compiled from the open file under its own name, so that `__file__`,
/// tracebacks and imports from its folder are what its author expects; the wheels that its package locks are imported
/// from as well.
std::vector<std::string> commandOf(int descriptor, const std::filesystem::path& file);

/// Why what the file's first line names cannot be started in a worker, with what to do; empty if nothing is known
/// against it. Thread: any.
std::string interpreterProblem(int descriptor, const std::filesystem::path& file);

}  // namespace winnow::plugins::worker
