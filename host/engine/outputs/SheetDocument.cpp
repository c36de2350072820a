#include "SheetDocument.hpp"

#include <nlohmann/json.hpp>

#include <winnow/abi.h>

namespace winnow::engine {

namespace {

using Json = nlohmann::ordered_json;
using config::Verb;

Json decisionsOf(const config::Step& step) {
  Json words{"include", "exclude", "maybe"};
  if (step.verb == Verb::Screen && step.read == config::Reading::FullText) words.push_back("not retrieved");
  if (step.verb == Verb::Remove && !step.plugin.empty()) words.push_back("confirm");
  return words;
}

/// The reasons that an exclusion may name: the review's criteria and the step's own, or what its filter declares.
Json reasonsOf(const Workspace& work, const StepResult& result) {
  Json reasons = Json::array();
  const config::Step& step = *result.step;
  const auto add = [&](const std::string& id, const std::string& text) {
    reasons.push_back({{"id", id}, {"text", text}});
  };
  if (step.verb == Verb::Remove && !step.plugin.empty()) {
    for (const ledger::ReasonRow& row : work.ledger.reasons(result.stage))
      if (row.action == WINNOW_DROP) add(row.label, "");
    return reasons;
  }
  if (step.verb == Verb::Screen)
    for (const config::Criterion& c : work.review.criteria) add(c.id, c.text);
  for (const config::Criterion& c : step.reasons) add(c.id, c.text);
  return reasons;
}

}  // namespace

Json sheetOf(const Workspace& work, const StepResult& result, const std::string& reviewer) {
  const config::Step& step = *result.step;
  static constexpr const char* kVerbs[] = {"remove", "screen", "map", "chart"};
  static constexpr const char* kReadings[] = {"metadata", "abstract", "full text"};
  Json confirmed = Json::array();
  for (const auto& [wave, word] : result.said.confirmed)
    if (word.reviewer == reviewer) confirmed.push_back(work.review.waves[wave].name);
  Json sheet{{"format", "winnow-sheet/1"},
             {"step", step.id},
             {"label", step.label},
             {"verb", kVerbs[static_cast<int>(step.verb)]},
             {"read", kReadings[static_cast<int>(step.read)]},
             {"reason_required", step.reasonRequired},
             {"proposals", result.stage != 0 && step.verb != Verb::Screen},
             {"confirmed", std::move(confirmed)}};
  if (result.mapping) {
    Json categories = result.mapping->categories;
    categories.erase(categories.size() - 1);  // "not categorised" is no answer
    sheet["categories"] = std::move(categories);
    sheet["several"] = step.severalCategories;
    return sheet;
  }
  sheet["decisions"] = decisionsOf(step);
  sheet["reasons"] = reasonsOf(work, result);
  sheet["criteria_columns"] = step.verb == Verb::Screen && work.review.sheets.hasCriteriaColumns;
  return sheet;
}

}  // namespace winnow::engine
