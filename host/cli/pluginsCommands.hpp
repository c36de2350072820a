// The commands below `winnow plugins`.
#pragma once

#include "CommandLine.hpp"

namespace winnow::cli {

Command pluginsListCommand();
Command pluginsTestCommand();

}  // namespace winnow::cli
