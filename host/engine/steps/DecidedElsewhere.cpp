#include "DecidedElsewhere.hpp"

#include <algorithm>
#include <tuple>

#include "engine/people/DecisionMemory.hpp"
#include "io/Listed.hpp"

namespace winnow::engine {

namespace {

/// Where records of earlier steps ended: position of the step, and its fate for them.
class Ends {
 public:
  Ends(const StepContext& context, const StepResult& result) : byRecord_(context.records.idLimit(), {kNowhere, {}}) {
    for (std::uint32_t s = 0; s < context.earlier.size(); ++s) {
      const StepResult& step = context.earlier[s];
      for (std::size_t i = 0; i < step.in.size(); ++i)
        if (!goesOn(step.outcomes[i].fate)) byRecord_[step.in[i]] = {s, step.outcomes[i].fate};
    }
    for (const RecordId id : result.in) byRecord_[id].step = kNowhere;
  }
  /// Adds the word if its work ended before.
  void add(RecordId work, RecordId named, const SheetRow& place, std::string by, const std::string& value,
           std::vector<DecidedElsewhere>& list) const {
    if (byRecord_[work].step != kNowhere)
      list.push_back({named, place, std::move(by), value, byRecord_[work].step, byRecord_[work].fate});
  }

 private:
  static constexpr std::uint32_t kNowhere = UINT32_MAX;
  struct End {
    std::uint32_t step;
    Fate fate;
  };
  std::vector<End> byRecord_;
};

/// True if two belong into one message.
bool isAlike(const DecidedElsewhere& a, const DecidedElsewhere& b) {
  return a.place.file == b.place.file && a.at == b.at && (a.fate == Fate::Waiting) == (b.fate == Fate::Waiting);
}

void reportAlike(const StepContext& context, const StepResult& result,
                 const std::vector<const DecidedElsewhere*>& rows) {
  constexpr std::size_t kShown = 3;
  const bool isWaiting = rows.front()->fate == Fate::Waiting;
  const std::string at = "'" + context.earlier[rows.front()->at].step->label + "'";
  std::vector<std::string> keys;
  for (const DecidedElsewhere* row : rows) keys.push_back(context.records.key(row->record));
  const bool isOne = rows.size() == 1;
  const std::string about = std::to_string(rows.size()) + (isOne ? " decision in '" : " decisions in '") +
                            result.step->label + "'" +
                            (isOne ? " is about a record that " : " are about records that ");
  tellRow(context.work, isWaiting ? io::Severity::Info : io::Severity::Warning, rows.front()->place,
          "decisions.not-at-step",
          about + (isWaiting ? (isOne ? "still waits at " : "still wait at ") + at : at + " took out") + ": " +
              io::listed(keys, kShown),
          isOne ? "it counts when the record comes to this step" : "they count when the records come to this step");
}

}  // namespace

std::vector<DecidedElsewhere> decidedElsewhere(const StepContext& context, const StepResult& result) {
  const StepDecisions& said = result.said;
  std::vector<DecidedElsewhere> list;
  if (context.earlier.empty() || (said.votes.empty() && said.unsettled.empty() && said.resolutions.empty()))
    return list;
  const Ends ends(context, result);
  for (const auto& [work, votes] : said.votes)
    for (const Decision& d : votes)
      if (!d.isRemembered) ends.add(work, d.record, placeOf(d), d.reviewer, d.value, list);
  for (const auto& [subject, words] : said.unsettled)
    for (const Decision& d : words) ends.add(subject.first, d.record, placeOf(d), d.reviewer, d.value, list);
  for (const auto& [work, r] : said.resolutions)
    if (!r.isRemembered && r.value != kTakenBack)
      ends.add(work, r.record, placeOf(r), joinedNames(r.by), r.value, list);
  std::sort(list.begin(), list.end(), [](const DecidedElsewhere& a, const DecidedElsewhere& b) {
    return std::tie(a.place.file, a.place.line, a.place.number) < std::tie(b.place.file, b.place.line, b.place.number);
  });
  return list;
}

void reportElsewhere(const StepContext& context, const StepResult& result) {
  std::vector<const DecidedElsewhere*> left;
  for (const DecidedElsewhere& one : result.elsewhere) left.push_back(&one);
  while (!left.empty()) {
    const auto rest = std::stable_partition(left.begin(), left.end(),
                                            [first = left.front()](const auto* o) { return isAlike(*first, *o); });
    reportAlike(context, result, {left.begin(), rest});
    left.erase(left.begin(), rest);
  }
}

}  // namespace winnow::engine
