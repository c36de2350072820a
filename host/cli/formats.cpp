// winnow formats: what can be read, and what a file is taken for and why.
#include <boost/program_options.hpp>
#include <nlohmann/json.hpp>

#include <winnow/plugin.hpp>

#include "CommandLine.hpp"
#include "StageSettings.hpp"
#include "engine/reading/ReadFile.hpp"
#include "engine/reading/UnknownFile.hpp"
#include "io/InputStream.hpp"

namespace winnow::cli {

namespace po = boost::program_options;

namespace {

constexpr const char* kFormatsHelp =
    "Lists the formats and dialects that the importers tell apart, what tells them, and where their rules come from. "
    "With\n"
    "files: which importers could read each, how sure they are (0 to 100) and why; the surest is taken.\n"
    "  $ winnow formats\n  $ winnow formats savedrecs.txt\n";

std::string_view shortName(const winnow_stage& stage) {
  const std::string_view id = view(stage.id);
  return id.substr(id.find('.') + 1);
}

int listAll(Context& context) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const plugins::StageEntry& entry : context.catalogue().stages()) {
    if (entry.stage->kind != WINNOW_IMPORTER) continue;
    nlohmann::ordered_json one{{"importer", view(entry.stage->id)},
                               {"version", view(entry.stage->version)},
                               {"help", view(entry.stage->help)},
                               {"formats", nlohmann::ordered_json::array()}};
    context.console.line(padded(shortName(*entry.stage), 16) + std::string(view(entry.stage->help)));
    for (const plugins::FormatEntry& f : formatsOf(context, *entry.stage)) {
      one["formats"].push_back(
          {{"dialect", f.dialect}, {"title", f.title}, {"recognised by", f.toldBy}, {"source", f.source}});
      context.console.line("  " + padded(f.dialect.empty() ? "-" : f.dialect, 14) + f.title + ": " + f.toldBy);
      context.console.line(std::string(16, ' ') + "source: " + f.source);
    }
    all.push_back(std::move(one));
  }
  if (context.console.json()) {
    context.console.printJson(all);
    return Done;
  }
  context.console.line("Refused by name, with what to do instead:");
  for (const engine::NamedFile& file : engine::namedFiles())
    context.console.line("  " + std::string(file.what) + ": " + std::string(file.instead));
  return Done;
}

/// Why a candidate claims a file: what it says of the dialect, or of the format.
std::string reasonOf(Context& context, const engine::Detection& candidate) {
  std::string reason;
  for (const plugins::FormatEntry& f : formatsOf(context, *candidate.entry->stage))
    if (f.dialect == candidate.dialect || (f.dialect.empty() && reason.empty())) reason = f.title + ": " + f.toldBy;
  return reason;
}

int explainFiles(Context& context, const std::vector<std::string>& inputs) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  int result = Done;
  for (const std::string& input : inputs)
    for (const engine::ReadRequest& request :
         engine::expanded({input, input, {}, {}, {}}, context.catalogue(), context.tags)) {
      io::InputStream stream(request.file, request.member);
      const engine::Detection found = engine::detect(request, stream.head(), context.catalogue(), context.tags,
                                                     [&](const io::Diagnostic& d) { context.console.tell(d); });
      if (found.entry == nullptr) result = WorkFailed;
      nlohmann::ordered_json one{{"file", request.shownName},
                                 {"importer", found.entry == nullptr ? "" : view(found.entry->stage->id)},
                                 {"candidates", nlohmann::ordered_json::array()}};
      for (const engine::Detection& c :
           engine::candidates(request, stream.head(), context.catalogue(), context.tags, {})) {
        const std::string reason = reasonOf(context, c);
        one["candidates"].push_back({{"importer", view(c.entry->stage->id)},
                                     {"dialect", c.dialect},
                                     {"confidence", c.confidence},
                                     {"reason", reason}});
        context.console.line(request.shownName + ": " + std::string(shortName(*c.entry->stage)) +
                             (c.dialect.empty() ? "" : " (" + c.dialect + ")") + ", " + std::to_string(c.confidence) +
                             " of 100" + (reason.empty() ? "" : ": " + reason));
      }
      all.push_back(std::move(one));
    }
  if (context.console.json()) context.console.printJson(all);
  return result;
}

int formats(Context& context, const po::variables_map& values) {
  const std::vector<std::string> inputs = wordsOf(values, "input");
  return inputs.empty() ? listAll(context) : explainFiles(context, inputs);
}

}  // namespace

Command formatsCommand() {
  return {"formats",
          "[FILE...]",
          "List formats and dialects, or tell what a file is taken for",
          kFormatsHelp,
          [](po::options_description& options) {
            options.add_options()("input", po::value<std::vector<std::string>>(), "files to look at");
          },
          {"input"},
          formats};
}

}  // namespace winnow::cli
