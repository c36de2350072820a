#include "Judging.hpp"
#include "StepContext.hpp"
#include "engine/people/Reasons.hpp"
#include "engine/people/RowProblems.hpp"

namespace winnow::engine {

namespace {

/// "not-english" of "language.not-english".
std::string_view withoutPlugin(std::string_view code) { return code.substr(code.find('.') + 1); }

/// The declared reason that a person's words name, by code or label; null: none.
const plugins::Reason* named(const std::vector<plugins::Reason>& declared, const std::string& words,
                             std::uint32_t action) {
  const std::string plain = plainName(words);
  for (const plugins::Reason& r : declared) {
    const std::string_view code = r.code;
    if (r.action == action && (plainName(r.label) == plain || plain == code || plain == withoutPlugin(code))) return &r;
  }
  return nullptr;
}

/// A remove step with a filter.
class MachineRemoval {
 public:
  MachineRemoval(StepContext& context, StepResult& result)
      : context_(context),
        result_(result),
        judged_(judge(context, result)),
        reasons_(context.work.review, *result.step),
        reader_(result.step->readers.empty() ? std::string() : result.step->readers.front().reviewer),
        problems_(context.work) {
    for (const plugins::Reason& r : judged_.declared)
      if (r.action == WINNOW_DROP) result_.reasonIndex(r.label);
  }

  void run() {
    for (std::size_t i = 0; i < result_.in.size(); ++i) {
      result_.outcomes[i] = outcome(i);
      result_.outcomes[i].proposed = judged_.actions[i];
    }
    problems_.report();
  }

 private:
  Outcome outcome(std::size_t i) {
    const RecordId id = result_.in[i];
    if (result_.said.unsettled.contains({id, reader_})) return waiting(id);
    if (const Decision* word = result_.said.word(id, reader_); word != nullptr && word->value != "confirm")
      return decided(i, *word);
    const plugins::Reason* proposed = judged_.reason(i);
    switch (judged_.actions[i]) {
      case WINNOW_DROP:
        return proposedOut(i, *proposed);
      case WINNOW_UNSURE:
        return waitingIf(result_.undecided(result_.reasonIndex(proposed->label), Actor::Machine), id);
      case WINNOW_WAIT:
        return waiting(id);
      default:
        return {};
    }
  }

  Outcome decided(std::size_t i, const Decision& word) {
    const RecordId id = result_.in[i];
    if (word.value == "include") return {Fate::Kept, Actor::Person};
    if (word.value == "maybe") return waitingIf(result_.undecided(Outcome::kNone, Actor::Person), id);
    const bool drops = judged_.actions[i] == WINNOW_DROP;
    const plugins::Reason* given =
        word.reason.empty() && drops ? judged_.reason(i) : named(judged_.declared, word.reason, WINNOW_DROP);
    if (given != nullptr) return excluded(given->label);
    if (const auto own = reasons_.idOf(word.reason)) return excluded(*own);
    problems_.warn(
        placeOf(word), "decisions.unknown-reason",
        (word.reason.empty() ? "an exclusion without a reason in" : "'" + word.reason + "' is no reason of") +
            (" the step '" + result_.step->label + "'") + reasons_.hint(word.reason, filtersReasons()),
        "the record waits until the reason is one of the step's", "reason");
    return waiting(id);
  }
  Outcome excluded(const std::string& reason) { return {Fate::Excluded, Actor::Person, result_.reasonIndex(reason)}; }

  std::vector<std::string> filtersReasons() const {
    std::vector<std::string> names;
    for (const plugins::Reason& r : judged_.declared)
      if (r.action == WINNOW_DROP) names.emplace_back(withoutPlugin(r.code));
    return names;
  }

  Outcome proposedOut(std::size_t i, const plugins::Reason& proposed) {
    const RecordId id = result_.in[i];
    const Decision* word = result_.said.word(id, reader_);  // "confirm", or nothing
    const bool confirmed = word != nullptr || result_.said.confirmed.contains(context_.records.wave(id));
    const std::uint32_t reason = result_.reasonIndex(proposed.label);
    if (confirmed) return {Fate::Excluded, Actor::Person, reason};
    if (result_.step->mode != config::Mode::Confirm) return {Fate::Excluded, Actor::Machine, reason};
    result_.wait(reader_, id);
    return {Fate::Waiting, Actor::Machine, reason};
  }

  Outcome waiting(RecordId id) {
    result_.wait(reader_, id);
    return {Fate::Waiting};
  }
  Outcome waitingIf(Outcome outcome, RecordId id) {
    if (outcome.fate == Fate::Waiting) result_.wait(reader_, id);
    return outcome;
  }

  StepContext& context_;
  StepResult& result_;
  const Judged judged_;
  const Reasons reasons_;
  const std::string reader_;
  RowProblems problems_;
};

}  // namespace

void removeByMachine(StepContext& context, StepResult& result) { MachineRemoval(context, result).run(); }

void removeByPeople(StepContext& context, StepResult& result) {
  const std::string& reader = result.step->readers.front().reviewer;
  const std::uint32_t own = result.reasonIndex(result.step->label);
  const Reasons reasons(context.work.review, *result.step);
  RowProblems problems(context.work);
  const auto excluded = [&](const Decision& word) -> Outcome {
    if (word.reason.empty()) return {Fate::Excluded, Actor::Person, own};
    if (const auto id = reasons.idOf(word.reason)) return {Fate::Excluded, Actor::Person, result.reasonIndex(*id)};
    if (result.step->reasons.empty()) return {Fate::Excluded, Actor::Person, own};  // a remark
    problems.warn(placeOf(word), "decisions.unknown-reason",
                  "'" + word.reason + "' is no reason at '" + result.step->label + "'" + reasons.hint(word.reason),
                  "the record waits", "reason");
    return {Fate::Waiting};
  };
  for (std::size_t i = 0; i < result.in.size(); ++i) {
    const RecordId id = result.in[i];
    Outcome& outcome = result.outcomes[i];
    const Decision* word = result.said.word(id, reader);
    if (word == nullptr || result.said.unsettled.contains({id, reader}))
      outcome = {Fate::Waiting};
    else if (word->value == "exclude")
      outcome = excluded(*word);
    else if (word->value == "maybe")
      outcome = result.undecided(own, Actor::Person);
    else
      outcome = {Fate::Kept, Actor::Person};
    if (outcome.fate == Fate::Waiting) result.wait(reader, id);
  }
  problems.report();
}

}  // namespace winnow::engine
