// Stages and their options as words of the command line.
#pragma once

#include <string>
#include <vector>

#include "CommandLine.hpp"
#include "plugins/Instance.hpp"

namespace winnow::cli {

/// "importers." before a name that lacks it.
std::string stageId(const std::string& prefix, const std::string& name);

/// The stage of that id; throws UsageError with the names there are. `option` is the option that names it.
const plugins::StageEntry& requiredStage(Context& context, const std::string& id, const char* option);

/// The stage's defaults with "name=value" words on top; "name.key=value" for a map. Throws UsageError.
plugins::SettingList settingsOf(const winnow_stage& stage, const std::vector<std::string>& words);

/// The formats and dialects that an importer tells apart, as it says with its defaults.
std::vector<plugins::FormatEntry> formatsOf(Context& context, const winnow_stage& stage);

/// The values of a repeatable option; empty if it was not given.
std::vector<std::string> wordsOf(const boost::program_options::variables_map& values, const char* option);

/// The importer named by --from with the settings of --with; throws UsageError, also for --with alone. Nothing: by
/// content.
struct NamedImporter {
  std::string id;
  plugins::SettingList settings;
  std::string encoding;  ///< of --encoding
};
NamedImporter namedImporter(Context& context, const boost::program_options::variables_map& values);
/// Adds --from, --with and --encoding.
void addImporterOptions(boost::program_options::options_description& options);

}  // namespace winnow::cli
