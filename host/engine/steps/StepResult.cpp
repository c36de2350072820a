#include "StepResult.hpp"

#include <algorithm>

namespace winnow::engine {

std::vector<std::uint32_t> Mapping::of(std::size_t position, const Outcome& outcome) const {
  if (position < given.size() && !given[position].empty()) return given[position];
  if (outcome.category == Outcome::kNone) return {};
  return {outcome.category};
}

std::size_t StepResult::count(Fate fate) const {
  return static_cast<std::size_t>(
      std::count_if(outcomes.begin(), outcomes.end(), [&](const Outcome& o) { return o.fate == fate; }));
}

std::optional<std::size_t> StepResult::find(RecordId id) const {
  const auto found = std::find(in.begin(), in.end(), id);
  if (found == in.end()) return std::nullopt;
  return static_cast<std::size_t>(found - in.begin());
}

std::uint32_t StepResult::reasonIndex(const std::string& label) {
  const auto found = std::find(reasons.begin(), reasons.end(), label);
  if (found != reasons.end()) return static_cast<std::uint32_t>(found - reasons.begin());
  reasons.push_back(label);
  return static_cast<std::uint32_t>(reasons.size() - 1);
}

void StepResult::wait(const std::string& reviewer, RecordId id) {
  auto work = std::find_if(open.begin(), open.end(), [&](const OpenWork& w) { return w.reviewer == reviewer; });
  if (work == open.end()) work = open.insert(work, {reviewer, {}, 0});
  work->records.push_back(id);
}

Outcome StepResult::undecided(std::uint32_t reason, Actor by) const {
  switch (step->onUndecided) {
    case config::OnUndecided::Exclude:
      return {Fate::Excluded, by, reason};
    case config::OnUndecided::Wait:
      return {Fate::Waiting, by, reason};
    default:
      return {Fate::Undecided, by, reason};
  }
}

std::optional<ledger::VerdictRow> StepResult::answer(const ledger::Ledger& ledger, std::size_t position) const {
  if (stage == 0 || position >= views.size()) return std::nullopt;
  return ledger.verdict(stage, in[position], views[position]);
}

}  // namespace winnow::engine
