#include "SmallStudies.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace winnow::meta {

namespace {

/// The design of a regression on the standard error.
Model onStandardError(const std::vector<Effect>& effects) {
  Model model = modelOf(effects);
  Eigen::MatrixXd x(model.studies(), 2);
  x.col(0).setOnes();
  x.col(1) = model.v.cwiseSqrt();
  model.x = x;
  return model;
}

bool isSameVariance(const std::vector<Effect>& effects) {
  return std::all_of(effects.begin(), effects.end(), [&](const Effect& e) { return e.v == effects.front().v; });
}

/// Half to even, as IEEE and R round.
std::size_t rounded(double value) { return value <= 0 ? 0 : static_cast<std::size_t>(std::nearbyint(value)); }

/// L0 of the effects in ascending order around `centre`.
double missingOf(const std::vector<Effect>& effects, double centre) {
  const std::size_t k = effects.size();
  std::vector<std::size_t> order(k);
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto distance = [&](std::size_t i) { return std::abs(effects[i].y - centre); };
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return distance(a) < distance(b); });
  double rankSum = 0;
  for (std::size_t rank = 0; rank < k; ++rank)
    if (effects[order[rank]].y > centre) rankSum += static_cast<double>(rank + 1);
  const auto n = static_cast<double>(k);
  return (4 * rankSum - n * (n + 1)) / (2 * n - 1);
}

}  // namespace

Egger eggerTest(const std::vector<Effect>& effects) {
  Egger egger;
  const auto k = static_cast<double>(effects.size());
  egger.df = k - 2;
  if (effects.size() < 3 || isSameVariance(effects)) return egger;
  double sx = 0, sy = 0;
  for (const Effect& e : effects) {
    sx += 1 / std::sqrt(e.v);
    sy += e.y / std::sqrt(e.v);
  }
  double sxx = 0, sxy = 0;
  for (const Effect& e : effects) {
    const double x = 1 / std::sqrt(e.v) - sx / k;
    sxx += x * x;
    sxy += x * (e.y / std::sqrt(e.v) - sy / k);
  }
  const double slope = sxy / sxx, intercept = (sy - slope * sx) / k;
  double rest = 0;
  for (const Effect& e : effects) rest += std::pow(e.y / std::sqrt(e.v) - intercept - slope / std::sqrt(e.v), 2);
  egger.intercept = intercept;
  const double se = std::sqrt(rest / egger.df * (1 / k + sx * sx / (k * k * sxx)));
  egger.se = se;
  if (se > 0) {
    egger.t = intercept / se;
    egger.p = studentP(*egger.t, egger.df);
  }
  return egger;
}

Figure beggTau(const std::vector<Effect>& effects) {
  const Model model = modelOf(effects);
  const Weighting equal(model, 0);
  const double mu = equal.coefficients()[0], w = equal.sumOfWeights();
  std::vector<double> standardised;
  for (const Effect& e : effects) {
    const double spread = e.v - 1 / w;
    if (spread <= 0) return std::nullopt;
    standardised.push_back((e.y - mu) / std::sqrt(spread));
  }
  double concordance = 0, untiedFirst = 0, untiedSecond = 0;
  const auto sign = [](double a, double b) { return (a > b) - (a < b); };
  for (std::size_t i = 0; i < effects.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) {
      const int first = sign(standardised[i], standardised[j]), second = sign(effects[i].v, effects[j].v);
      concordance += first * second;
      untiedFirst += first != 0;
      untiedSecond += second != 0;
    }
  if (untiedFirst == 0 || untiedSecond == 0) return std::nullopt;
  return concordance / std::sqrt(untiedFirst * untiedSecond);
}

TrimFill trimAndFill(const std::vector<Effect>& effects, Method method, Inference test) {
  TrimFill result;
  const std::size_t k = effects.size();
  const bool hasSlope = k >= 3 && !isSameVariance(effects);
  if (hasSlope && fit(onStandardError(effects), method, test).coefficients[1].estimate < 0)
    result.side = TrimFill::Side::Right;
  const double sign = result.side == TrimFill::Side::Right ? -1 : 1;
  // Mirrored so that the surplus is always on the right.
  std::vector<Effect> sorted = effects;
  for (Effect& e : sorted) e.y *= sign;
  std::stable_sort(sorted.begin(), sorted.end(), [](const Effect& a, const Effect& b) { return a.y < b.y; });
  double centre = 0;
  constexpr int kMostSteps = 100;
  std::size_t last = k;
  for (int step = 0; step < kMostSteps && result.k0 != last; ++step) {
    last = result.k0;
    const std::vector<Effect> trimmed(sorted.begin(), sorted.end() - static_cast<std::ptrdiff_t>(last));
    centre = fit(modelOf(trimmed), method, test).pooled().estimate;
    result.k0 = std::min(rounded(missingOf(sorted, centre)), k - 1);
  }
  std::vector<Effect> all = effects;
  for (std::size_t i = k - result.k0; i < k; ++i) {
    Effect mirror = sorted[i];
    mirror.y = sign * (2 * centre - mirror.y);
    mirror.study = "filled: " + mirror.study;
    result.filled.push_back(mirror);
    all.push_back(std::move(mirror));
  }
  result.fit = fit(modelOf(all), method, test);
  return result;
}

}  // namespace winnow::meta
