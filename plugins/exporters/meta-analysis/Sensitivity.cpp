#include "Sensitivity.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace winnow::meta {

std::vector<Fit> leaveOneOut(const std::vector<Effect>& effects, Method method, Inference test) {
  std::vector<Fit> fits;
  for (std::size_t i = 0; effects.size() > 1 && i < effects.size(); ++i) {
    std::vector<Effect> rest = effects;
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
    fits.push_back(fit(modelOf(rest), method, test));
  }
  return fits;
}

std::vector<Influence> baujat(const std::vector<Effect>& effects, const Fit& whole, const std::vector<Fit>& without) {
  std::vector<Influence> out;
  for (std::size_t i = 0; i < without.size(); ++i) {
    const double mu = whole.pooled().estimate, tau2 = whole.tau2.value_or(0);
    Influence one;
    one.contribution = std::pow(effects[i].y - mu, 2) / (effects[i].v + tau2);
    const Coefficient& rest = without[i].pooled();
    if (rest.se && *rest.se > 0) one.influence = std::pow((mu - rest.estimate) / *rest.se, 2);
    out.push_back(one);
  }
  return out;
}

Subgroups subgroupsOf(const std::vector<Effect>& effects, const std::vector<std::string>& names, Method method,
                      Inference test) {
  std::map<std::string, std::vector<Effect>> byName;
  for (std::size_t i = 0; i < effects.size(); ++i) byName[names[i]].push_back(effects[i]);
  Subgroups out;
  double weights = 0, mean = 0;
  bool isComparable = byName.size() > 1;
  for (auto& [name, members] : byName) {
    out.groups.push_back({name, members, fit(modelOf(members), method, test)});
    const Coefficient& pooled = out.groups.back().fit.pooled();
    isComparable = isComparable && pooled.se && *pooled.se > 0;
    if (!isComparable) continue;
    weights += 1 / (*pooled.se * *pooled.se);
    mean += pooled.estimate / (*pooled.se * *pooled.se);
  }
  if (!isComparable) return out;
  mean /= weights;
  double q = 0;
  for (const Group& group : out.groups) q += std::pow((group.fit.pooled().estimate - mean) / *group.fit.pooled().se, 2);
  out.df = static_cast<double>(out.groups.size() - 1);
  out.qBetween = q;
  out.p = chiSquaredP(q, out.df);
  return out;
}

std::vector<std::string> repeatedStudies(const std::vector<Effect>& effects) {
  std::map<std::string, int> seen;
  std::vector<std::string> repeated;
  for (const Effect& effect : effects)
    if (!effect.study.empty() && ++seen[effect.study] == 2) repeated.push_back(effect.study);
  return repeated;
}

std::vector<Effect> combinedByStudy(const std::vector<Effect>& effects, double rho) {
  std::map<std::string, std::vector<const Effect*>> byStudy;
  for (const Effect& effect : effects) byStudy[effect.study].push_back(&effect);
  std::vector<Effect> out;
  for (const Effect& effect : effects) {
    const std::vector<const Effect*>& members = byStudy[effect.study];
    if (members.front() != &effect && !effect.study.empty()) continue;
    if (members.size() == 1 || effect.study.empty()) {
      out.push_back(effect);
      continue;
    }
    Effect one;
    one.study = effect.study;
    double variances = 0, deviations = 0;
    for (const Effect* member : members) {
      one.y += member->y;
      variances += member->v;
      deviations += std::sqrt(member->v);
      one.size = std::max(one.size, member->size);
      one.isCorrected = one.isCorrected || member->isCorrected;
    }
    const auto m = static_cast<double>(members.size());
    one.y /= m;
    // sum v + rho (sum sd)^2 - rho sum v, over m^2
    one.v = (variances + rho * (deviations * deviations - variances)) / (m * m);
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace winnow::meta
