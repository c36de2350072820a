#include "Synthesis.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include <winnow/formats/csv.hpp>

namespace winnow::synthesis {

namespace {

using Json = nlohmann::json;

std::string text(const Json& from, const char* name) {
  return from.contains(name) && from.at(name).is_string() ? from.at(name).get<std::string>() : std::string();
}

std::vector<TextFile> files(const Json& from) {
  std::vector<TextFile> list;
  for (const Json& file : from) list.push_back({text(file, "file"), text(file, "text")});
  return list;
}

Analysis analysisOf(const Json& from) {
  Analysis a;
  a.name = text(from, "name");
  a.measure = text(from, "measure");
  a.method = text(from, "method");
  a.test = text(from, "test");
  a.outcome = text(from, "outcome");
  a.time = text(from, "time");
  a.unit = text(from, "unit");
  a.better = text(from, "better");
  a.several = text(from, "several");
  a.subgroup = text(from, "subgroup");
  a.studies = from.value("studies", a.studies);
  a.heterogeneity = formats::decimalOf(text(from, "heterogeneity"));
  a.rho = formats::decimalOf(text(from, "rho")).value_or(a.rho);
  for (const auto& [unit, factor] : from.at("units").items())
    a.units[unit] = formats::decimalOf(factor.get<std::string>()).value_or(1);
  for (const auto& [item, values] : from.at("only").items()) a.only[item] = values.get<std::vector<std::string>>();
  if (const auto groups = from.at("groups").get<std::vector<std::string>>(); groups.size() == 2) {
    a.first = groups[0];
    a.second = groups[1];
  }
  return a;
}

Appraisal appraisalOf(const Json& from) {
  Appraisal out;
  const Json& form = from.at("form");
  out.formName = text(form, "name");
  if (form.contains("text")) out.formText = text(form, "text");
  out.by = from.at("by").get<std::vector<std::string>>();
  out.answers = files(from.at("answers"));
  return out;
}

}  // namespace

Synthesis readSynthesis(std::string_view json) {
  const Json from = Json::parse(json, nullptr, false);
  if (!from.is_object() || text(from, "format") != "winnow-synthesis/1")
    throw std::runtime_error("this run has no document \"synthesis\" (winnow-synthesis/1)");
  Synthesis out;
  out.waiting = from.value("waiting", std::size_t{0});
  if (!from.contains("analyses")) return out;
  try {
    out.decision = text(from, "decision");
    out.by = from.at("by").get<std::vector<std::string>>();
    out.date = text(from, "date");
    out.reason = text(from, "reason");
    out.effects = files(from.at("effects"));
    for (const Json& analysis : from.at("analyses")) out.analyses.push_back(analysisOf(analysis));
    if (from.contains("appraisal") && from.at("appraisal").is_object())
      out.appraisal = appraisalOf(from.at("appraisal"));
    if (from.contains("names")) out.names = from.at("names").get<std::map<std::string, std::string>>();
  } catch (const Json::exception& error) {
    throw std::runtime_error(std::string("the document \"synthesis\" is not as its format says: ") + error.what());
  }
  return out;
}

std::vector<std::string> itemsOf(const Synthesis& synthesis) {
  std::vector<std::string> items;
  for (const Analysis& analysis : synthesis.analyses) {
    for (const auto& entry : analysis.only) items.push_back(entry.first);
    if (!analysis.subgroup.empty()) items.push_back(analysis.subgroup);
  }
  std::sort(items.begin(), items.end());
  items.erase(std::unique(items.begin(), items.end()), items.end());
  return items;
}

std::map<std::string, std::string> itemLabels(std::string_view form) {
  std::map<std::string, std::string> labels;
  const Json from = Json::parse(form, nullptr, false);
  for (const char* part : {"items", "extra"}) {
    if (!from.is_object() || !from.contains(part)) continue;
    for (const Json& item : from.at(part)) labels[text(item, "id")] = text(item, "label");
  }
  return labels;
}

bool Gate::isOpen() const {
  return std::all_of(conditions.begin(), conditions.end(), [](const Condition& c) { return c.holds; });
}

std::vector<std::string> Gate::reasons() const {
  std::vector<std::string> reasons;
  for (const Condition& c : conditions)
    if (!c.holds) reasons.push_back(c.text);
  return reasons;
}

Gate gateOf(const Synthesis& synthesis) {
  Gate gate;
  const std::string who = joinedNames(synthesis.by) + (synthesis.date.empty() ? "" : ", " + synthesis.date);
  if (synthesis.decision.empty())
    gate.conditions.push_back({"nobody has decided whether to pool (synthesis: decision)", false});
  else if (synthesis.decision == "pool")
    gate.conditions.push_back({"decided to pool (" + who + "): " + synthesis.reason, true});
  else
    gate.conditions.push_back({"decided not to pool (" + who + "): " + synthesis.reason, false});
  gate.conditions.push_back({synthesis.waiting == 0 ? std::string("nothing in selection and charting is open")
                             : synthesis.waiting == 1
                                 ? std::string("1 decision or charted answer is open")
                                 : std::to_string(synthesis.waiting) + " decisions or charted answers are open",
                             synthesis.waiting == 0});
  return gate;
}

std::string joinedNames(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

}  // namespace winnow::synthesis
