// What every part of a run says of a plugin's stage: its settings, the identity under which answers are kept, and its
// diagnostics as the host shows them.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <winnow/abi.h>

#include "Workspace.hpp"
#include "plugins/Instance.hpp"

namespace winnow::engine {

/// Default settings of a stage, in ABI form.
plugins::SettingList defaultSettings(const winnow_stage& stage);

/// "name = value" lines, for the ledger and explain. Of a secret, its hash.
std::string settingsText(const winnow_stage& stage, const plugins::SettingList& settings);

/// Identity of a stage under its settings and the documents it was given: what a stored answer is valid for. Hashes the
/// plugin's file once a process.
std::string stageKey(const plugins::StageEntry& entry, const plugins::SettingList& settings,
                     const Documents& documents = {});

/// Files that options name (WINNOW_FILE), relative to the review's folder.
std::vector<std::string> namedFiles(const winnow_stage& stage, const plugins::SettingList& settings);

/// Texts of the files that options name (WINNOW_FILE), as "file:" and the value. Throws what io::InputStream
/// throws.
Documents filesOf(const std::filesystem::path& folder, const winnow_stage& stage, const plugins::SettingList& settings);
/// Lets an instance have them.
void provideFiles(plugins::Services& services, const std::filesystem::path& folder, const winnow_stage& stage,
                  const plugins::SettingList& settings);

/// Lets an instance ask for what every stage may know and for filesOf() its settings, and shows the progress that it
/// reports.
void provideDocuments(plugins::Services& services, const Workspace& work, const winnow_stage& stage,
                      const plugins::SettingList& settings);

/// What a plugin said, without a place.
io::Diagnostic unlocated(const winnow_diagnostic& diagnostic);

/// Where the review names a stage, and what it sets.
struct NamedStage {
  const winnow_stage& stage;
  const plugins::SettingList& settings;
  const config::OptionPlaces& optionAt;
  config::Place at;
};

/// `told` at the line of the configuration where the option stands that the plugin named, or in the file that the
/// option names. A fault of the plugin (code "plugin.") without any place stands where the review names the stage.
io::Diagnostic placedAtOption(io::Diagnostic told, const winnow_diagnostic& said, const config::Review& review,
                              const NamedStage& named);

}  // namespace winnow::engine
