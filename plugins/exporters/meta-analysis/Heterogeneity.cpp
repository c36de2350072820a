#include "Heterogeneity.hpp"

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/tools/roots.hpp>
#include <cmath>
#include <vector>

namespace winnow::meta {

namespace {

struct MethodInfo {
  Method method;
  std::string_view name, title;
};
constexpr MethodInfo kMethods[] = {{Method::EE, "EE", "equal effects"},
                                   {Method::DL, "DL", "DerSimonian-Laird"},
                                   {Method::HE, "HE", "Hedges"},
                                   {Method::HS, "HS", "Hunter-Schmidt"},
                                   {Method::SJ, "SJ", "Sidik-Jonkman"},
                                   {Method::PM, "PM", "Paule-Mandel"},
                                   {Method::EB, "EB", "empirical Bayes"},
                                   {Method::ML, "ML", "maximum likelihood"},
                                   {Method::REML, "REML", "restricted maximum likelihood"}};

/// The root of a function with different signs at both ends, to the last bits of a double.
template <class Function>
double rootBetween(Function&& f, double low, double high) {
  const double atLow = f(low), atHigh = f(high);
  if (atLow == 0) return low;
  if (atHigh == 0) return high;
  std::uintmax_t steps = 500;
  const auto [a, b] = boost::math::tools::toms748_solve(f, low, high, atLow, atHigh,
                                                        boost::math::tools::eps_tolerance<double>(52), steps);
  return (a + b) / 2;
}

/// A variance that is surely of the size of what is looked for.
double scaleOf(const Model& model) {
  const double spread = (model.y.array() - model.y.mean()).square().sum() / static_cast<double>(model.studies());
  return std::max(spread, model.v.maxCoeff());
}

double residualSumAt(const Model& model, double tau2) { return Weighting(model, tau2).residualSum(); }

/// Where the generalised Q, which falls as tau2 grows, equals `target`; 0 if it is below from the start.
double profileRoot(const Model& model, double target) {
  const auto excess = [&](double tau2) { return residualSumAt(model, tau2) - target; };
  if (excess(0) <= 0) return 0;
  double high = scaleOf(model);
  while (excess(high) > 0) high *= 2;
  return rootBetween(excess, 0, high);
}

/// The highest of the maxima of the (restricted) likelihood. The score is looked at on a fine grid, because it may have
/// several roots and Fisher's steps end in the nearest one.
Tau2 highestMaximum(const Model& model, bool isRestricted) {
  const auto score = [&](double tau2) {
    const Weighting at(model, tau2);
    return at.squaredScore() - (isRestricted ? at.traceP() : at.sumOfWeights());
  };
  const auto likelihood = [&](double tau2) { return Weighting(model, tau2).logLikelihood(isRestricted); };
  double high = scaleOf(model);
  while (score(high) > 0) high *= 2;
  high *= 4;
  constexpr int kPoints = 160;
  const double smallest = model.v.minCoeff() * 1e-6, ratio = std::pow(high / smallest, 1.0 / kPoints);
  double left = 0, atLeft = score(0);
  std::vector<double> maxima;
  if (atLeft <= 0) maxima.push_back(0);
  for (int i = 0; i <= kPoints; ++i) {
    const double right = smallest * std::pow(ratio, i), atRight = score(right);
    if (atLeft > 0 && atRight <= 0) maxima.push_back(rootBetween(score, left, right));
    left = right;
    atLeft = atRight;
  }
  const auto highest =
      std::max_element(maxima.begin(), maxima.end(), [&](double a, double b) { return likelihood(a) < likelihood(b); });
  if (highest == maxima.end()) return {};
  Tau2 tau2{*highest, {}};
  maxima.erase(highest);
  tau2.otherMaxima = std::move(maxima);
  return tau2;
}

double momentsOf(const Model& model, Method method) {
  if (method == Method::HE) {
    const Model plain{model.y, Eigen::VectorXd::Ones(model.studies()), model.x};
    const Weighting fit(plain, 0);
    // tr(P V) with equal weights: every study's leverage times its variance is left out.
    const Eigen::VectorXd leverage = (model.x * fit.covariance()).cwiseProduct(model.x).rowwise().sum();
    const double expected = model.v.dot((1 - leverage.array()).matrix());
    return (fit.residualSum() - expected) / model.degrees();
  }
  const Weighting fit(model, 0);
  if (method == Method::HS) return (fit.residualSum() - static_cast<double>(model.studies())) / fit.sumOfWeights();
  return (fit.residualSum() - model.degrees()) / fit.traceP();
}

double sidikJonkman(const Model& model) {
  const double start = (model.y.array() - model.y.mean()).square().sum() / static_cast<double>(model.studies());
  return start == 0 ? 0 : start * residualSumAt(model, start) / model.degrees();
}

}  // namespace

std::optional<Method> methodNamed(std::string_view name) {
  for (const MethodInfo& info : kMethods)
    if (info.name == name) return info.method;
  return std::nullopt;
}
std::string_view nameOf(Method method) { return kMethods[static_cast<std::size_t>(method)].name; }
std::string_view titleOf(Method method) { return kMethods[static_cast<std::size_t>(method)].title; }

Tau2 estimateTau2(const Model& model, Method method) {
  switch (method) {
    case Method::EE:
      return {};
    case Method::DL:
    case Method::HE:
    case Method::HS:
      return {std::max(0.0, momentsOf(model, method)), {}};
    case Method::SJ:
      return {sidikJonkman(model), {}};
    case Method::PM:
    case Method::EB:
      return {profileRoot(model, model.degrees()), {}};
    case Method::ML:
    case Method::REML:
      break;
  }
  return highestMaximum(model, method == Method::REML);
}

std::optional<std::pair<double, double>> tau2Interval(const Model& model, double confidence) {
  if (model.degrees() < 1) return std::nullopt;
  const boost::math::chi_squared_distribution<> chi(model.degrees());
  const double tail = (1 - confidence) / 2;
  return std::pair(profileRoot(model, boost::math::quantile(boost::math::complement(chi, tail))),
                   profileRoot(model, boost::math::quantile(chi, tail)));
}

double typicalVariance(const Model& model) { return model.degrees() / Weighting(model, 0).traceP(); }

}  // namespace winnow::meta
