#include "Judging.hpp"

#include <algorithm>
#include <optional>

#include <winnow/plugin.hpp>

#include "AnswersElsewhere.hpp"
#include "RecalledAnswers.hpp"
#include "engine/records/Projection.hpp"
#include "io/Cancel.hpp"
#include "io/Error.hpp"

namespace winnow::engine {

namespace {

constexpr std::size_t kCommit = 16384;

/// One pass of a filter over the records of a step.
class Judging {
 public:
  Judging(StepContext& context, StepResult& result, const ExtraFields& extra)
      : context_(context),
        work_(context.work),
        result_(result),
        extra_(extra),
        entry_(work_.stage(result.step->plugin)),
        projection_(*entry_.stage, work_.tags),
        services_(work_.tags) {
    services_.onDiagnostic([this](const winnow_diagnostic& d) {
      const config::Step& step = *result_.step;
      work_.tell(placedAtOption(located(d, context_.records), d, work_.review,
                                {*entry_.stage, step.settings, step.optionAt, step.pluginAt}));
    });
    provideDocuments(services_, work_, *entry_.stage, result.step->settings);
  }

  Judged run() {
    plugins::Instance instance(entry_.stage, result_.step->settings, services_);
    judged_.declared = instance.reasons();
    nameStage(services_.keepAsked());
    recall();
    takeOver();
    judgeRest(instance);
    return std::move(judged_);
  }

 private:
  void nameStage(const Documents& documents) {
    const config::Step& step = *result_.step;
    ledger::Ledger::Transaction naming(work_.ledger);
    key_ = stageKey(entry_, step.settings, documents);
    result_.stage = work_.ledger.stageId(key_, step.plugin, std::string(view(entry_.stage->version)),
                                         settingsText(*entry_.stage, step.settings));
    std::vector<ledger::ReasonRow> reasons;
    for (const plugins::Reason& r : judged_.declared) reasons.push_back({r.code, r.label, r.action});
    work_.ledger.setReasons(result_.stage, reasons);
    naming.commit();
  }

  /// Answers of earlier runs about the same view of the same record.
  void recall() {
    const std::vector<RecordId>& in = result_.in;
    judged_.actions.resize(in.size());
    judged_.reasons.assign(in.size(), WINNOW_NONE);
    result_.views.resize(in.size());
    for (std::size_t i = 0; i < in.size(); ++i) result_.views[i] = context_.hashes.merged(in[i], extra_);
    if ((entry_.stage->flags & WINNOW_DETERMINISTIC) == 0) return;
    recalled_.emplace(work_.ledger, result_.stage, context_.records, in, result_.views,
                      [&](std::size_t i, const ledger::VerdictRow& row) { take(i, row); });
  }

  /// Answers that the stage gave elsewhere, kept as if it had given them here: all of them or none.
  void takeOver() {
    const bool isKept = (entry_.stage->flags & WINNOW_DETERMINISTIC) != 0;
    const std::vector<std::uint8_t>& known = judged_.actions;
    if (!isKept || work_.review.answers.empty() || std::find(known.begin(), known.end(), 0) == known.end()) return;
    ledger::Ledger::Transaction keeping(work_.ledger);
    takeVerdicts(work_, {entry_, key_, judged_.declared}, context_.records, result_.in, result_.views,
                 [&](std::size_t i, const ledger::VerdictRow& row) {
                   if (judged_.actions[i] != 0) return;
                   take(i, row);
                   work_.ledger.addVerdict(result_.stage, row);
                   ++result_.takenOver;
                 });
    keeping.commit();
  }

  void take(std::size_t place, const ledger::VerdictRow& row) {
    if (row.reason != WINNOW_NONE && row.reason >= judged_.declared.size())
      throw ledger::Damaged("the ledger holds an answer that its plugin cannot give; delete it and run again");
    judged_.actions[place] = static_cast<std::uint8_t>(row.action);
    judged_.reasons[place] = row.reason;
  }

  void judgeRest(plugins::Instance& instance) {
    const std::vector<RecordId>& in = result_.in;
    for (std::size_t i = 0; i < in.size(); ++i) {
      if (judged_.actions[i] != 0) continue;
      ids_.push_back(in[i]);
      places_.push_back(i);
      if (ids_.size() < plugins::kRecordsAtOnce) continue;
      judgeBatch(instance);
      if (work_.progress) work_.progress(result_.step->label, i + 1, in.size());
    }
    judgeBatch(instance);
    if (transaction_) transaction_->commit();
  }

  void judgeBatch(plugins::Instance& instance) {
    if (ids_.empty()) return;
    const bool withRaw = (entry_.stage->flags & WINNOW_WANTS_RAW) != 0;
    const winnow_batch& batch = projection_.of(context_.views.merged(ids_, withRaw, extra_));
    if (!transaction_) transaction_.emplace(work_.ledger);
    std::vector<winnow_record> asked;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < ids_.size(); ++i) {
      if (takeLike(places_[i], batch.records[i])) continue;
      asked.push_back(batch.records[i]);
      places.push_back(places_[i]);
    }
    const winnow_batch rest{sizeof rest, 0, asked.data(), asked.size()};
    const std::vector<winnow_verdict>& verdicts = instance.process(rest);
    // A filter that was told to stop may have answered without thinking: such answers are no answers.
    io::stopIfCancelled();
    for (std::size_t i = 0; i < asked.size(); ++i) keep(places[i], verdicts[i], asked[i]);
    uncommitted_ += ids_.size();
    if (uncommitted_ >= kCommit) {
      transaction_->commitAndContinue();
      uncommitted_ = 0;
    }
    ids_.clear();
    places_.clear();
  }

  std::uint64_t seen(const winnow_record& record) const { return projection_.isWhole() ? 0 : projection_.seen(record); }

  /// The answer about another view of the record, where nothing changed that the filter reads. True if there is one.
  bool takeLike(std::size_t place, const winnow_record& record) {
    if (!recalled_ || projection_.isWhole()) return false;
    std::optional<ledger::VerdictRow> row = recalled_->like(place, seen(record));
    if (!row) return false;
    take(place, *row);
    row->view = result_.views[place];
    work_.ledger.addVerdict(result_.stage, *row);
    return true;
  }

  void keep(std::size_t place, const winnow_verdict& v, const winnow_record& record) {
    judged_.actions[place] = static_cast<std::uint8_t>(v.action);
    judged_.reasons[place] = v.reason;
    ++result_.fresh;
    work_.ledger.addVerdict(result_.stage,
                            {result_.in[place], result_.views[place], v.action, v.reason,
                             evidenceText(v, record, work_.tags), v.score, std::string(view(v.note)), seen(record)});
  }

  StepContext& context_;
  const Workspace& work_;
  StepResult& result_;
  const ExtraFields& extra_;
  const plugins::StageEntry& entry_;
  Projection projection_;
  plugins::Services services_;
  std::optional<RecalledAnswers> recalled_;
  Judged judged_;
  std::string key_;
  std::vector<RecordId> ids_;        ///< the batch to be judged next
  std::vector<std::size_t> places_;  ///< and its positions
  std::optional<ledger::Ledger::Transaction> transaction_;
  std::size_t uncommitted_ = 0;
};

}  // namespace

std::string evidenceText(const winnow_verdict& verdict, const winnow_record& record, const plugins::TagTable& tags) {
  std::string text;
  for (std::size_t i = 0; i < verdict.evidence_count; ++i) {
    const winnow_evidence& piece = verdict.evidence[i];
    const winnow_field& field = record.fields[piece.field];
    text += (i == 0 ? "" : "; ") + std::string(tags.name(field.tag)) + ": " +
            std::string(view(field.value).substr(piece.begin, piece.size));
    if (piece.label.size != 0) text += " (" + std::string(view(piece.label)) + ")";
  }
  return text;
}

io::Diagnostic located(const winnow_diagnostic& diagnostic, const Records& records) {
  io::Diagnostic d = unlocated(diagnostic);
  const auto id = static_cast<RecordId>(diagnostic.record);
  if (diagnostic.record == 0 || !records.isActive(id)) return d;
  const Home home = records.home(id);
  d.file = records.files()[home.file].row.name;
  d.line = home.line;
  d.column = 1;
  d.record = home.ordinal;
  return d;
}

Judged judge(StepContext& context, StepResult& result, const ExtraFields& extra) {
  return Judging(context, result, extra).run();
}

}  // namespace winnow::engine
