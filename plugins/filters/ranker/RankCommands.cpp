// winnow rank and winnow simulate.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include <winnow/ext/command.h>
#include <winnow/plugin.hpp>

#include "LabelledRecords.hpp"
#include "RelevanceRanker.hpp"
#include "Simulation.hpp"

namespace winnow::ranker {

namespace {

using Json = nlohmann::ordered_json;

constexpr winnow_option kModel =
    option(WINNOW_CHOICE, "model", "u4",
           "What learns; random: the order of hashes, from which recall can be certified.", "u4|u3|random");
constexpr winnow_option kSeed = option(WINNOW_STRING, "seed", "0", "Any text; decides the order of hashes.");
constexpr winnow_option kLabels =
    option(WINNOW_STRING, "labels", "", "Table of record_id,label (1 or 0), or a decision sheet of record,decision.",
           {}, {}, {}, WINNOW_OPTION_REQUIRED);
constexpr winnow_option kLabelColumn = option(WINNOW_STRING, "label_column", "label", "Column of the known labels.");
constexpr winnow_option kPrior =
    option(WINNOW_STRING, "prior", "", "A record that is known beforehand; repeat it for more.");
constexpr winnow_option kSeeds = option(
    WINNOW_LIST, "seeds", "", "Instead of priors: draw them by hash, once a seed, and print a table of all files.");
constexpr const winnow_option* kRankOptions[] = {&kLabels, &kModel, &kSeed};
constexpr const winnow_option* kSimulateOptions[] = {&kLabelColumn, &kPrior, &kSeeds, &kModel, &kSeed};

/// A command's work, its errors reported with their place.
class Work {
 public:
  Work(const winnow_host* host, const winnow_invocation* invocation)
      : host_(host), invocation_(invocation), settings_(invocation->settings, invocation->setting_count) {}

  const Settings& settings() const { return settings_; }
  bool asJson() const { return invocation_->json != 0; }
  std::size_t files() const { return invocation_->argument_count; }
  std::string_view name(std::size_t index) const { return view(invocation_->arguments[index]); }
  /// Text of an argument; throws Unreadable after the host has said why.
  std::string_view file(std::size_t index) const {
    winnow_str text{};
    if (invocation_->read(invocation_, index, &text) != WINNOW_OK) throw Unreadable();
    return view(text);
  }
  std::string_view path(std::string_view path) const {
    winnow_str text{};
    if (invocation_->read_path(invocation_, str(path), &text) != WINNOW_OK) throw Unreadable();
    return view(text);
  }
  void print(std::string_view text) const { invocation_->print(invocation_, str(text)); }
  void tell(std::uint32_t severity, std::string_view code, std::string_view message, std::string_view action) const {
    Host(host_).diagnose({severity, code, message, action, {}, 0});
  }
  Model model() const { return *modelNamed(settings_.text("model")); }
  std::string seed() const { return std::string(settings_.text("seed")); }

  struct Unreadable {};

 private:
  const winnow_host* host_;
  const winnow_invocation* invocation_;
  Settings settings_;
};

template <class Run>
std::int32_t guarded(const winnow_host* host, const winnow_invocation* invocation, const char* code, Run&& run) {
  const Work work(host, invocation);
  try {
    return run(work);
  } catch (const Work::Unreadable&) {
    return 1;
  } catch (const std::exception& error) {
    work.tell(WINNOW_ERROR, code, error.what(), "nothing was ranked");
    return 1;
  }
}

std::int32_t rank(const Work& work) {
  if (work.files() != 1) {
    work.tell(WINNOW_ERROR, "rank.usage", "one table of records is needed: winnow rank RECORDS.csv --labels LABELS.csv",
              "nothing was ranked");
    return 2;
  }
  const LabelledRecords records(work.file(0));
  const std::vector<Reading> readings = records.readings(work.path(work.settings().text("labels")));
  const Ranker ranker(records.ids(), records.texts(), work.model(), work.seed());
  const std::vector<std::size_t> order = ranker.order(readings);
  const auto isRelevant = [](const Reading& r) { return r.isRelevant; };
  const bool learned = std::any_of(readings.begin(), readings.end(), isRelevant);
  if (!learned && work.model() != Model::Random)
    work.tell(WINNOW_WARNING, "rank.nothing-to-learn", "no relevant record was read yet",
              "the records stand in the order of hashes");
  if (records.withoutText() > 0)
    work.tell(WINNOW_WARNING, "rank.no-text",
              std::to_string(records.withoutText()) + (records.withoutText() == 1 ? " record has" : " records have") +
                  " neither title nor abstract",
              "no word can rank them; read them by hand");
  if (work.asJson()) {
    Json ids = Json::array();
    for (const std::size_t i : order) ids.push_back(records.ids()[i]);
    work.print(Json{{"model", nameOf(work.model())}, {"ranking", std::move(ids)}}.dump() + "\n");
    return 0;
  }
  std::string out;
  for (const std::size_t i : order) out += records.ids()[i] + "\n";
  work.print(out);
  return 0;
}

Json timingJson(const SimulationTiming& timing) {
  return {{"vectorise_ms", timing.vectoriseMs},
          {"train_rank_ms_mean", timing.trainRankMeanMs},
          {"train_rank_ms_max", timing.trainRankMaxMs},
          {"total_ms", timing.totalMs}};
}

Json measuresJson(const Measures& m) {
  return {{"wss95", m.wss95}, {"recall10", m.recall10}, {"recall20", m.recall20}, {"delay", m.delay}};
}

/// A ranker, and how long its vectors took.
std::pair<Ranker, double> madeRanker(const LabelledRecords& records, const Work& work, const std::string& seed) {
  const auto begin = std::chrono::steady_clock::now();
  Ranker ranker(records.ids(), records.texts(), work.model(), seed);
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
  return {std::move(ranker), took.count()};
}

std::int32_t simulateOnce(const Work& work) {
  const LabelledRecords records(work.file(0));
  const std::vector<bool> labels = records.labels(work.settings().text("label_column"));
  std::vector<std::size_t> priors;
  for (const std::string_view id : work.settings().list("prior"))
    if (!id.empty()) priors.push_back(records.indexOf(id));
  if (priors.empty()) priors = priorsByHash(records, labels, work.seed());
  std::vector<std::size_t> sorted = priors;
  std::sort(sorted.begin(), sorted.end());
  if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end())
    throw std::invalid_argument("a prior is named twice");
  auto [ranker, vectorised] = madeRanker(records, work, work.seed());
  Simulation simulation = simulate(ranker, labels, priors);
  simulation.timing.vectoriseMs = vectorised;
  const bool hasMore =
      std::any_of(simulation.order.begin(), simulation.order.end(), [&](std::size_t i) { return labels[i]; });
  Json order = Json::array();
  for (const std::size_t i : simulation.order) order.push_back(records.ids()[i]);
  if (work.asJson()) {
    Json out{{"model", nameOf(work.model())}, {"order", std::move(order)}, {"timing", timingJson(simulation.timing)}};
    out["measures"] = hasMore ? measuresJson(measuresOf(simulation.order, labels)) : Json(nullptr);
    work.print(out.dump() + "\n");
    return 0;
  }
  std::string out;
  for (const std::size_t i : simulation.order) out += records.ids()[i] + "," + (labels[i] ? "1" : "0") + "\n";
  work.print(out);
  return 0;
}

std::string share(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3f", value);
  return text;
}

/// Means over the seeds of one file.
Measures averaged(const LabelledRecords& records, const std::vector<bool>& labels, const Work& work,
                  const std::vector<std::string_view>& seeds) {
  Measures mean;
  const Ranker ranker = madeRanker(records, work, work.seed()).first;
  for (const std::string_view seed : seeds) {
    const Simulation one = simulate(ranker, labels, priorsByHash(records, labels, std::string(seed)));
    const Measures m = measuresOf(one.order, labels);
    const auto n = static_cast<double>(seeds.size());
    mean.wss95 += m.wss95 / n;
    mean.recall10 += m.recall10 / n;
    mean.recall20 += m.recall20 / n;
    mean.delay += m.delay / n;
  }
  return mean;
}

std::int32_t simulateTable(const Work& work, const std::vector<std::string_view>& seeds) {
  std::string rows;
  Json sets = Json::array();
  Measures mean;
  for (std::size_t i = 0; i < work.files(); ++i) {
    const LabelledRecords records(work.file(i));
    const std::vector<bool> labels = records.labels(work.settings().text("label_column"));
    const auto relevant = std::count(labels.begin(), labels.end(), true);
    if (relevant < 2)
      throw std::invalid_argument(std::string(work.name(i)) + ": two relevant records or more are needed");
    const Measures m = averaged(records, labels, work, seeds);
    mean.wss95 += m.wss95 / static_cast<double>(work.files());
    mean.recall10 += m.recall10 / static_cast<double>(work.files());
    mean.recall20 += m.recall20 / static_cast<double>(work.files());
    mean.delay += m.delay / static_cast<double>(work.files());
    std::string_view name = work.name(i);
    name.remove_prefix(std::min(name.size(), name.rfind('/') + 1));
    name = name.substr(0, name.rfind('.'));
    sets.push_back({{"set", name}, {"records", labels.size()}, {"relevant", relevant}, {"measures", measuresJson(m)}});
    rows += "| " + std::string(name) + " | " + std::to_string(labels.size()) + " | " + std::to_string(relevant) +
            " | " + share(m.wss95) + " | " + share(m.recall10) + " | " + share(m.recall20) + " | " + share(m.delay) +
            " |\n";
  }
  if (work.asJson()) {
    work.print(Json{{"model", nameOf(work.model())}, {"sets", sets}, {"mean", measuresJson(mean)}}.dump() + "\n");
    return 0;
  }
  work.print(
      "| set | records | relevant | WSS@95 | recall after 10 % | after 20 % | mean delay "
      "|\n|---|---|---|---|---|---|---|\n" +
      rows + "| mean | | | " + share(mean.wss95) + " | " + share(mean.recall10) + " | " + share(mean.recall20) + " | " +
      share(mean.delay) + " |\n");
  return 0;
}

std::int32_t simulateAny(const Work& work) {
  std::vector<std::string_view> seeds;
  for (const std::string_view seed : work.settings().list("seeds"))
    if (!seed.empty()) seeds.push_back(seed);
  if (work.files() == 0 || (work.files() > 1 && seeds.empty())) {
    work.tell(
        WINNOW_ERROR, "simulate.usage",
        "one table of records is needed, or several with --seeds: winnow simulate RECORDS.csv --label-column label",
        "nothing was simulated");
    return 2;
  }
  return seeds.empty() ? simulateOnce(work) : simulateTable(work, seeds);
}

std::int32_t WINNOW_CALL runRank(const winnow_host* host, const winnow_invocation* invocation) {
  return guarded(host, invocation, "rank.refused", rank);
}
std::int32_t WINNOW_CALL runSimulate(const winnow_host* host, const winnow_invocation* invocation) {
  return guarded(host, invocation, "simulate.refused", simulateAny);
}

constexpr winnow_command kCommands[] = {
    {sizeof(winnow_command), 0, str("rank"),
     str("Order records that were not read by how likely they are relevant\nRECORDS.csv has the columns record_id, "
         "title "
         "and abstract. Prints ids, the most likely relevant first; the same for the same labels, whatever order they "
         "were "
         "given in.\nAn order helps; it certifies nothing: `winnow recall` says what may be claimed.\n"
         "  $ winnow rank records.csv --labels labels.csv"),
     str("RECORDS.csv"), kRankOptions, std::size(kRankOptions), runRank},
    {sizeof(winnow_command), 0, str("simulate"),
     str("Play priority screening through on records whose labels are known\nReads from the priors on and looks at a "
         "label "
         "only when its record is read. Prints the records in that order; with --seeds a table of all files.\n"
         "  $ winnow simulate records.csv --label-column label --prior r17 --prior r3 --json\n"
         "  $ winnow simulate sets/*.csv --label-column label --seeds 0,1,2"),
     str("RECORDS.csv..."), kSimulateOptions, std::size(kSimulateOptions), runSimulate}};
const winnow_command* WINNOW_CALL at(std::size_t index) {
  return index < std::size(kCommands) ? &kCommands[index] : nullptr;
}
constexpr winnow_commands kTable{sizeof(winnow_commands), 0, at};

}  // namespace

const void* commands(const char* id) noexcept { return std::string_view(id) == WINNOW_EXT_COMMAND ? &kTable : nullptr; }

}  // namespace winnow::ranker

WINNOW_PLUGIN(
    winnow::PluginMetadata("winnow", "filters-ranker", "1.1.0", "Apache-2.0")
        .description("Priority screening: orders records by how likely they are relevant, and plays it through.")
        .keywords("ranking|active learning|priority screening")
        .extension(winnow::ranker::commands),
    winnow::ranker::RelevanceRanker)
