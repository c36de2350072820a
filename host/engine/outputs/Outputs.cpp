#include "Outputs.hpp"

#include <algorithm>
#include <optional>
#include <unordered_map>

#include <nlohmann/json.hpp>
#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

#include "OutputWriter.hpp"
#include "ReaderSheets.hpp"
#include "SearchDocument.hpp"
#include "SynthesisDocument.hpp"
#include "engine/flow/ChartingDocument.hpp"
#include "engine/flow/Flow.hpp"
#include "engine/stages/Stages.hpp"

namespace winnow::engine {

namespace {

using Json = nlohmann::ordered_json;

/// What became of a record, as fields for exporters.
class FateFields {
 public:
  explicit FateFields(const Evaluation& evaluation) : evaluation_(evaluation) {
    for (const ChartResult& chart : evaluation.charts())
      for (const RecordId id : chart.in) charted_[id] = &chart;
  }

  void operator()(RecordId id, std::vector<ExtraField>& fields) const {
    const RecordId lead = evaluation_.clusters().representative(id);
    if (lead != id) {
      fields.push_back({tags::kFate, "duplicate", 0});
      fields.push_back({tags::kFateReason, "duplicate of " + evaluation_.records().key(lead), 0});
      return;
    }
    const End end = evaluation_.end(id);
    if (!end) {
      fields.push_back({tags::kFate, "included", 0});
      study(id, fields);
      answers(id, fields);
      return;
    }
    const StepResult& step = evaluation_.steps()[end.step];
    const Outcome& outcome = evaluation_.outcome(end);
    fields.push_back({tags::kFate, outcome.fate == Fate::Waiting ? "waiting" : "excluded", 0});
    fields.push_back({tags::kFateStep, step.step->label, 0});
    if (outcome.reason != Outcome::kNone) fields.push_back({tags::kFateReason, step.reasons[outcome.reason], 0});
    if (outcome.fate != Fate::Waiting)
      fields.push_back({tags::kFateBy, outcome.by == Actor::Person ? "reader" : "automation", 0});
  }

 private:
  /// The name of a study with several reports, and the keys of the others.
  void study(RecordId id, std::vector<ExtraField>& fields) const {
    const Study* study = evaluation_.studies().of(id);
    if (study == nullptr) return;
    fields.push_back({tags::kStudy, study->name, 0});
    for (const RecordId other : study->reports)
      if (other != id) fields.push_back({tags::kStudyReport, evaluation_.records().key(other), 0});
  }

  void answers(RecordId id, std::vector<ExtraField>& fields) const {
    const auto chart = charted_.find(id);
    if (chart == charted_.end()) return;
    const Answers given = chart->second->finalAnswers(id);
    for (const config::FormItem& item : chart->second->form->items) {
      const auto found = given.find(item.id);
      if (found == given.end()) continue;
      for (const std::string& value : found->second) fields.push_back({chartTag(item.id), value, 0});
    }
    for (const std::string& name : chart->second->chartedBy(id)) fields.push_back({tags::kChartedBy, name, 0});
  }
  std::string_view chartTag(const std::string& item) const {
    return tags_.try_emplace(item, "chart." + item).first->second;
  }

  const Evaluation& evaluation_;
  std::unordered_map<RecordId, const ChartResult*> charted_;
  mutable std::unordered_map<std::string, std::string> tags_;
};

/// For exports of everything: the arm of the diagram, what the record is counted as, each time that a file held it, and
/// the steps that could not decide it.
class EverythingFields {
 public:
  EverythingFields(const Evaluation& evaluation, const config::Review& review)
      : evaluation_(evaluation), review_(review) {
    for (const StepResult& step : evaluation.steps())
      for (std::size_t i = 0; i < step.in.size(); ++i)
        if (step.outcomes[i].fate == Fate::Undecided) undecided_[step.in[i]].push_back(&step);
  }

  void operator()(RecordId id, std::vector<ExtraField>& fields) const {
    const RecordId lead = evaluation_.clusters().representative(id);
    const bool isOther = evaluation_.lane(lead) == Lane::OtherMethods;
    fields.push_back({tags::kFateLane, isOther ? "other methods" : "databases", 0});
    if (countedAs(evaluation_, review_, lead) == id)
      fields.push_back({tags::kFateCounted, evaluation_.records().key(lead), 0});
    if (const auto steps = undecided_.find(id); steps != undecided_.end())
      for (const StepResult* step : steps->second) fields.push_back({tags::kFateUndecided, step->step->label, 0});
    std::uint16_t group = 30000;  // above every group an importer gives
    for (const std::uint32_t f : evaluation_.records().filesOf(id)) {
      const ActiveFile& file = evaluation_.records().files()[f];
      ++group;
      fields.push_back({tags::kSeenSource, review_.sources[file.source].name, group});
      fields.push_back({tags::kSeenWave, review_.waves[file.wave].name, group});
    }
  }

 private:
  const Evaluation& evaluation_;
  const config::Review& review_;
  std::unordered_map<RecordId, std::vector<const StepResult*>> undecided_;
};

const StepResult* stepCalled(const std::string& id, const Evaluation& evaluation) {
  for (const StepResult& step : evaluation.steps())
    if (step.step->id == id) return &step;
  return nullptr;
}

/// True if a record has left the review and nobody ever said a word about it: automation removed it, or a person
/// confirmed what was proposed for a whole wave.
bool isUnread(RecordId id, const Evaluation& evaluation) {
  const End end = evaluation.end(id);
  if (!end || evaluation.outcome(end).fate == Fate::Waiting) return false;
  return std::none_of(evaluation.steps().begin(), evaluation.steps().end(), [&](const StepResult& step) {
    return step.said.votes.contains(id) || step.said.resolution(id) != nullptr;
  });
}

/// The records an export holds, and whether they are merged ones.
std::pair<std::vector<RecordId>, bool> recordsOf(const std::string& of, const Evaluation& evaluation) {
  if (of == "included") return {evaluation.included(), true};
  if (of == "studies") return {evaluation.studies().firstReports(evaluation.included()), true};
  if (of == "all records") return {evaluation.records().order(), false};
  if (of == "everything") return {evaluation.records().order(), true};
  if (of == "unique records") return {evaluation.clusters().representatives(), true};
  std::vector<RecordId> list;
  if (of == "excluded") {
    for (const RecordId id : evaluation.clusters().representatives())
      if (const End end = evaluation.end(id); end && evaluation.outcome(end).fate != Fate::Waiting) list.push_back(id);
    return {list, true};
  }
  if (of == "unread") {
    for (const RecordId id : evaluation.clusters().representatives())
      if (isUnread(id, evaluation)) list.push_back(id);
    return {list, true};
  }
  if (const StepResult* step = stepCalled(of, evaluation)) return {step->in, true};
  return {list, true};
}

Documents chartDocuments(const Documents& documents, const std::string& form) {
  Documents own = documents;
  if (const auto found = documents.find("form " + form); found != documents.end()) own["form"] = found->second;
  std::erase_if(own, [](const auto& d) { return d.first.rfind("form ", 0) == 0; });
  return own;
}

/// What people still have to do: records to decide about, records to chart (again), answers that differ or do not fit.
std::size_t waitingIn(const Evaluation& evaluation) {
  std::size_t waiting = 0;
  for (const StepResult& step : evaluation.steps()) waiting += step.count(Fate::Waiting);
  for (const ChartResult& chart : evaluation.charts()) {
    waiting += chart.refused + chart.differences.size();
    for (const auto* list : {&chart.missing, &chart.outdated})
      for (const auto& [reader, records] : *list) waiting += records.size();
  }
  return waiting;
}

std::string dumped(const nlohmann::ordered_json& json) {
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace

Documents documentsOf(const Workspace& work, const Evaluation& evaluation, const ProvenFlow& flow) {
  const config::Review& review = work.review;
  Json about = reviewOf(review);
  about["software"] = {{"name", "Winnow"}, {"version", WINNOW_VERSION}};
  Documents documents{{"flow", flow.json().dump()},
                      {"steps", stepsOf(evaluation, review).dump()},
                      {"votes", votesOf(evaluation, review).dump()},
                      {"charting", dumped(chartingOf(evaluation))},
                      {"review", about.dump()},
                      {"search", dumped(searchOf(evaluation, review))},
                      {"synthesis", dumped(synthesisOf(review, evaluation, waitingIn(evaluation)))}};
  for (const config::Form& form : review.forms) documents["form " + form.name] = formOf(form).dump();
  documents.insert(work.given.begin(), work.given.end());
  return documents;
}

std::vector<OutputReport> writeExports(const Workspace& work, const Evaluation& evaluation, const ProvenFlow& flow) {
  std::vector<OutputReport> reports;
  const Documents documents = documentsOf(work, evaluation, flow);
  const FateFields fates(evaluation);
  std::optional<EverythingFields> everything;
  const ExtraFields some = [&](RecordId id, std::vector<ExtraField>& fields) { fates(id, fields); };
  const ExtraFields all = [&](RecordId id, std::vector<ExtraField>& fields) {
    fates(id, fields);
    if (!everything) everything.emplace(evaluation, work.review);
    (*everything)(id, fields);
  };
  const std::string form = work.review.forms.empty() ? std::string() : work.review.forms.front().name;
  OutputWriter writer(work, evaluation);
  for (const config::Export& e : work.review.exports) {
    auto [ids, merged] = recordsOf(e.of, evaluation);
    Documents own = chartDocuments(documents, form);
    own.merge(filesOf(work.review.folder, *work.stage(e.plugin).stage, e.settings));
    ExtraFields fields = e.of == "everything" ? all : some;
    if (const StepResult* step = stepCalled(e.of, evaluation))  // another program gets what was decided there
      fields = [&some, words = wordsOfAll(*step)](RecordId id, std::vector<ExtraField>& list) {
        some(id, list);
        words(id, list);
      };
    reports.push_back(writer.write({e.path, e.plugin, e.settings, std::move(own), std::move(ids), merged, fields}));
  }
  return reports;
}

}  // namespace winnow::engine
