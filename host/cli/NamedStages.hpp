// Stages and plugin files as people name them on the command line: by full id ("filters.language") or, as a review
// does, without the kind ("language").
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "CommandLine.hpp"

namespace winnow::cli {

/// All stages that `name` means: "ris" is an importer and an exporter.
std::vector<const plugins::StageEntry*> stagesNamed(const plugins::Catalogue& catalogue, std::string_view name);

/// config::noStage() among those of the catalogue, and where Winnow looked, for an error.
std::string noStage(const plugins::Catalogue& catalogue, const std::string& name);

/// A path that exists, as it was given; otherwise the file or package of the stage that is named so. Throws UsageError
/// with the nearest names where there is neither, or where several files have a stage of that name.
std::filesystem::path pluginNamed(Context& context, const std::string& given);

}  // namespace winnow::cli
