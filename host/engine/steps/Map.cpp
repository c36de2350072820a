#include <winnow/tags.hpp>

#include <algorithm>

#include "Judging.hpp"
#include "StepContext.hpp"
#include "config/Nearest.hpp"
#include "engine/people/RowProblems.hpp"

namespace winnow::engine {

namespace {

std::vector<std::string> categoriesOf(const Judged& judged) {
  std::vector<std::string> categories;
  for (const plugins::Reason& r : judged.declared)
    if (r.action == WINNOW_CATEGORY && r.label != kNotCategorised) categories.push_back(r.label);
  categories.push_back(kNotCategorised);
  return categories;
}

void reportCategory(RowProblems& problems, const StepResult& result, const Decision& word) {
  std::vector<std::string> known = result.mapping->categories;
  known.pop_back();  // "not categorised" is no answer
  problems.warn(
      placeOf(word), "decisions.unknown-category",
      "'" + word.value + "' is no category of '" + result.step->label + "'" + config::didYouMeanOf(word.value, known),
      "the record waits", "category");
}

}  // namespace

void map(StepContext& context, StepResult& result) {
  const std::string& reader = result.step->readers.front().reviewer;
  const ExtraFields values = [&](RecordId id, std::vector<ExtraField>& fields) {
    if (const Decision* word = result.said.word(id, reader); word != nullptr && word->value != "confirm")
      fields.push_back({tags::kMapValue, word->value, 0});
  };
  const Judged judged = judge(context, result, values);
  const std::vector<std::string>& categories = result.mapping.emplace(Mapping{categoriesOf(judged)}).categories;
  const auto none = static_cast<std::uint32_t>(categories.size() - 1);
  const auto leaves = [&](std::uint32_t category) {
    const auto& out = result.step->excludedCategories;
    return std::find(out.begin(), out.end(), categories[category]) != out.end();
  };
  RowProblems problems(context.work);
  for (std::size_t i = 0; i < result.in.size(); ++i) {
    const RecordId id = result.in[i];
    Outcome& outcome = result.outcomes[i];
    const bool isSaid = result.said.word(id, reader) != nullptr;
    const bool byPerson = isSaid || result.said.confirmed.contains(context.records.wave(id));
    outcome.by = byPerson ? Actor::Person : Actor::Machine;
    outcome.category = none;
    if (!isSaid) outcome.proposed = judged.actions[i];
    if (judged.actions[i] == WINNOW_CATEGORY) {
      const auto found = std::find(categories.begin(), categories.end() - 1, judged.reason(i)->label);
      outcome.category = static_cast<std::uint32_t>(found - categories.begin());
    }
    const bool isUnsettled = result.said.unsettled.contains({id, reader});
    const bool isUnknown = isSaid && outcome.category == none && result.said.word(id, reader)->value != "confirm";
    const bool mayWait = result.step->mode == config::Mode::Confirm && !byPerson;
    if (isUnknown) reportCategory(problems, result, *result.said.word(id, reader));
    if (isUnsettled || isUnknown || (mayWait && (outcome.category == none || leaves(outcome.category)))) {
      outcome.fate = Fate::Waiting;
      result.wait(reader, id);
    } else if (leaves(outcome.category)) {
      outcome.fate = Fate::Excluded;
      outcome.reason = result.reasonIndex(categories[outcome.category]);
    } else if (outcome.category == none) {
      const Outcome rule = result.undecided(Outcome::kNone, outcome.by);
      outcome.fate = rule.fate;
      if (outcome.fate == Fate::Waiting) result.wait(reader, id);
    }
  }
  problems.report();
}

}  // namespace winnow::engine
