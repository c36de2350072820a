// winnow plugins trust, why, install, remove: who stands for a plugin, and where it lies.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>

#include <winnow/plugin.hpp>

#include "CommandLine.hpp"
#include "TrustFile.hpp"
#include "config/Nearest.hpp"
#include "io/AtomicFile.hpp"
#include "io/Error.hpp"
#include "io/FolderEntries.hpp"
#include "io/Sha256.hpp"
#include "io/UtcTime.hpp"
#include "plugins/Declarations.hpp"
#include "plugins/DialectTable.hpp"
#include "plugins/Package.hpp"
#include "plugins/worker/Remote.hpp"
#include "pluginsCommands.hpp"

namespace winnow::cli {

namespace po = boost::program_options;
namespace fs = std::filesystem;

namespace {

constexpr const char* kTrustHelp =
    "A shared library inside of the program can do whatever you can: read your files, send them away, change results.\n"
    "So only libraries that you approved run there; any other runs in a worker process with limits. An approval holds "
    "for\n"
    "the file as it is now: it is kept with its SHA-256 in plugins.lock, and a changed file is refused until it is "
    "approved anew.\n"
    "  $ winnow plugins trust build/importers-mydb.so --by KBAA\n"
    "Without a file: lists what is approved. --revoke takes an approval back (by VENDOR/NAME).\n";

std::string today() {
  const char* fixed = std::getenv("SOURCE_DATE_EPOCH");
  return io::utcDay(fixed != nullptr ? std::atoll(fixed) : std::time(nullptr));
}

std::string whoAmI(const po::variables_map& values) {
  if (values.count("by") != 0) return values["by"].as<std::string>();
  const char* user = std::getenv("USER");
  return user == nullptr || *user == 0 ? "unknown" : user;
}

/// What a file declares, asked in a worker: nothing foreign runs here before it is approved.
struct Declared {
  std::shared_ptr<const plugins::PluginFile> file;
  const winnow_plugin& plugin;
};
Declared declared(const Context& context, const fs::path& file) {
  std::error_code ignored;
  if (!fs::is_regular_file(file, ignored)) throw UsageError("there is no file '" + file.string() + "'");
  if (plugins::isPackage(file)) return declared(context, plugins::mainOf(fs::absolute(file)));
  if (const fs::path ending = file.extension(); (ending == ".yaml" || ending == ".yml") && !plugins::isTable(file))
    throw UsageError("'" + file.string() + "' is no plugin; a dialect table is called NAME.dialect.yaml");
  const auto content = plugins::hold(fs::absolute(file));
  const bool isTable = plugins::isTable(file);  // data: the installed importer reads it
  const auto tier = plugins::isProgram(file) ? plugins::worker::Tier::Program : plugins::worker::Tier::Library;
  const auto loaded =
      isTable ? plugins::openPlugin(fs::absolute(file)) : plugins::worker::remotePlugin(content, tier, context.workers);
  if (const auto* refusal = std::get_if<plugins::Refusal>(&loaded))
    throw Error("'" + file.string() + (isTable ? "' is no table that can be used: it " : "' is no plugin: it ") +
                refusal->reason);
  return {content, *std::get<const winnow_plugin*>(loaded)};
}

plugins::Approval approve(const Context& context, const fs::path& file, const std::string& by) {
  const auto& [content, plugin] = declared(context, file);
  plugins::Approval approval{content->sha256(),
                             std::string(view(plugin.vendor)) + "/" + std::string(view(plugin.name)),
                             std::string(view(plugin.version)),
                             {},
                             by,
                             today()};
  for (const winnow_stage* stage : plugins::knownStages(plugin)) approval.stages.emplace_back(view(stage->id));
  return approval;
}

void tellApproved(Console& console, const plugins::TrustList& list) {
  if (list.all().empty())
    console.line("nothing is approved; what is not installed with winnow runs in worker processes");
  for (const plugins::Approval& a : list.all())
    console.line(padded(a.name + " " + a.version, 34) + a.sha256.substr(0, 16) + "  approved by " + a.by + " on " +
                 a.on);
}

int trust(Context& context, const po::variables_map& values) {
  const fs::path file = trustFile();
  plugins::TrustList list = loadTrust(file);
  if (values.count("revoke") != 0) {
    const std::string name = values["revoke"].as<std::string>();
    if (!list.remove(name)) throw UsageError("'" + name + "' is not approved; 'winnow plugins trust' lists what is");
    saveTrust(file, list);
    context.console.line("taken back: " + name + "; it now runs in a worker process");
    return Done;
  }
  if (values.count("input") == 0) {
    tellApproved(context.console, list);
    return Done;
  }
  for (const std::string& input : values["input"].as<std::vector<std::string>>()) {
    plugins::Approval approval = approve(context, input, whoAmI(values));
    context.console.line("approved " + approval.name + " " + approval.version + ", SHA-256 " + approval.sha256);
    for (const std::string& stage : approval.stages) context.console.line("  " + stage + " may run in the program");
    list.add(std::move(approval));
  }
  saveTrust(file, list);
  return Done;
}

int why(Context& context, const po::variables_map& values) {
  const std::string id = values["id"].as<std::string>();
  for (const plugins::Folder& folder : context.catalogue().folders())
    for (const plugins::Candidate& c : folder.candidates) {
      bool has = c.path.filename() == id || c.path == id;
      if (c.plugin != nullptr)
        for (const winnow_stage* stage : plugins::knownStages(*c.plugin)) has = has || view(stage->id) == id;
      if (!has) continue;
      context.console.line(c.path.string() + " (" + folder.origin + ")");
      if (c.file != nullptr) context.console.line("  SHA-256 " + c.file->sha256());
      if (c.plugin == nullptr)
        context.console.line("  refused: it " + c.why);
      else
        context.console.line(
            "  " + std::string(plugins::standingWord(c.standing)) + "; runs " +
            (c.isolated ? "in a worker process (" + plugins::worker::confinementOf(c.plugin).activeText() + ")"
                        : "in the program"));
      if (c.plugin != nullptr && c.standing == plugins::Standing::Unknown)
        context.console.line("  'winnow plugins trust " + c.path.string() +
                             (plugins::isTable(c.path) ? "' pins its content" : "' lets it run in the program"));
      return c.plugin == nullptr ? WorkFailed : Done;
    }
  std::vector<std::string> ids;
  for (const auto& e : context.catalogue().stages()) ids.emplace_back(view(e.stage->id));
  throw UsageError("there is no stage and no file '" + id + "'" + config::didYouMean(id, ids) +
                   "; 'winnow plugins --why' shows where was looked");
}

// ---- installing

fs::path userFolder() {
  const char* home = std::getenv("HOME");
  if (home == nullptr || home[0] != '/') throw UsageError("there is no home folder to install into; use --plugin-dir");
  return fs::path(home) / ".local/lib/winnow/plugins";
}

void tellInstalled(Console& console, const winnow_plugin& plugin, const fs::path& target) {
  console.line("installed " + std::string(view(plugin.vendor)) + "/" + std::string(view(plugin.name)) + " " +
               std::string(view(plugin.version)) + " as " + target.string());
  for (const winnow_stage* stage : plugins::knownStages(plugin))
    console.line("  " + std::string(view(stage->id)) + "  " + std::string(view(stage->help)));
}

/// All files of a package, into a folder of its own; then it is tried where it lies now.
void installPackage(Context& context, const fs::path& from) {
  const fs::path main = plugins::mainOf(from), to = userFolder() / from.filename();
  if (fs::exists(to)) {
    if (!plugins::isPackage(to))
      throw UsageError("'" + to.string() + "' is there and is no package; move it away first");
    fs::remove_all(to);
  }
  std::vector<std::string> names = plugins::filesOfPackage(from, main);
  names.push_back(main.filename().string());
  for (const std::string& name : names) {
    context.outputs.protect(from / name, io::FileRole::Input);
    context.outputs.write(to / name, io::readFile(from / name));
    fs::permissions(to / name,
                    fs::status(from / name).permissions() & ~(fs::perms::group_write | fs::perms::others_write));
  }
  tellInstalled(context.console, declared(context, to).plugin, to);
  context.console.line(
      "  " + std::to_string(names.size()) +
      " files; nobody approved it yet: it runs in a worker process ('winnow plugins trust' approves it)");
}

int install(Context& context, const po::variables_map& values) {
  if (values.count("input") == 0) throw UsageError("no plugin; 'winnow plugins install --help' shows how");
  std::vector<fs::path> files;
  std::size_t packages = 0;
  std::error_code ignored;
  for (const std::string& input : values["input"].as<std::vector<std::string>>()) {
    if (!fs::is_directory(input, ignored)) {
      files.emplace_back(input);
      continue;
    }
    if (plugins::isPackage(input)) {
      installPackage(context, fs::canonical(input));
      ++packages;
      continue;
    }
    for (const fs::path& folder : {fs::path(input), fs::path(input) / "build"})
      for (const fs::path& file : io::filesIn(folder))
        if (plugins::isPluginFile(file)) files.push_back(file);
  }
  if (files.empty() && packages == 0) throw UsageError("there is no plugin there");
  if (files.empty()) return Done;
  for (const fs::path& file : files) {
    const winnow_plugin& plugin = declared(context, file).plugin;
    const fs::path target = userFolder() / file.filename();
    context.outputs.protect(file, io::FileRole::Input);
    context.outputs.write(target, io::readFile(file));
    fs::permissions(target, fs::perms::owner_all | fs::perms::group_read | fs::perms::group_exec |
                                fs::perms::others_read | fs::perms::others_exec);
    if (const fs::path beside = file.parent_path() / "winnow_worker.py";
        plugins::isProgram(file) && fs::exists(beside, ignored))
      io::writeFile(userFolder() / "winnow_worker.py", io::readFile(beside));
    tellInstalled(context.console, plugin, target);
  }
  const bool onlyTables = std::all_of(files.begin(), files.end(), plugins::isTable);
  context.console.line(
      onlyTables
          ? "nobody approved it yet; a table is data, so it runs no code ('winnow plugins trust' pins its content)"
          : "nobody approved it yet: it runs in a worker process ('winnow plugins trust' changes that)");
  return Done;
}

int remove(Context& context, const po::variables_map& values) {
  const std::string name = values["input"].as<std::string>();
  std::error_code ignored;
  for (const fs::path& file : io::filesIn(userFolder())) {
    if (file.filename() != name && file.stem() != name) continue;
    if (!fs::remove(file, ignored)) throw Error("cannot remove '" + file.string() + "'");
    context.console.line("removed " + file.string());
    return Done;
  }
  if (const fs::path package = userFolder() / name;
      name.find('/') == std::string::npos && plugins::isPackage(package)) {
    fs::remove_all(package);
    context.console.line("removed " + package.string());
    return Done;
  }
  throw UsageError("there is no '" + name + "' in " + userFolder().string() +
                   "; 'winnow plugins --why' lists the files");
}

}  // namespace

Command pluginsTrustCommand() {
  return {"plugins trust",
          "[FILE...] [--by NAME]",
          "Approve plugins, so that they run inside of the program",
          kTrustHelp,
          [](po::options_description& options) {
            options.add_options()("input", po::value<std::vector<std::string>>(), "plugin files")(
                "by", po::value<std::string>(), "who approves; $USER unless given")(
                "revoke", po::value<std::string>(), "take the approval of VENDOR/NAME back");
          },
          {"input"},
          trust};
}

Command pluginsWhyCommand() {
  return {"plugins why",
          "STAGE|FILE",
          "Where a plugin comes from, who stands for it, where it runs",
          "Prints file, SHA-256, standing and place of one plugin.\n",
          [](po::options_description& options) {
            options.add_options()("id", po::value<std::string>()->required(), "a stage or the name of a file");
          },
          {"id"},
          why};
}

Command pluginsInstallCommand() {
  return {"plugins install",
          "FILE|FOLDER...",
          "Put plugins into the user's folder",
          "Copies plugin files (of a folder: itself and its build/) to ~/.local/lib/winnow/plugins.\n",
          [](po::options_description& options) {
            options.add_options()("input", po::value<std::vector<std::string>>(), "plugins, or folders of plugins");
          },
          {"input"},
          install};
}

Command pluginsRemoveCommand() {
  return {"plugins remove",
          "NAME",
          "Take a plugin out of the user's folder",
          "NAME is the file's name, with or without its ending.\n",
          [](po::options_description& options) {
            options.add_options()("input", po::value<std::string>()->required(), "name of the file");
          },
          {"input"},
          remove};
}

}  // namespace winnow::cli
