#include "SynthesisReport.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "Plots.hpp"
#include "Report.hpp"
#include "Words.hpp"
#include "table/Table.hpp"

namespace winnow::meta {

namespace {

using Json = nlohmann::ordered_json;
using synthesis::Condition;
using synthesis::Gate;
using synthesis::PooledStudy;
using table::Format;

std::string gateText(const Gate& gate) {
  std::string out;
  for (const Condition& c : gate.conditions) out += std::string(c.holds ? "- [x] " : "- [ ] ") + c.text + "\n";
  return out;
}

std::string closedText(const Gate& gate) {
  std::string out = "No meta-analysis was performed:\n\n";
  for (const std::string& reason : gate.reasons()) out += "- " + reason + "\n";
  return out;
}

Json gateJson(const Gate& gate) {
  Json conditions = Json::array();
  for (const Condition& c : gate.conditions) conditions.push_back({{"text", c.text}, {"holds", c.holds}});
  return {{"open", gate.isOpen()}, {"conditions", std::move(conditions)}};
}

std::string asideText(const synthesis::GatedAnalysis& analysis) {
  std::string out;
  const auto add = [&](const std::string& heading, const std::vector<std::string>& lines) {
    if (lines.empty()) return;
    out += "\n" + heading + "\n\n";
    for (const std::string& line : lines) out += "- " + line + "\n";
  };
  std::vector<std::string> without, notes;
  for (const PooledStudy& row : analysis.studies.rows) {
    const std::string name = row.label + (row.time.empty() ? "" : " (" + row.time + ")");
    if (!row.effect) without.push_back(name + ": " + row.problem);
    for (const std::string& note : row.notes) notes.push_back(name + ": " + note);
  }
  add("Not estimable:", without);
  add("Not in this analysis:", analysis.studies.leftOut);
  add("How figures were made:", notes);
  add("To be looked at:", analysis.remarks);
  return out;
}

}  // namespace

std::string gatedMarkdown(const synthesis::GatedAnalysis& analysis) {
  std::string out =
      "# " + analysis.asked.name + "\n\nWhat had to hold before pooling:\n\n" + gateText(analysis.gate) + "\n";
  out += analysis.result ? toMarkdown(*analysis.result) : closedText(analysis.gate);
  return out + asideText(analysis);
}

std::string gatedJson(const synthesis::GatedAnalysis& analysis) {
  Json studies = Json::array();
  for (const PooledStudy& row : analysis.studies.rows)
    studies.push_back({{"study", row.label},
                       {"time", row.time},
                       {"yi", row.effect ? Json(row.effect->y) : Json()},
                       {"vi", row.effect ? Json(row.effect->v) : Json()},
                       {"problem", row.problem},
                       {"notes", row.notes}});
  const Json out{{"format", "winnow-meta/1"},
                 {"name", analysis.asked.name},
                 {"performed", analysis.result.has_value()},
                 {"gate", gateJson(analysis.gate)},
                 {"result", analysis.result ? Json::parse(toJson(*analysis.result)) : Json()},
                 {"studies", std::move(studies)},
                 {"left_out", analysis.studies.leftOut},
                 {"remarks", analysis.remarks}};
  return out.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string effectTable(const synthesis::GatedAnalysis& analysis) {
  if (!analysis.result) {
    std::string out = table::header({"no meta-analysis was performed"}, Format::csv);
    for (const std::string& reason : analysis.gate.reasons()) out += table::row({reason}, Format::csv);
    return out;
  }
  const Analysis& result = *analysis.result;
  std::string out = table::header({"study", "effect", "lower", "upper", "weight", "yi", "vi", "note"}, Format::csv);
  const std::vector<double> weights = result.weights();
  for (std::size_t i = 0; i < result.effects.size(); ++i) {
    const Effect& effect = result.effects[i];
    const double half = normalQuantile() * std::sqrt(effect.v);
    std::string notes;
    for (const PooledStudy& row : analysis.studies.rows)
      for (const std::string& note : row.notes)
        if (row.label == effect.study) notes += (notes.empty() ? "" : "; ") + note;
    out += table::row(
        {effect.study, shownText(result, effect.y), shownText(result, effect.y - half),
         shownText(result, effect.y + half), fixed(weights[i], 1), fixed(effect.y, 6), fixed(effect.v, 6), notes},
        Format::csv);
  }
  for (const PooledStudy& row : analysis.studies.rows)
    if (!row.effect)
      out += table::row({row.label, "", "", "", "", "", "", "not estimable: " + row.problem}, Format::csv);
  return out;
}

std::string closedScript(const synthesis::GatedAnalysis& analysis) {
  std::string out = "# " + analysis.asked.name + ": no meta-analysis was performed\n";
  for (const std::string& reason : analysis.gate.reasons()) out += "# - " + reason + "\n";
  return out;
}

std::string notPerformed(const synthesis::Synthesis& synthesis, bool asPlot, bool asJson) {
  Gate gate = synthesis::gateOf(synthesis);
  if (gate.isOpen()) gate.conditions.push_back({"the review names no analysis (synthesis: analyses)", false});
  if (asPlot) return noPlot("Meta-analysis", gate.reasons());
  if (asJson)
    return Json{{"format", "winnow-meta/1"}, {"performed", false}, {"gate", gateJson(gate)}, {"result", nullptr}}.dump(
               1) +
           "\n";
  return "# Meta-analysis\n\n" + closedText(gate);
}

}  // namespace winnow::meta
