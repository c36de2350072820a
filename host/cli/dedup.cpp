// winnow dedup: the duplicates step as a tool of its own.
#include <algorithm>
#include <map>
#include <vector>

#include <winnow/plugin.hpp>

#include <boost/program_options.hpp>

#include "CommandLine.hpp"
#include "HandCheck.hpp"
#include "RecordNames.hpp"
#include "Session.hpp"
#include "config/OptionChecker.hpp"
#include "engine/outputs/Outputs.hpp"
#include "engine/reading/ReadFile.hpp"
#include "engine/stages/Stages.hpp"
#include "io/AtomicFile.hpp"
#include "io/Error.hpp"

namespace winnow::cli {

namespace po = boost::program_options;

namespace {

constexpr const char* kDedupHelp =
    "Finds records of the same work in export files, without a review.\n"
    "  $ winnow dedup medline.ris scopus.csv --clusters clusters.csv -o unique.ris\n"
    "Records are named by the id their file gives them, otherwise FILE#ORDINAL. What is nearly sure is never merged:\n"
    "--review writes those pairs side by side, as a CSV to fill in or as a page to read. For a review name its YAML:\n"
    "  $ winnow dedup review.yaml --review decisions/pairs-KBAA.csv\n"
    "Filled in with 'same' or 'distinct' and saved where the step's decisions are read from, they are never asked "
    "again.\n";

constexpr const char* kMatcher = "filters.duplicates";

/// A cell of a CSV file (RFC 4180).
std::string cell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

plugins::SettingList matcherSettings(Context& context, const po::variables_map& values) {
  const plugins::StageEntry* entry = context.catalogue().find(kMatcher);
  if (entry == nullptr)
    throw UsageError("there is no plugin '" + std::string(kMatcher) +
                     "'; 'winnow plugins --why' shows where Winnow looked");
  plugins::SettingList settings = engine::defaultSettings(*entry->stage);
  if (values.count("profile") == 0) return settings;
  const std::string profile = values["profile"].as<std::string>();
  const winnow_option* option = config::findOption(*entry->stage, "profile");
  if (option == nullptr) throw UsageError("'" + std::string(kMatcher) + "' has no profiles");
  if (const auto fault = config::checkOption(*option, profile)) throw UsageError(*fault);
  std::erase_if(settings, [](const auto& s) { return s.first == "profile"; });
  settings.emplace_back("profile", profile);
  return settings;
}

/// A review of one step over the given files.
config::Review reviewOf(Context& context, const po::variables_map& values, const std::filesystem::path& folder) {
  config::Review review;
  review.folder = folder;
  review.file = folder / "dedup";
  review.ledger = folder / "dedup.ledger";
  review.outFolder = "out";
  review.waves.push_back({"first", "", {}});
  std::map<std::string, int> names;
  for (const std::string& input : values["input"].as<std::vector<std::string>>()) {
    config::Source source;
    source.name = input + (++names[input] > 1 ? "#" + std::to_string(names[input]) : "");
    source.wave = "first";
    source.files = {fileNamed(input)};
    source.fileNames = {input};
    review.sources.push_back(std::move(source));
  }
  config::Step step;
  step.label = step.id = "duplicates";
  step.plugin = kMatcher;
  step.settings = matcherSettings(context, values);
  step.mode = config::Mode::Automatic;
  review.steps.push_back(std::move(step));
  return review;
}

void writeClusters(Session& session, const RecordNames& names, io::AtomicFile& file) {
  file.write("record_id,cluster_id\n");
  const engine::Evaluation& evaluation = session.evaluation();
  for (const engine::RecordId id : evaluation.records().order())
    file.write(cell(names.of(id)) + "," + cell(names.of(evaluation.clusters().representative(id))) + "\n");
  file.commit();
}

void writePairs(Session& session, const RecordNames& names, io::AtomicFile& file) {
  file.write("record_a,record_b,outcome,rule,score,detail\n");
  const engine::StepResult& step = session.evaluation().steps().front();
  const auto rules = session.ledger().reasons(step.stage);
  for (const ledger::Pair& p : step.merging->pairs) {
    char score[32];
    std::snprintf(score, sizeof score, "%.4f", p.score);
    file.write(cell(names.of(p.a)) + "," + cell(names.of(p.b)) + "," +
               (p.maybe    ? "maybe"
                : p.stands ? "merge"
                           : "vetoed") +
               "," + cell(rules.at(p.rule).code) + "," + score + "," +
               cell(session.ledger().pairNote(step.merging->pairing, p)) + "\n");
  }
  file.commit();
}

void writeUnique(Session& session, const std::string& to, const plugins::SettingList& own, io::AtomicFile& file) {
  const plugins::StageEntry& entry = session.workspace().stage(to);
  plugins::SettingList settings = engine::defaultSettings(*entry.stage);
  for (const auto& [name, value] : own) {
    std::erase_if(settings, [&key = name](const auto& s) { return s.first == key; });
    settings.emplace_back(name, value);
  }
  const engine::Evaluation& evaluation = session.evaluation();
  engine::Views views(session.review(), session.ledger(), evaluation.records(), evaluation.clusters(),
                      session.workspace().tags);
  engine::writeOutput(session.workspace(), to, settings, {}, evaluation.clusters().representatives(), views, true, {},
                      file);
}

/// What was found, source by source: records, works, and works that only this source delivered.
void tellSources(Console& console, Session& session, const engine::StepResult& step) {
  const engine::Evaluation& evaluation = session.evaluation();
  const engine::Records& records = evaluation.records();
  std::vector<std::pair<engine::RecordId, std::uint32_t>> delivered;  // work and source
  delivered.reserve(records.order().size() + records.laterSightings().size());
  for (const engine::RecordId id : records.order())
    for (const std::uint32_t file : records.filesOf(id))
      delivered.emplace_back(evaluation.clusters().representative(id),
                             static_cast<std::uint32_t>(records.files()[file].source));
  std::sort(delivered.begin(), delivered.end());
  delivered.erase(std::unique(delivered.begin(), delivered.end()), delivered.end());
  std::vector<std::uint64_t> works(session.review().sources.size()), onlyHere(works.size());
  for (std::size_t i = 0; i < delivered.size(); ++i) {
    const auto& [work, source] = delivered[i];
    ++works[source];
    const bool isShared =
        (i > 0 && delivered[i - 1].first == work) || (i + 1 < delivered.size() && delivered[i + 1].first == work);
    onlyHere[source] += isShared ? 0 : 1;
  }
  for (const engine::SourceReport& s : session.imported().sources)
    console.line(fitted(session.review().sources[s.source].name, 50) + padded(grouped(s.records), -12) + " records, " +
                 grouped(works[s.source]) + " works, " + grouped(onlyHere[s.source]) + " only here");
  const engine::Merging& merging = *step.merging;
  const auto maybe = std::count_if(merging.pairs.begin(), merging.pairs.end(), [](const auto& p) { return p.maybe; });
  console.line(padded("unique", 50) + padded(grouped(merging.recordsOut), -12) + ", " +
               grouped(merging.recordsIn - merging.recordsOut) + " duplicates, " +
               grouped(static_cast<std::uint64_t>(maybe)) + " pairs to check by hand");
}

/// The hand-check list of a review, whose records people know by their keys.
int reviewOfPairs(Context& context, const std::string& file, const po::variables_map& values) {
  for (const char* other : {"clusters", "pairs", "output", "plot", "sources", "profile"})
    if (values.count(other) != 0)
      throw UsageError(std::string("--") + other + " goes with export files; a review says it in its YAML");
  if (values.count("review") == 0) throw UsageError("for a review, --review FILE names the hand-check list to write");
  auto review = openReview(context, file);
  if (!review) return WrongUsage;
  Session session(context, std::move(*review), Session::Where::Scratch);
  session.work();
  for (const engine::StepResult& step : session.evaluation().steps()) {
    if (!step.merging) continue;
    const auto keyOf = [&](engine::RecordId id) { return session.evaluation().records().key(id); };
    const auto target = context.outputs.open(values["review"].as<std::string>(), io::NamedBy::CommandLine);
    const std::size_t open = writeHandCheck(session, step, keyOf, isPage(values["review"].as<std::string>()), *target);
    context.console.line(grouped(open) + " pairs to check by hand, written to " + values["review"].as<std::string>());
    return Done;
  }
  throw UsageError("the review has no duplicates step");
}

/// The files to write, opened before the work begins: what cannot be written is reported at once.
std::map<std::string, std::unique_ptr<io::AtomicFile>> outputsOf(Context& context, const po::variables_map& values) {
  for (const std::string& input : values["input"].as<std::vector<std::string>>()) {
    if (std::error_code ignored; std::filesystem::exists(input, ignored) && !std::filesystem::is_regular_file(input))
      throw UsageError("'" + input + "' is no regular file, and dedup reads a file twice; save it first");
    context.outputs.protect(input, io::FileRole::Input);
  }
  std::map<std::string, std::unique_ptr<io::AtomicFile>> files;
  for (const char* name : {"clusters", "pairs", "review", "output", "plot", "sources"})
    if (values.count(name) != 0)
      files[name] = context.outputs.open(values[name].as<std::string>(), io::NamedBy::CommandLine);
  return files;
}

/// Records a file repeats byte for byte were seen again, not stored again: they count in their source.
int dedup(Context& context, const po::variables_map& values) {
  if (values.count("input") == 0) throw UsageError("no input; 'winnow dedup --help' shows how");
  const auto& inputs = values["input"].as<std::vector<std::string>>();
  if (inputs.size() == 1 && std::filesystem::path(inputs.front()).extension() == ".yaml")
    return reviewOfPairs(context, inputs.front(), values);
  auto outputs = outputsOf(context, values);
  const ScratchFolder scratch;
  Session session(context, reviewOf(context, values, scratch.path()), Session::Where::InPlace);
  session.work();
  const engine::StepResult& step = session.evaluation().steps().front();
  const RecordNames names(session);
  if (const auto& file = outputs["clusters"]) writeClusters(session, names, *file);
  if (const auto& file = outputs["pairs"]) writePairs(session, names, *file);
  if (const auto& file = outputs["review"])
    writeHandCheck(
        session, step, [&](engine::RecordId id) { return names.of(id); }, isPage(values["review"].as<std::string>()),
        *file);
  if (const auto& file = outputs["output"])
    writeUnique(session, "exporters." + values["to"].as<std::string>(), {}, *file);
  if (const auto& file = outputs["plot"]) writeUnique(session, "exporters.overlap", {}, *file);
  if (const auto& file = outputs["sources"]) writeUnique(session, "exporters.overlap", {{"format", "csv"}}, *file);
  tellSources(context.console, session, step);
  return Done;
}

}  // namespace

Command dedupCommand() {
  return {"dedup",
          "INPUT... [--clusters FILE] [-o FILE]",
          "Find records of the same work in export files",
          kDedupHelp,
          [](po::options_description& options) {
            options.add_options()("input", po::value<std::vector<std::string>>(), "export files")(
                "clusters", po::value<std::string>(), "write record_id,cluster_id as CSV")(
                "pairs", po::value<std::string>(), "write every pair with outcome, rule and score as CSV")(
                "review", po::value<std::string>(), "write the pairs to check by hand, as .csv or .html")(
                "sources", po::value<std::string>(), "write which sources share works as CSV")(
                "plot", po::value<std::string>(), "draw which sources share works as SVG")(
                "output,o", po::value<std::string>(), "write the unique records")(
                "to", po::value<std::string>()->default_value("ris"), "exporter for --output")(
                "profile", po::value<std::string>(), "strict, default or broad");
          },
          {"input"},
          dedup};
}

}  // namespace winnow::cli
