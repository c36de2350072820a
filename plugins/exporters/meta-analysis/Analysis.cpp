#include "Analysis.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <winnow/formats/text.hpp>

namespace winnow::meta {

namespace {

Extras extrasOf(const Analysis& analysis) {
  const std::vector<Effect>& effects = analysis.effects;
  const Request& request = analysis.request;
  Extras extras;
  extras.egger = eggerTest(effects);
  if (effects.size() > 1) extras.begg = beggTau(effects);
  if (effects.size() > 2) extras.trimFill = trimAndFill(effects, request.method, request.test);
  extras.leaveOneOut = leaveOneOut(effects, request.method, request.test);
  extras.influence = baujat(effects, analysis.fit, extras.leaveOneOut);
  const Model model = modelOf(effects);
  extras.tau2 = tau2Interval(model, kConfidence);
  if (extras.tau2) {
    const double typical = typicalVariance(model);
    const auto share = [&](double tau2) { return 100 * tau2 / (tau2 + typical); };
    extras.i2 = std::pair(share(extras.tau2->first), share(extras.tau2->second));
  }
  extras.mantelHaenszel = mantelHaenszel(effects, request.measure);
  extras.peto = peto(effects, request.measure);
  return extras;
}

}  // namespace

double Analysis::harmonicSize() const {
  double sum = 0;
  for (const Effect& effect : effects) {
    if (effect.size <= 0) return 0;
    sum += 1 / effect.size;
  }
  return static_cast<double>(effects.size()) / sum;
}

std::vector<double> Analysis::weights() const {
  const double tau2 = fit.tau2.value_or(0);
  double sum = 0;
  for (const Effect& effect : effects) sum += 1 / (effect.v + tau2);
  std::vector<double> weights;
  for (const Effect& effect : effects) weights.push_back(100 / (effect.v + tau2) / sum);
  return weights;
}

Analysis analyse(std::vector<Effect> effects, const Request& request) {
  if (effects.empty()) throw std::invalid_argument("there is no study to pool");
  Analysis analysis;
  analysis.request = request;
  analysis.effects = std::move(effects);
  analysis.fit = fit(modelOf(analysis.effects), request.method, request.test);
  if (request.withExtras) analysis.extras = extrasOf(analysis);
  return analysis;
}

WithoutHighRisk withoutHighRisk(const std::vector<Effect>& effects, const std::vector<std::string>& risks,
                                const Request& request) {
  WithoutHighRisk out;
  std::vector<Effect> rest;
  for (std::size_t i = 0; i < effects.size(); ++i)
    if (formats::lower(risks[i]) == "high")
      out.left.push_back(effects[i].study);
    else
      rest.push_back(effects[i]);
  if (!rest.empty()) out.fit = fit(modelOf(rest), request.method, request.test);
  return out;
}

}  // namespace winnow::meta
