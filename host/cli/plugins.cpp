// winnow plugins: what is there, where it came from, why a file was refused.
#include <boost/program_options.hpp>
#include <nlohmann/json.hpp>
#include <winnow/plugin.hpp>

#include "CommandLine.hpp"
#include "NamedStages.hpp"
#include "io/Error.hpp"
#include "io/Listed.hpp"
#include "plugins/Declarations.hpp"
#include "pluginsCommands.hpp"

namespace winnow::cli {

namespace po = boost::program_options;

namespace {

constexpr const char* kPluginsHelp =
    "Lists every stage that can be named in a review. With the name of a stage (filters.language, or language as in a\n"
    "review; 'winnow plugins info NAME' is the same): its options, reasons and where it came from.\n"
    "--why shows each folder looked into and why a file was refused. A list names what nobody approved and does not "
    "run\n"
    "it; --ask, or a stage's id, asks it in a worker process, as a review that uses it does.\n\n"
    "  winnow plugins new importer NAME  make one that builds and passes its tests at once\n"
    "  winnow plugins test FILE|FOLDER   check that a plugin keeps its contract\n"
    "  winnow plugins install FILE       put it into the user's folder; remove NAME takes it out\n"
    "  winnow plugins search WORD        look for packages in an index; install NAME, update take them from there\n"
    "  winnow plugins index FOLDER       pack the packages of a folder for an index\n"
    "  winnow plugins trust FILE         let it run inside of the program; why STAGE tells where one runs\n"
    "  winnow plugins measure FILTER     what a worker process costs\n";

constexpr const char* kTypes[] = {"",       "string", "integer", "number", "boolean",
                                  "choice", "list",   "map",     "date",   "file"};
std::vector<std::string> names(const winnow_str* list, std::size_t count) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < count; ++i) all.emplace_back(view(list[i]));
  return all;
}

/// Who made the plugin, for people and programs; what is not stated is left out.
std::vector<std::pair<const char*, winnow_str>> metadataOf(const winnow_plugin& plugin) {
  std::vector<std::pair<const char*, winnow_str>> all;
  for (const auto& [name, text] : {std::pair{"description", plugin.description},
                                   {"homepage", plugin.homepage},
                                   {"support", plugin.support},
                                   {"keywords", plugin.keywords}})
    if (text.size != 0) all.emplace_back(name, text);
  return all;
}

nlohmann::ordered_json describe(const plugins::StageEntry& entry) {
  const winnow_stage& stage = *entry.stage;
  nlohmann::ordered_json json{{"id", view(stage.id)},
                              {"kind", plugins::kindName(stage.kind)},
                              {"version", view(stage.version)},
                              {"help", view(stage.help)},
                              {"plugin", view(entry.plugin->name)},
                              {"vendor", view(entry.plugin->vendor)},
                              {"license", view(entry.plugin->license)},
                              {"standing", plugins::standingWord(entry.standing)},
                              {"isolated", entry.isolated},
                              {"options", nlohmann::ordered_json::array()},
                              {"reasons", nlohmann::ordered_json::array()}};
  for (std::size_t i = 0; i < stage.option_count; ++i) {
    const winnow_option& o = *stage.options[i];
    json["options"].push_back({{"name", view(o.name)},
                               {"type", kTypes[o.type]},
                               {"default", view(o.fallback)},
                               {"choices", view(o.choices)},
                               {"required", (o.flags & WINNOW_OPTION_REQUIRED) != 0},
                               {"help", view(o.help)}});
  }
  for (std::size_t i = 0; i < stage.reason_count; ++i)
    json["reasons"].push_back({{"code", view(stage.reasons[i].code)}, {"label", view(stage.reasons[i].label)}});
  if (stage.read_count != 0) json["reads"] = names(stage.reads, stage.read_count);
  if (stage.give_count != 0) json["gives"] = names(stage.gives, stage.give_count);
  for (const auto& [name, text] : metadataOf(*entry.plugin)) json[name] = view(text);
  return json;
}

void printStage(Console& console, const plugins::StageEntry& entry) {
  const winnow_stage& stage = *entry.stage;
  console.line(std::string(view(stage.id)) + " " + std::string(view(stage.version)) + ", " +
               plugins::kindName(stage.kind) + " of plugin " + std::string(view(entry.plugin->name)) + " by " +
               std::string(view(entry.plugin->vendor)) + " (" + std::string(view(entry.plugin->license)) + ")");
  console.line("  " + std::string(view(stage.help)));
  console.line("  " + entry.file.string() +
               (entry.isolated
                    ? " (" + std::string(plugins::standingWord(entry.standing)) + ": runs in a worker process)"
                    : ""));
  for (const auto& [name, text] : metadataOf(*entry.plugin))
    console.line("  " + padded(name, 13) + std::string(view(text)));
  if (stage.read_count != 0)
    console.line("  " + padded("reads", 13) + io::listed(names(stage.reads, stage.read_count)));
  if (stage.give_count != 0)
    console.line("  " + padded("gives", 13) + io::listed(names(stage.gives, stage.give_count)));
  if (stage.option_count != 0) console.line("options:");
  for (std::size_t i = 0; i < stage.option_count; ++i) {
    const winnow_option& o = *stage.options[i];
    std::string about = std::string(view(o.help));
    if (o.choices.size != 0) about += " One of: " + std::string(view(o.choices)) + ".";
    if (o.fallback.size != 0) about += " Default: " + std::string(view(o.fallback)) + ".";
    if ((o.flags & WINNOW_OPTION_REQUIRED) != 0) about += " Required.";
    if ((o.flags & WINNOW_OPTION_SECRET) != 0) about += " Secret: in no ledger, log or report.";
    if ((o.flags & WINNOW_OPTION_DEPRECATED) != 0)
      about += " Deprecated" +
               (o.replaced_by.size == 0 ? std::string(".") : ": use " + std::string(view(o.replaced_by)) + ".");
    console.line("  " + padded(view(o.name), 18) + padded(kTypes[o.type], 9) + about);
  }
  if (stage.reason_count != 0) console.line("reasons:");
  for (std::size_t i = 0; i < stage.reason_count; ++i)
    console.line("  " + padded(view(stage.reasons[i].code), 34) + std::string(view(stage.reasons[i].label)));
}

/// A list runs nothing that nobody approved; who names a stage asks for it, as a review that names it does.
const plugins::Catalogue& shown(Context& context, const po::variables_map& values) {
  const bool asks = values.count("ask") != 0 || (values.count("id") != 0 && values.count("why") == 0);
  return asks ? context.catalogue() : context.known();
}

std::string fateOf(const plugins::Candidate& c) {
  if (!c.isAsked) return "not asked: nobody approved it ('winnow plugins --ask' runs it in a worker process)";
  if (c.plugin == nullptr) return "refused: " + c.why;
  return (c.isolated ? "in a worker" : "loaded") + (c.skipped.empty() ? std::string() : "; " + c.skipped);
}

/// Files whose stages are not listed, because listing runs nothing that nobody approved.
void printUnasked(Console& console, const plugins::Catalogue& catalogue) {
  for (const plugins::Folder& folder : catalogue.folders())
    for (const plugins::Candidate& c : folder.candidates)
      if (!c.isAsked) console.line(padded(c.path.filename().string(), 36) + fateOf(c));
}

void printWhy(Context& context, const plugins::Catalogue& catalogue) {
  for (const plugins::Folder& folder : catalogue.folders()) {
    context.console.line(folder.path.string() + " (" + folder.origin + ")" +
                         (folder.why.empty() ? "" : ": " + folder.why));
    for (const plugins::Candidate& c : folder.candidates)
      context.console.line("  " + padded(c.path.filename().string(), 34) + fateOf(c));
  }
}

/// A page of a stage for people, from what it declares.
std::string page(const plugins::StageEntry& entry) {
  const winnow_stage& stage = *entry.stage;
  const auto text = [](winnow_str s) { return std::string(view(s)); };
  std::string out =
      "# " + text(stage.id) + "\n\n" + text(stage.help) + "\n\nVersion " + text(stage.version) + ", a" +
      (std::string_view("iea").find(plugins::kindName(stage.kind)[0]) != std::string_view::npos ? "n " : " ") +
      plugins::kindName(stage.kind) + " of the plugin " + text(entry.plugin->name) + " by " +
      text(entry.plugin->vendor) + " (" + text(entry.plugin->license) + ").\n";
  if (stage.option_count != 0) out += "\n| option | type | default | meaning |\n|---|---|---|---|\n";
  for (std::size_t i = 0; i < stage.option_count; ++i) {
    const winnow_option& o = *stage.options[i];
    std::string about = text(o.help) + (o.choices.size != 0 ? " One of: " + text(o.choices) + "." : "") +
                        ((o.flags & WINNOW_OPTION_REQUIRED) != 0 ? " Required." : "");
    for (std::size_t at = 0; (at = about.find('|', at)) != std::string::npos; at += 2) about.replace(at, 1, "\\|");
    out += "| `" + text(o.name) + "` | " + kTypes[o.type] + " | " +
           (o.fallback.size == 0 ? "" : "`" + text(o.fallback) + "`") + " | " + about + " |\n";
  }
  if (stage.reason_count != 0) out += "\n| reason | shown as |\n|---|---|\n";
  for (std::size_t i = 0; i < stage.reason_count; ++i)
    out += "| `" + text(stage.reasons[i].code) + "` | " + text(stage.reasons[i].label) + " |\n";
  return out;
}

/// Every stage of that name: "ris" is an importer and an exporter.
int printNamed(Context& context, const plugins::Catalogue& catalogue, const std::string& name) {
  const std::vector<const plugins::StageEntry*> found = stagesNamed(catalogue, name);
  if (found.empty()) throw UsageError(noStage(catalogue, name));
  if (context.console.json()) {
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    for (const plugins::StageEntry* entry : found) all.push_back(describe(*entry));
    context.console.printJson(found.size() == 1 ? all.front() : all);
  }
  for (const plugins::StageEntry* entry : found) printStage(context.console, *entry);
  return Done;
}

int list(Context& context, const po::variables_map& values) {
  const plugins::Catalogue& catalogue = shown(context, values);
  if (values.count("pages") != 0) {
    const std::filesystem::path folder = values["pages"].as<std::string>();
    for (const plugins::StageEntry& entry : catalogue.stages())
      context.outputs.write(folder / (std::string(view(entry.stage->id)) + ".md"), page(entry));
    context.console.line("wrote " + std::to_string(catalogue.stages().size()) + " pages to " + folder.string());
    return Done;
  }
  if (values.count("why") != 0) {
    printWhy(context, catalogue);
    return Done;
  }
  if (values.count("id") != 0) return printNamed(context, catalogue, values["id"].as<std::string>());
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const plugins::StageEntry& entry : catalogue.stages()) {
    all.push_back(describe(entry));
    context.console.line(padded(view(entry.stage->id), 28) + padded(view(entry.stage->version), 8) +
                         std::string(view(entry.stage->help)));
  }
  if (context.console.json()) context.console.printJson(all);
  printUnasked(context.console, catalogue);
  return Done;
}

}  // namespace

Command pluginsListCommand() {
  return {"plugins",
          "[OPTIONS] [STAGE]",
          "List plugins, their stages and options, and why a file was refused",
          kPluginsHelp,
          [](po::options_description& options) {
            options.add_options()("id", po::value<std::string>(), "a stage")("why", "show folders, files and reasons")(
                "ask", "also ask what nobody approved, in worker processes")(
                "pages", po::value<std::string>(), "write a Markdown page of each stage into this folder");
          },
          {"id"},
          list};
}

Command pluginsCommand() {
  Command command = pluginsListCommand();
  command.summary = "List, test, make, trust and install plugins";
  command.runWords = [](Context& context, const std::vector<std::string>& words) {
    const std::vector<Command> below{pluginsNewCommand(),    pluginsTestCommand(),   pluginsInstallCommand(),
                                     pluginsRemoveCommand(), pluginsSearchCommand(), pluginsUpdateCommand(),
                                     pluginsIndexCommand(),  pluginsTrustCommand(),  pluginsWhyCommand(),
                                     pluginsMeasureCommand()};
    for (const Command& one : below)
      if (!words.empty() && words.front() == std::string_view(one.name).substr(8))
        return runHostCommand(context, one, {words.begin() + 1, words.end()});
    if (words.size() == 1 && words.front() == "info")
      throw UsageError("info about which stage? 'winnow plugins' lists them");
    const bool hasVerb = !words.empty() && (words.front() == "list" || words.front() == "info");
    return runHostCommand(context, pluginsListCommand(), {words.begin() + (hasVerb ? 1 : 0), words.end()});
  };
  return command;
}

}  // namespace winnow::cli
