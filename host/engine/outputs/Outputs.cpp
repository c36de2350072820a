#include "Outputs.hpp"

#include <algorithm>
#include <memory>
#include <sstream>
#include <unordered_map>

#include <nlohmann/json.hpp>
#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

#include "ConsensusSheet.hpp"
#include "SearchDocument.hpp"
#include "engine/flow/Flow.hpp"
#include "engine/records/ViewHashes.hpp"
#include "engine/stages/Stages.hpp"
#include "io/AtomicFile.hpp"
#include "io/Error.hpp"
#include "io/FileName.hpp"
#include "io/Sha256.hpp"

namespace winnow::engine {

namespace {

constexpr std::uint16_t kFirstVote = 20000;  // groups above every group an importer gives
constexpr const char* kScreeningSheet = "exporters.screening-sheet";
constexpr const char* kConflictSheet = "exporters.conflict-sheet";
constexpr const char* kChartingSheet = "exporters.charting";

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

/// The records an export holds, and whether they are merged ones.
std::pair<std::vector<RecordId>, bool> recordsOf(const std::string& of, const Evaluation& evaluation) {
  if (of == "included") return {evaluation.included(), true};
  if (of == "all records") return {evaluation.records().order(), false};
  if (of == "unique records") return {evaluation.clusters().representatives(), true};
  std::vector<RecordId> list;
  if (of == "excluded") {
    for (const RecordId id : evaluation.clusters().representatives())
      if (const End end = evaluation.end(id); end && evaluation.outcome(end).fate != Fate::Waiting) list.push_back(id);
    return {list, true};
  }
  for (const StepResult& step : evaluation.steps())
    if (step.step->id == of) return {step.in, true};
  return {list, true};
}

/// What one file is made from.
struct OutputPlan {
  std::string path, plugin;
  plugins::SettingList settings;
  Documents documents;
  std::vector<RecordId> ids;
  bool merged = true;
  ExtraFields extra;
  std::vector<std::string> answers{};  ///< of a sheet: the columns that people fill in
};

/// Everything an output is made from, as one hash: what is handed over of each record, and of the documents those that
/// its exporter reads.
std::string outputHash(const Workspace& work, const OutputPlan& plan, const DocumentNames& read,
                       const ViewHashes& hashes) {
  io::Sha256 hash;
  hash.add(stageKey(work.stage(plan.plugin), plan.settings)).add(plan.merged ? "merged\n" : "single\n");
  for (const std::string& name : read) {
    const auto found = plan.documents.find(name);
    hash.add(name).add("\n").add(found == plan.documents.end() ? "none" : found->second).add("\n");
  }
  for (const RecordId id : plan.ids) {
    const std::uint64_t seen = plan.merged ? hashes.merged(id, plan.extra) : hashes.single(id, plan.extra);
    hash.add(std::string_view(reinterpret_cast<const char*>(&seen), sizeof seen));
  }
  return io::hex(hash.finish());
}

/// The key of an output in the ledger: its hash, then a line for each document that went into it.
std::string keyOf(const std::string& hash, const DocumentNames& read) {
  std::string key = hash;
  for (const std::string& name : read) key += "\n" + name;
  return key;
}

DocumentNames documentsIn(const std::string& key) {
  DocumentNames read;
  std::istringstream lines(key);
  std::string line;
  std::getline(lines, line);  // the hash
  while (std::getline(lines, line)) read.insert(line);
  return read;
}

std::string hashIfThere(const std::filesystem::path& file) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(file, ignored) ? io::sha256File(file).first : std::string();
}

/// Writes the files of one evaluation.
class OutputWriter {
 public:
  OutputWriter(const Workspace& work, const Evaluation& evaluation)
      : work_(work),
        views_(work.review, work.ledger, evaluation.records(), evaluation.clusters(), work.tags),
        hashes_(work.review, evaluation.records(), evaluation.clusters()) {}

  /// Writes unless the file is already what it would become; the ledger knows before the file is in place.
  OutputReport write(const OutputPlan& plan) {
    OutputReport report{plan.path, plan.plugin, plan.ids.size(), false, false};
    const std::filesystem::path target = work_.review.folder / plan.path;
    const auto last = work_.ledger.lastOutput(plan.path);
    const std::string now = hashIfThere(target);
    if (last && last->second == now && last->first == keyFor(plan, documentsIn(last->first))) {
      report.unchanged = true;
      return report;
    }
    if (!now.empty() && !work_.ledger.isOutput(plan.path, now) && isFilledIn(plan, target)) {
      reportFilledIn(plan.path);
      report.kept = true;
      return report;
    }
    const bool isSheet = !plan.answers.empty();
    const auto file = work_.outputs.open(target, io::NamedBy::Configuration,
                                         isSheet ? io::FileRole::Decisions : io::FileRole::Nothing);
    // Killed in between, the next run writes the file again and never takes it for one that somebody filled in.
    writeOutput(work_, plan.plugin, plan.settings, plan.documents, plan.ids, views_, plan.merged, plan.extra, *file,
                [&](const std::string& sha256, const DocumentNames& read) {
                  ledger::Ledger::Transaction transaction(work_.ledger);
                  work_.ledger.addOutput(plan.path, keyFor(plan, read), sha256);
                  transaction.commit();
                });
    return report;
  }

  /// A file of the host's own: made of `text` alone.
  OutputReport writeText(const std::string& path, const std::string& text, const std::vector<std::string>& answers,
                         std::size_t records) {
    const OutputPlan plan{path, "", {}, {}, {}, true, {}, answers};
    OutputReport report{path, "consensus", records, false, false};
    const std::filesystem::path target = work_.review.folder / path;
    const std::string now = hashIfThere(target), hash = io::sha256Hex(text);
    report.unchanged = now == hash;
    report.kept = !report.unchanged && !now.empty() && !work_.ledger.isOutput(path, now) && isFilledIn(plan, target);
    if (report.kept) reportFilledIn(path);
    if (report.unchanged || report.kept) return report;
    ledger::Ledger::Transaction transaction(work_.ledger);
    work_.ledger.addOutput(path, hash, hash);
    transaction.commit();
    io::writeFile(target, text);
    return report;
  }

 private:
  std::string keyFor(const OutputPlan& plan, const DocumentNames& read) const {
    return keyOf(outputHash(work_, plan, read, hashes_), read);
  }
  /// True if somebody answered in a sheet.
  bool isFilledIn(const OutputPlan& plan, const std::filesystem::path& target) const {
    if (plan.answers.empty()) return false;
    const std::vector<SheetRow> rows = readSheets(work_, {target}, {plan.path});
    return std::any_of(rows.begin(), rows.end(), [&](const SheetRow& row) {
      return std::any_of(plan.answers.begin(), plan.answers.end(),
                         [&](const std::string& column) { return !row.cell(plainName(column)).empty(); });
    });
  }
  void reportFilledIn(const std::string& path) const {
    io::Diagnostic d;
    d.code = "sheet.filled-in";
    d.message = "'" + path + "' holds answers";
    d.action = "it was left as it is; move it to where the step's 'decisions' are read from, then run again";
    work_.tell(d);
  }

  const Workspace& work_;
  Views views_;
  ViewHashes hashes_;
};

/// What a machine proposes about the records of a step, for the sheet of the person who confirms.
ExtraFields proposalsOf(const Workspace& work, const StepResult& step) {
  if (step.stage == 0 || step.step->verb == config::Verb::Screen) return {};
  auto places = std::make_shared<std::unordered_map<RecordId, std::size_t>>();
  for (std::size_t i = 0; i < step.in.size(); ++i) places->emplace(step.in[i], i);
  const auto reasons = std::make_shared<const std::vector<ledger::ReasonRow>>(work.ledger.reasons(step.stage));
  return [&work, &step, places, reasons](RecordId id, std::vector<ExtraField>& fields) {
    const std::optional<ledger::VerdictRow> row = step.answer(work.ledger, places->at(id));
    if (!row) return;
    const char* word = row->action == WINNOW_DROP       ? "exclude"
                       : row->action == WINNOW_UNSURE   ? "undecided"
                       : row->action == WINNOW_CATEGORY ? "category"
                                                        : "keep";
    fields.push_back({tags::kProposalDecision, word, 0});
    if (row->reason != WINNOW_NONE) fields.push_back({tags::kProposalReason, reasons->at(row->reason).label, 0});
    fields.push_back({tags::kProposalEvidence, row->evidence, 0});
  };
}

/// What every reader said about a record: for those who decide together.
ExtraFields votesOf(const StepResult& step) {
  return [&step](RecordId id, std::vector<ExtraField>& fields) {
    std::uint16_t group = kFirstVote;
    for (const config::Reader& reader : step.step->readers) {
      const Decision* vote = step.said.word(id, reader.reviewer);
      if (vote == nullptr) continue;
      ++group;
      fields.push_back({tags::kVoteReviewer, vote->reviewer, group});
      fields.push_back({tags::kVoteDecision, vote->value, group});
      fields.push_back({tags::kVoteReason, vote->reason, group});
      fields.push_back({tags::kVoteNote, vote->note, group});
    }
  };
}

/// The records about which the readers of a step have to decide together.
std::vector<RecordId> disputed(const StepResult& step) {
  std::vector<RecordId> ids;
  if (step.screening)
    for (const std::size_t i : step.screening->conflicts) ids.push_back(step.in[i]);
  return ids;
}

/// Settings of a built-in sheet: its defaults with some replaced.
plugins::SettingList sheetSettings(const Workspace& work, const std::string& plugin,
                                   const plugins::SettingList& given) {
  plugins::SettingList settings = defaultSettings(*work.stage(plugin).stage);
  for (const auto& [name, value] : given) {
    std::erase_if(settings, [&key = name](const auto& s) { return s.first == key; });
    settings.emplace_back(name, value);
  }
  return settings;
}

/// Headings of the items that people answer; the others are filled in from the record.
std::vector<std::string> answersOf(const config::Form& form) {
  std::vector<std::string> columns;
  for (const config::FormItem& item : form.items)
    if (item.from.empty()) columns.push_back(columnHeading(item));
  return columns;
}

/// Records that a reader has still to chart, or to chart again.
std::vector<RecordId> toChart(const ChartResult& chart, const std::string& reviewer) {
  std::vector<RecordId> records;
  for (const auto* list : {&chart.missing, &chart.outdated})
    for (const auto& [reader, ids] : *list)
      if (reader == reviewer) records.insert(records.end(), ids.begin(), ids.end());
  std::sort(records.begin(), records.end());
  return records;
}

Documents chartDocuments(const Documents& documents, const std::string& form) {
  Documents own = documents;
  if (const auto found = documents.find("form " + form); found != documents.end()) own["form"] = found->second;
  std::erase_if(own, [](const auto& d) { return d.first.rfind("form ", 0) == 0; });
  return own;
}

}  // namespace

Documents documentsOf(const Workspace& work, const Evaluation& evaluation, const ProvenFlow& flow) {
  const config::Review& review = work.review;
  Documents documents{
      {"flow", flow.json().dump()},
      {"steps", stepsOf(evaluation, review).dump()},
      {"votes", votesOf(evaluation, review).dump()},
      {"review", reviewOf(review).dump()},
      {"search", searchOf(evaluation, review).dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace)}};
  for (const config::Form& form : review.forms) documents["form " + form.name] = formOf(form).dump();
  documents.insert(work.given.begin(), work.given.end());
  return documents;
}

std::string sheetPath(const config::Review& review, const std::string& step, const std::string& reviewer) {
  return review.outFolder + "/sheets/" + io::safeFileName(step) + "/" + io::safeFileName(reviewer) + ".csv";
}

std::vector<OutputReport> writeExports(const Workspace& work, const Evaluation& evaluation, const ProvenFlow& flow) {
  std::vector<OutputReport> reports;
  const Documents documents = documentsOf(work, evaluation, flow);
  const FateFields fates(evaluation);
  const ExtraFields extra = [&](RecordId id, std::vector<ExtraField>& fields) { fates(id, fields); };
  const std::string form = work.review.forms.empty() ? std::string() : work.review.forms.front().name;
  OutputWriter writer(work, evaluation);
  for (const config::Export& e : work.review.exports) {
    auto [ids, merged] = recordsOf(e.of, evaluation);
    Documents own = chartDocuments(documents, form);
    own.merge(filesOf(work, *work.stage(e.plugin).stage, e.settings));
    reports.push_back(writer.write({e.path, e.plugin, e.settings, std::move(own), std::move(ids), merged, extra}));
  }
  return reports;
}

std::vector<OutputReport> writeSheets(const Workspace& work, const Evaluation& evaluation) {
  std::vector<OutputReport> reports;
  const Documents review{{"review", reviewOf(work.review).dump()}};
  OutputWriter writer(work, evaluation);
  for (const StepResult& step : evaluation.steps()) {
    const ExtraFields proposals = proposalsOf(work, step);
    for (const OpenWork& open : step.open) {
      if (open.records.empty()) continue;
      plugins::SettingList given{{"reviewer", open.reviewer}};
      if (step.step->verb == config::Verb::Map) given.emplace_back("kind", "category");
      reports.push_back(writer.write({sheetPath(work.review, step.step->id, open.reviewer),
                                      kScreeningSheet,
                                      sheetSettings(work, kScreeningSheet, given),
                                      review,
                                      open.records,
                                      true,
                                      proposals,
                                      {"decision", "category", "reason", "note"}}));
    }
  }
  for (const StepResult& step : evaluation.steps())
    if (std::vector<RecordId> ids = disputed(step); !ids.empty()) {
      plugins::SettingList settings;
      for (const config::Reader& reader : step.step->readers) settings.emplace_back("readers", reader.reviewer);
      reports.push_back(writer.write({sheetPath(work.review, step.step->id, "conflicts"),
                                      kConflictSheet,
                                      settings,
                                      review,
                                      std::move(ids),
                                      true,
                                      votesOf(step),
                                      {"decision", "reason", "note"}}));
    }
  for (const ChartResult& chart : evaluation.charts())
    for (const std::string& reviewer : chart.form->by) {
      std::vector<RecordId> records = toChart(chart, reviewer);
      if (records.empty()) continue;
      Documents documents = review;
      documents["form"] = formOf(*chart.form).dump();
      reports.push_back(writer.write({sheetPath(work.review, chart.step->id, reviewer),
                                      kChartingSheet,
                                      sheetSettings(work, kChartingSheet, {{"sheet", "true"}, {"reviewer", reviewer}}),
                                      std::move(documents),
                                      records,
                                      true,
                                      {},
                                      answersOf(*chart.form)}));
    }
  for (const ChartResult& chart : evaluation.charts())
    if (!chart.differences.empty())
      reports.push_back(writer.writeText(sheetPath(work.review, chart.step->id, "consensus"),
                                         consensusSheet(chart, evaluation.records()), {"value", "note"},
                                         chart.differences.size()));
  return reports;
}

}  // namespace winnow::engine
