#include "Catalogue.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <sstream>

#include <winnow/plugin.hpp>

#include "Declarations.hpp"
#include "DialectTable.hpp"
#include "Library.hpp"
#include "Package.hpp"
#include "io/Error.hpp"
#include "io/FolderEntries.hpp"
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

/// Why others could change a plugin's file or another one of its package; empty if they cannot.
std::string unsafeFile(const fs::path& file, uid_t owner) {
  if (std::string why = unsafePath(file, owner); !why.empty()) return why;
  const fs::path package = packageOf(file);
  if (package.empty()) return {};
  for (const std::string& name : filesOfPackage(package, file))
    if (std::string why = unsafePath(package / name, owner); !why.empty()) return "holds '" + name + "', which " + why;
  return {};
}

}  // namespace

const char* standingWord(Standing standing) {
  return standing == Standing::Installed ? "installed" : standing == Standing::Approved ? "approved" : "not approved";
}

namespace {

bool isProgramName(const fs::path& file) {
  return file.extension() == ".plugin" || file.stem().extension() == ".plugin";
}

}  // namespace

bool isProgram(const fs::path& file) {
  std::error_code error;
  return isProgramName(file) && (fs::status(file, error).permissions() & fs::perms::owner_exec) != fs::perms::none;
}

bool isPluginFile(const fs::path& file) {
  return (file.extension() == ".so" || isProgram(file) || isTable(file)) && file.filename().string().front() != '.';
}

std::string mistakenFor(const fs::path& file) {
  std::error_code ignored;
  if (isPluginFile(file) || !fs::is_regular_file(file, ignored) || file.filename().string().front() == '.') return {};
  if (isProgramName(file))
    return "may not be run, as files from zip archives and Windows may not; 'chmod +x " + file.filename().string() +
           "' permits it";
  const bool isYaml = file.extension() == ".yaml" || file.extension() == ".yml";
  if (isYaml && file.stem().extension() == ".dialect")
    return "ends in .yml; a dialect table is called " + file.stem().string() + ".yaml";
  return {};
}

std::string whyNoPlugin(const fs::path& file) {
  if (isPluginFile(file)) return {};
  if (std::string why = mistakenFor(file); !why.empty()) return why;
  if (file.extension() == ".yaml" || file.extension() == ".yml")
    return "is no plugin; a dialect table is called NAME.dialect.yaml";
  return "is no plugin; a plugin is called NAME.so (a library), NAME.plugin.py or the like (a program), or "
         "NAME.dialect.yaml (a table)";
}

std::variant<const winnow_plugin*, Refusal> openPlugin(const fs::path& file) {
  if (const fs::path package = packageOf(file); !package.empty())
    if (std::string why = unmetBy(package); !why.empty()) return Refusal{std::move(why)};
  if (isTable(file)) {
    static const Catalogue installed = Catalogue::discover({});
    return openTable(*hold(file), [](std::string_view id) {
      return installed.find(id) == nullptr ? nullptr : installed.find(id)->stage;
    });
  }
  auto opened = isProgram(file)
                    ? worker::remotePlugin(hold(file), worker::Tier::Program, std::make_shared<worker::Policy>())
                    : loadLibrary(hold(file));
  if (const auto* plugin = std::get_if<const winnow_plugin*>(&opened))
    for (const winnow_stage* stage : knownStages(**plugin)) rememberFile(*stage, hold(file));
  return opened;
}

Catalogue Catalogue::discover(const std::vector<fs::path>& given, const TrustList& trust,
                              std::shared_ptr<const worker::Policy> policy) {
  Catalogue catalogue;
  catalogue.policy_ = std::move(policy);
  catalogue.trust_ = trust;
  std::error_code ignored;
  const uid_t self = ::geteuid();
  for (const fs::path& folder : given) catalogue.look(fs::absolute(folder, ignored), "--plugin-dir", self);
  for (const fs::path& folder : environmentFolders()) catalogue.look(folder, "WINNOW_PLUGIN_PATH", self);
  if (const char* home = std::getenv("HOME"); home != nullptr && home[0] == '/')
    catalogue.look(fs::path(home) / ".local/lib/winnow/plugins", "user folder", self);
  const fs::path program = programFolder();
  struct stat about {};
  catalogue.look(fs::weakly_canonical(program / "../lib/winnow/plugins", ignored), kInstallation,
                 ::stat(program.c_str(), &about) == 0 ? about.st_uid : self);
  // Who owns a name must be known before anybody else asks for it, and every importer before the tables over it.
  for (const Standing standing : {Standing::Approved, Standing::Installed})
    for (Folder& folder : catalogue.folders_)
      for (Candidate& candidate : folder.candidates)
        if (candidate.standing == standing && !isTable(candidate.path)) catalogue.load(candidate);
  catalogue.loadTables();
  return catalogue;
}

void Catalogue::ask() {
  if (isAsked_) return;
  isAsked_ = true;
  for (Folder& folder : folders_)
    for (Candidate& candidate : folder.candidates)
      if (!candidate.isAsked) load(candidate);
  loadTables();
}

void Catalogue::look(const fs::path& path, const char* origin, uid_t owner) {
  Folder folder{path, origin, folderProblem(path), {}};
  if (folder.why.empty()) folder.why = unsafePath(path, owner);
  std::vector<fs::path> files;
  std::error_code error;
  if (folder.why.empty())
    for (const std::string& name : io::namesIn(folder.path, error))
      if (isPluginFile(folder.path / name) || isPackage(folder.path / name) || !mistakenFor(folder.path / name).empty())
        files.push_back(folder.path / name);
  if (error) folder.why = "cannot be read: " + error.message();
  for (const fs::path& file : files) {
    Candidate& candidate = folder.candidates.emplace_back();
    candidate.path = file;
    candidate.why = mistakenFor(file);
    if (!candidate.why.empty()) continue;
    try {
      if (isPackage(file)) candidate.path = mainOf(file);
      candidate.why = unsafeFile(candidate.path, owner);
      if (candidate.why.empty() && isPackage(file)) candidate.why = unmetBy(file);
    } catch (const std::exception& refused) {
      candidate.why = refused.what();
    }
    if (candidate.why.empty()) open(candidate, folder.origin == kInstallation);
  }
  folders_.push_back(std::move(folder));
}

/// Opens the file and finds out where it may run.
void Catalogue::open(Candidate& candidate, bool isInstallation) {
  std::error_code ignored;
  if (fs::is_directory(candidate.path, ignored)) {
    candidate.why = "is a folder, not a library";
    return;
  }
  try {
    candidate.file = isInstallation && packageOf(candidate.path).empty() ? PluginFile::installed(candidate.path)
                                                                         : PluginFile::complete(candidate.path);
  } catch (const std::exception& error) {
    candidate.why = std::string("cannot be read: ") + error.what();
    return;
  }
  const bool isApproved = !isInstallation && trust_.ofHash(candidate.file->sha256()) != nullptr;
  candidate.standing = isInstallation ? Standing::Installed : isApproved ? Standing::Approved : Standing::Unknown;
  candidate.isolated =
      !isTable(candidate.path) && (isProgram(candidate.path) || candidate.standing == Standing::Unknown);
  candidate.isAsked = !(candidate.isolated && candidate.standing == Standing::Unknown);
}

/// Loads what may be loaded, asks a worker about the rest.
void Catalogue::load(Candidate& candidate) {
  if (candidate.file == nullptr) return;
  candidate.isAsked = true;
  candidate.why.clear();
  const auto findStage = [&](std::string_view id) { return find(id) == nullptr ? nullptr : find(id)->stage; };
  auto loaded =
      isTable(candidate.path) ? openTable(*candidate.file, findStage)
      : candidate.isolated
          ? worker::remotePlugin(candidate.file,
                                 isProgram(candidate.path) ? worker::Tier::Program : worker::Tier::Library, policy_)
          : loadLibrary(candidate.file);
  if (const auto* refusal = std::get_if<Refusal>(&loaded)) {
    candidate.why = refusal->reason;
    return;
  }
  candidate.plugin = std::get<const winnow_plugin*>(loaded);
  candidate.skipped = skippedStages(*candidate.plugin);
  candidate.why = nameProblem(candidate);
  if (candidate.why.empty())
    add(candidate);
  else
    candidate.plugin = nullptr;
}

/// A table is data and goes to its importer, wherever that runs. Those whose importer is not known yet are tried again.
void Catalogue::loadTables() {
  for (const bool isApproved : {true, false})
    for (Folder& folder : folders_)
      for (Candidate& candidate : folder.candidates)
        if (isTable(candidate.path) && candidate.plugin == nullptr &&
            isApproved == (candidate.standing != Standing::Unknown))
          load(candidate);
}

/// Why the names that it declares are not its own; empty if they are.
std::string Catalogue::nameProblem(const Candidate& candidate) const {
  for (const winnow_stage* stage : knownStages(*candidate.plugin)) {
    const std::string id(view(stage->id));
    const Approval* approved = trust_.ofStage(id);
    if (candidate.standing == Standing::Unknown && approved != nullptr)
      return "is not the file that was approved for '" + id + "': its SHA-256 is " +
             candidate.file->sha256().substr(0, 16) + "..., plugins.lock has " + approved->sha256.substr(0, 16) +
             "...; if you know why it changed, 'winnow plugins trust' approves it anew";
    const StageEntry* owner = find(id);
    if (owner == nullptr) continue;
    if (candidate.standing == Standing::Unknown && owner->standing != Standing::Unknown)
      return "declares '" + id + "', which belongs to the " + standingWord(owner->standing) + " plugin " +
             owner->file.string() + "; 'winnow plugins trust' lets it take the name over";
    return "its stage '" + id + "' was already found in " + owner->file.string();
  }
  return {};
}

void Catalogue::add(const Candidate& candidate) {
  const worker::Confinement so = worker::confinementOf(candidate.plugin);
  for (const winnow_stage* stage : knownStages(*candidate.plugin)) {
    rememberFile(*stage, candidate.file);
    stages_.push_back({stage, candidate.plugin, candidate.path, candidate.file, candidate.standing, candidate.isolated,
                       so.activeText(), so.missingText()});
  }
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
    const std::shared_ptr<const PluginFile> file = parent == nullptr ? entry.content : find(own)->content;
    const winnow_plugin*& plugin = remote[file->path()];
    if (plugin == nullptr) {
      auto loaded = worker::remotePlugin(file, worker::Tier::Library, policy_);
      if (const auto* refusal = std::get_if<Refusal>(&loaded))
        throw Error("'" + file->path().string() + "' cannot be isolated: it " + refusal->reason);
      plugin = std::get<const winnow_plugin*>(loaded);
    }
    const winnow_stage* isolated = entry.stage;
    for (const winnow_stage* stage : knownStages(*plugin))
      if (view(stage->id) == own) isolated = parent == nullptr ? stage : overParent(entry.stage, stage);
    if (isolated == nullptr) throw Error("'" + entry.file.string() + "' cannot be isolated: too many tables");
    entry.stage = isolated;
    rememberFile(*isolated, entry.content);
    if (parent == nullptr) entry.plugin = plugin;
    entry.isolated = true;
    entry.limits = worker::confinementOf(plugin).activeText();
    entry.missingLimits = worker::confinementOf(plugin).missingText();
  }
}

const StageEntry* Catalogue::find(std::string_view id) const {
  const auto found =
      std::find_if(stages_.begin(), stages_.end(), [&](const StageEntry& e) { return view(e.stage->id) == id; });
  return found == stages_.end() ? nullptr : &*found;
}

}  // namespace winnow::plugins
