#include "Catalogue.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <sstream>

#include <winnow/plugin.hpp>

#include "DialectTable.hpp"
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
  return (file.extension() == ".so" || isProgram(file) || isTable(file)) && file.filename().string().front() != '.';
}

std::variant<const winnow_plugin*, Refusal> openPlugin(const fs::path& file) {
  if (isTable(file)) {
    static const Catalogue installed = Catalogue::discover({});
    return openTable(
        file, [](std::string_view id) { return installed.find(id) == nullptr ? nullptr : installed.find(id)->stage; });
  }
  return isProgram(file) ? worker::remotePlugin(file, worker::Tier::Program) : loadLibrary(file);
}

namespace {

/// Loads what may be loaded, asks a worker about the rest. A table is data and goes to its importer, wherever that
/// runs.
std::variant<const winnow_plugin*, Refusal> open(const fs::path& file, bool isInstallation, const TrustList& trust,
                                                 Candidate& candidate, const FindStage& find) {
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
  const bool program = isProgram(file), table = isTable(file);
  candidate.isolated = !table && (program || candidate.standing == Standing::Unknown);
  auto loaded = table ? openTable(file, find)
                : candidate.isolated
                    ? worker::remotePlugin(file, program ? worker::Tier::Program : worker::Tier::Library)
                    : loadLibrary(file);
  if (candidate.standing != Standing::Unknown || std::holds_alternative<Refusal>(loaded)) return loaded;
  for (std::size_t i = 0; const winnow_stage* stage = std::get<const winnow_plugin*>(loaded)->stage(i); ++i)
    if (const Approval* approved = trust.ofStage(view(stage->id)); approved != nullptr)
      return Refusal{"is not the file that was approved for '" + std::string(view(stage->id)) + "': its SHA-256 is " +
                     hash.substr(0, 16) + "..., plugins.lock has " + approved->sha256.substr(0, 16) +
                     "...; if you know why it changed, 'winnow plugins trust' approves it anew"};
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
  catalogue.look({fs::weakly_canonical(programFolder() / "../lib/winnow/plugins", ignored), kInstallation, {}, {}},
                 trust);
  for (Folder& folder : catalogue.folders_) catalogue.openTables(folder, trust);  // when every importer is known
  return catalogue;
}

void Catalogue::look(Folder folder, const TrustList& trust) {
  folder.why = folderProblem(folder.path);
  std::vector<fs::path> files;
  std::error_code error;
  if (folder.why.empty())
    for (const fs::directory_entry& entry : fs::directory_iterator(folder.path, error)) {
      const fs::path& path = entry.path();
      if (isPluginFile(path) && !isTable(path)) files.push_back(path);
    }
  if (error) folder.why = "cannot be read: " + error.message();
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) take(folder, file, trust);
  folders_.push_back(std::move(folder));
}

void Catalogue::openTables(Folder& folder, const TrustList& trust) {
  std::vector<fs::path> files;
  std::error_code ignored;
  if (folder.why.empty())
    for (const fs::directory_entry& entry : fs::directory_iterator(folder.path, ignored))
      if (isTable(entry.path()) && isPluginFile(entry.path())) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) take(folder, file, trust);
}

void Catalogue::take(Folder& folder, const fs::path& file, const TrustList& trust) {
  Candidate candidate{file, nullptr, {}};
  const auto findStage = [&](std::string_view id) { return find(id) == nullptr ? nullptr : find(id)->stage; };
  auto loaded = open(file, folder.origin == kInstallation, trust, candidate, findStage);
  if (const auto* refusal = std::get_if<Refusal>(&loaded)) {
    candidate.why = refusal->reason;
  } else {
    candidate.plugin = std::get<const winnow_plugin*>(loaded);
    for (std::size_t i = 0; candidate.plugin->stage(i) != nullptr; ++i)
      if (const StageEntry* first = find(view(candidate.plugin->stage(i)->id)); first != nullptr) {
        candidate.why =
            "its stage '" + std::string(view(first->stage->id)) + "' was already found in " + first->file.string();
        candidate.plugin = nullptr;
        break;
      }
  }
  if (candidate.plugin != nullptr) add(candidate);
  folder.candidates.push_back(std::move(candidate));
}

void Catalogue::add(const Candidate& candidate) {
  for (std::size_t i = 0; const winnow_stage* stage = candidate.plugin->stage(i); ++i)
    stages_.push_back({stage, candidate.plugin, candidate.file, candidate.standing, candidate.isolated});
  if (candidate.plugin->extension == nullptr) return;
  const auto* lint = static_cast<const winnow_lint*>(candidate.plugin->extension(WINNOW_EXT_LINT));
  for (; lint != nullptr; lint = WINNOW_HAS(winnow_lint, lint, next) ? lint->next : nullptr)
    lints_.push_back({lint, candidate.plugin});
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
    // A table goes where its importer goes.
    const winnow_stage* parent = parentOf(entry.stage);
    const std::string own(parent == nullptr ? view(entry.stage->id) : view(parent->id));
    const fs::path file = parent == nullptr ? entry.file : find(own)->file;
    const winnow_plugin*& plugin = remote[file];
    if (plugin == nullptr) {
      auto loaded = worker::remotePlugin(file, worker::Tier::Library);
      if (const auto* refusal = std::get_if<Refusal>(&loaded))
        throw Error("'" + file.string() + "' cannot be isolated: it " + refusal->reason);
      plugin = std::get<const winnow_plugin*>(loaded);
    }
    const winnow_stage* isolated = entry.stage;
    for (std::size_t i = 0; const winnow_stage* stage = plugin->stage(i); ++i)
      if (view(stage->id) == own) isolated = parent == nullptr ? stage : overParent(entry.stage, stage);
    if (isolated == nullptr) throw Error("'" + entry.file.string() + "' cannot be isolated: too many tables");
    entry.stage = isolated;
    if (parent == nullptr) entry.plugin = plugin;
    entry.isolated = true;
  }
}

const StageEntry* Catalogue::find(std::string_view id) const {
  const auto found =
      std::find_if(stages_.begin(), stages_.end(), [&](const StageEntry& e) { return view(e.stage->id) == id; });
  return found == stages_.end() ? nullptr : &*found;
}

}  // namespace winnow::plugins
