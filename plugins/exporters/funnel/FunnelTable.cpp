#include "FunnelTable.hpp"

#include <algorithm>

namespace winnow::exporters {
namespace {

using table::Cell;
using table::Grid;

Cell cell(std::optional<std::int64_t> count) { return count ? table::count(*count) : Cell{}; }

std::string listed(const std::vector<Named>& list, bool withZeros) {
  std::string text;
  for (const auto& [label, count] : list) {
    if (count == 0 && !withZeros) continue;
    if (!text.empty()) text.append("; ");
    text.append(label).append(": ").append(std::to_string(count));
  }
  return text;
}

const FunnelStep* find(const Funnel& funnel, const std::string& key) {
  const auto found =
      std::find_if(funnel.steps.begin(), funnel.steps.end(), [&](const FunnelStep& s) { return s.key == key; });
  return found == funnel.steps.end() ? nullptr : &*found;
}

}  // namespace

Grid fullTable(const Funnel& funnel, const std::vector<Wave>& waves) {
  Grid grid;
  for (const char* name :
       {"step", "in", "excluded", "reasons", "categories", "by human", "by automation", "undecided", "waiting", "out"})
    grid.columns.push_back({name, 1, false});
  for (const Wave& wave : waves)
    for (const char* name : {"in", "excluded", "out"})
      grid.columns.push_back({std::string(name) + " (" + wave.id + ")", 1, false});
  for (const FunnelStep& step : funnel.steps) {
    std::vector<Cell> row{{step.label},
                          cell(step.in),
                          cell(step.excluded()),
                          {listed(step.reasons, true)},
                          {listed(step.categories, true)},
                          cell(step.human),
                          cell(step.automation),
                          cell(step.undecided),
                          cell(step.waiting),
                          cell(step.out)};
    for (const Wave& wave : waves) {
      const FunnelStep none, *found = find(wave.funnel, step.key);
      const FunnelStep& part = found == nullptr ? none : *found;
      for (const auto count : {part.in, part.excluded(), part.out}) row.push_back(cell(count));
    }
    grid.rows.push_back(std::move(row));
  }
  return grid;
}

Grid printedTable(const Funnel& funnel) {
  const auto any = [&](auto has) { return std::any_of(funnel.steps.begin(), funnel.steps.end(), has); };
  const bool hasUndecided = any([](const FunnelStep& s) { return s.undecided.value_or(0) != 0; });
  const bool hasWaiting = any([](const FunnelStep& s) { return s.waiting.value_or(0) != 0; });
  const bool hasAutomation = any([](const FunnelStep& s) { return s.automation.value_or(0) != 0; });
  Grid grid;
  grid.caption = "Selection of the studies, step by step";
  grid.columns = {{"Step", 2, false}, {"In", 0.6, true}, {"Excluded", 0.9, true}};
  if (hasAutomation) grid.columns.push_back({"By automation", 1, true});
  if (hasUndecided) grid.columns.push_back({"Undecided, kept", 1, true});
  if (hasWaiting) grid.columns.push_back({"Waiting", 0.8, true});
  grid.columns.insert(grid.columns.end(), {{"Out", 0.6, true}, {"Sources, reasons, categories", 4, false}});
  for (const FunnelStep& step : funnel.steps) {
    std::vector<Cell> row{{step.label, false, {}, true}, cell(step.in), cell(step.excluded())};
    if (hasAutomation) row.push_back(cell(step.automation));
    if (hasUndecided) row.push_back(cell(step.undecided));
    if (hasWaiting) row.push_back(cell(step.waiting));
    row.push_back(cell(step.out));
    std::string details = listed(step.categories, false);
    if (const std::string reasons = listed(step.reasons, false); !reasons.empty())
      details += (details.empty() ? "" : "\n") + std::string("excluded: ") + reasons;
    row.push_back({details});
    grid.rows.push_back(std::move(row));
  }
  if (hasUndecided) grid.notes = {"Undecided, kept: what could not be decided stayed in."};
  return grid;
}

}  // namespace winnow::exporters
