#include "Fit.hpp"

#include <Eigen/Cholesky>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <stdexcept>

namespace winnow::meta {

namespace {

using boost::math::cdf;
using boost::math::complement;
using boost::math::quantile;

constexpr double kUpper = 1 - (1 - kConfidence) / 2;

double tQuantile(double degrees) { return quantile(boost::math::students_t_distribution<>(degrees), kUpper); }

Interval around(double middle, double half) { return std::pair(middle - half, middle + half); }

/// Standard errors, tests and intervals of all coefficients; `factor` multiplies every standard error.
void addCoefficients(const Weighting& at, double degrees, double factor, Fit& fit) {
  const bool isT = fit.test == Inference::KnappHartung;
  for (Eigen::Index i = 0; i < at.coefficients().size(); ++i) {
    Coefficient one;
    one.estimate = at.coefficients()[i];
    if (!isT || degrees >= 1) {
      const double se = factor * std::sqrt(at.covariance()(i, i));
      one.se = se;
      if (se > 0) {
        one.statistic = one.estimate / se;
        one.p = isT ? studentP(*one.statistic, degrees) : normalP(*one.statistic);
        one.interval = around(one.estimate, se * (isT ? tQuantile(degrees) : normalQuantile()));
      }
    }
    fit.coefficients.push_back(one);
  }
}

void addModerators(const Weighting& at, double degrees, double factor, Fit& fit) {
  const Eigen::Index m = at.coefficients().size() - 1;
  if (m < 1 || factor <= 0) return;
  const Eigen::VectorXd b = at.coefficients().tail(m);
  const double wald = b.dot(at.covariance().bottomRightCorner(m, m).ldlt().solve(b)) / (factor * factor);
  if (fit.test == Inference::Normal) {
    fit.qModerators = wald;
    fit.pModerators = chiSquaredP(wald, static_cast<double>(m));
  } else {
    fit.qModerators = wald / static_cast<double>(m);
    fit.pModerators =
        cdf(complement(boost::math::fisher_f_distribution<>(static_cast<double>(m), degrees), *fit.qModerators));
  }
}

/// Higgins and Thompson 2002: I2 and H2 from tau2, for equal effects from Q.
void addHeterogeneity(const Model& model, Fit& fit) {
  fit.qP = chiSquaredP(fit.q, fit.qDegrees);
  if (fit.method == Method::EE) {
    fit.h2 = fit.q / fit.qDegrees;
    fit.i2 = fit.q > 0 ? std::max(0.0, 100 * (fit.q - fit.qDegrees) / fit.q) : 0;
    return;
  }
  const double typical = typicalVariance(model);
  fit.i2 = 100 * *fit.tau2 / (*fit.tau2 + typical);
  fit.h2 = *fit.tau2 / typical + 1;
}

void addPrediction(double degrees, Fit& fit) {
  const Coefficient& pooled = fit.pooled();
  if (fit.method == Method::EE || !pooled.se) return;
  const double spread = std::sqrt(*pooled.se * *pooled.se + *fit.tau2);
  fit.predictionSame =
      around(pooled.estimate, spread * (fit.test == Inference::Normal ? normalQuantile() : tQuantile(degrees)));
  if (fit.k >= 3) fit.predictionT = around(pooled.estimate, spread * tQuantile(static_cast<double>(fit.k) - 2));
}

}  // namespace

double normalP(double z) { return 2 * cdf(complement(boost::math::normal_distribution<>(), std::abs(z))); }
double studentP(double t, double degrees) {
  return 2 * cdf(complement(boost::math::students_t_distribution<>(degrees), std::abs(t)));
}
double chiSquaredP(double q, double degrees) {
  return cdf(complement(boost::math::chi_squared_distribution<>(degrees), q));
}
double normalQuantile() { return quantile(boost::math::normal_distribution<>(), kUpper); }

Model modelOf(const std::vector<Effect>& effects) {
  const auto k = static_cast<Eigen::Index>(effects.size());
  Eigen::VectorXd y(k), v(k);
  for (Eigen::Index i = 0; i < k; ++i) {
    y[i] = effects[static_cast<std::size_t>(i)].y;
    v[i] = effects[static_cast<std::size_t>(i)].v;
  }
  return meanModel(y, v);
}

Fit fit(const Model& model, Method method, Inference test) {
  const double degrees = model.degrees();
  const bool isOneStudy = model.studies() == 1 && model.coefficients() == 1;
  if (degrees < 1 && !isOneStudy)
    throw std::invalid_argument(std::to_string(model.studies()) + " studies cannot determine " +
                                std::to_string(model.coefficients()) + " coefficients and their spread");
  Fit result;
  result.method = method;
  result.test = test;
  result.k = static_cast<std::size_t>(model.studies());
  result.qDegrees = degrees;
  Tau2 estimated = isOneStudy ? Tau2() : estimateTau2(model, method);
  const double tau2 = estimated.value;
  result.otherMaxima = std::move(estimated.otherMaxima);
  if (!isOneStudy || method == Method::EE) result.tau2 = tau2;
  const Weighting at(model, tau2);
  double factor = 1;
  if (test == Inference::KnappHartung && degrees >= 1) {
    factor = std::sqrt(at.residualSum() / degrees);
    result.isNarrowed = factor * tQuantile(degrees) < normalQuantile();
  }
  addCoefficients(at, degrees, factor, result);
  if (isOneStudy) return result;
  result.q = Weighting(model, 0).residualSum();
  addHeterogeneity(model, result);
  addModerators(at, degrees, factor, result);
  if (model.coefficients() == 1) addPrediction(degrees, result);
  return result;
}

}  // namespace winnow::meta
