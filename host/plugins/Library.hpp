// Loading one plugin library. The only file that knows Boost.DLL.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include <winnow/abi.h>

#include "PluginFile.hpp"

namespace winnow::plugins {

/// Why a file is no usable plugin: one sentence with what to do.
struct Refusal {
  std::string reason;
};

/// Looks at an open library without running its code, loads it as `from`, checks versions and every declaration. The
/// library stays mapped for ever: its tables are constants that the whole process points to. Thread: setup.
std::variant<const winnow_plugin*, Refusal> loadLibrary(int descriptor, const std::filesystem::path& from);
/// The same of a file that was opened and, unless it is an installed one, hashed.
std::variant<const winnow_plugin*, Refusal> loadLibrary(const std::shared_ptr<const PluginFile>& file);

/// Opens a file now and remembers it, for whoever may open nothing later: the functions below then use it. Throws
/// winnow::Error. Thread: setup.
std::shared_ptr<const PluginFile> hold(const std::filesystem::path& file);

/// Names that the file exports, seen without loading it. Throws std::exception if it is no library.
std::vector<std::string> exportedSymbols(const std::filesystem::path& file);

/// What is wrong with the version of the ABI that a plugin was built for, and what to do; empty if nothing is.
std::string abiProblem(const winnow_plugin& plugin);

/// The plugin's table whatever it declares, for those who want to say what is wrong with it; null if it cannot be
/// loaded. Runs its code in this process. Thread: setup.
const winnow_plugin* unchecked(const std::filesystem::path& file);

/// Loads a library into this process, starts a program that speaks the worker protocol in a worker, or hands a dialect
/// table to the installed importer that it extends. For those who have confined themselves. Thread: setup.
std::variant<const winnow_plugin*, Refusal> openPlugin(const std::filesystem::path& file);

/// The folder that holds the running program.
std::filesystem::path programFolder();

}  // namespace winnow::plugins
