#include <algorithm>
#include <set>

#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

#include "Judging.hpp"
#include "Samples.hpp"
#include "StepContext.hpp"
#include "engine/people/Reasons.hpp"
#include "engine/people/RowProblems.hpp"

namespace winnow::engine {

namespace {

constexpr std::uint16_t kFirstGroup = 20000;  // above every group an importer gives
constexpr std::string_view kNotRetrieved = ".not-retrieved";

bool endsOn(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

class ScreeningRun {
 public:
  ScreeningRun(StepContext& context, StepResult& result)
      : result_(result),
        problems_(context.work),
        reasons_(context.work.review, *result.step),
        readers_(assignReaders(context, result)),
        judged_(
            judge(context, result, [this](RecordId id, std::vector<ExtraField>& fields) { addVotes(id, fields); })) {}

  void run() {
    for (std::size_t i = 0; i < result_.in.size(); ++i) result_.outcomes[i] = outcome(i);
    reportUnneeded();
    problems_.report();
  }

 private:
  const std::vector<std::string>& readersOf(RecordId id) const {
    static const std::vector<std::string> kNobody;
    const auto found = readers_.of.find(id);
    return found == readers_.of.end() ? kNobody : found->second;
  }

  /// The reason that a person's words name; the words themselves if none.
  std::string reasonOf(const std::string& words) const { return reasons_.idOf(words).value_or(words); }

  void addVotes(RecordId id, std::vector<ExtraField>& fields) const {
    const std::vector<std::string>& readers = readersOf(id);
    for (const std::string& reader : readers) fields.push_back({tags::kVoteAssigned, reader, 0});
    std::uint16_t group = kFirstGroup;
    for (const std::string& reader : readers) {
      const Decision* vote = result_.said.word(id, reader);
      if (vote == nullptr || result_.said.unsettled.contains({id, reader})) continue;
      ++group;
      fields.push_back({tags::kVoteReviewer, vote->reviewer, group});
      fields.push_back({tags::kVoteDecision, vote->value, group});
      fields.push_back({tags::kVoteReason, reasonOf(vote->reason), group});
      fields.push_back({tags::kVoteNote, vote->note, group});
    }
    const Resolution* joint = result_.said.resolution(id);
    if (joint == nullptr) return;
    ++group;
    for (const std::string& name : joint->by) fields.push_back({tags::kResolutionBy, name, group});
    fields.push_back({tags::kResolutionDecision, joint->value, group});
    fields.push_back({tags::kResolutionReason, reasonOf(joint->reason), group});
  }

  Outcome outcome(std::size_t i) {
    const RecordId id = result_.in[i];
    const auto undrawn = readers_.undrawn.find(id);
    if (undrawn != readers_.undrawn.end() || judged_.actions[i] == WINNOW_WAIT) return waiting(i);
    const plugins::Reason* reason = judged_.reason(i);
    switch (judged_.actions[i]) {
      case WINNOW_DROP:
        return excluded(i, *reason);
      case WINNOW_UNSURE:
        return result_.undecided(result_.reasonIndex(reason->label), Actor::Person);
      default:
        return {Fate::Kept, Actor::Person};
    }
  }

  Outcome excluded(std::size_t i, const plugins::Reason& reason) {
    const RecordId id = result_.in[i];
    if (endsOn(reason.code, kNotRetrieved) && result_.step->read == config::Reading::FullText)
      return {Fate::NotRetrieved, Actor::Person, result_.reasonIndex(reason.label)};
    if (!areReasonsGiven(id)) return {Fate::Waiting, Actor::Person};
    const std::vector<std::string> given = reasonsOf(id);
    const Resolution* joint = result_.said.resolution(id);
    if (given.size() > 1 && joint == nullptr) {
      result_.screening->differingReasons.push_back(i);
      if (result_.step->differingReasons == config::DifferingReasons::ResolvedTogether) {
        result_.screening->conflicts.push_back(i);
        return {Fate::Waiting, Actor::Person};
      }
    }
    const bool isJoint = joint != nullptr && joint->value == "exclude" && !joint->reason.empty();
    if (isJoint && !isGoodReason(joint->reason)) {
      reportReason(placeOf(*joint), joint->reason);
      return {Fate::Waiting, Actor::Person};
    }
    const std::string counted = isJoint ? reasonOf(joint->reason) : given.empty() ? reason.label : given.front();
    return {Fate::Excluded, Actor::Person, result_.reasonIndex(counted)};
  }

  /// The different reasons of the readers who exclude, the first reader's first; who names none adds none. Without
  /// criteria reasons are remarks.
  std::vector<std::string> reasonsOf(RecordId id) const {
    std::vector<std::string> given;
    if (reasons_.isEmpty()) return given;
    for (const std::string& reader : readersOf(id)) {
      const Decision* vote = result_.said.word(id, reader);
      if (vote == nullptr || vote->value != "exclude" || vote->reason.empty()) continue;
      if (std::string reason = reasonOf(vote->reason); std::find(given.begin(), given.end(), reason) == given.end())
        given.push_back(std::move(reason));
    }
    return given;
  }

  /// Every reader's exclusion names a reason where it must; those that do not are reported with their row.
  bool areReasonsGiven(RecordId id) {
    bool all = true;
    for (const std::string& reader : readersOf(id)) {
      const Decision* vote = result_.said.word(id, reader);
      if (vote == nullptr || vote->value != "exclude" || isGoodReason(vote->reason)) continue;
      reportReason(placeOf(*vote), vote->reason);
      result_.wait(reader, id);
      all = false;
    }
    return all;
  }

  /// Who has to do what so that the record waits no more.
  Outcome waiting(std::size_t i) {
    const RecordId id = result_.in[i];
    bool allVoted = !readersOf(id).empty();
    for (const std::string& reader : readersOf(id)) {
      if (result_.said.word(id, reader) != nullptr && !result_.said.unsettled.contains({id, reader})) continue;
      result_.wait(reader, id);
      allVoted = false;
    }
    if (allVoted && !readers_.undrawn.contains(id)) whyItWaits(i);
    return {Fate::Waiting, Actor::Person};
  }

  /// All have voted: they differ, or a reason is missing or unknown.
  void whyItWaits(std::size_t i) {
    const RecordId id = result_.in[i];
    std::set<std::string> words;
    for (const std::string& reader : readersOf(id)) words.insert(result_.said.word(id, reader)->value);
    const Resolution* joint = result_.said.resolution(id);
    if (words.size() > 1 && joint == nullptr) {
      result_.screening->conflicts.push_back(i);
      return;
    }
    if (joint != nullptr && joint->value == "exclude")
      reportReason(placeOf(*joint), joint->reason);
    else
      areReasonsGiven(id);
  }

  bool isGoodReason(const std::string& words) const {
    if (reasons_.isEmpty()) return true;
    return words.empty() ? !result_.step->reasonRequired : reasons_.idOf(words).has_value();
  }

  void reportReason(const SheetRow& row, const std::string& words) {
    if (isGoodReason(words)) return;
    problems_.warn(row, words.empty() ? "decisions.no-reason" : "decisions.unknown-reason",
                   words.empty()
                       ? "an exclusion at '" + result_.step->label + "' names no reason" + reasons_.hint(words)
                       : "'" + words + "' is no reason at '" + result_.step->label + "'" + reasons_.hint(words),
                   "the record waits", "reason");
  }

  /// Joint decisions on records about which nobody differed count for nothing.
  void reportUnneeded() {
    for (const auto& [id, joint] : result_.said.resolutions) {
      if (joint.value == kTakenBack || joint.isRemembered) continue;
      std::set<std::string> words;
      bool allVoted = true;
      for (const std::string& reader : readersOf(id)) {
        const Decision* vote = result_.said.word(id, reader);
        allVoted = allVoted && vote != nullptr;
        if (vote != nullptr) words.insert(vote->value);
      }
      if (!allVoted || words.size() != 1 || *words.begin() == joint.value) continue;
      problems_.warn(
          placeOf(joint), "decisions.nothing-to-resolve",
          "the readers agree on '" + *words.begin() + "', so the joint decision '" + joint.value + "' has no effect",
          "change the readers' own rows, or take this one away");
    }
  }

  StepResult& result_;
  RowProblems problems_;
  const Reasons reasons_;
  const Readers readers_;
  const Judged judged_;
};

}  // namespace

void screen(StepContext& context, StepResult& result) { ScreeningRun(context, result).run(); }

}  // namespace winnow::engine
