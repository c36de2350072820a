// winnow plugins trust, why: who stands for a plugin, and where it runs.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>

#include <winnow/plugin.hpp>

#include <boost/program_options.hpp>

#include "CommandLine.hpp"
#include "DeclaredPlugin.hpp"
#include "NamedStages.hpp"
#include "TrustFile.hpp"
#include "config/StageDeclarations.hpp"
#include "io/AtomicFile.hpp"
#include "io/Error.hpp"
#include "io/FolderEntries.hpp"
#include "io/Listed.hpp"
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
    "Without a file: lists what is approved. --revoke takes an approval back: by VENDOR/NAME, or one of its stages.\n";

std::string today() {
  const char* fixed = std::getenv("SOURCE_DATE_EPOCH");
  return io::utcDay(fixed != nullptr ? std::atoll(fixed) : std::time(nullptr));
}

std::string whoAmI(const po::variables_map& values) {
  if (values.count("by") != 0) return values["by"].as<std::string>();
  const char* user = std::getenv("USER");
  return user == nullptr || *user == 0 ? "unknown" : user;
}

plugins::Approval approve(const Context& context, const fs::path& file, const std::string& by) {
  const auto& [content, plugin] = declaredPlugin(context, file);
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

/// VENDOR/NAME of the approval that is meant: by that, NAME alone, its SHA-256, or one of its stages.
std::string approvedName(const plugins::TrustList& list, const std::string& given) {
  std::vector<std::string> meant;
  for (const plugins::Approval& a : list.all()) {
    if (a.name == given) return given;
    const bool hasStage = std::any_of(a.stages.begin(), a.stages.end(),
                                      [&](const std::string& id) { return config::meansStage(given, id); });
    if (hasStage || a.sha256 == given || a.name.substr(a.name.find('/') + 1) == given) meant.push_back(a.name);
  }
  if (meant.empty()) throw UsageError("'" + given + "' is not approved; 'winnow plugins trust' lists what is");
  if (meant.size() > 1) throw UsageError("several approved plugins are meant by '" + given + "': " + io::listed(meant));
  return meant.front();
}

int trust(Context& context, const po::variables_map& values) {
  const fs::path file = trustFile();
  plugins::TrustList list = loadTrust(file);
  if (values.count("revoke") != 0) {
    const std::string name = approvedName(list, values["revoke"].as<std::string>());
    list.remove(name);
    saveTrust(file, list);
    context.console.line("taken back: " + name + "; it now runs in a worker process");
    return Done;
  }
  if (values.count("input") == 0) {
    tellApproved(context.console, list);
    return Done;
  }
  for (const std::string& given : values["input"].as<std::vector<std::string>>()) {
    const std::string input = pluginNamed(context, given).string();
    plugins::Approval approval = approve(context, input, whoAmI(values));
    context.console.line("approved " + approval.name + " " + approval.version + ", SHA-256 " + approval.sha256);
    const fs::path main = plugins::isPackage(input) ? plugins::mainOf(fs::absolute(input)) : fs::path(input);
    const bool isWorker = plugins::isProgram(main);  // whoever approved it
    for (const std::string& stage : approval.stages)
      context.console.line("  " + stage + (isWorker ? " runs in a worker process" : " may run in the program"));
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
        for (const winnow_stage* stage : plugins::knownStages(*c.plugin))
          has = has || config::meansStage(id, view(stage->id));
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
  throw UsageError("there is no file '" + id + "', and " + noStage(context.catalogue(), id));
}

}  // namespace

Command pluginsTrustCommand() {
  return {"plugins trust",
          "[FILE...] [--by NAME]",
          "Approve plugins, so that they run inside of the program",
          kTrustHelp,
          [](po::options_description& options) {
            options.add_options()("input", po::value<std::vector<std::string>>(),
                                  "plugin files, or stages of plugins that were found")(
                "by", po::value<std::string>(), "who approves; $USER unless given")(
                "revoke", po::value<std::string>(),
                "take the approval of VENDOR/NAME, or of the plugin of a stage, back");
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

}  // namespace winnow::cli
