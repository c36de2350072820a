// What a worker process may do: limits of the kernel, all of them in force before any foreign code runs.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "Landlock.hpp"
#include "Seccomp.hpp"

namespace winnow::plugins::worker {

/// What the team allows a worker.
struct Limits {
  int seconds = 60;      ///< without progress
  int megabytes = 2048;  ///< address space
  bool operator==(const Limits&) const = default;
};

/// A shared library that we load, or a program that we start.
enum class Tier { Library, Program };

/// A limit that could not be put into force, and why.
struct Missing {
  std::string name, why;
};

/// What is in force, by name, and what is not.
struct Confinement {
  std::vector<std::string> active;
  std::vector<Missing> missing;
  /// "rlimits, landlock, seccomp".
  std::string activeText() const;
  /// "without landlock: this kernel does not have it"; empty if all are in force.
  std::string missingText() const;
};

/// Descriptors behind `last` are closed, the environment is emptied, the current folder is left. First thing in the
/// child.
void forgetCaller(int last);

/// Resources ("rlimits") and files ("landlock"). In the child, before confineCalls().
void confineResources(const Limits& limits, const std::vector<Permitted>& paths, Confinement& so);
/// System calls ("seccomp"). Last.
void confineCalls(Task task, Confinement& so);

/// The folders of the system's libraries, as far as this machine has them, and of those that came with the program.
std::vector<Permitted> libraryFolders();

}  // namespace winnow::plugins::worker
