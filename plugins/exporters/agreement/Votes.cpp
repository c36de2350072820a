#include "Votes.hpp"

#include <cstdio>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

namespace winnow::agreement {

namespace {

using Json = nlohmann::ordered_json;

std::string shown(double value, const char* form) {
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, form, value);
  return buffer;
}

std::vector<table::Cell> rowOf(const StepVotes& step, const Table& counted, const std::string& classes) {
  const Agreement a = agreementOf(counted);
  return {{step.label, false, {}, true},
          {step.first + ", " + step.second},
          {classes},
          table::count(static_cast<std::int64_t>(a.n)),
          {percentText(a.percentAgreement, a.wilson)},
          {figureText(a.kappa, a.kappaWald)},
          {figureText(a.isTwoByTwo ? a.pabak : a.bennettS, {})},
          {figureText(a.ac1, a.ac1T)}};
}

}  // namespace

std::vector<StepVotes> readVotes(std::string_view document) {
  const Json votes = Json::parse(document, nullptr, false);
  if (!votes.is_object() || votes.value("format", "") != "winnow-votes/1")
    throw std::runtime_error("there is no document of votes");
  std::vector<StepVotes> steps;
  try {
    for (const Json& step : votes.at("steps")) {
      std::vector<std::pair<std::string, std::string>> pairs;
      for (const Json& pair : step.at("pairs"))
        pairs.emplace_back(pair.at("first").get<std::string>(), pair.at("second").get<std::string>());
      const std::string id = step.value("id", "");
      steps.push_back({id, step.value("label", id), step.at("readers").at(0).get<std::string>(),
                       step.at("readers").at(1).get<std::string>(), tableOf(pairs, {})});
    }
  } catch (const Json::exception& error) {
    throw std::runtime_error(std::string("document \"votes\" is not as its format says: ") + error.what());
  }
  return steps;
}

std::string percentText(const Figure& figure, const Interval& interval) {
  if (!figure) return "not defined";
  std::string out = shown(*figure * 100, "%.1f %%");
  if (interval)
    out += " (" + shown(interval->first * 100, "%.1f") + " to " + shown(interval->second * 100, "%.1f") + ")";
  return out;
}

std::string figureText(const Figure& figure, const Interval& interval) {
  if (!figure) return "not defined";
  std::string out = shown(*figure, "%.2f");
  if (interval) out += " (" + shown(interval->first, "%.2f") + " to " + shown(interval->second, "%.2f") + ")";
  return out;
}

table::Grid gridOf(const std::vector<StepVotes>& steps) {
  table::Grid grid;
  grid.caption = "Agreement of the readers before any joint decision";
  grid.columns = {{"Step", 1.2, false},
                  {"Readers", 1, false},
                  {"Classes", 1.2, false},
                  {"Read by both", 0.7, true},
                  {"Agreement (95 % CI)", 1.3, false},
                  {"Cohen's kappa (95 % CI)", 1.3, false},
                  {"PABAK", 0.7, false},
                  {"Gwet's AC1 (95 % CI)", 1.3, false}};
  bool isSmall = false;
  for (const StepVotes& step : steps) {
    std::string classes;
    for (const std::string& category : step.table.categories) classes += (classes.empty() ? "" : ", ") + category;
    grid.rows.push_back(rowOf(step, step.table, classes));
    const Table merged = withMaybeAsInclude(step.table);
    if (merged.categories.size() != step.table.categories.size())
      grid.rows.push_back(rowOf(step, merged, "maybe as include, exclude"));
    isSmall = isSmall || step.table.total() < 200;
  }
  grid.notes = {
      "Percent agreement with Wilson's interval; with more than two classes PABAK is Bennett's S. Not defined: both "
      "readers "
      "used one and the same class."};
  if (isSmall)
    grid.notes.push_back(
        "Fewer than 200 records read by both: the intervals are wide; report them, not the figure alone.");
  return grid;
}

}  // namespace winnow::agreement
