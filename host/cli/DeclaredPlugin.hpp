// What a plugin file declares, found out before anybody relies on it.
#pragma once

#include <filesystem>
#include <memory>

#include <winnow/abi.h>

#include "CommandLine.hpp"
#include "plugins/PluginFile.hpp"

namespace winnow::cli {

/// Throws UsageError, with what to do, for a file that can be no plugin by its name or permissions.
void requirePluginFile(const std::filesystem::path& file);

/// The tables live as long as the process.
struct DeclaredPlugin {
  std::shared_ptr<const plugins::PluginFile> file;
  const winnow_plugin& plugin;
};

/// Throws winnow::Error with what a package asks for and is not here (Manifest.hpp).
void requireMet(const std::filesystem::path& package);

/// Asks a file, or a package, in a worker process: nothing foreign runs here before it is approved. Throws UsageError:
/// nothing is there, or it is no plugin by its name; winnow::Error: it cannot be used, with the reason.
DeclaredPlugin declaredPlugin(const Context& context, const std::filesystem::path& file);

}  // namespace winnow::cli
