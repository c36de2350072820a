#include "TrustFile.hpp"

#include <cstdlib>

#include "config/Problems.hpp"
#include "config/YamlDocument.hpp"
#include "config/YamlText.hpp"
#include "io/AtomicFile.hpp"
#include "io/Error.hpp"

namespace winnow::cli {

namespace fs = std::filesystem;

namespace {

constexpr const char* kHead =
    "# Plugins that may run inside of winnow. Written by 'winnow plugins trust'; a plugin whose file has another "
    "SHA-256\n"
    "# than here is refused, one that is not here runs in a worker process of its own.\n";

[[noreturn]] void refuse(const fs::path& file, const config::YamlNode& node, const std::string& what) {
  throw UsageError(file.string() + ":" + std::to_string(node.place().line) + ":" + std::to_string(node.place().column) +
                   ": " + what + "; fix the line, or remove the file and approve again");
}

/// The parts of "name version sha256 by day: [stages]" as written by saveTrust().
void readEntry(const fs::path& file, const config::YamlNode& node, plugins::TrustList& list) {
  if (node.kind != config::YamlKind::Map) refuse(file, node, "an approval is a map");
  plugins::Approval approval;
  for (const config::YamlNode& pair : node.children) {
    const std::string& key = pair.key;
    if (key == "plugin")
      approval.name = pair.text;
    else if (key == "version")
      approval.version = pair.text;
    else if (key == "sha256")
      approval.sha256 = pair.text;
    else if (key == "approved by")
      approval.by = pair.text;
    else if (key == "approved on")
      approval.on = pair.text;
    else if (key == "stages")
      for (const config::YamlNode& one : pair.children) approval.stages.push_back(one.text);
    else
      refuse(file, pair, "an approval has no '" + key + "'");
  }
  const bool isHash =
      approval.sha256.size() == 64 && approval.sha256.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (!isHash) refuse(file, node, "the approval of '" + approval.name + "' has no SHA-256 of 64 digits");
  list.add(std::move(approval));
}

}  // namespace

fs::path trustFile() {
  if (const char* given = std::getenv("WINNOW_PLUGINS_LOCK"); given != nullptr && *given != 0) return given;
  if (const char* config = std::getenv("XDG_CONFIG_HOME"); config != nullptr && config[0] == '/')
    return fs::path(config) / "winnow/plugins.lock";
  if (const char* home = std::getenv("HOME"); home != nullptr && home[0] == '/')
    return fs::path(home) / ".config/winnow/plugins.lock";
  return {};
}

plugins::TrustList loadTrust(const fs::path& file) {
  plugins::TrustList list;
  std::error_code ignored;
  if (file.empty() || !fs::exists(file, ignored)) return list;
  const std::string text = io::readFile(file);
  config::Problems problems;
  const config::YamlDocument document = config::parseYaml(text, problems);
  if (problems.hasErrors()) throw UsageError(config::render(problems, file.string(), text));
  if (document.root.kind != config::YamlKind::Map) refuse(file, document.root, "this is no plugins.lock");
  for (const config::YamlNode& pair : document.root.children) {
    if (pair.key == "version" && pair.text != "1")
      refuse(file, pair, "this program reads version 1, not '" + pair.text + "'");
    if (pair.key != "approved") continue;
    for (const config::YamlNode& one : pair.children) readEntry(file, one, list);
  }
  return list;
}

void saveTrust(const fs::path& file, const plugins::TrustList& list) {
  if (file.empty()) throw UsageError("there is no home folder for plugins.lock; name one with WINNOW_PLUGINS_LOCK");
  std::string text = std::string(kHead) + "version: 1\napproved:" + (list.all().empty() ? " []\n" : "\n");
  for (const plugins::Approval& a : list.all()) {
    text += "  - plugin: " + config::quotedInYaml(a.name) + "\n    version: " + config::quotedInYaml(a.version) +
            "\n    sha256: " + a.sha256 + "\n    stages: [";
    for (std::size_t i = 0; i < a.stages.size(); ++i) text += (i == 0 ? "" : ", ") + config::quotedInYaml(a.stages[i]);
    text +=
        "]\n    approved by: " + config::quotedInYaml(a.by) + "\n    approved on: " + config::quotedInYaml(a.on) + "\n";
  }
  io::writeFile(file, text);
}

}  // namespace winnow::cli
