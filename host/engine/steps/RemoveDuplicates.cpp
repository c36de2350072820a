#include <winnow/plugin.hpp>

#include "AnswersElsewhere.hpp"
#include "Duplicates.hpp"
#include "Judging.hpp"
#include "StepContext.hpp"
#include "engine/people/PairDecisions.hpp"
#include "io/Cancel.hpp"

namespace winnow::engine {

namespace {

/// Lets the matcher find the pairs and stores them as they come: all of them or none.
ledger::Id storePairs(StepContext& context, StepResult& result, plugins::Instance& matcher, const MatchInput& input,
                      const std::string& hash) {
  const Workspace& work = context.work;
  ledger::Ledger::Transaction keeping(work.ledger);
  const ledger::Id pairing = work.ledger.addPairing(result.stage, hash);
  findPairs(matcher, input, work.tell, work.progressOf(result.step->label),
            [&](const ledger::PairRow& row) { work.ledger.addPair(pairing, row); });
  io::stopIfCancelled();
  keeping.commit();
  result.fresh = result.in.size();
  return pairing;
}

/// The pairs that the matcher found elsewhere in exactly these records, if it did.
std::optional<ledger::Id> storeTakenPairs(StepContext& context, StepResult& result, const AskingStage& stage,
                                          const std::string& hash) {
  const Workspace& work = context.work;
  const bool isKept = (stage.entry.stage->flags & WINNOW_DETERMINISTIC) != 0;
  if (!isKept || work.review.answers.empty()) return std::nullopt;
  ledger::Ledger::Transaction keeping(work.ledger);
  const ledger::Id pairing = work.ledger.addPairing(result.stage, hash);
  const bool isThere = takePairs(work, stage, context.records, result.in, hash, [&](const ledger::PairRow& row) {
    work.ledger.addPair(pairing, row);
    ++result.takenOver;
  });
  if (!isThere) return std::nullopt;
  keeping.commit();
  return pairing;
}

void pairUp(StepContext& context, StepResult& result, const MatchInput& input) {
  const config::Step& step = *result.step;
  const Workspace& work = context.work;
  const plugins::StageEntry& entry = work.stage(step.plugin);
  plugins::Services services(work.tags);
  services.onDiagnostic([&](const winnow_diagnostic& d) {
    work.tell(placedAtOption(located(d, context.records), d, work.review,
                             {*entry.stage, step.settings, step.optionAt, step.pluginAt}));
  });
  provideDocuments(services, work, *entry.stage, step.settings);
  plugins::Instance matcher(entry.stage, step.settings, services);
  ledger::Ledger::Transaction naming(work.ledger);
  const std::string key = stageKey(entry, step.settings, services.keepAsked());
  result.stage = work.ledger.stageId(key, step.plugin, std::string(view(entry.stage->version)),
                                     settingsText(*entry.stage, step.settings));
  std::vector<ledger::ReasonRow> rules;
  for (const plugins::Reason& r : matcher.reasons()) rules.push_back({r.code, r.label, r.action});
  work.ledger.setReasons(result.stage, rules);
  naming.commit();
  const std::string hash = context.hashes.singles(result.in);
  std::optional<ledger::Id> known = work.ledger.pairing(result.stage, hash);
  if (!known) known = storeTakenPairs(context, result, {entry, key, matcher.reasons()}, hash);
  result.merging->pairing = known ? *known : storePairs(context, result, matcher, input, hash);
  result.merging->pairs = work.ledger.pairs(result.merging->pairing);
  orderPairs(result.merging->pairs, result.in);
}

/// True if the step's reader confirmed all merges with a row '*'.
bool isConfirmed(StepContext& context, const config::Step& step) {
  bool confirmed = false;
  for (const SheetRow& row : readSheets(context.work, step.decisions, step.decisionNames)) {
    if (row.cell("record") != "*") continue;
    const bool isReader = !step.readers.empty() && step.readers.front().reviewer == row.cell("reviewer");
    const std::string word = plainName(row.cell("decision"));
    if (isReader && (word == "confirm" || word == kTakenBack)) {
      confirmed = word == "confirm";
    } else {
      tellRow(context.work, io::Severity::Warning, row, "duplicates.batch-word",
              "'*' in a duplicates step is the word 'confirm' of its reader, not '" + word + "' of '" +
                  std::string(row.cell("reviewer")) + "'",
              "the row was left out", "decision");
    }
  }
  return confirmed;
}

}  // namespace

void removeDuplicates(StepContext& context, StepResult& result) {
  const config::Step& step = *result.step;
  const bool withRaw = (context.work.stage(step.plugin).stage->flags & WINNOW_WANTS_RAW) != 0;
  const MatchInput input{
      result.in, [&](RecordId id) { return context.records.wave(id); },
      [&](RecordId id) { return context.records.content(id); },
      [&](const std::vector<RecordId>& ids) -> const winnow_batch& { return context.views.single(ids, withRaw); }};
  result.merging.emplace();
  pairUp(context, result, input);
  result.merging->recordsIn = result.in.size();
  const std::vector<PairDecision> said = readPairDecisions(context.work, step, context.references);
  result.merging->decided = said.size();
  std::vector<RecordId> representative = cluster(input, result.merging->pairs, said, context.records.idLimit());
  for (const RecordId id : context.records.order())
    if (representative[id] == 0) representative[id] = id;  // left the review in an earlier step
  context.clusters.assign(std::move(representative));
  std::vector<RecordId> kept;
  for (const RecordId id : result.in)
    if (context.clusters.representative(id) == id) kept.push_back(id);
  result.merging->recordsOut = kept.size();
  if (step.mode == config::Mode::Confirm && !isConfirmed(context, step))
    result.merging->unconfirmed = result.merging->recordsIn - kept.size();
  result.in = std::move(kept);
  result.outcomes.assign(result.in.size(), {});
}

}  // namespace winnow::engine
