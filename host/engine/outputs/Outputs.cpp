#include "Outputs.hpp"

#include <algorithm>
#include <exception>
#include <sstream>
#include <unordered_map>

#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

#include "engine/reading/ReadFile.hpp"
#include "engine/stages/Stages.hpp"
#include "io/AtomicFile.hpp"
#include "io/Error.hpp"
#include "io/Sha256.hpp"

namespace winnow::engine {

namespace {

constexpr std::size_t kBatch = 256;

/// The host's end of one export: hands records over, takes bytes in.
class Writing {
 public:
  Writing(const std::vector<RecordId>& ids, const BatchSource& batch, const std::filesystem::path& target)
      : ids_(ids), batch_(batch), file_(target), sink_{sizeof sink_, 0, this, next, write} {}

  const winnow_sink& sink() const noexcept { return sink_; }
  std::exception_ptr failure() const noexcept { return failure_; }
  const std::string& seal() { return file_.seal(); }
  void commit() { file_.commit(); }

 private:
  static Writing& of(const winnow_sink* sink) { return *static_cast<Writing*>(sink->impl); }
  static winnow_status WINNOW_CALL next(const winnow_sink* sink, const winnow_batch** batch) {
    Writing& self = of(sink);
    return self.guarded([&] {
      if (plugins::cancelRequested()) return winnow_status{WINNOW_CANCELLED};
      if (self.at_ >= self.ids_.size()) return winnow_status{WINNOW_END};
      const std::size_t end = std::min(self.at_ + kBatch, self.ids_.size());
      const std::vector<RecordId> part(self.ids_.begin() + static_cast<std::ptrdiff_t>(self.at_),
                                       self.ids_.begin() + static_cast<std::ptrdiff_t>(end));
      self.at_ = end;
      *batch = &self.batch_(part);
      return winnow_status{WINNOW_OK};
    });
  }
  static winnow_status WINNOW_CALL write(const winnow_sink* sink, winnow_str bytes) {
    Writing& self = of(sink);
    return self.guarded([&] {
      self.file_.write(view(bytes));
      return winnow_status{WINNOW_OK};
    });
  }
  /// Nothing of ours is thrown through a plugin.
  template <class Work>
  winnow_status guarded(Work&& work) noexcept {
    if (failure_) return WINNOW_FAILED;
    try {
      return work();
    } catch (...) {
      failure_ = std::current_exception();
      return WINNOW_FAILED;
    }
  }

  const std::vector<RecordId>& ids_;
  const BatchSource& batch_;
  io::AtomicFile file_;
  winnow_sink sink_;
  std::size_t at_ = 0;
  std::exception_ptr failure_;
};

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
    const auto end = evaluation_.end(id);
    if (!end) {
      fields.push_back({tags::kFate, "included", 0});
      answers(id, fields);
      return;
    }
    const StepResult& step = evaluation_.steps()[end->first];
    const Outcome& outcome = step.outcomes[end->second];
    fields.push_back({tags::kFate, outcome.fate == Fate::Waiting ? "waiting" : "excluded", 0});
    fields.push_back({tags::kFateStep, step.step->label, 0});
    if (outcome.reason != Outcome::kNone) fields.push_back({tags::kFateReason, step.reasons[outcome.reason], 0});
    if (outcome.fate == Fate::Excluded)
      fields.push_back({tags::kFateBy, outcome.byPerson ? "reader" : "automation", 0});
  }

 private:
  void answers(RecordId id, std::vector<ExtraField>& fields) const {
    const auto chart = charted_.find(id);
    if (chart == charted_.end()) return;
    for (const config::FormItem& item : chart->second->form->items) {
      const auto given = chart->second->finalAnswers(id);
      const auto found = given.find(item.id);
      if (found == given.end()) continue;
      for (const std::string& value : found->second) fields.push_back({chartTag(item.id), value, 0});
    }
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
      if (evaluation.end(id)) list.push_back(id);
    return {list, true};
  }
  for (const StepResult& step : evaluation.steps())
    if (step.step->id == of) return {step.in, true};
  return {list, true};
}

/// Everything an output is made from, as one hash: of the documents those that its exporter reads.
std::string outputHash(const Workspace& work, const std::string& plugin, const plugins::SettingList& settings,
                       const Documents& documents, const DocumentNames& read, const std::vector<RecordId>& ids,
                       bool merged, const ExtraFields& extra, const Evaluation& evaluation) {
  io::Sha256 hash;
  hash.add(stageKey(work.stage(plugin), settings))
      .add(merged ? "merged " + std::to_string(BestValue::kRevision) + "\n" : "single\n");
  for (const std::string& name : read) {
    const auto found = documents.find(name);
    hash.add(name).add("\n").add(found == documents.end() ? "none" : found->second).add("\n");
  }
  std::vector<ExtraField> fields;
  for (const RecordId id : ids) {
    hash.add(evaluation.records().key(id)).add("\n");
    if (merged)
      for (const RecordId member : visibleMembers(evaluation.records(), evaluation.clusters(), id))
        hash.add(evaluation.records().key(member)).add(" ");
    fields.clear();
    if (extra) extra(id, fields);
    for (const ExtraField& f : fields) hash.add(f.tag).add("=").add(f.value).add("\n");
  }
  return io::hex(hash.finish());
}

/// The key of an output in the ledger: its hash, then a line for each document that went into it.
std::string keyOf(const std::string& hash, const DocumentNames& read) {
  std::string key = hash;
  for (const std::string& name : read) key += "\n" + name;
  return key;
}

DocumentNames documentsOf(const std::string& key) {
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

/// Writes unless the file is already what it would become; tells the ledger.
OutputReport writeIfChanged(const Workspace& work, Evaluation& evaluation, const std::string& path,
                            const std::string& plugin, const plugins::SettingList& settings, const Documents& documents,
                            const std::vector<RecordId>& ids, bool merged, const ExtraFields& extra, bool isSheet) {
  OutputReport report{path, plugin, ids.size(), false, false};
  const std::filesystem::path target = work.review.folder / path;
  const auto keyFor = [&](const DocumentNames& read) {
    return keyOf(outputHash(work, plugin, settings, documents, read, ids, merged, extra, evaluation), read);
  };
  const auto last = work.ledger.lastOutput(path);
  const std::string now = hashIfThere(target);
  if (last && last->second == now && last->first == keyFor(documentsOf(last->first))) {
    report.unchanged = true;
    return report;
  }
  if (isSheet && !now.empty() && !work.ledger.isOutput(path, now)) {
    io::Diagnostic d;
    d.code = "sheet.filled-in";
    d.message = "'" + path + "' was changed since it was written";
    d.action = "it was left as it is; move it to where the step's 'decisions' are read from, then run again";
    work.tell(d);
    report.kept = true;
    return report;
  }
  // The ledger knows the file before it is in place: killed in between, the next run writes it again and never takes it
  // for one that somebody filled in.
  writeOutput(work, plugin, settings, documents, ids, evaluation.views(), merged, extra, target,
              [&](const std::string& sha256, const DocumentNames& read) {
                ledger::Ledger::Transaction transaction(work.ledger);
                work.ledger.addOutput(path, keyFor(read), sha256);
                transaction.commit();
              });
  return report;
}

/// What a machine proposed about the records of a step, for the sheet of the person who confirms.
ExtraFields proposalsOf(const Workspace& work, const StepResult& step) {
  struct Proposal {
    std::string decision, reason, evidence;
  };
  auto proposals = std::make_shared<std::unordered_map<RecordId, Proposal>>();
  if (step.stage != 0 && step.step->verb != config::Verb::Screen) {
    const std::vector<ledger::ReasonRow> reasons = work.ledger.reasons(step.stage);
    work.ledger.forEachVerdict(step.stage, [&](const ledger::VerdictRow& row) {
      const char* word = row.action == WINNOW_DROP       ? "exclude"
                         : row.action == WINNOW_UNSURE   ? "undecided"
                         : row.action == WINNOW_CATEGORY ? "category"
                                                         : "keep";
      (*proposals)[row.record] = {word, row.reason == WINNOW_NONE ? "" : reasons[row.reason].label, row.evidence};
    });
  }
  return [proposals](RecordId id, std::vector<ExtraField>& fields) {
    const auto found = proposals->find(id);
    if (found == proposals->end()) return;
    fields.push_back({tags::kProposalDecision, found->second.decision, 0});
    fields.push_back({tags::kProposalReason, found->second.reason, 0});
    fields.push_back({tags::kProposalEvidence, found->second.evidence, 0});
  };
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

Documents chartDocuments(const Documents& documents, const std::string& form) {
  Documents own = documents;
  if (const auto found = documents.find("form " + form); found != documents.end()) own["form"] = found->second;
  std::erase_if(own, [](const auto& d) { return d.first.rfind("form ", 0) == 0; });
  return own;
}

/// Runs one exporter into one file.
void runExporter(const plugins::StageEntry& entry, const plugins::SettingList& settings, const Documents& documents,
                 plugins::TagTable& tags, const io::DiagnosticSink& tell, const std::vector<RecordId>& ids,
                 const BatchSource& batch, const std::filesystem::path& target, const BeforeInPlace& before) {
  plugins::Services services(tags);
  for (const auto& [name, text] : documents) services.provide(name, text);
  services.onDiagnostic([&](const winnow_diagnostic& d) {
    io::Diagnostic told = unlocated(d);
    told.file = target.filename().string();
    tell(told);
  });
  plugins::Instance instance(entry.stage, settings, services);
  Writing writing(ids, batch, target);
  const winnow_status status = instance.write(writing.sink());
  if (writing.failure()) std::rethrow_exception(writing.failure());
  if (status == WINNOW_CANCELLED) throw Error("cancelled");
  if (status != WINNOW_OK)
    throw Error("plugin '" + std::string(view(entry.stage->id)) + "' could not write '" + target.string() + "'" +
                (services.lastError().empty() ? "" : ": " + services.lastError()));
  if (before) before(writing.seal(), services.asked());
  writing.commit();
}

}  // namespace

void writeOutput(const Workspace& work, const std::string& plugin, const plugins::SettingList& settings,
                 const Documents& documents, const std::vector<RecordId>& ids, Views& views, bool merged,
                 const ExtraFields& extra, const std::filesystem::path& target, const BeforeInPlace& before) {
  const plugins::StageEntry& entry = work.stage(plugin);
  const bool withRaw = (entry.stage->flags & WINNOW_WANTS_RAW) != 0;
  const BatchSource batch = [&](const std::vector<RecordId>& part) -> const winnow_batch& {
    return merged ? views.merged(part, withRaw, extra) : views.single(part, withRaw, extra);
  };
  runExporter(entry, settings, documents, work.tags, work.tell, ids, batch, target, before);
}

void drawDocument(const plugins::StageEntry& entry, const plugins::SettingList& settings, const Documents& documents,
                  plugins::TagTable& tags, const io::DiagnosticSink& tell, const std::filesystem::path& target) {
  static constexpr winnow_batch kNone{sizeof(winnow_batch), 0, nullptr, 0};
  runExporter(entry, settings, documents, tags, tell, {},
              [](const std::vector<RecordId>&) -> const winnow_batch& { return kNone; }, target, {});
}

std::vector<OutputReport> writeExports(const Workspace& work, Evaluation& evaluation, const Documents& documents) {
  std::vector<OutputReport> reports;
  const FateFields fates(evaluation);
  const ExtraFields extra = [&](RecordId id, std::vector<ExtraField>& fields) { fates(id, fields); };
  const std::string form = work.review.forms.empty() ? std::string() : work.review.forms.front().name;
  for (const config::Export& e : work.review.exports) {
    const auto [ids, merged] = recordsOf(e.of, evaluation);
    reports.push_back(writeIfChanged(work, evaluation, e.path, e.plugin, e.settings, chartDocuments(documents, form),
                                     ids, merged, extra, false));
  }
  return reports;
}

std::vector<OutputReport> writeSheets(const Workspace& work, Evaluation& evaluation, const Documents& documents) {
  std::vector<OutputReport> reports;
  const std::string folder = work.review.outFolder + "/sheets/";
  const auto reviewOnly = [&] {
    Documents own;
    if (const auto found = documents.find("review"); found != documents.end()) own.insert(*found);
    return own;
  }();
  for (const StepResult& step : evaluation.steps()) {
    const ExtraFields proposals = proposalsOf(work, step);
    for (const OpenWork& open : step.open) {
      if (open.records.empty()) continue;
      plugins::SettingList given{{"reviewer", open.reviewer}};
      if (step.step->verb == config::Verb::Map) given.emplace_back("kind", "category");
      reports.push_back(writeIfChanged(
          work, evaluation, folder + step.step->id + "/" + open.reviewer + ".csv", "exporters.screening-sheet",
          sheetSettings(work, "exporters.screening-sheet", given), reviewOnly, open.records, true, proposals, true));
    }
  }
  for (const ChartResult& chart : evaluation.charts())
    for (const auto& [reviewer, records] : chart.missing) {
      if (records.empty()) continue;
      reports.push_back(
          writeIfChanged(work, evaluation, folder + chart.step->id + "/" + reviewer + ".csv", "exporters.charting",
                         sheetSettings(work, "exporters.charting", {{"sheet", "true"}, {"reviewer", reviewer}}),
                         chartDocuments(documents, chart.form->name), records, true, {}, true));
    }
  return reports;
}

}  // namespace winnow::engine
