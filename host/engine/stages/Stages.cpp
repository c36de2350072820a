#include "Stages.hpp"

#include <algorithm>

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

std::string settingsText(const winnow_stage& stage, const plugins::SettingList& settings) {
  std::string text;
  for (const auto& [name, value] : settings) {
    const winnow_option* option = config::findOption(stage, name.substr(0, name.find('.')));
    const bool isSecret = option != nullptr && (option->flags & WINNOW_OPTION_SECRET) != 0;
    text += name + " = " + (isSecret ? "secret, SHA-256 " + io::sha256Hex(value).substr(0, 16) : value) + "\n";
  }
  return text;
}

namespace {

/// Settings as they decide answers: a file by its text, which stands among the documents.
std::string keyText(const winnow_stage& stage, const plugins::SettingList& settings) {
  std::string text;
  for (const auto& [name, value] : settings) {
    const winnow_option* option = config::findOption(stage, name);
    text += name + " = " + (option != nullptr && option->type == WINNOW_FILE ? std::string("(file)") : value) + "\n";
  }
  return text;
}

}  // namespace

std::string stageKey(const plugins::StageEntry& entry, const plugins::SettingList& settings,
                     const Documents& documents) {
  std::string identity = std::string(view(entry.stage->id)) + "\n" + std::string(view(entry.stage->version)) + "\n" +
                         entry.content->sha256() + "\n" + keyText(*entry.stage, settings);
  for (const auto& [name, text] : documents) identity += "document " + name + " = " + io::sha256Hex(text) + "\n";
  return io::sha256Hex(identity);
}

std::vector<std::string> namedFiles(const winnow_stage& stage, const plugins::SettingList& settings) {
  std::vector<std::string> names;
  for (const auto& [name, value] : settings) {
    const winnow_option* option = config::findOption(stage, name);
    if (option != nullptr && option->type == WINNOW_FILE && !value.empty()) names.push_back(value);
  }
  return names;
}

Documents filesOf(const std::filesystem::path& folder, const winnow_stage& stage,
                  const plugins::SettingList& settings) {
  Documents files;
  for (const std::string& name : namedFiles(stage, settings))
    files.emplace("file:" + name, io::readText(folder / name));
  return files;
}

void provideFiles(plugins::Services& services, const std::filesystem::path& folder, const winnow_stage& stage,
                  const plugins::SettingList& settings) {
  for (auto& [name, text] : filesOf(folder, stage, settings)) services.provide(name, std::move(text));
}

void provideDocuments(plugins::Services& services, const Workspace& work, const winnow_stage& stage,
                      const plugins::SettingList& settings) {
  for (const auto& [name, text] : work.given) services.provide(name, text);
  provideFiles(services, work.review.folder, stage, settings);
  if (work.progress) services.onProgress(work.progress);
}

io::Diagnostic unlocated(const winnow_diagnostic& diagnostic) {
  io::Diagnostic d;
  d.severity = static_cast<io::Severity>(std::clamp<std::uint32_t>(diagnostic.severity, WINNOW_INFO, WINNOW_ERROR));
  d.code = view(diagnostic.code);
  d.message = view(diagnostic.message);
  d.action = view(diagnostic.action);
  const bool isFault = d.code.rfind("plugin.", 0) == 0;  // of a plugin, not of the data: people must know whose
  if (isFault && d.action.empty() && diagnostic.stage.size != 0) d.action = "in " + std::string(view(diagnostic.stage));
  return d;
}

namespace {

io::Diagnostic placedAt(io::Diagnostic told, const config::Review& review, config::Place at) {
  told.file = review.file.filename().string();
  told.line = at.line;
  told.column = at.column;
  told.record = 0;
  return told;
}

}  // namespace

io::Diagnostic placedAtOption(io::Diagnostic told, const winnow_diagnostic& said, const config::Review& review,
                              const NamedStage& named) {
  const std::string name(view(said.option));
  const bool isFault = told.code.rfind("plugin.", 0) == 0 && told.line == 0;
  if (name.empty()) return isFault && named.at.line != 0 ? placedAt(std::move(told), review, named.at) : told;
  const winnow_option* option = config::findOption(named.stage, name);
  const plugins::SettingList& settings = named.settings;
  const auto setting = std::find_if(settings.begin(), settings.end(), [&](const auto& s) { return s.first == name; });
  if (option != nullptr && option->type == WINNOW_FILE && said.at.line != 0 && setting != settings.end()) {
    told.file = setting->second;
    told.line = said.at.line;
    told.column = said.at.column;
    return told;
  }
  told.message = "'" + name + "': " + told.message;
  const auto at = named.optionAt.find(name);
  return at == named.optionAt.end() ? told : placedAt(std::move(told), review, at->second);
}

}  // namespace winnow::engine
