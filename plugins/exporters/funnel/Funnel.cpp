#include "Funnel.hpp"

#include <algorithm>
#include <stdexcept>

namespace winnow::exporters {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kOtherMethods = "other methods: ";

/// The step's place: a stage of the lane "db" or "other".
std::string stageKey(const std::string& lane, const std::string& id) { return lane + "/stages/" + id; }

[[noreturn]] void refuse(const std::string& path, std::string_view expected) {
  throw std::runtime_error("\"" + path + "\" is no " + std::string(expected));
}

/// A number of winnow-flow/1: an integer, a list of record ids, or {"n": integer, ...}.
std::int64_t countOf(const Json& value, const std::string& path) {
  if (value.is_number_integer()) return value.get<std::int64_t>();
  if (value.is_array()) return static_cast<std::int64_t>(value.size());
  if (value.is_object() && value.contains("n")) return countOf(value["n"], path + "/n");
  refuse(path, "number");
}

const Json& object(const Json& value, const std::string& path) {
  if (!value.is_object()) refuse(path, "object");
  return value;
}

std::string textOf(const Json& parent, const char* name, const std::string& path) {
  const auto found = parent.find(name);
  if (found == parent.end() || !found->is_string()) refuse(path + "/" + name, "text");
  return found->get<std::string>();
}

std::optional<std::int64_t> number(const Json& parent, const char* name, const std::string& path) {
  if (!parent.contains(name)) return std::nullopt;
  return countOf(parent[name], path + "/" + name);
}

std::vector<Named> counts(const Json& parent, const char* name, const std::string& path) {
  std::vector<Named> list;
  if (!parent.contains(name)) return list;
  for (const auto& [label, value] : object(parent[name], path + "/" + name).items())
    list.emplace_back(label, countOf(value, path + "/" + name + "/" + label));
  return list;
}

std::int64_t sum(const std::vector<Named>& list) {
  std::int64_t total = 0;
  for (const auto& [label, count] : list) total += count;
  return total;
}

void addActors(FunnelStep& step, const Json& parent, const char* name, const std::string& path) {
  if (!parent.contains(name)) return;
  const Json& by = object(parent[name], path + "/" + name);
  step.human = number(by, "human", path + "/" + name);
  step.automation = number(by, "automation", path + "/" + name);
}

FunnelStep identified(const Json& lane, const std::string& path, const std::string& prefix) {
  FunnelStep step;
  step.key = path + "/identified";
  step.label = prefix + "identified";
  step.categories = counts(lane, "identified", path);
  step.in = sum(step.categories);
  step.reasons = counts(lane, "removed", path);
  addActors(step, lane, "removed_by", path);
  step.out = *step.in - sum(step.reasons);
  return step;
}

FunnelStep stage(const Json& json, const std::string& path, const std::string& lane, const std::string& prefix) {
  object(json, path);
  FunnelStep step;
  const std::string id = textOf(json, "id", path);
  step.key = stageKey(lane, id);
  step.label = prefix + (json.contains("label") ? textOf(json, "label", path) : id);
  step.in = number(json, "in", path);
  step.reasons = counts(json, "excluded", path);
  addActors(step, json, "by", path);
  step.undecided = number(json, "undecided", path);
  step.waiting = number(json, "waiting", path);
  step.out = number(json, "out", path);
  return step;
}

void addStages(Funnel& funnel, const Json& lane, const std::string& path, const std::string& prefix) {
  if (lane.contains("stages")) {
    if (!lane["stages"].is_array()) refuse(path + "/stages", "list");
    for (std::size_t i = 0; i < lane["stages"].size(); ++i)
      funnel.steps.push_back(stage(lane["stages"][i], path + "/stages/" + std::to_string(i), path, prefix));
    return;
  }
  if (!lane.contains("excluded")) return;
  FunnelStep step;
  step.key = path + "/screened";
  step.label = prefix + "screened";
  step.in = number(lane, "screened", path);
  step.reasons = counts(lane, "excluded", path);
  addActors(step, lane, "excluded_by", path);
  if (step.in) step.out = *step.in - sum(step.reasons);
  funnel.steps.push_back(std::move(step));
}

void addReports(Funnel& funnel, const Json& lane, const std::string& path, const std::string& prefix) {
  FunnelStep sought;
  sought.key = path + "/sought";
  sought.label = prefix + "reports sought";
  sought.in = number(lane, "sought", path);
  if (const auto missing = number(lane, "not_retrieved", path)) sought.reasons.emplace_back("not retrieved", *missing);
  sought.out = number(lane, "assessed", path);
  FunnelStep assessed;
  assessed.key = path + "/assessed";
  assessed.label = prefix + "reports assessed";
  assessed.in = sought.out;
  assessed.reasons = counts(lane, "excluded_reports", path);
  addActors(assessed, lane, "excluded_reports_by", path);
  assessed.waiting = number(lane, "waiting", path);
  assessed.out = number(lane, "included_reports", path);
  funnel.steps.push_back(std::move(sought));
  funnel.steps.push_back(std::move(assessed));
}

void addIncluded(Funnel& funnel, const Json& flow) {
  FunnelStep step;
  step.key = "included";
  step.label = "included";
  step.categories = counts(flow, "included", "");
  step.out = number(flow["included"], "reports", "included");
  funnel.steps.push_back(std::move(step));
}

void addLane(Funnel& funnel, const Json& flow, const char* name, const std::string& prefix) {
  if (!flow.contains(name)) return;
  const Json& lane = object(flow[name], name);
  funnel.steps.push_back(identified(lane, name, prefix));
  addStages(funnel, lane, name, prefix);
  addReports(funnel, lane, name, prefix);
}

FunnelStep* find(Funnel& funnel, const std::string& key) {
  const auto found =
      std::find_if(funnel.steps.begin(), funnel.steps.end(), [&](const auto& s) { return s.key == key; });
  return found == funnel.steps.end() ? nullptr : &*found;
}

/// A new step behind the last stage of the databases.
FunnelStep& add(Funnel& funnel, const std::string& key) {
  const auto isReports = [](const FunnelStep& step) { return step.key == "db/sought" || step.key == "included"; };
  const auto behind = std::find_if(funnel.steps.begin(), funnel.steps.end(), isReports);
  FunnelStep step;
  step.key = key;
  return *funnel.steps.insert(behind, std::move(step));
}

/// The categories as counted in one lane; in all where the document does not tell lanes apart.
std::vector<Named> categories(const Json& step, const char* lane, const std::string& path) {
  std::vector<Named> list;
  if (!step.contains("categories")) return list;
  for (const Json& category : step["categories"]) {
    const std::string name = textOf(object(category, path), "name", path);
    list.emplace_back(name, number(category, category.contains(lane) ? lane : "n", path).value_or(0));
  }
  return list;
}

}  // namespace

std::optional<std::int64_t> FunnelStep::excluded() const {
  if (reasons.empty()) return std::nullopt;
  return sum(reasons);
}

Funnel readFunnel(const Json& flow) {
  if (!flow.is_object()) throw std::runtime_error("the document is no object");
  Funnel funnel;
  addLane(funnel, flow, "db", "");
  addLane(funnel, flow, "other", kOtherMethods);
  if (flow.contains("included")) addIncluded(funnel, flow);
  return funnel;
}

std::vector<Wave> readWaves(const Json& flow) {
  std::vector<Wave> waves;
  if (!flow.contains("waves")) return waves;
  if (!flow["waves"].is_array()) refuse("waves", "list");
  for (std::size_t i = 0; i < flow["waves"].size(); ++i) {
    const std::string path = "waves/" + std::to_string(i);
    const Json& wave = object(flow["waves"][i], path);
    waves.push_back({textOf(wave, "id", path), readFunnel(wave)});
  }
  return waves;
}

void addSteps(Funnel& funnel, const Json& steps) {
  if (!steps.is_object() || !steps.contains("steps") || !steps["steps"].is_array()) refuse("steps", "list");
  for (std::size_t i = 0; i < steps["steps"].size(); ++i) {
    const std::string path = "steps/" + std::to_string(i);
    const Json& json = object(steps["steps"][i], path);
    const std::string id = textOf(json, "id", path), label = json.contains("label") ? textOf(json, "label", path) : id;
    const auto describe = [&](FunnelStep& step, const char* lane, const std::string& prefix) {
      step.label = prefix + label;
      step.categories = categories(json, lane, path + "/categories");
    };
    FunnelStep* db = find(funnel, stageKey("db", id));
    if (db == nullptr && json.contains("categories")) db = &add(funnel, stageKey("db", id));
    if (db != nullptr) describe(*db, "db", "");
    if (FunnelStep* other = find(funnel, stageKey("other", id))) describe(*other, "other", kOtherMethods);
  }
}

}  // namespace winnow::exporters
