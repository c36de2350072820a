// The commands below `winnow plugins`.
#pragma once

#include "CommandLine.hpp"

namespace winnow::cli {

Command pluginsListCommand();
Command pluginsMeasureCommand();
Command pluginsInstallCommand();
Command pluginsNewCommand();
Command pluginsRemoveCommand();
Command pluginsTestCommand();
Command pluginsTrustCommand();
Command pluginsWhyCommand();

}  // namespace winnow::cli
