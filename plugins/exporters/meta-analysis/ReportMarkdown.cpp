#include "Report.hpp"
#include "Words.hpp"
#include "table/Table.hpp"

namespace winnow::meta {

namespace {

using table::Format;

Interval aroundEffect(const Effect& effect) {
  const double half = normalQuantile() * std::sqrt(effect.v);
  return std::pair(effect.y - half, effect.y + half);
}

std::string studies(const Analysis& analysis) {
  std::string out =
      table::header({"study", std::string(analysis.measure().title) + " (95 %)", "weight"}, Format::markdown);
  const std::vector<double> weights = analysis.weights();
  for (std::size_t i = 0; i < analysis.effects.size(); ++i) {
    const Effect& effect = analysis.effects[i];
    out += table::row({effect.study, shownText(analysis, effect.y, aroundEffect(effect)), fixed(weights[i], 1) + " %"},
                      Format::markdown);
  }
  return out + "\n";
}

std::string percent(const Figure& value) { return value ? fixed(*value, 1) + " %" : "not defined"; }
std::string plain(const Figure& value, int decimals) { return value ? fixed(*value, decimals) : "not defined"; }

std::string pooled(const Analysis& analysis) {
  const Fit& fit = analysis.fit;
  const Scale scale = analysis.measure().scale;
  const bool isTested = scale != Scale::Proportion && scale != Scale::FreemanTukey;  // one half is no hypothesis
  std::string out = "- model: " + modelText(analysis.request) +
                    "\n- pooled: " + shownText(analysis, fit.pooled().estimate, fit.pooled().interval) +
                    (isTested ? ", p " + pText(fit.pooled().p) : "") + ", " + std::to_string(fit.k) +
                    (fit.k == 1 ? " study\n" : " studies\n");
  if (fit.predictionT)
    out += "- prediction interval (t with k - 2 degrees of freedom): " + shownText(analysis, fit.predictionT->first) +
           " to " + shownText(analysis, fit.predictionT->second) + "\n";
  out += "- heterogeneity: tau2 " + plain(fit.tau2, 4);
  if (analysis.extras && analysis.extras->tau2)
    out += " (" + fixed(analysis.extras->tau2->first, 4) + " to " + fixed(analysis.extras->tau2->second, 4) + ")";
  out += ", I2 " + percent(fit.i2);
  if (analysis.extras && analysis.extras->i2)
    out += " (" + fixed(analysis.extras->i2->first, 1) + " to " + fixed(analysis.extras->i2->second, 1) + ")";
  return out + ", Q " + fixed(fit.q, 2) + " with " + degreesText(fit.qDegrees) + ", p " + pText(fit.qP) + "\n";
}

std::string tablePool(const Analysis& analysis, const char* name, const std::optional<TablePool>& pool) {
  if (!pool) return {};
  return std::string("- ") + name + ": " + shownText(analysis, pool->estimate, pool->interval) + ", p " +
         pText(pool->p) + "\n";
}

std::string extras(const Analysis& analysis) {
  const Extras& extras = *analysis.extras;
  std::string out =
      tablePool(analysis, "Mantel-Haenszel", extras.mantelHaenszel) + tablePool(analysis, "Peto", extras.peto);
  if (analysis.fit.k >= 10)
    out += "- Egger's test: intercept " + plain(extras.egger.intercept, 2) + ", p " + pText(extras.egger.p) +
           "; Begg's tau " + plain(extras.begg, 2) + "\n";
  if (extras.trimFill)
    out += "- trim and fill: " + std::to_string(extras.trimFill->k0) + " filled in" +
           (extras.trimFill->k0 == 0
                ? ""
                : std::string(" on the ") + (extras.trimFill->side == TrimFill::Side::Left ? "left" : "right") +
                      ", pooled " +
                      shownText(analysis, extras.trimFill->fit.pooled().estimate,
                                extras.trimFill->fit.pooled().interval)) +
           "\n";
  if (extras.leaveOneOut.empty()) return out;
  out += "\nLeaving out one study at a time:\n\n" +
         table::header({"without", "pooled (95 %)", "tau2", "I2"}, Format::markdown);
  for (std::size_t i = 0; i < extras.leaveOneOut.size(); ++i) {
    const Fit& fit = extras.leaveOneOut[i];
    out += table::row({analysis.effects[i].study, shownText(analysis, fit.pooled().estimate, fit.pooled().interval),
                       plain(fit.tau2, 4), percent(fit.i2)},
                      Format::markdown);
  }
  return out;
}

std::string subgroups(const Analysis& analysis) {
  const Subgroups& groups = *analysis.subgroups;
  std::string out = "\nSubgroups, each with its own tau2:\n\n" +
                    table::header({"group", "studies", "pooled (95 %)", "tau2", "I2"}, Format::markdown);
  for (const Group& group : groups.groups)
    out += table::row({group.name, std::to_string(group.fit.k),
                       shownText(analysis, group.fit.pooled().estimate, group.fit.pooled().interval),
                       plain(group.fit.tau2, 4), percent(group.fit.i2)},
                      Format::markdown);
  if (groups.qBetween)
    out += "\nBetween groups: Q " + fixed(*groups.qBetween, 2) + " with " + degreesText(groups.df) + ", p " +
           pText(groups.p) + "\n";
  return out;
}

std::string regression(const Analysis& analysis) {
  const Regression& regression = *analysis.regression;
  std::string out = "\nMeta-regression:\n\n" + table::header({"term", "coefficient (95 %)", "p"}, Format::markdown);
  for (std::size_t i = 0; i < regression.names.size(); ++i) {
    const Coefficient& one = regression.fit.coefficients[i];
    const std::string bounds =
        one.interval ? " (" + fixed(one.interval->first, 4) + " to " + fixed(one.interval->second, 4) + ")" : "";
    out += table::row({regression.names[i], fixed(one.estimate, 4) + bounds, pText(one.p)}, Format::markdown);
  }
  return out + "\nAll moderators together: p " + pText(regression.fit.pModerators) + "; what is left: tau2 " +
         plain(regression.fit.tau2, 4) + ", I2 " + percent(regression.fit.i2) + "\n";
}

std::string highRisk(const Analysis& analysis) {
  const WithoutHighRisk& without = *analysis.withoutHighRisk;
  if (without.left.empty()) return "\nNo study is at high risk of bias.\n";
  std::string names;
  for (const std::string& name : without.left) names += (names.empty() ? "" : ", ") + name;
  const std::string head = "\nWithout the studies at high risk of bias (" + names + "): ";
  if (!without.fit) return head + "no study remains.\n";
  return head + shownText(analysis, without.fit->pooled().estimate, without.fit->pooled().interval) + ", p " +
         pText(without.fit->pooled().p) + ", " + std::to_string(without.fit->k) +
         (without.fit->k == 1 ? " study.\n" : " studies.\n");
}

}  // namespace

std::string toMarkdown(const Analysis& analysis) {
  std::string out = studies(analysis) + pooled(analysis);
  if (analysis.extras) out += extras(analysis);
  if (analysis.subgroups) out += subgroups(analysis);
  if (analysis.regression) out += regression(analysis);
  if (analysis.withoutHighRisk) out += highRisk(analysis);
  const std::vector<std::string> remarks = remarksOn(analysis);
  if (!remarks.empty()) out += "\nTo be said with it:\n\n";
  for (const std::string& remark : remarks) out += "- " + remark + "\n";
  return out;
}

}  // namespace winnow::meta
