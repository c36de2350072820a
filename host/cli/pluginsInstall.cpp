// winnow plugins install, update, remove: plugins in the user's folder, from files or from an index.
#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>

#include <winnow/plugin.hpp>

#include <boost/program_options.hpp>

#include "CommandLine.hpp"
#include "NamedStages.hpp"
#include "PackageShelf.hpp"
#include "config/Nearest.hpp"
#include "config/StageDeclarations.hpp"
#include "index/Fetch.hpp"
#include "index/Index.hpp"
#include "index/Packing.hpp"
#include "io/AtomicFile.hpp"
#include "io/Error.hpp"
#include "io/FolderEntries.hpp"
#include "io/Sha256.hpp"
#include "plugins/Declarations.hpp"
#include "plugins/DialectTable.hpp"
#include "plugins/Package.hpp"
#include "pluginsCommands.hpp"

namespace winnow::cli {

namespace po = boost::program_options;
namespace fs = std::filesystem;

namespace {

constexpr const char* kInstallHelp =
    "Copies plugins to ~/.local/lib/winnow/plugins: files, packages, and what lies in a folder, its build/ and its\n"
    "target/release/. Each is tried in a worker process first. With --index a NAME is a package of that index: it is\n"
    "fetched, and not looked at before its SHA-256 is that of the index.\n"
    "  $ winnow plugins install my-plugin\n"
    "  $ winnow plugins install langdetect --index https://plugins.example.org/index.json\n";

constexpr const char* kUpdateHelp =
    "Looks in the index that each package came from, or in --index, for a newer version that this winnow can use, and\n"
    "installs it. What a newer version decides otherwise the next run reports; 'winnow run --locked' takes none.\n";

void tellInstalled(Console& console, const winnow_plugin& plugin, const fs::path& target) {
  console.line("installed " + std::string(view(plugin.vendor)) + "/" + std::string(view(plugin.name)) + " " +
               std::string(view(plugin.version)) + " as " + target.string());
  for (const winnow_stage* stage : plugins::knownStages(plugin))
    console.line("  " + std::string(view(stage->id)) + "  " + std::string(view(stage->help)));
}

/// A stage whose name somebody else has already: the new one is not used.
void tellTaken(Context& context, const winnow_plugin& plugin, const fs::path& target) {
  for (const winnow_stage* stage : plugins::knownStages(plugin)) {
    const plugins::StageEntry* owner = context.known().find(view(stage->id));
    if (owner != nullptr && owner->file != target && owner->file.parent_path() != target)
      context.console.line("warning: '" + std::string(view(stage->id)) + "' is a stage of " + owner->file.string() +
                           " already, which goes before this one; 'winnow plugins --why' shows what is used");
  }
}

void tellPackage(Context& context, const DeclaredPlugin& declared, const std::string& folder) {
  const fs::path to = userPluginFolder() / folder;
  tellInstalled(context.console, declared.plugin, to);
  tellTaken(context, declared.plugin, to);
  context.console.line(
      "  " + std::to_string(plugins::filesOfPackage(to, plugins::mainOf(to)).size() + 1) +
      " files; nobody approved it yet: it runs in a worker process ('winnow plugins trust' approves it)");
}

/// "replaces 1.1.0, which is newer": a step back is never silent.
void tellReplaced(Context& context, const fs::path& target, const std::string& now) {
  std::error_code ignored;
  if (!fs::exists(target, ignored)) return;
  try {
    const std::string before(view(declaredPlugin(context, target).plugin.version));
    const int order = index::compareVersions(now, before);
    if (order != 0) context.console.line("replaces " + before + (order < 0 ? ", which is newer" : ""));
  } catch (const Error&) {  // what was there could not be used
  }
}

/// All files of a package, into a folder of its own.
void installPackage(Context& context, const fs::path& from) {
  requireMet(from);
  const fs::path main = plugins::mainOf(from);
  const Incoming incoming;
  const fs::path ready = incoming.folder() / from.filename();
  std::vector<std::string> names = plugins::filesOfPackage(from, main);
  names.push_back(main.filename().string());
  for (const std::string& name : names) {
    context.outputs.protect(from / name, io::FileRole::Input);
    io::writeFile(ready / name, io::readFile(from / name));
    fs::permissions(ready / name, fs::status(from / name).permissions());
  }
  tellReplaced(context, userPluginFolder() / from.filename(),
               std::string(view(declaredPlugin(context, ready).plugin.version)));
  tellPackage(context, placePackage(context, incoming, ready, {}), from.filename().string());
}

void installFile(Context& context, const fs::path& file) {
  const winnow_plugin& plugin = declaredPlugin(context, file).plugin;
  const fs::path target = userPluginFolder() / file.filename();
  tellReplaced(context, target, std::string(view(plugin.version)));
  context.outputs.protect(file, io::FileRole::Input);
  context.outputs.write(target, io::readFile(file));
  fs::permissions(target, fs::perms::owner_all | fs::perms::group_read | fs::perms::group_exec |
                              fs::perms::others_read | fs::perms::others_exec);
  std::error_code ignored;
  if (const fs::path beside = file.parent_path() / "winnow_worker.py";
      plugins::isProgram(file) && fs::exists(beside, ignored))
    io::writeFile(userPluginFolder() / "winnow_worker.py", io::readFile(beside));
  tellInstalled(context.console, plugin, target);
  tellTaken(context, plugin, target);
}

// ---- from an index

index::Address indexNamed(const po::variables_map& values) {
  if (values.count("index") != 0) return index::addressOf(values["index"].as<std::string>());
  const char* variable = std::getenv("WINNOW_PLUGIN_INDEX");
  if (variable == nullptr || *variable == 0)
    throw UsageError("no index; name one with --index, or in the variable WINNOW_PLUGIN_INDEX");
  return index::addressOf(variable);
}

bool isCalled(const index::Entry& entry, const std::string& name) {
  return entry.manifest.id == name ||
         std::any_of(entry.stages.begin(), entry.stages.end(),
                     [&](const index::ListedStage& stage) { return config::meansStage(name, stage.id); });
}

/// The newest version that can be used here. Throws with the reasons against the others.
const index::Entry& chosen(const std::vector<index::Entry>& entries, const std::string& name,
                           const std::string& version) {
  const index::Entry* best = nullptr;
  std::string reasons;
  std::vector<std::string> ids;
  for (const index::Entry& entry : entries) {
    ids.push_back(entry.manifest.id);
    if (!isCalled(entry, name) || (!version.empty() && entry.manifest.version != version)) continue;
    if (const std::string why = index::unusable(entry); !why.empty())
      reasons += "\n  " + entry.manifest.id + " " + entry.manifest.version + " " + why;
    else if (best == nullptr || index::compareVersions(best->manifest.version, entry.manifest.version) < 0)
      best = &entry;
  }
  if (best != nullptr) return *best;
  if (!reasons.empty()) throw Error("the index has no '" + name + "' that can be used here:" + reasons);
  throw UsageError("the index has no '" + name + "'" + (version.empty() ? "" : " " + version) +
                   config::didYouMean(name, ids));
}

/// Nothing of an archive is looked at before its hash is the one of the index.
void installEntry(Context& context, const index::Address& from, const index::Entry& entry) {
  const index::Address archive = index::entryAt(from, entry.file);
  const std::string bytes = index::fetch(archive, entry.size);
  if (const std::string found = io::sha256Hex(bytes); found != entry.sha256)
    throw Error("'" + archive.text() + "' is not what the index says: SHA-256 " + found.substr(0, 16) +
                "... instead of " + entry.sha256.substr(0, 16) + "...; nothing was installed");
  const Incoming incoming;
  const fs::path ready = incoming.folder() / entry.manifest.id;
  index::unpackPackage(bytes, ready);
  const plugins::Manifest manifest = plugins::readManifest(ready);
  if (manifest.id != entry.manifest.id || manifest.version != entry.manifest.version)
    throw Error("'" + archive.text() + "' holds " + manifest.id + " " + manifest.version + ", not " +
                entry.manifest.id + " " + entry.manifest.version + " as the index says; nothing was installed");
  if (entry.tests.failed != 0)
    context.console.line("warning: its publisher's tests say that " + std::to_string(entry.tests.failed) + " failed");
  tellPackage(context, placePackage(context, incoming, ready, Origin{from.text(), entry.sha256}), entry.manifest.id);
}

void installNamed(Context& context, const std::string& name, const po::variables_map& values) {
  const index::Address from = indexNamed(values);
  const std::vector<index::Entry> entries = index::parseIndex(index::fetch(from, index::kLargestIndex));
  const std::string version = values.count("version") == 0 ? std::string() : values["version"].as<std::string>();
  const index::Entry& entry = chosen(entries, name, version);
  if (const fs::path there = userPluginFolder() / entry.manifest.id; fs::exists(there)) {
    if (plugins::isPackage(there) && originOf(there))
      tellReplaced(context, there, entry.manifest.version);
    else
      throw UsageError("'" + there.string() + "' is there and did not come from an index; 'winnow plugins remove " +
                       entry.manifest.id + "' takes it out");
  }
  installEntry(context, from, entry);
}

int install(Context& context, const po::variables_map& values) {
  if (values.count("input") == 0) throw UsageError("no plugin; 'winnow plugins install --help' shows how");
  std::vector<fs::path> files;
  std::size_t others = 0;
  std::error_code ignored;
  for (const std::string& input : values["input"].as<std::vector<std::string>>()) {
    const bool isNamed = values.count("index") != 0 || (plugins::isPackageId(input) && !fs::exists(input, ignored) &&
                                                        std::getenv("WINNOW_PLUGIN_INDEX") != nullptr);
    if (isNamed || plugins::isPackage(input)) {
      ++others;
      isNamed ? installNamed(context, input, values) : installPackage(context, fs::canonical(input));
    } else if (fs::is_directory(input, ignored)) {
      const std::vector<fs::path> found = plugins::pluginFilesIn(input);
      files.insert(files.end(), found.begin(), found.end());
    } else {
      files.emplace_back(input);
    }
  }
  if (files.empty() && others == 0) throw UsageError("there is no plugin there");
  for (const fs::path& file : files) installFile(context, file);
  if (files.empty()) return Done;
  const bool onlyTables = std::all_of(files.begin(), files.end(), plugins::isTable);
  context.console.line(
      onlyTables
          ? "nobody approved it yet; a table is data, so it runs no code ('winnow plugins trust' pins its content)"
          : "nobody approved it yet: it runs in a worker process ('winnow plugins trust' changes that)");
  return Done;
}

/// One package against its index. True if it was updated.
bool updated(Context& context, const fs::path& package, const index::Address& from,
             const std::vector<index::Entry>& entries) {
  const plugins::Manifest manifest = plugins::readManifest(package);
  const std::string name = manifest.id + " " + manifest.version;
  const index::Entry& newest = chosen(entries, manifest.id, {});
  const int order = index::compareVersions(manifest.version, newest.manifest.version);
  if (order > 0) context.console.line(name + " is newer than what the index has");
  if (order == 0 && newest.sha256 != originOf(package)->sha256)
    throw Error("the index has other files than those installed as " + name +
                "; a version that was published does not change. 'winnow plugins remove " + manifest.id +
                "' and install it again if you know why");
  if (order == 0) context.console.line(name + " is the newest");
  if (order >= 0) return false;
  context.console.line(name + " -> " + newest.manifest.version);
  installEntry(context, from, newest);
  return true;
}

int update(Context& context, const po::variables_map& values) {
  const std::string wanted = values.count("name") == 0 ? std::string() : values["name"].as<std::string>();
  std::map<std::string, std::vector<index::Entry>> indexes;
  std::size_t looked = 0, failed = 0;
  for (const fs::path& package : installedPackages()) {
    const std::optional<Origin> origin = originOf(package);
    if (!origin || (!wanted.empty() && package.filename() != wanted)) continue;
    ++looked;
    try {
      const index::Address from = values.count("index") != 0 ? indexNamed(values) : index::addressOf(origin->index);
      if (indexes.count(from.text()) == 0)
        indexes[from.text()] = index::parseIndex(index::fetch(from, index::kLargestIndex));
      updated(context, package, from, indexes[from.text()]);
    } catch (const Error& error) {
      ++failed;
      context.console.error(package.filename().string() + ": " + error.what());
    }
  }
  if (looked == 0)
    throw UsageError(wanted.empty() ? "no package here came from an index"
                                    : "there is no package '" + wanted + "' that came from an index");
  return failed == 0 ? Done : WorkFailed;
}

/// The files and packages of the user's folder with a stage that `name` means.
std::set<fs::path> installedAs(Context& context, const std::string& name) {
  std::set<fs::path> found;
  for (const plugins::StageEntry* entry : stagesNamed(context.catalogue(), name)) {
    if (entry->file.string().rfind(userPluginFolder().string() + "/", 0) != 0) continue;
    const fs::path package = plugins::packageOf(entry->file);
    found.insert(package.empty() ? entry->file : package);
  }
  return found;
}

int remove(Context& context, const po::variables_map& values) {
  const std::string name = values["input"].as<std::string>();
  std::error_code ignored;
  for (const fs::path& file : io::filesIn(userPluginFolder())) {
    if (file.filename() != name && file.stem() != name) continue;
    if (!fs::remove(file, ignored)) throw Error("cannot remove '" + file.string() + "'");
    context.console.line("removed " + file.string());
    return Done;
  }
  if (const fs::path package = userPluginFolder() / name;
      name.find('/') == std::string::npos && plugins::isPackage(package)) {
    fs::remove_all(package);
    context.console.line("removed " + package.string());
    return Done;
  }
  const std::set<fs::path> found = installedAs(context, name);
  if (found.empty())
    throw UsageError("there is no '" + name + "' in " + userPluginFolder().string() +
                     "; 'winnow plugins --why' lists the files");
  std::string list;
  for (const fs::path& one : found) list += "\n  " + one.string();
  if (found.size() > 1) throw UsageError("several plugins have a stage '" + name + "'; name the file:" + list);
  fs::remove_all(*found.begin());
  context.console.line("removed " + found.begin()->string());
  return Done;
}

}  // namespace

Command pluginsInstallCommand() {
  return {"plugins install",
          "FILE|FOLDER|NAME... [--index ADDRESS]",
          "Put plugins into the user's folder",
          kInstallHelp,
          [](po::options_description& options) {
            options.add_options()("input", po::value<std::vector<std::string>>(),
                                  "plugins, folders of plugins, or packages of an index")(
                "index", po::value<std::string>(),
                "index.json or its https address; $WINNOW_PLUGIN_INDEX unless given")(
                "version", po::value<std::string>(), "this version of the package, not the newest");
          },
          {"input"},
          install};
}

Command pluginsUpdateCommand() {
  return {"plugins update",
          "[NAME] [--index ADDRESS]",
          "Install newer versions of packages that came from an index",
          kUpdateHelp,
          [](po::options_description& options) {
            options.add_options()("name", po::value<std::string>(), "one package; all of them unless given")(
                "index", po::value<std::string>(), "another index than the one that each came from");
          },
          {"name"},
          update};
}

Command pluginsRemoveCommand() {
  return {"plugins remove",
          "NAME",
          "Take a plugin out of the user's folder",
          "NAME is the file's name, with or without its ending, a package's, or that of one of its stages.\n",
          [](po::options_description& options) {
            options.add_options()("input", po::value<std::string>()->required(), "name of the file");
          },
          {"input"},
          remove};
}

}  // namespace winnow::cli
