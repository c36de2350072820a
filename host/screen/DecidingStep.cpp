#include "DecidingStep.hpp"

#include <algorithm>

#include <winnow/abi.h>

#include "Words.hpp"
#include "engine/people/Reasons.hpp"
#include "engine/steps/ReadingOrder.hpp"
#include "io/Error.hpp"

namespace winnow::screen {

namespace {

using config::Verb;

/// A word without a time in another file: the engine cannot tell that what the page writes is later.
std::string whyFixed(const engine::Decision& word, const std::filesystem::path& file) {
  std::vector<const engine::Decision*> all{&word};
  for (const engine::Decision& earlier : word.earlier) all.push_back(&earlier);
  for (const engine::Decision* one : all)
    if (!one->time && !one->isRemembered && std::filesystem::path(one->file).filename() != file.filename())
      return "this decision stands in " + one->file + ", row " + std::to_string(one->row == 0 ? one->line : one->row) +
             ", without a time; change it there, or give that row a time";
  return {};
}

}  // namespace

DecidingStep::DecidingStep(const engine::Workspace& work, const engine::StepResult& step,
                           const engine::Evaluation& evaluation, std::string reader, DecisionFile* file,
                           ReadingStep* before)
    : ReadingStep(*step.step, evaluation, engine::givenTo(step, reader), file),
      work_(work),
      result_(step),
      reader_(std::move(reader)) {
  for (std::size_t i = 0; i < size(); ++i) set(i, said(i));
  follow(evaluation, before);
}

Kind DecidingStep::kind() const noexcept {
  if (step().verb == Verb::Map) return Kind::Map;
  return step().verb == Verb::Screen && step().read == config::Reading::FullText ? Kind::FullText : Kind::Screen;
}

// ---- the order of reading

void DecidingStep::follow(const engine::Evaluation& evaluation, ReadingStep* before) {
  if (!result_.screening || !engine::hasOrder(step()) || ids().empty()) return;
  engine::ReadSoFar reading = engine::readSoFar(evaluation, result_, reader_);
  for (const engine::DecidedRecord& one : reading.read) read_.push_back(placeOf(one.record));
  untimed_ = reading.untimed;
  const std::vector<engine::RecordId> byChance =
      engine::byChance(evaluation.records(), evaluation.clusters(), step(), ids());
  for (const engine::RecordId id : byChance) byChance_.push_back(placeOf(id));
  learner_ = std::make_unique<Learner>(learning(evaluation));
  learner_->ask(std::move(reading));
  if (before != nullptr) {
    before->update();
    if (before->learned() != nullptr) return adopt(*before->learned());
  }
  if (read_.empty()) return arrange(byChance);  // nothing to learn from yet
  if (auto first = learner_->await()) {
    if (!first->fault.empty()) throw Error(first->fault);
    adopt(std::move(*first));
  }
}

/// The work holds what it needs and nothing that a decision changes.
Learner::Work DecidingStep::learning(const engine::Evaluation& evaluation) const {
  std::shared_ptr<engine::ReadingOrder> ranker;
  if (step().order) {
    engine::Views views(work_.review, work_.ledger, evaluation.records(), evaluation.clusters(), work_.tags,
                        &evaluation.annotations());
    ranker = std::make_shared<engine::ReadingOrder>(work_, *step().order, views, ids());
    ranker->holdDiagnostics();
  }
  return [ranker, &step = step(), notYet = engine::whyNotYet(evaluation, result_)](const engine::ReadSoFar& reading) {
    Learned learned;
    std::map<engine::RecordId, bool> labels;
    for (const engine::DecidedRecord& one : reading.read) labels.emplace(one.record, one.isRelevant);
    if (engine::isOrderedByHash(step))
      learned.order = reading.byChance;  // all of it: what was read keeps its place
    else if (engine::isByChance(step, labels.size()))
      learned.order = engine::openOf(reading.byChance, labels);
    else
      for (const engine::NextRecord& next : ranker->after(labels)) learned.order.push_back(next.record);
    if (ranker) learned.said = ranker->takeHeld();
    engine::ReaderRecall recall;
    if (notYet.empty())
      recall = engine::certified(reading, step.randomFrom);
    else
      recall.why = notYet;
    learned.recall = engine::textOf(recall);
    return learned;
  };
}

engine::ReadSoFar DecidingStep::readSoFar() const {
  engine::ReadSoFar reading;
  reading.untimed = untimed_;
  for (const std::size_t position : byChance_)
    if (own(position).decision != "not retrieved") reading.byChance.push_back(id(position));
  for (const std::size_t position : read_) reading.read.push_back({id(position), own(position).decision != "exclude"});
  return reading;
}

/// A record that was read before keeps its turn when the reader thinks again.
void DecidingStep::noteWord(std::size_t position) {
  if (!learner_) return;  // not yet, or there is no order
  const Own& word = own(position);
  const bool isRead = !word.isEmpty() && word.decision != "not retrieved";
  const auto known = std::find(read_.begin(), read_.end(), position);
  if (isRead && known == read_.end()) read_.push_back(position);
  if (!isRead && known != read_.end()) read_.erase(known);
  if (isLearningDue(read_.size())) learner_->ask(readSoFar());
}

void DecidingStep::adopt(Learned learned) {
  for (const io::Diagnostic& one : std::exchange(learned.said, {})) work_.tell(one);
  if (learned.fault.empty()) {
    arrange(learned.order);
    learned_ = std::move(learned);
    return;
  }
  io::Diagnostic warning;
  warning.severity = io::Severity::Warning;
  warning.code = "screen.order";
  warning.message = "there is no new order for " + reader_ + " in '" + step().label + "': " + learned.fault;
  warning.action = "the records come in the order from before";
  work_.tell(warning);
}

void DecidingStep::update() {
  if (!learner_) return;
  if (auto newest = learner_->take()) adopt(std::move(*newest));
}

void DecidingStep::settle() {
  if (!learner_) return;
  if (auto last = learner_->await()) adopt(std::move(*last));
}

std::string DecidingStep::proposalOf(std::size_t position) const {
  const auto place = result_.find(id(position));
  const std::uint32_t proposed = place ? result_.outcomes[*place].proposed : engine::Outcome::kNone;
  if (step().verb != Verb::Remove || step().plugin.empty() || proposed == engine::Outcome::kNone) return {};
  return proposed == WINNOW_DROP ? "exclude" : proposed == WINNOW_KEEP ? "keep" : "undecided";
}

// ---- what the reader said

Own DecidingStep::said(std::size_t place) const {
  Own own;
  const engine::RecordId record = id(place);
  own.labels = labelsOf(place);
  if (result_.said.unsettled.contains({record, reader_})) {
    own.why =
        "two files say different things of this record, and nothing tells which is later; delete the row that "
        "does not count ('winnow run' names both)";
    return own;
  }
  if (const engine::Decision* word = result_.said.written(record, reader_))
    readWord(*word, result_.said.word(record, reader_) != nullptr, own);
  return own;
}

void DecidingStep::readWord(const engine::Decision& word, bool isDecided, Own& own) const {
  own.note = word.note;
  own.reason = word.reason;
  if (!isDecided) return;  // a note, or words that are no decision
  own.why = file() == nullptr ? std::string() : whyFixed(word, file()->path());
  if (kind() == Kind::Map) {
    if (word.value != "confirm") own.categories = listIn(word.value);
    if (own.categories.empty()) own.decision = "include";  // confirmed as the filter proposed
    return;
  }
  own.decision = word.value == "maybe" ? "undecided" : word.value == "confirm" ? "exclude" : word.value;
  if (own.decision == "exclude")
    own.reason = engine::Reasons(work_.review, step()).idOf(word.reason).value_or(word.reason);
}

Own DecidingStep::ownOf(const Change& change) const {
  Own own;
  own.decision = change.decision;
  if (change.decision == "exclude") own.reason = change.reason;
  own.note = change.note;
  own.labels = change.labels;
  own.categories = change.categories;
  return own;
}

std::string DecidingStep::wordOf(const Own& own) const { return own.decision == "undecided" ? "maybe" : own.decision; }

// ---- what a change must be

Faults DecidingStep::faults(std::size_t position, const Change& change) const {
  Faults faults;
  const auto add = [&](const char* part, std::string why) {
    if (!why.empty()) faults.emplace(part, std::move(why));
  };
  const bool isMap = kind() == Kind::Map;
  if (isMap && !change.decision.empty()) add("decision", "a record gets a category here, no decision");
  if (isMap) add("categories", categoryFault(change));
  if (!change.answers.empty()) add("answers", "this step has no form");
  if (!isMap && !change.categories.empty()) add("categories", "this step has no categories");
  if (change.decision == "not retrieved" && kind() != Kind::FullText)
    add("decision", "only a full text can be 'not retrieved'");
  if (change.decision.empty() && change.categories.empty() && !own(position).isEmpty())
    add(isMap ? "categories" : "decision", "there is a decision; take it back (undo) to have none");
  if (change.decision == "exclude") add("reason", reasonFault(position, change));
  return faults;
}

std::string DecidingStep::categoryFault(const Change& change) const {
  const std::vector<std::string>& known = result_.mapping->categories;
  for (const std::string& category : change.categories)
    if (std::find(known.begin(), known.end() - 1, category) == known.end() - 1)
      return "'" + category + "' is no category of this step";
  return change.categories.size() > 1 && !step().severalCategories ? "a record has one category here" : std::string();
}

std::string DecidingStep::reasonFault(std::size_t position, const Change& change) const {
  const engine::Reasons reasons(work_.review, step());
  if (step().verb == Verb::Remove && !step().plugin.empty()) {
    const auto place = result_.find(id(position));
    const bool isProposed = place && result_.outcomes[*place].proposed == WINNOW_DROP;
    if (change.reason.empty())
      return isProposed ? std::string() : "an exclusion that was not proposed names its reason";
    return hasWord(result_.reasons, change.reason) ? std::string() : "'" + change.reason + "' is no reason here";
  }
  if (step().verb == Verb::Remove) {
    const bool isAny = change.reason.empty() || step().reasons.empty() || reasons.idOf(change.reason);
    return isAny ? std::string() : "'" + change.reason + "' is no reason here";
  }
  if (reasons.isEmpty()) return {};
  if (change.reason.empty()) return step().reasonRequired ? "an exclusion names its reason here" : std::string();
  return reasons.idOf(change.reason) ? std::string() : "'" + change.reason + "' is no reason here";
}

}  // namespace winnow::screen
