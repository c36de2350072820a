#include "Flow.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <span>

#include <nlohmann/json.hpp>

#include "CertifiedRecall.hpp"
#include "Conduct.hpp"

namespace winnow::engine {

namespace {

using Json = nlohmann::ordered_json;
using config::Reading;
using config::SourceKind;
using config::Verb;

bool isFullText(const config::Step& step) { return step.verb == Verb::Screen && step.read == Reading::FullText; }

/// Reasons with their counts, in the order of first use.
class ReasonCounts {
 public:
  void add(const std::string& label, std::uint64_t n = 1) {
    counts_[label] = (counts_.contains(label) ? counts_[label].get<std::uint64_t>() : 0) + n;
    sum_ += n;
  }
  std::uint64_t sum() const noexcept { return sum_; }
  const Json& json() const noexcept { return counts_; }

 private:
  Json counts_ = Json::object();
  std::uint64_t sum_ = 0;
};

/// Counts one lane of one wave, or of all waves. Steps before the first full text are stages of records; from there on
/// every step, whatever its verb, is about reports.
class LaneCounter {
 public:
  LaneCounter(const Evaluation& evaluation, const config::Review& review, Lane lane, std::optional<std::size_t> wave)
      : evaluation_(evaluation), review_(review), lane_(lane), wave_(wave) {}

  bool isUsed() const {
    return std::any_of(review_.sources.begin(), review_.sources.end(),
                       [&](const config::Source& s) { return hasSource(s); });
  }

  Json count() const {
    Json lane;
    identified(lane);
    lane["removed"] = {{"duplicates", duplicates()}, {"automation", 0}, {"other", 0}};
    std::uint64_t left = uniqueRecords();
    if (lane_ == Lane::Databases) lane["screened"] = left;
    const std::vector<StepResult>& steps = evaluation_.steps();
    const auto firstFullText =
        std::find_if(steps.begin(), steps.end(), [](const StepResult& s) { return isFullText(*s.step); });
    Json stages = Json::array();
    for (auto step = steps.begin(); step != firstFullText; ++step)
      if (!step->merging) stages.push_back(stage(*step, left));
    lane["stages"] = std::move(stages);
    lane["sought"] = left;
    reports(lane, {firstFullText, steps.end()}, left);
    return lane;
  }

 private:
  bool hasSource(const config::Source& s) const {
    const bool isOther = s.kind == SourceKind::OtherMethod;
    return isOther == (lane_ == Lane::OtherMethods) && (!wave_ || review_.waves[*wave_].name == s.wave);
  }
  bool hasFile(const ActiveFile& file) const {
    const bool isOther = review_.sources[file.source].kind == SourceKind::OtherMethod;
    return isOther == (lane_ == Lane::OtherMethods) && (!wave_ || file.wave == *wave_);
  }
  const ActiveFile& fileOf(RecordId id) const {
    return evaluation_.records().files()[evaluation_.records().fileOf(id)];
  }
  /// A work counts in its own lane and wave, wherever the step of its merging stands.
  bool counts(RecordId id) const {
    return evaluation_.clusters().representative(id) == id && evaluation_.lane(id) == lane_ &&
           (!wave_ || evaluation_.records().wave(id) == *wave_);
  }

  /// Every record of every file, also those seen before: what the databases delivered.
  void identified(Json& lane) const {
    Json sources = Json::object(), registers = Json::array();
    for (const config::Source& s : review_.sources) {
      if (!hasSource(s)) continue;
      if (!sources.contains(s.name)) sources[s.name] = 0;
      if (s.kind == SourceKind::Register && std::find(registers.begin(), registers.end(), s.name) == registers.end())
        registers.push_back(s.name);
    }
    for (const ActiveFile& file : evaluation_.records().files()) {
      const config::Source& s = review_.sources[file.source];
      if (hasSource(s)) sources[s.name] = sources[s.name].get<std::uint64_t>() + file.row.records;
    }
    lane["identified"] = std::move(sources);
    if (lane_ == Lane::Databases) lane["registers"] = std::move(registers);
  }

  /// Counted, not subtracted: records that an earlier file holds already, and records of a work but for the one that
  /// stands for it here. The laws compare this with what was identified and what is left.
  std::uint64_t duplicates() const {
    std::uint64_t n = 0;
    for (const LaterSighting& seen : evaluation_.records().laterSightings())
      n += hasFile(evaluation_.records().files()[seen.file]) ? 1 : 0;
    for (const RecordId id : evaluation_.records().order())
      n += hasFile(fileOf(id)) && countedAs(evaluation_, review_, evaluation_.clusters().representative(id)) != id ? 1
                                                                                                                   : 0;
    return n;
  }
  std::uint64_t uniqueRecords() const {
    std::uint64_t n = 0;
    for (const RecordId id : evaluation_.clusters().representatives()) n += counts(id) ? 1 : 0;
    return n;
  }

  Json stage(const StepResult& step, std::uint64_t& left) const {
    ReasonCounts excluded;
    for (std::size_t r = 0; r < step.reasons.size(); ++r)
      if (isExclusion(step, r)) excluded.add(step.reasons[r], 0);
    std::uint64_t people = 0, machine = 0, undecided = 0, waiting = 0;
    for (std::size_t i = 0; i < step.in.size(); ++i) {
      if (!counts(step.in[i])) continue;
      const Outcome& o = step.outcomes[i];
      undecided += o.fate == Fate::Undecided ? 1 : 0;
      waiting += o.fate == Fate::Waiting ? 1 : 0;
      if (o.fate != Fate::Excluded) continue;
      excluded.add(reasonOf(step, o));
      ++(o.by == Actor::Person ? people : machine);
    }
    Json out{{"id", step.step->id}, {"label", step.step->label}, {"in", left}};
    if (step.step->mode == config::Mode::Automatic) out["mode"] = "automatic";
    left -= excluded.sum() + waiting;
    out["excluded"] = excluded.json();
    out["by"] = {{"human", people}, {"automation", machine}};
    out["undecided"] = undecided;
    if (waiting > 0) out["waiting"] = waiting;
    out["out"] = left;
    return out;
  }

  static std::string reasonOf(const StepResult& step, const Outcome& outcome) {
    return outcome.reason == Outcome::kNone ? "cannot be decided" : step.reasons[outcome.reason];
  }

  /// Reasons of undecided records stand in the same list; a box of the diagram is only for exclusions.
  static bool isExclusion(const StepResult& step, std::size_t reason) {
    return std::any_of(step.outcomes.begin(), step.outcomes.end(),
                       [&](const Outcome& o) { return o.fate == Fate::Excluded && o.reason == reason; });
  }

  void reports(Json& lane, std::span<const StepResult> steps, std::uint64_t left) const {
    ReasonCounts excluded;
    std::uint64_t notRetrieved = 0, waiting = 0;
    for (const StepResult& step : steps)
      for (std::size_t i = 0; i < step.in.size(); ++i) {
        if (!counts(step.in[i])) continue;
        const Outcome& o = step.outcomes[i];
        waiting += o.fate == Fate::Waiting ? 1 : 0;
        notRetrieved += o.fate == Fate::NotRetrieved ? 1 : 0;
        if (o.fate == Fate::Excluded) excluded.add(reasonOf(step, o));
      }
    lane["not_retrieved"] = notRetrieved;
    lane["assessed"] = left - notRetrieved;
    lane["excluded_reports"] = excluded.json();
    if (waiting > 0) lane["waiting"] = waiting;
    lane["included_reports"] = left - notRetrieved - excluded.sum() - waiting;
  }

  const Evaluation& evaluation_;
  const config::Review& review_;
  Lane lane_;
  std::optional<std::size_t> wave_;
};

Json& addLanes(Json& to, const Evaluation& evaluation, const config::Review& review, std::optional<std::size_t> wave) {
  to["db"] = LaneCounter(evaluation, review, Lane::Databases, wave).count();
  const LaneCounter other(evaluation, review, Lane::OtherMethods, std::nullopt);
  if (other.isUsed()) to["other"] = LaneCounter(evaluation, review, Lane::OtherMethods, wave).count();
  return to;
}

/// A wave's lane must have every source, stage and reason of the whole, so that each number is the sum of its waves.
void completeWave(Json& wave, const Json& whole) {
  for (const char* lane : {"db", "other"}) {
    if (!whole.contains(lane)) continue;
    for (const auto& [reason, n] : whole[lane]["excluded_reports"].items())
      if (!wave[lane]["excluded_reports"].contains(reason)) wave[lane]["excluded_reports"][reason] = 0;
  }
}

}  // namespace

RecordId countedAs(const Evaluation& evaluation, const config::Review& review, RecordId representative) {
  const Records& records = evaluation.records();
  const bool isOther = evaluation.lane(representative) == Lane::OtherMethods;
  for (const RecordId member : evaluation.clusters().members(representative)) {
    const ActiveFile& file = records.files()[records.fileOf(member)];
    const bool isOtherFile = review.sources[file.source].kind == SourceKind::OtherMethod;
    if (file.wave == records.wave(representative) && isOtherFile == isOther) return member;
  }
  return representative;
}

Json flowOf(const Evaluation& evaluation, const config::Review& review) {
  Json flow{{"format", "winnow-flow/1"}};
  addLanes(flow, evaluation, review, std::nullopt);
  std::uint64_t reports = flow["db"]["included_reports"].get<std::uint64_t>();
  if (flow.contains("other")) reports += flow["other"]["included_reports"].get<std::uint64_t>();
  flow["included"] = {{"studies", evaluation.studies().count()}, {"reports", reports}};
  if (const std::vector<Provisional> open = evaluation.provisional(); !open.empty()) {
    flow["provisional"] = Json::array();
    for (const Provisional& p : open)
      flow["provisional"].push_back({{"step", p.step}, {"label", p.label}, {"records", p.records}});
  }
  if (review.waves.size() < 2) return flow;
  flow["waves"] = Json::array();
  for (std::size_t w = 0; w < review.waves.size(); ++w) {
    Json wave{{"id", review.waves[w].name}};
    addLanes(wave, evaluation, review, w);
    completeWave(wave, flow);
    flow["waves"].push_back(std::move(wave));
  }
  return flow;
}

/// Every category with its records: all, those of databases, those of other methods.
static Json categoriesOf(const Evaluation& evaluation, const StepResult& step) {
  std::vector<std::array<std::uint64_t, 2>> counts(step.mapping->categories.size());
  for (std::size_t i = 0; i < step.in.size(); ++i)
    for (const std::uint32_t category : step.mapping->of(i, step.outcomes[i]))
      ++counts[category][evaluation.lane(step.in[i]) == Lane::OtherMethods ? 1 : 0];
  Json categories = Json::array();
  for (std::size_t c = 0; c < counts.size(); ++c)
    categories.push_back({{"name", step.mapping->categories[c]},
                          {"n", counts[c][0] + counts[c][1]},
                          {"db", counts[c][0]},
                          {"other", counts[c][1]}});
  return categories;
}

Json stepsOf(const Evaluation& evaluation, const config::Review& review) {
  static constexpr const char* kVerbs[] = {"remove", "screen", "map", "chart"};
  Json steps = Json::array();
  for (const StepResult& step : evaluation.steps()) {
    Json one{{"id", step.step->id},
             {"label", step.step->label},
             {"verb", kVerbs[static_cast<int>(step.step->verb)]},
             {"plugin", step.step->plugin},
             {"version", step.step->pluginVersion},
             {"in", step.merging ? step.merging->recordsIn : step.in.size()},
             {"excluded", step.left()},
             {"undecided", step.count(Fate::Undecided)},
             {"waiting", step.count(Fate::Waiting)}};
    if (step.merging) {
      const auto& pairs = step.merging->pairs;
      one["removed"] = step.merging->recordsIn - step.merging->recordsOut;
      one["maybe"] = std::count_if(pairs.begin(), pairs.end(), [](const auto& p) { return p.maybe; });
    }
    if (step.mapping) one["categories"] = categoriesOf(evaluation, step);
    if (step.step->severalCategories) one["several"] = true;
    addConduct(one, step);
    for (const ReaderRecall& recall : recallOf(evaluation, step)) one["recall"].push_back(jsonOf(recall));
    steps.push_back(std::move(one));
  }
  Json document{{"format", "winnow-steps/1"},
                {"title", review.title},
                {"steps", std::move(steps)},
                {"charts", chartsOf(evaluation)}};
  for (const Provisional& p : evaluation.provisional())
    document["provisional"].push_back({{"step", p.step}, {"label", p.label}, {"records", p.records}});
  return document;
}

Json votesOf(const Evaluation& evaluation, const config::Review& review) {
  Json steps = Json::array();
  for (const StepResult& step : evaluation.steps()) {
    if (step.step->verb != Verb::Screen || step.step->readers.size() < 2) continue;
    const std::string &first = step.step->readers[0].reviewer, &second = step.step->readers[1].reviewer;
    const auto& sample = step.screening->sample;
    const auto sampled = sample.find(second);
    std::set<RecordId> drawn;
    if (sampled != sample.end()) drawn.insert(sampled->second.begin(), sampled->second.end());
    Json pairs = Json::array();
    for (const RecordId id : step.in) {
      const auto said = step.said.votes.find(id);
      if (said == step.said.votes.end() || (sampled != sample.end() && !drawn.contains(id))) continue;
      const auto word = [&](const std::string& reader) {
        const auto d = std::find_if(said->second.begin(), said->second.end(),
                                    [&](const Decision& x) { return x.reviewer == reader; });
        return d == said->second.end() ? std::string() : d->value;
      };
      const std::string a = word(first), b = word(second);
      if (a.empty() || b.empty()) continue;
      pairs.push_back({{"record", evaluation.records().key(id)},
                       {"first", a},
                       {"second", b},
                       {"wave", review.waves[evaluation.records().wave(id)].name}});
    }
    steps.push_back({{"id", step.step->id},
                     {"label", step.step->label},
                     {"readers", {first, second}},
                     {"pairs", std::move(pairs)}});
  }
  return {{"format", "winnow-votes/1"}, {"steps", std::move(steps)}};
}

Json formOf(const config::Form& form) {
  static constexpr const char* kTypes[] = {"text",    "number", "one-of", "any-of", "yes-no",
                                           "decimal", "range",  "date",   "link",   "quotation"};
  Json items = Json::array(), extra = Json::array();
  for (const config::FormItem& item : form.items)
    (item.extra ? extra : items)
        .push_back({{"id", item.id},
                    {"label", item.label},
                    {"type", kTypes[static_cast<int>(item.type)]},
                    {"values", item.values},
                    {"unit", item.unit},
                    {"from", item.from}});
  return {{"format", "winnow-form/1"},
          {"name", form.name},
          {"version", form.version},
          {"items", std::move(items)},
          {"extra", std::move(extra)}};
}

Json reviewOf(const config::Review& review) {
  static constexpr const char* kKinds[] = {"in", "one-of", "out"};
  Json criteria = Json::array(), reviewers = Json::array();
  for (const config::Criterion& c : review.criteria) {
    criteria.push_back({{"id", c.id}, {"kind", kKinds[static_cast<int>(c.kind)]}, {"text", c.text}});
    if (!c.reason.empty()) criteria.back()["reason"] = c.reason;
    if (!c.conditionId.empty()) criteria.back()[c.isUnless ? "unless" : "if"] = c.conditionId;
  }
  for (const config::Reviewer& r : review.reviewers) reviewers.push_back({{"id", r.id}, {"role", r.role}});
  Json document{{"format", "winnow-review/1"},         {"title", review.title},
                {"question", review.question},         {"framework", review.framework},
                {"reporting", review.reporting},       {"dates", review.dates},
                {"registration", review.registration}, {"definitions", review.definitions},
                {"reviewers", std::move(reviewers)},   {"criteria", std::move(criteria)}};
  for (const config::Step& step : review.steps)
    for (const config::Criterion& reason : step.reasons)
      if (!reason.text.empty()) document["reasons"][reason.id] = reason.text;
  if (!review.statements.empty()) document["statements"] = review.statements;
  return document;
}

}  // namespace winnow::engine
