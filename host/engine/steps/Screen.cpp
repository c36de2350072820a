#include <algorithm>
#include <set>

#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

#include "Judging.hpp"
#include "Samples.hpp"
#include "StepContext.hpp"
#include "config/Nearest.hpp"
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
      : context_(context),
        result_(result),
        problems_(context.work),
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

  /// The criterion that a person's words name, by id or text, without case; the words themselves if none.
  std::string criterion(const std::string& words) const {
    const std::string plain = plainName(words);
    for (const config::Criterion& c : context_.work.review.criteria)
      if (plainName(c.id) == plain || plainName(c.text) == plain) return c.id;
    return words;
  }

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
      fields.push_back({tags::kVoteReason, criterion(vote->reason), group});
      fields.push_back({tags::kVoteNote, vote->note, group});
    }
    const Resolution* joint = result_.said.resolution(id);
    if (joint == nullptr) return;
    ++group;
    for (const std::string& name : joint->by) fields.push_back({tags::kResolutionBy, name, group});
    fields.push_back({tags::kResolutionDecision, joint->value, group});
    fields.push_back({tags::kResolutionReason, criterion(joint->reason), group});
  }

  Outcome outcome(std::size_t i) {
    const RecordId id = result_.in[i];
    const auto undrawn = readers_.undrawn.find(id);
    if (undrawn != readers_.undrawn.end() || judged_.actions[i] == WINNOW_WAIT) return waiting(i);
    const plugins::Reason* reason = judged_.reason(i);
    switch (judged_.actions[i]) {
      case WINNOW_DROP:
        if (endsOn(reason->code, kNotRetrieved) && result_.step->read == config::Reading::FullText)
          return {Fate::NotRetrieved, Actor::Person, result_.reasonIndex(reason->label)};
        return {Fate::Excluded, Actor::Person, result_.reasonIndex(reason->label)};
      case WINNOW_UNSURE:
        return result_.undecided(result_.reasonIndex(reason->label), Actor::Person);
      default:
        return {Fate::Kept, Actor::Person};
    }
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
    if (joint != nullptr && joint->value == "exclude") {
      reportReason(joint->file, joint->line, joint->reason);
      return;
    }
    for (const std::string& reader : readersOf(id)) {
      const Decision* vote = result_.said.word(id, reader);
      if (vote->value != "exclude" || isKnownReason(vote->reason)) continue;
      reportReason(vote->file, vote->line, vote->reason);
      result_.wait(reader, id);
    }
  }

  bool isKnownReason(const std::string& words) const {
    const std::string given = criterion(words);
    return std::any_of(judged_.declared.begin(), judged_.declared.end(), [&](const plugins::Reason& r) {
      return r.action == WINNOW_DROP && (r.label == given || r.code == given);
    });
  }

  void reportReason(const std::string& file, std::uint32_t line, const std::string& words) {
    if (isKnownReason(words)) return;
    std::vector<std::string> known;
    for (const config::Criterion& c : context_.work.review.criteria) known.push_back(c.id);
    std::string list;
    for (const std::string& id : known) list += (list.empty() ? "" : ", ") + id;
    problems_.warn({file, line, {}}, words.empty() ? "decisions.no-reason" : "decisions.unknown-reason",
                   words.empty() ? "an exclusion without its criterion in '" + result_.step->label + "'"
                                 : "'" + words + "' is no criterion of this review" + config::didYouMean(words, known),
                   "the record waits; write one of: " + list);
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
          {joint.file, joint.line, {}}, "decisions.nothing-to-resolve",
          "the readers agree on '" + *words.begin() + "', so the joint decision '" + joint.value + "' has no effect",
          "change the readers' own rows, or take this one away");
    }
  }

  StepContext& context_;
  StepResult& result_;
  RowProblems problems_;
  const Readers readers_;
  const Judged judged_;
};

}  // namespace

void screen(StepContext& context, StepResult& result) { ScreeningRun(context, result).run(); }

}  // namespace winnow::engine
