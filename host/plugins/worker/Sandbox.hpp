// What a worker process may do: limits of the kernel, as far as this machine has them.
#pragma once

#include <filesystem>
#include <string>

namespace winnow::plugins::worker {

/// What the team allows a worker.
struct Limits {
  int seconds = 60;      ///< without progress
  int megabytes = 2048;  ///< address space
  bool operator==(const Limits&) const = default;
};

/// A shared library that we load, or a program that we start.
enum class Tier { Library, Program };

/// In the child, before any foreign code runs: memory, processor time, core files, files written; no network, no new
/// processes, no signals to others; readable are the system's libraries and the plugin's folder alone.
void restrictBeforeLoad(const Limits& limits, const std::filesystem::path& plugin, Tier tier);
/// In the child, after the library was loaded: no file is opened any more.
void restrictAfterLoad();

/// "rlimits, seccomp, landlock": what this machine has. Never empty.
std::string activeLimits();

}  // namespace winnow::plugins::worker
