#include "Stages.hpp"

#include <algorithm>

#include <winnow/ext/files.h>
#include <winnow/plugin.hpp>

#include "config/OptionChecker.hpp"
#include "io/InputStream.hpp"
#include "io/Sha256.hpp"

namespace winnow::engine {

plugins::SettingList defaultSettings(const winnow_stage& stage) {
  plugins::SettingList settings;
  for (std::size_t i = 0; i < stage.option_count; ++i)
    for (auto& setting : config::fallbackSettings(*stage.options[i])) settings.push_back(std::move(setting));
  return settings;
}

std::string settingsText(const plugins::SettingList& settings) {
  std::string text;
  for (const auto& [name, value] : settings) text += name + " = " + value + "\n";
  return text;
}

std::string stageKey(const plugins::StageEntry& entry, const plugins::SettingList& settings,
                     const Documents& documents) {
  std::string identity = std::string(view(entry.stage->id)) + "\n" + std::string(view(entry.stage->version)) + "\n" +
                         entry.content->sha256() + "\n" + settingsText(settings);
  for (const auto& [name, text] : documents) identity += "document " + name + " = " + io::sha256Hex(text) + "\n";
  return io::sha256Hex(identity);
}

std::vector<std::string> namedFiles(const winnow_stage& stage, const plugins::SettingList& settings) {
  std::vector<std::string> names;
  for (const auto& [name, value] : settings) {
    const winnow_option* option = config::findOption(stage, name);
    if (option != nullptr && (option->flags & WINNOW_OPTION_FILE) != 0 && !value.empty()) names.push_back(value);
  }
  return names;
}

Documents filesOf(const Workspace& work, const winnow_stage& stage, const plugins::SettingList& settings) {
  Documents files;
  for (const std::string& name : namedFiles(stage, settings))
    files.emplace("file:" + name, io::readText(work.review.folder / name));
  return files;
}

void provideDocuments(plugins::Services& services, const Workspace& work, const winnow_stage& stage,
                      const plugins::SettingList& settings) {
  for (const auto& [name, text] : work.given) services.provide(name, text);
  for (auto& [name, text] : filesOf(work, stage, settings)) services.provide(name, std::move(text));
}

io::Diagnostic unlocated(const winnow_diagnostic& diagnostic) {
  io::Diagnostic d;
  d.severity = static_cast<io::Severity>(std::clamp<std::uint32_t>(diagnostic.severity, WINNOW_INFO, WINNOW_ERROR));
  d.code = view(diagnostic.code);
  d.message = view(diagnostic.message);
  d.action = view(diagnostic.action);
  return d;
}

}  // namespace winnow::engine
