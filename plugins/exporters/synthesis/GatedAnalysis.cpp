#include "GatedAnalysis.hpp"

#include <algorithm>
#include <stdexcept>

#include "Words.hpp"

namespace winnow::synthesis {

namespace {

using meta::Effect;
using meta::Request;

std::string countText(std::size_t n, const char* one, const char* many) {
  return std::to_string(n) + " " + (n == 1 ? one : many);
}

std::string listed(const std::vector<std::string>& items) {
  std::string out;
  for (const std::string& item : items) out += (out.empty() ? "" : "; ") + item;
  return out;
}

/// Conditions on what was charted.
void checkData(const Surroundings& known, GatedAnalysis& out) {
  auto& conditions = out.gate.conditions;
  conditions.push_back({known.arms.problems.empty()
                            ? "every charted row can be read"
                            : "charted rows that cannot be read: " + listed(known.arms.problems),
                        known.arms.problems.empty()});
  conditions.push_back({known.arms.conflicts.empty() ? "readers agree on every charted number"
                                                     : "readers differ: " + listed(known.arms.conflicts),
                        known.arms.conflicts.empty()});
  const std::size_t estimable = out.studies.estimable();
  conditions.push_back({"at least " + countText(out.asked.studies, "study", "studies") + " with an effect of '" +
                            out.asked.outcome + "' (there " + (estimable == 1 ? "is " : "are ") +
                            std::to_string(estimable) + ")",
                        estimable >= out.asked.studies});
  if (out.studies.units.size() > 1)
    conditions.push_back({"one unit for all studies: they are in " + listed(out.studies.units) +
                              "; name one with 'unit' and convert the others with 'units'",
                          false});
  if (out.studies.hasBothDirections)
    conditions.push_back(
        {"one direction for all scales: higher is better on some and lower on others; say 'better'", false});
}

/// Several effects of one study: refused, or made one.
std::vector<Effect> independentEffects(GatedAnalysis& out, std::size_t& combined) {
  const std::vector<Effect> effects = out.studies.effects();
  const std::vector<std::string> repeated = meta::repeatedStudies(effects);
  if (repeated.empty()) {
    out.gate.conditions.push_back({"one effect a study", true});
    return effects;
  }
  const bool isCombined = out.asked.several == "combine";
  out.gate.conditions.push_back(
      {"one effect a study: several of " + joinedNames(repeated) +
           (isCombined ? ", combined into one" : "; name a 'time', or write several: combine"),
       isCombined});
  combined = isCombined ? repeated.size() : 0;
  return isCombined ? meta::combinedByStudy(effects, out.asked.rho) : effects;
}

/// For each effect the first row of its study.
const PooledStudy& rowOf(const GatedAnalysis& out, const Effect& effect) {
  return *std::find_if(out.studies.rows.begin(), out.studies.rows.end(),
                       [&](const PooledStudy& row) { return row.effect && row.label == effect.study; });
}

void addSubgroups(GatedAnalysis& out, const Request& request) {
  if (out.asked.subgroup.empty()) return;
  std::vector<std::string> names;
  for (const Effect& effect : out.result->effects) {
    const std::string& group = rowOf(out, effect).subgroup;
    names.push_back(group.empty() ? "not charted" : group);
  }
  out.result->subgroups = meta::subgroupsOf(out.result->effects, names, request.method, request.test);
}

void addRisks(const Surroundings& known, GatedAnalysis& out, const Request& request) {
  if (known.risks.empty()) return;
  std::vector<std::string> risks;
  for (const Effect& effect : out.result->effects) {
    const auto found = known.risks.find(rowOf(out, effect).study);
    risks.push_back(found == known.risks.end() ? "" : found->second);
    if (risks.back().empty()) out.remarks.push_back(effect.study + " has no settled appraisal");
  }
  out.result->withoutHighRisk = meta::withoutHighRisk(out.result->effects, risks, request);
}

void pool(const Surroundings& known, GatedAnalysis& out, const std::vector<Effect>& effects, std::size_t combined) {
  Request request{*meta::measureNamed(out.asked.measure),
                  meta::methodNamed(out.asked.method).value_or(meta::Method::REML),
                  out.asked.test == "z" ? meta::Inference::Normal : meta::Inference::KnappHartung, true};
  meta::Analysis result = meta::analyse(effects, request);
  result.combinedStudies = combined;
  result.rho = out.asked.rho;
  if (out.asked.heterogeneity) {
    const bool isBelow = result.fit.i2.value_or(0) <= *out.asked.heterogeneity;
    out.gate.conditions.push_back(
        {"I2 at most " + meta::fixed(*out.asked.heterogeneity, 0) + " % (it is " +
             (result.fit.i2 ? meta::fixed(*result.fit.i2, 1) + " %" : std::string("not defined")) + ")",
         isBelow});
    if (!isBelow) return;
  }
  out.result = std::move(result);
  addSubgroups(out, request);
  addRisks(known, out, request);
}

}  // namespace

GatedAnalysis gatedAnalysis(const Analysis& asked, const Surroundings& known) {
  GatedAnalysis out;
  out.asked = asked;
  out.gate = gateOf(known.synthesis);
  out.studies = pooledStudies(known.arms, known.studies, asked, known.itemLabels);
  out.remarks = out.studies.remarks;
  checkData(known, out);
  std::size_t combined = 0;
  const std::vector<Effect> effects = independentEffects(out, combined);
  if (!out.gate.isOpen()) return out;
  if (effects.size() < asked.studies) {  // made one, they may be too few
    out.gate.conditions.push_back({"at least " + countText(asked.studies, "study", "studies") +
                                       " after effects were combined (there are " + std::to_string(effects.size()) +
                                       ")",
                                   false});
    return out;
  }
  pool(known, out, effects, combined);
  return out;
}

std::set<std::size_t> pooledStudiesOf(const std::vector<GatedAnalysis>& analyses) {
  std::set<std::size_t> studies;
  for (const GatedAnalysis& analysis : analyses)
    for (const PooledStudy& row : analysis.studies.rows)
      if (analysis.result && row.effect) studies.insert(row.study);
  return studies;
}

Gate appraisalGate(const Synthesis& synthesis, const std::vector<GatedAnalysis>& analyses) {
  Gate gate = gateOf(synthesis);
  if (analyses.empty()) gate.conditions.push_back({"the review names no analysis (synthesis: analyses)", false});
  bool isPooled = false;
  for (const GatedAnalysis& analysis : analyses) isPooled = isPooled || analysis.result;
  for (const GatedAnalysis& analysis : analyses) {
    if (analysis.result) {
      gate.conditions.push_back({"'" + analysis.asked.name + "' is pooled", true});
      continue;
    }
    for (std::size_t i = gateOf(synthesis).conditions.size(); !isPooled && i < analysis.gate.conditions.size(); ++i)
      if (!analysis.gate.conditions[i].holds)
        gate.conditions.push_back({"'" + analysis.asked.name + "': " + analysis.gate.conditions[i].text, false});
  }
  return gate;
}

}  // namespace winnow::synthesis
