#include <nlohmann/json.hpp>

#include "Report.hpp"

namespace winnow::meta {

namespace {

using Json = nlohmann::ordered_json;

Json figure(const Figure& value) { return value ? Json(*value) : Json(nullptr); }
Json bounds(const Interval& value) { return value ? Json{value->first, value->second} : Json(nullptr); }
Json low(const Interval& value) { return value ? Json(value->first) : Json(nullptr); }
Json high(const Interval& value) { return value ? Json(value->second) : Json(nullptr); }

void addFit(const Fit& fit, Json& out) {
  const Coefficient& pooled = fit.pooled();
  out["k"] = fit.k;
  out["estimate"] = pooled.estimate;
  out["se"] = figure(pooled.se);
  out["stat"] = figure(pooled.statistic);
  out["pval"] = figure(pooled.p);
  out["ci_lb"] = low(pooled.interval);
  out["ci_ub"] = high(pooled.interval);
  out["tau2"] = figure(fit.tau2);
  out["I2"] = figure(fit.i2);
  out["H2"] = figure(fit.h2);
  out["QE"] = fit.q;
  out["QE_df"] = fit.qDegrees;
  out["QEp"] = figure(fit.qP);
  out["pi_same_quantile"] = bounds(fit.predictionSame);
  out["pi_t_kminus2"] = bounds(fit.predictionT);
  if (!fit.otherMaxima.empty()) out["tau2_other_maxima"] = fit.otherMaxima;
}

Json tablePool(const std::optional<TablePool>& pool) {
  if (!pool) return nullptr;
  return {{"k", pool->k},
          {"estimate", pool->estimate},
          {"se", pool->se},
          {"ci_lb", pool->interval.first},
          {"ci_ub", pool->interval.second},
          {"pval", pool->p},
          {"QE", pool->q}};
}

Json trimFill(const std::optional<TrimFill>& fill) {
  if (!fill) return nullptr;
  return {{"k0", fill->k0},
          {"side", fill->side == TrimFill::Side::Left ? "left" : "right"},
          {"estimate", fill->fit.pooled().estimate},
          {"se", figure(fill->fit.pooled().se)},
          {"tau2", figure(fill->fit.tau2)}};
}

void addExtras(const Extras& extras, Json& out) {
  out["egger"] = {{"intercept", figure(extras.egger.intercept)},
                  {"se", figure(extras.egger.se)},
                  {"t", figure(extras.egger.t)},
                  {"p", figure(extras.egger.p)},
                  {"df", extras.egger.df > 0 ? Json(extras.egger.df) : Json(nullptr)}};
  out["begg"] = {{"tau", figure(extras.begg)}};
  out["trimfill"] = trimFill(extras.trimFill);
  Json estimates = Json::array(), tau2 = Json::array(), i2 = Json::array();
  for (const Fit& fit : extras.leaveOneOut) {
    estimates.push_back(fit.pooled().estimate);
    tau2.push_back(figure(fit.tau2));
    i2.push_back(figure(fit.i2));
  }
  out["leave1out"] = {{"estimate", estimates}, {"tau2", tau2}, {"I2", i2}};
  Json contribution = Json::array(), influence = Json::array();
  for (const Influence& one : extras.influence) {
    contribution.push_back(one.contribution);
    influence.push_back(one.influence);
  }
  out["baujat"] = {{"contribution", contribution}, {"influence", influence}};
  out["tau2_ci"] = bounds(extras.tau2);
  out["I2_ci"] = bounds(extras.i2);
  out["mh"] = tablePool(extras.mantelHaenszel);
  out["peto"] = tablePool(extras.peto);
}

Json subgroups(const Subgroups& subgroups) {
  Json groups = Json::object();
  for (const Group& group : subgroups.groups) addFit(group.fit, groups[group.name]);
  return {
      {"groups", groups}, {"Q_between", figure(subgroups.qBetween)}, {"df", subgroups.df}, {"p", figure(subgroups.p)}};
}

Json regression(const Regression& regression) {
  Json estimates = Json::array(), errors = Json::array(), p = Json::array();
  for (const Coefficient& one : regression.fit.coefficients) {
    estimates.push_back(one.estimate);
    errors.push_back(figure(one.se));
    p.push_back(figure(one.p));
  }
  return {{"coef", regression.names},
          {"estimate", estimates},
          {"se", errors},
          {"pval", p},
          {"QM", figure(regression.fit.qModerators)},
          {"QMp", figure(regression.fit.pModerators)},
          {"tau2", figure(regression.fit.tau2)},
          {"QE", regression.fit.q},
          {"QEp", figure(regression.fit.qP)}};
}

Json highRisk(const WithoutHighRisk& without) {
  Json out = {{"left_out", without.left}};
  if (without.fit)
    addFit(*without.fit, out["result"]);
  else
    out["result"] = nullptr;
  return out;
}

}  // namespace

std::string toJson(const Analysis& analysis) {
  Json out{{"format", "winnow-meta/1"},
           {"measure", analysis.measure().name},
           {"method", nameOf(analysis.request.method)},
           {"test", analysis.request.test == Inference::Normal ? "z" : "knha"}};
  Json studies = Json::array(), y = Json::array(), v = Json::array();
  for (const Effect& effect : analysis.effects) {
    studies.push_back(effect.study);
    y.push_back(effect.y);
    v.push_back(effect.v);
  }
  addFit(analysis.fit, out);
  out["studies"] = std::move(studies);
  out["yi"] = std::move(y);
  out["vi"] = std::move(v);
  out["weights"] = analysis.weights();
  if (analysis.extras) addExtras(*analysis.extras, out);
  if (analysis.subgroups) out["subgroups"] = subgroups(*analysis.subgroups);
  if (analysis.regression) out["metareg"] = regression(*analysis.regression);
  if (analysis.withoutHighRisk) out["without_high_risk"] = highRisk(*analysis.withoutHighRisk);
  out["remarks"] = remarksOn(analysis);
  return out.dump() + "\n";
}

}  // namespace winnow::meta
