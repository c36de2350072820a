// The commands below `winnow plugins`.
#pragma once

#include "CommandLine.hpp"
#include "conform/Suite.hpp"

namespace winnow::cli {

/// How the tester is asked about a plugin from here: with the user's importers as partners, and what it prints shown.
conform::Request testRequest(Context& context, const std::filesystem::path& file);

Command pluginsIndexCommand();
Command pluginsListCommand();
Command pluginsMeasureCommand();
Command pluginsInstallCommand();
Command pluginsNewCommand();
Command pluginsRemoveCommand();
Command pluginsSearchCommand();
Command pluginsTestCommand();
Command pluginsTrustCommand();
Command pluginsUpdateCommand();
Command pluginsWhyCommand();

}  // namespace winnow::cli
