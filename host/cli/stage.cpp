// winnow stage: one part of a work that is divided among processes or machines, as JSON lines.
#include <algorithm>
#include <optional>

#include <winnow/plugin.hpp>

#include <boost/program_options.hpp>

#include "CommandLine.hpp"
#include "NamedStages.hpp"
#include "Session.hpp"
#include "StageOutputs.hpp"
#include "StageSettings.hpp"
#include "engine/outputs/SearchDocument.hpp"
#include "engine/stages/Stages.hpp"
#include "engine/stream/Sources.hpp"
#include "engine/stream/Verbs.hpp"
#include "io/Error.hpp"
#include "io/Listed.hpp"

namespace winnow::cli {

namespace po = boost::program_options;

namespace {

constexpr const char* kStageHelp =
    "One part of a work that is divided among processes or machines (docs/stage.md). Streams of JSON lines come from\n"
    "standard input or the files named, and go to standard output: a header, the lines, a trailer that counts them.\n"
    "However a set is divided, the same lines come out, and they are what `winnow run` and `winnow dedup` find.\n"
    "  $ winnow stage ris --do read medline.ris > records.jsonl\n"
    "  $ winnow stage duplicates --do keys records.jsonl > keys.jsonl\n"
    "  $ winnow stage duplicates --do count records.jsonl keys.jsonl > facts.jsonl\n"
    "  $ winnow stage duplicates --do match --counts facts.jsonl records.jsonl keys.jsonl > pairs.jsonl\n"
    "  $ winnow stage duplicates --do settle records.jsonl pairs.jsonl > settled.jsonl\n"
    "  $ winnow stage duplicates --do cluster records.jsonl settled.jsonl\n"
    "STAGE is a step of the review that --config names, by its label or id, or one of its annotators; or a plugin, "
    "with\n"
    "its options in --set. Verbs (--do):\n"
    "  read      an export file            -> records      (STAGE: an importer, or 'any' for the one that knows it)\n"
    "  records   a review, up to its step  -> records      (what the step is handed; needs --config)\n"
    "  judge     records                   -> verdicts     (of a filter)\n"
    "  annotate  records                   -> annotations  (of an annotator)\n"
    "  keys      records                   -> keys         (of a matcher or sampler)\n"
    "  count     records, keys             -> facts        (what a matcher must know of the whole set: a sum, a "
    "union)\n"
    "  match     records, keys             -> pairs        (divide by space and value; each record that a key names)\n"
    "  meet      keys                      -> blocks       (divide by space and value; instead of keys for count and\n"
    "                                                       match, and to be divided any way)\n"
    "  send      wants, records            -> records      (divide by record; what parts of meet and group want)\n"
    "  group     pairs                     -> pairs        (adds 'group': all pairs of the set in one process)\n"
    "  settle    records, pairs            -> pairs        (divide by group; adds 'stands')\n"
    "  cluster   records, pairs            -> works        (divide by group)\n"
    "  take      keys                      -> keys         (the sample; of parts with --of N, then of what they gave)\n"
    "  rank      records, labels           -> scores       (what to read next, best first)\n"
    "--to PREFIX --parts N writes PREFIX-0.jsonl, PREFIX-1.jsonl, ..., what must meet in one file, and lists them\n"
    "with their hashes; --wants PREFIX writes beside them which part wants which record.\n"
    "A part ends with 0 when it is done, 1 when the machine or a plugin failed (try again), 2 when what came in is "
    "wrong\n"
    "(trying again gives the same).\n";

/// What the words of the command line ask for.
struct Asked {
  std::string stage, verb;
  std::vector<std::string> files;
};

Asked askedOf(const po::variables_map& values) {
  if (values.count("stage") == 0 || values.count("do") == 0)
    throw UsageError("name a stage and what it shall do; 'winnow stage --help' shows how");
  Asked asked{values["stage"].as<std::string>(), values["do"].as<std::string>(), wordsOf(values, "input")};
  if (asked.files.empty()) asked.files = {"-"};
  return asked;
}

std::uint64_t numberOf(const po::variables_map& values, const char* name) {
  return values.count(name) == 0 ? 0 : values[name].as<std::uint64_t>();
}

/// A stage of a review, by the label or id of its step, or the id of an annotator.
struct OfReview {
  const config::Step* step = nullptr;  ///< null: an annotator
  const config::StageUse* annotator = nullptr;
};

OfReview ofReview(const config::Review& review, const std::string& name) {
  for (const config::Step& step : review.steps)
    if (step.label == name || step.id == name) return {&step, nullptr};
  for (const config::StageUse& use : review.annotators)
    if (config::meansStage(name, use.plugin)) return {nullptr, &use};
  std::string names;
  for (const config::Step& step : review.steps) names += (names.empty() ? "'" : "', '") + step.id;
  throw UsageError("the review has no step or annotator '" + name + "'; its steps are " + names + "'");
}

/// The sampler of a step for one of its readers.
engine::StageChoice samplerOf(Context& context, const config::Step& step, const std::string& reviewer) {
  for (const config::Reader& reader : step.readers)
    if (reader.reviewer == reviewer && reader.share != "all")
      return {
          &requiredStage(context, "filters.sample", "a share"), {{"seed", step.seed}, {"share", reader.share}}, {}, {}};
  throw UsageError("'" + reviewer + "' reads no share of the step '" + step.label + "'");
}

engine::StageChoice choiceOf(Context& context, const config::Review& review, const OfReview& named,
                             const po::variables_map& values) {
  if (values.count("reader") != 0 && named.step != nullptr)
    return samplerOf(context, *named.step, valueOf(values, "reader"));
  const config::StageUse* use = named.annotator;
  if (use == nullptr && valueOf(values, "do") == "rank" && named.step->order) use = &*named.step->order;
  const std::string id = use != nullptr ? use->plugin : named.step->plugin;
  if (id.empty()) throw UsageError("people alone do the step '" + named.step->label + "'");
  return {&requiredStage(context, id, "--config"), use != nullptr ? use->settings : named.step->settings, review.folder,
          engine::givenOf(review)};
}

/// The plugin that a word means, among those that the verb is for.
engine::StageChoice choiceOf(Context& context, const std::string& name, std::uint32_t kind,
                             const po::variables_map& values) {
  std::vector<const plugins::StageEntry*> all = stagesNamed(context.catalogue(), name);
  if (all.empty()) throw UsageError(noStage(context.catalogue(), name));
  std::vector<const plugins::StageEntry*> fitting;
  for (const plugins::StageEntry* one : all) {
    const bool isSampler =
        kind == WINNOW_MATCHER && valueOf(values, "do") == "keys" && one->stage->kind == WINNOW_SAMPLER;
    if (one->stage->kind == kind || isSampler) fitting.push_back(one);
  }
  const plugins::StageEntry* entry = fitting.empty() ? all.front() : fitting.front();
  return {entry, settingsOf(*entry->stage, wordsOf(values, "set")), std::filesystem::current_path(), {}};
}

std::optional<config::Review> reviewOf(Context& context, const po::variables_map& values) {
  if (values.count("set") != 0) throw UsageError("--set goes with a plugin; a review says it in its YAML");
  return openReview(context, valueOf(values, "config"));
}

int read(Context& context, const Asked& asked, const po::variables_map& values) {
  std::string importer;
  plugins::SettingList settings;
  engine::StreamHeader header{"records", {}, {}, {}, values.count("raw") != 0};
  if (asked.stage != "any") {
    const engine::StageChoice choice = choiceOf(context, asked.stage, WINNOW_IMPORTER, values);
    engine::StageAtWork(choice, context.tags, [](const io::Diagnostic&) {}).require(WINNOW_IMPORTER, "read");
    importer = header.stage = std::string(view(choice.entry->stage->id));
    settings = choice.settings;
    header.plugin = choice.entry->content->sha256();
    header.key =
        engine::stageKey(*choice.entry, settings, engine::filesOf(choice.folder, *choice.entry->stage, settings));
  }
  if (asked.files.size() > 1 && (values.count("file") != 0 || values.count("source") != 0))
    throw UsageError("--file and --source name one file; read the files one by one");
  std::uint64_t errors = 0, records = 0, rank = numberOf(values, "place");
  const auto tell = [&](const io::Diagnostic& d) { context.console.tell(d); };
  StageOutputs outputs(context.console, values, "read", true);
  engine::StreamWriter& writer = outputs.lines(header);
  for (const std::string& file : asked.files) {
    const std::string name = values.count("file") != 0 ? valueOf(values, "file") : file == "-" ? "input" : file;
    for (const engine::ReadRequest& request : engine::readable(
             {file, name, importer, settings, {}, valueOf(values, "encoding"), std::filesystem::current_path()},
             context.catalogue(), context.tags, tell)) {
      const engine::FileInSet in{values.count("source") != 0 ? valueOf(values, "source") : name, rank++, header.hasRaw};
      const engine::ReadReport report = engine::readLines(request, in, context.catalogue(), context.tags, tell, writer);
      errors += report.errors;
      records += report.records;
    }
  }
  if (errors != 0)
    throw UsageError(io::counted(errors, "problem") +
                     " in what was read, so the stream has no trailer and counts for "
                     "nothing; fix the files named above");
  writer.end({{"records", records}});
  outputs.close();
  return Done;
}

/// What stands before a step is all that counts: the review is cut behind it.
void cutBefore(config::Review& review, const plugins::Catalogue& catalogue, const OfReview& named) {
  const auto isMatcher = [&](const config::Step& step) {
    const plugins::StageEntry* entry = step.plugin.empty() ? nullptr : catalogue.find(step.plugin);
    return entry != nullptr && entry->stage->kind == WINNOW_MATCHER;
  };
  std::size_t steps = 0;
  if (named.step != nullptr) {
    steps = static_cast<std::size_t>(named.step - review.steps.data());
    if (isMatcher(*named.step)) review.annotators.clear();
  } else {  // annotators see the records behind the last step that merges
    for (std::size_t i = 0; i < review.steps.size(); ++i)
      if (isMatcher(review.steps[i])) steps = i + 1;
    review.annotators.resize(static_cast<std::size_t>(named.annotator - review.annotators.data()));
  }
  review.steps.resize(steps);
}

int records(Context& context, const Asked& asked, const po::variables_map& values) {
  if (values.count("config") == 0) throw UsageError("--do records needs --config review.yaml");
  auto review = reviewOf(context, values);
  if (!review) return WrongUsage;
  const OfReview named = ofReview(*review, asked.stage);
  const std::string id = named.step != nullptr ? named.step->plugin : named.annotator->plugin;
  const plugins::StageEntry* entry = id.empty() ? nullptr : &requiredStage(context, id, "--config");
  const bool isMatcher = entry != nullptr && entry->stage->kind == WINNOW_MATCHER;
  const bool withRaw = values.count("raw") != 0 || (entry != nullptr && (entry->stage->flags & WINNOW_WANTS_RAW) != 0);
  cutBefore(*review, context.catalogue(), named);
  Session session(context, std::move(*review), Session::Where::Scratch);
  session.work();
  StageOutputs outputs(context.console, values, "records", true);
  engine::StreamWriter& writer = outputs.lines({"records", {}, {}, {}, withRaw});
  const std::string set = engine::passedLines(session.workspace(), session.evaluation(), isMatcher, withRaw, writer);
  std::map<std::string, std::string> more;
  if (!set.empty()) more["set"] = set;
  writer.end({{"records", writer.count()}}, more);
  outputs.close();
  return Done;
}

void runVerb(Context& context, engine::StageAtWork& stage, const engine::StreamVerb& verb, const Asked& asked,
             const po::variables_map& values) {
  engine::StreamReader reader(asked.files, verb.in);
  std::optional<engine::StreamReader> facts;
  if (values.count("counts") != 0) facts.emplace(wordsOf(values, "counts"), std::vector<std::string>{"facts"});
  StageOutputs outputs(context.console, values, verb.name, verb.isDivided);
  engine::StreamHeader header = stage.header(verb.out);
  if (header.holds == "records") header = {"records", {}, {}, {}, stage.wantsRaw()};  // no answer of the stage
  engine::StreamWriter& writer = outputs.lines(header);
  verb.run(
      {stage, reader, writer, facts ? &*facts : nullptr, outputs.wants(stage.header("wants")), numberOf(values, "of")});
  outputs.close();
}

const engine::StreamVerb& verbNamed(const std::string& name) {
  std::string names = "read, records";
  for (const engine::StreamVerb& verb : engine::streamVerbs()) {
    if (verb.name == name) return verb;
    names += std::string(", ") + verb.name;
  }
  throw UsageError("there is no '--do " + name + "'; there are: " + names);
}

int work(Context& context, const Asked& asked, const po::variables_map& values) {
  if (asked.verb == "read") return read(context, asked, values);
  if (asked.verb == "records") return records(context, asked, values);
  const engine::StreamVerb& verb = verbNamed(asked.verb);
  std::optional<config::Review> review;
  if (values.count("config") != 0 && !(review = reviewOf(context, values))) return WrongUsage;
  const engine::StageChoice choice = review ? choiceOf(context, *review, ofReview(*review, asked.stage), values)
                                            : choiceOf(context, asked.stage, verb.kind, values);
  engine::StageAtWork stage(choice, context.tags, [&](const io::Diagnostic& d) { context.console.tell(d); });
  const bool isSampler = asked.verb == "keys" && choice.entry->stage->kind == WINNOW_SAMPLER;
  if (!isSampler) stage.require(verb.kind, verb.name);
  runVerb(context, stage, verb, asked, values);
  return Done;
}

int stage(Context& context, const po::variables_map& values) {
  try {
    return work(context, askedOf(values), values);
  } catch (const engine::BadStream& bad) {
    context.console.tell(bad.diagnostic());
    return WrongUsage;
  }
}

}  // namespace

Command stageCommand() {
  return {"stage",
          "STAGE --do VERB [FILE...]",
          "Do one part of a work that is divided among machines",
          kStageHelp,
          [](po::options_description& options) {
            options.add_options()("stage", po::value<std::string>(), "step or plugin")(
                "input", po::value<std::vector<std::string>>(), "streams; none: standard input")(
                "do", po::value<std::string>(), "what the stage shall do")("config", po::value<std::string>(),
                                                                           "the review whose step STAGE is")(
                "set", po::value<std::vector<std::string>>(), "an option of the plugin, name=value (repeatable)")(
                "reader", po::value<std::string>(), "keys, take: the sample of this reader of the step")(
                "counts", po::value<std::vector<std::string>>(), "match: what --do count found (repeatable)")(
                "of", po::value<std::uint64_t>(), "take: records in the whole set; by default as many as come")(
                "file", po::value<std::string>(), "read: the name of the file, which its records say")(
                "source", po::value<std::string>(), "read: the name of its source; by default that of the file")(
                "place", po::value<std::uint64_t>(), "read: rank of the file in the order of the set, from 0")(
                "encoding", po::value<std::string>(), "read: charset of the file, where it does not tell")(
                "raw", "read, records: give fields as they were exported, too")(
                "to", po::value<std::string>(), "write files PREFIX-0.jsonl, ... and list them")(
                "parts", po::value<std::uint64_t>(), "with --to: how many; read, records, keys, meet, send, group")(
                "wants", po::value<std::string>(),
                "meet, group: write which part wants which record to PREFIX-0.jsonl, ...");
          },
          {"stage", "input"},
          stage};
}

}  // namespace winnow::cli
