#include "Annotate.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include <winnow/plugin.hpp>

#include "Judging.hpp"
#include "RecalledAnswers.hpp"
#include "engine/records/Projection.hpp"
#include "io/Cancel.hpp"
#include "io/Error.hpp"

namespace winnow::engine {

namespace {

/// One annotator over some records.
class Annotating {
 public:
  Annotating(StepContext& context, const config::StageUse& use, const std::vector<RecordId>& ids)
      : context_(context),
        work_(context.work),
        use_(use),
        entry_(work_.stage(use.plugin)),
        ids_(ids),
        projection_(*entry_.stage, work_.tags),
        services_(work_.tags),
        answers_(ids.size()) {
    services_.onDiagnostic([this](const winnow_diagnostic& d) {
      work_.tell(placedAtOption(located(d, context_.records), d, work_.review,
                                {*entry_.stage, use_.settings, use_.optionAt, use_.at}));
    });
    provideDocuments(services_, work_, *entry_.stage, use_.settings);
  }

  /// What each record was given, parallel to the ids.
  std::vector<std::vector<AnnotatedField>> run() {
    plugins::Instance instance(entry_.stage, use_.settings, services_);
    ledger::Ledger::Transaction naming(work_.ledger);
    stage_ = work_.ledger.stageId(stageKey(entry_, use_.settings, services_.keepAsked()), use_.plugin,
                                  std::string(view(entry_.stage->version)), settingsText(*entry_.stage, use_.settings));
    naming.commit();
    std::vector<std::uint64_t> views;
    for (const RecordId id : ids_) views.push_back(context_.hashes.merged(id));
    std::vector<bool> isKnown(ids_.size());
    const bool isKept = (entry_.stage->flags & WINNOW_DETERMINISTIC) != 0;
    const RecalledAnswers recalled(work_.ledger, stage_, context_.records, isKept ? ids_ : nobody_, views,
                                   [&](std::size_t i, const ledger::VerdictRow& row) {
                                     answers_[i] = annotationsFrom(row.note, use_.plugin);
                                     isKnown[i] = true;
                                   });
    ledger::Ledger::Transaction keeping(work_.ledger);
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < ids_.size(); ++i) {
      if (!isKnown[i]) places.push_back(i);
      if (places.size() == plugins::kRecordsAtOnce) ask(instance, recalled, views, places);
    }
    ask(instance, recalled, views, places);
    keeping.commit();
    return std::move(answers_);
  }

 private:
  void ask(plugins::Instance& instance, const RecalledAnswers& recalled, const std::vector<std::uint64_t>& views,
           std::vector<std::size_t>& places) {
    if (places.empty()) return;
    std::vector<RecordId> batchIds;
    for (const std::size_t place : places) batchIds.push_back(ids_[place]);
    const bool withRaw = (entry_.stage->flags & WINNOW_WANTS_RAW) != 0;
    const winnow_batch& batch = projection_.of(context_.views.merged(batchIds, withRaw));
    std::vector<winnow_record> asked;
    std::vector<std::size_t> askedPlaces;
    for (std::size_t i = 0; i < places.size(); ++i) {
      const std::uint64_t seen = projection_.isWhole() ? 0 : projection_.seen(batch.records[i]);
      if (const auto row = recalled.like(places[i], seen)) {
        answers_[places[i]] = annotationsFrom(row->note, use_.plugin);
        keep(places[i], views[places[i]], seen);
        continue;
      }
      asked.push_back(batch.records[i]);
      askedPlaces.push_back(places[i]);
    }
    const winnow_batch rest{sizeof rest, 0, asked.data(), asked.size()};
    for (plugins::Annotation& given : instance.annotate(rest)) {
      const std::string rule(given.rule == 0 ? std::string_view() : work_.tags.name(given.rule));
      answers_[askedPlaces[given.place]].push_back({std::string(work_.tags.name(given.tag)), std::move(given.value),
                                                    rule, std::move(given.evidence), use_.plugin});
    }
    io::stopIfCancelled();
    for (std::size_t i = 0; i < askedPlaces.size(); ++i)
      keep(askedPlaces[i], views[askedPlaces[i]], projection_.isWhole() ? 0 : projection_.seen(asked[i]));
    if (work_.progress) work_.progress(use_.plugin, places.back() + 1, ids_.size());
    places.clear();
  }

  void keep(std::size_t place, std::uint64_t view, std::uint64_t seen) {
    work_.ledger.addVerdict(
        stage_, {ids_[place], view, WINNOW_KEEP, WINNOW_NONE, {}, std::nan(""), annotationText(answers_[place]), seen});
  }

  StepContext& context_;
  const Workspace& work_;
  const config::StageUse& use_;
  const plugins::StageEntry& entry_;
  const std::vector<RecordId>& ids_;
  const std::vector<RecordId> nobody_{};  ///< an annotator that may answer otherwise next time is asked every time
  Projection projection_;
  plugins::Services services_;
  std::vector<std::vector<AnnotatedField>> answers_;
  ledger::Id stage_ = 0;
};

}  // namespace

void annotate(StepContext& context, const std::vector<RecordId>& ids) {
  if (context.work.review.annotators.empty()) return;
  std::vector<RecordId> fresh;
  for (const RecordId id : ids)
    if (!context.annotations.isComplete(id)) fresh.push_back(id);
  for (const config::StageUse& use : context.work.review.annotators) {
    auto answers = Annotating(context, use, fresh).run();
    for (std::size_t i = 0; i < fresh.size(); ++i) context.annotations.add(fresh[i], std::move(answers[i]));
  }
}

}  // namespace winnow::engine
