#include "Catalogue.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <sstream>

#include <winnow/plugin.hpp>

#include "Library.hpp"
#include "io/Error.hpp"
#include "io/Sha256.hpp"
#include "worker/Remote.hpp"

namespace winnow::plugins {

namespace fs = std::filesystem;

namespace {

constexpr const char* kInstallation = "installation";

std::vector<fs::path> environmentFolders() {
  std::vector<fs::path> folders;
  const char* value = std::getenv("WINNOW_PLUGIN_PATH");
  std::istringstream list(value == nullptr ? "" : value);
  for (std::string folder; std::getline(list, folder, ':');)
    if (!folder.empty()) folders.emplace_back(folder);
  return folders;
}

std::string folderProblem(const fs::path& folder) {
  std::error_code error;
  if (folder.is_relative()) return "is relative; only absolute folders are looked into";
  if (!fs::exists(folder, error)) return "does not exist";
  if (!fs::is_directory(folder, error)) return "is no folder";
  return {};
}

}  // namespace

const char* standingWord(Standing standing) {
  return standing == Standing::Installed ? "installed" : standing == Standing::Approved ? "approved" : "not approved";
}

bool isProgram(const fs::path& file) {
  std::error_code error;
  const bool named = file.extension() == ".plugin" || file.stem().extension() == ".plugin";
  return named && (fs::status(file, error).permissions() & fs::perms::owner_exec) != fs::perms::none;
}

bool isPluginFile(const fs::path& file) {
  return (file.extension() == ".so" || isProgram(file)) && file.filename().string().front() != '.';
}

std::variant<const winnow_plugin*, Refusal> openPlugin(const fs::path& file) {
  return isProgram(file) ? worker::remotePlugin(file, worker::Tier::Program) : loadLibrary(file);
}

namespace {

/// Loads what may be loaded, asks a worker about the rest.
std::variant<const winnow_plugin*, Refusal> open(const fs::path& file, bool isInstallation, const TrustList& trust, Candidate& candidate) {
  std::string hash;
  std::error_code ignored;
  if (fs::is_directory(file, ignored)) return Refusal{"is a folder, not a library"};
  if (isInstallation) {
    candidate.standing = Standing::Installed;
  } else {
    try {
      hash = io::sha256File(file).first;
    } catch (const std::exception& error) {
      return Refusal{std::string("cannot be read: ") + error.what()};
    }
    if (trust.ofHash(hash) != nullptr) candidate.standing = Standing::Approved;
  }
  const bool program = isProgram(file);
  candidate.isolated = program || candidate.standing == Standing::Unknown;
  auto loaded = candidate.isolated ? worker::remotePlugin(file, program ? worker::Tier::Program : worker::Tier::Library) : loadLibrary(file);
  if (candidate.standing != Standing::Unknown || std::holds_alternative<Refusal>(loaded)) return loaded;
  for (std::size_t i = 0; const winnow_stage* stage = std::get<const winnow_plugin*>(loaded)->stage(i); ++i)
    if (const Approval* approved = trust.ofStage(view(stage->id)); approved != nullptr)
      return Refusal{"is not the file that was approved for '" + std::string(view(stage->id)) + "': its SHA-256 is " + hash.substr(0, 16) + "..., plugins.lock has " +
                     approved->sha256.substr(0, 16) + "...; if you know why it changed, 'winnow plugins trust' approves it anew"};
  return loaded;
}

}  // namespace

Catalogue Catalogue::discover(const std::vector<fs::path>& given, const TrustList& trust) {
  Catalogue catalogue;
  std::error_code ignored;
  for (const fs::path& folder : given) catalogue.look({fs::absolute(folder, ignored), "--plugin-dir", {}, {}}, trust);
  for (const fs::path& folder : environmentFolders()) catalogue.look({folder, "WINNOW_PLUGIN_PATH", {}, {}}, trust);
  if (const char* home = std::getenv("HOME"); home != nullptr && home[0] == '/')
    catalogue.look({fs::path(home) / ".local/lib/winnow/plugins", "user folder", {}, {}}, trust);
  catalogue.look({fs::weakly_canonical(programFolder() / "../lib/winnow/plugins", ignored), kInstallation, {}, {}}, trust);
  return catalogue;
}

void Catalogue::look(Folder folder, const TrustList& trust) {
  folder.why = folderProblem(folder.path);
  std::vector<fs::path> files;
  std::error_code error;
  if (folder.why.empty())
    for (const fs::directory_entry& entry : fs::directory_iterator(folder.path, error)) {
      const fs::path& path = entry.path();
      if (isPluginFile(path)) files.push_back(path);
    }
  if (error) folder.why = "cannot be read: " + error.message();
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) {
    Candidate candidate{file, nullptr, {}};
    auto loaded = open(file, folder.origin == kInstallation, trust, candidate);
    if (const auto* refusal = std::get_if<Refusal>(&loaded)) {
      candidate.why = refusal->reason;
    } else {
      candidate.plugin = std::get<const winnow_plugin*>(loaded);
      for (std::size_t i = 0; candidate.plugin->stage(i) != nullptr; ++i)
        if (const StageEntry* first = find(view(candidate.plugin->stage(i)->id)); first != nullptr) {
          candidate.why = "its stage '" + std::string(view(first->stage->id)) + "' was already found in " + first->file.string();
          candidate.plugin = nullptr;
          break;
        }
    }
    if (candidate.plugin != nullptr) add(candidate);
    folder.candidates.push_back(std::move(candidate));
  }
  folders_.push_back(std::move(folder));
}

void Catalogue::add(const Candidate& candidate) {
  for (std::size_t i = 0; const winnow_stage* stage = candidate.plugin->stage(i); ++i)
    stages_.push_back({stage, candidate.plugin, candidate.file, candidate.standing, candidate.isolated});
  if (candidate.plugin->extension == nullptr) return;
  if (const auto* lint = static_cast<const winnow_lint*>(candidate.plugin->extension(WINNOW_EXT_LINT))) lints_.push_back({lint, candidate.plugin});
  const auto* commands = static_cast<const winnow_commands*>(candidate.plugin->extension(WINNOW_EXT_COMMAND));
  if (commands == nullptr) return;
  for (std::size_t i = 0; const winnow_command* command = commands->command(i); ++i)
    commands_.push_back({command, candidate.plugin});
}

void Catalogue::isolate(const std::vector<std::string>& ids) {
  const bool all = std::find(ids.begin(), ids.end(), "all") != ids.end();
  std::map<fs::path, const winnow_plugin*> remote;
  for (StageEntry& entry : stages_) {
    const std::string id(view(entry.stage->id));
    if (entry.isolated || (!all && std::find(ids.begin(), ids.end(), id) == ids.end())) continue;
    const winnow_plugin*& plugin = remote[entry.file];
    if (plugin == nullptr) {
      auto loaded = worker::remotePlugin(entry.file, worker::Tier::Library);
      if (const auto* refusal = std::get_if<Refusal>(&loaded)) throw Error("'" + entry.file.string() + "' cannot be isolated: it " + refusal->reason);
      plugin = std::get<const winnow_plugin*>(loaded);
    }
    for (std::size_t i = 0; const winnow_stage* stage = plugin->stage(i); ++i)
      if (view(stage->id) == id) entry.stage = stage;
    entry.plugin = plugin;
    entry.isolated = true;
  }
}

const StageEntry* Catalogue::find(std::string_view id) const {
  const auto found = std::find_if(stages_.begin(), stages_.end(), [&](const StageEntry& e) { return view(e.stage->id) == id; });
  return found == stages_.end() ? nullptr : &*found;
}

}  // namespace winnow::plugins
