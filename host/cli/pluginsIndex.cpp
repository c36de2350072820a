// winnow plugins index, search: what a publisher makes of packages, and what others find there.
#include <algorithm>
#include <cctype>
#include <cstdlib>

#include <boost/program_options.hpp>
#include <nlohmann/json.hpp>
#include <winnow/plugin.hpp>

#include "CommandLine.hpp"
#include "DeclaredPlugin.hpp"
#include "Session.hpp"
#include "conform/Suite.hpp"
#include "index/Fetch.hpp"
#include "index/Index.hpp"
#include "index/Packing.hpp"
#include "io/AtomicFile.hpp"
#include "io/Error.hpp"
#include "io/FolderEntries.hpp"
#include "io/Sha256.hpp"
#include "plugins/Declarations.hpp"
#include "plugins/Package.hpp"
#include "pluginsCommands.hpp"

namespace winnow::cli {

namespace po = boost::program_options;
namespace fs = std::filesystem;

namespace {

constexpr const char* kIndexHelp =
    "Tests every package in FOLDER and packs it beside the index as ID-VERSION.zip. What the index lists already "
    "stays\n"
    "there, so older versions can still be installed. Put index and archives on any web server that speaks https.\n"
    "  $ winnow plugins index packages -o public/index.json\n";

constexpr const char* kSearchHelp =
    "Lists the packages of an index whose id, description, keywords or stages hold every WORD.\n"
    "  $ winnow plugins search language --index https://plugins.example.org/index.json\n";

/// A package with a library is for the machine that built it.
std::string platformOf(const fs::path& package) {
  std::vector<std::string> names = plugins::filesOfPackage(package, plugins::mainOf(package));
  names.push_back(plugins::mainOf(package).string());
  const bool hasLibrary = std::any_of(names.begin(), names.end(), [](const std::string& name) {
    return name.ends_with(".so") || name.find(".so.") != std::string::npos;
  });
  return hasLibrary ? index::platformHere() : "any";
}

index::KitResult tested(Context& context, const fs::path& package) {
  conform::Request request = testRequest(context, plugins::mainOf(package));
  request.samples = io::filesIn(package / "samples");
  index::KitResult result{WINNOW_VERSION, 0, 0, 0};
  conform::test(request, [&](const conform::Finding& finding) {
    ++(finding.outcome == conform::Outcome::Pass   ? result.passed
       : finding.outcome == conform::Outcome::Fail ? result.failed
                                                   : result.skipped);
    if (finding.outcome == conform::Outcome::Fail)
      context.console.line("  FAIL  " + finding.check + "  " + finding.stage + "  " + finding.reason);
  });
  return result;
}

/// What the index says of one package; its archive lies in `target` then.
index::Entry entryOf(Context& context, const fs::path& package, const fs::path& target, bool isTested) {
  index::Entry entry;
  entry.manifest = plugins::readManifest(package);
  plugins::Manifest& manifest = entry.manifest;
  if (manifest.id.empty() || manifest.version.empty())
    throw Error("'" + package.string() + "' cannot be listed: its " + plugins::kManifest + " needs 'id' and 'version'");
  const winnow_plugin& plugin = declaredPlugin(context, package).plugin;
  if (const std::string declared(view(plugin.version)); declared != manifest.version)
    throw Error("'" + package.string() + "' cannot be listed: its manifest says " + manifest.version +
                ", the plugin declares " + declared);
  for (const auto& [text, from] : {std::pair{&manifest.license, plugin.license},
                                   {&manifest.vendor, plugin.vendor},
                                   {&manifest.description, plugin.description},
                                   {&manifest.homepage, plugin.homepage},
                                   {&manifest.support, plugin.support},
                                   {&manifest.keywords, plugin.keywords}})
    if (text->empty()) *text = view(from);
  for (const winnow_stage* stage : plugins::knownStages(plugin))
    entry.stages.push_back(
        {std::string(view(stage->id)), plugins::kindName(stage->kind), std::string(view(stage->help))});
  entry.platform = platformOf(package);
  entry.file = manifest.id + "-" + manifest.version + (entry.platform == "any" ? "" : "-" + entry.platform) + ".zip";
  if (isTested) entry.tests = tested(context, package);
  index::packPackage(package, target / entry.file);
  const auto [hash, size] = io::sha256File(target / entry.file);
  entry.sha256 = hash;
  entry.size = size;
  return entry;
}

/// Puts a new entry among the listed ones. A version that was published does not change.
void add(std::vector<index::Entry>& entries, index::Entry entry) {
  for (index::Entry& listed : entries) {
    if (listed.manifest.id != entry.manifest.id || listed.manifest.version != entry.manifest.version ||
        listed.platform != entry.platform)
      continue;
    if (listed.sha256 != entry.sha256)
      throw Error(entry.manifest.id + " " + entry.manifest.version +
                  " is in the index with other files; give the new ones another version");
    listed = std::move(entry);
    return;
  }
  entries.push_back(std::move(entry));
}

int makeIndex(Context& context, const po::variables_map& values) {
  if (values.count("folder") == 0) throw UsageError("no folder; 'winnow plugins index --help' shows how");
  const fs::path folder = fileNamed(values["folder"].as<std::string>()), out = values["output"].as<std::string>();
  const fs::path target = fs::absolute(out).parent_path();
  std::vector<index::Entry> entries;
  std::error_code error;
  if (fs::exists(out, error)) entries = index::parseIndex(io::readFile(out));
  std::size_t made = 0, failed = 0;
  for (const std::string& name : io::namesIn(folder, error)) {
    const fs::path package = folder / name;
    if (!plugins::isPackage(package)) continue;
    // Packed somewhere else first: what is listed keeps its archive if this one is refused.
    const ScratchFolder scratch;
    index::Entry entry = entryOf(context, package, scratch.path(), values.count("no-tests") == 0);
    const std::string file = entry.file, about = entry.manifest.id + " " + entry.manifest.version;
    context.console.line(padded(about, 34) + padded(entry.platform, 16) +
                         (entry.tests.winnow.empty()
                              ? "not tested"
                              : std::to_string(entry.tests.passed) + " passed, " + std::to_string(entry.tests.failed) +
                                    " failed, " + std::to_string(entry.tests.skipped) + " skipped"));
    failed += entry.tests.failed;
    add(entries, std::move(entry));
    context.outputs.write(target / file, io::readFile(scratch.path() / file));
    ++made;
  }
  if (error) throw Error("'" + folder.string() + "' cannot be read: " + error.message());
  if (made == 0)
    throw UsageError("there is no package in '" + folder.string() + "': a folder with " + plugins::kManifest);
  context.outputs.write(out, index::renderIndex(entries));
  context.console.line("wrote " + out.string() + ": " + std::to_string(entries.size()) + " entries");
  return failed == 0 ? Done : WorkFailed;
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

std::string textOf(const index::Entry& entry) {
  std::string text = entry.manifest.id + "\n" + entry.manifest.description + "\n" + entry.manifest.keywords;
  for (const index::ListedStage& stage : entry.stages) text += "\n" + stage.id + "\n" + stage.help;
  return lower(text);
}

int search(Context& context, const po::variables_map& values) {
  const std::vector<std::string> words =
      values.count("input") == 0 ? std::vector<std::string>() : values["input"].as<std::vector<std::string>>();
  const char* variable = std::getenv("WINNOW_PLUGIN_INDEX");
  const std::string named = values.count("index") != 0 ? values["index"].as<std::string>()
                            : variable != nullptr      ? variable
                                                       : "";
  if (named.empty()) throw UsageError("no index; name one with --index, or in the variable WINNOW_PLUGIN_INDEX");
  std::size_t found = 0;
  const std::string bytes = index::fetch(index::addressOf(named), index::kLargestIndex);
  for (const index::Entry& entry : index::parseIndex(bytes)) {
    const std::string text = textOf(entry);
    if (!std::all_of(words.begin(), words.end(),
                     [&](const std::string& word) { return text.find(lower(word)) != std::string::npos; }))
      continue;
    ++found;
    const std::string why = index::unusable(entry);
    context.console.line(padded(entry.manifest.id + " " + entry.manifest.version, 34) + entry.manifest.description +
                         (why.empty() ? "" : " [" + why + "]"));
    for (const index::ListedStage& stage : entry.stages)
      context.console.line("  " + padded(stage.kind, 10) + padded(stage.id, 30) + stage.help);
  }
  if (found == 0) context.console.line("nothing was found");
  return found == 0 ? WorkFailed : Done;
}

}  // namespace

Command pluginsIndexCommand() {
  return {"plugins index",
          "FOLDER [-o index.json]",
          "Pack the packages of a folder for an index",
          kIndexHelp,
          [](po::options_description& options) {
            options.add_options()("folder", po::value<std::string>(), "a folder of packages")(
                "output,o", po::value<std::string>()->default_value("index.json"), "the index; archives go beside it")(
                "no-tests", "list the packages without testing them");
          },
          {"folder"},
          makeIndex};
}

Command pluginsSearchCommand() {
  return {"plugins search",
          "[WORD...] [--index ADDRESS]",
          "Look for packages in an index",
          kSearchHelp,
          [](po::options_description& options) {
            options.add_options()("input", po::value<std::vector<std::string>>(), "words that all occur")(
                "index", po::value<std::string>(),
                "index.json or its https address; $WINNOW_PLUGIN_INDEX unless given");
          },
          {"input"},
          search};
}

}  // namespace winnow::cli
