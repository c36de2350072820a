// A fitted model: pooled effect or meta-regression, with tests, intervals and heterogeneity.
#pragma once

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "Effects.hpp"
#include "Heterogeneity.hpp"

namespace winnow::meta {

/// A figure that may not be defined; shown as null, never as 0.
using Figure = std::optional<double>;
using Interval = std::optional<std::pair<double, double>>;

/// Normal: standard normal quantiles. KnappHartung: standard error adjusted, t with k - p degrees of freedom (Knapp and
/// Hartung 2003, Sidik and Jonkman 2002).
enum class Inference { Normal, KnappHartung };

constexpr double kConfidence = 0.95;

struct Coefficient {
  double estimate = 0;
  Figure se, statistic, p;
  Interval interval;  ///< 95 %
};

struct Fit {
  Method method = Method::REML;
  Inference test = Inference::Normal;
  std::size_t k = 0;
  std::vector<Coefficient> coefficients;  ///< the first is the pooled effect or the intercept
  Figure tau2, i2, h2;                    ///< i2 in per cent
  std::vector<double> otherMaxima;        ///< of the likelihood, see Tau2
  double q = 0, qDegrees = 0;
  Figure qP;
  /// 95 % prediction intervals of the pooled effect; none for equal effects. With the quantile of the interval
  /// (metafor), and with t of k - 2 degrees of freedom (Higgins, Thompson and Spiegelhalter 2009).
  Interval predictionSame, predictionT;
  /// The Knapp-Hartung interval is narrower than the normal one: possible, and to be said.
  bool isNarrowed = false;
  Figure qModerators, pModerators;  ///< omnibus test of all coefficients but the first
  const Coefficient& pooled() const { return coefficients.front(); }
};

/// Fits the model. Throws std::invalid_argument if there are not more studies than coefficients (one study alone may be
/// "pooled": then only estimate and interval are defined) or moderators depend on each other.
Fit fit(const Model& model, Method method, Inference test);

/// The effects as a model of their mean.
Model modelOf(const std::vector<Effect>& effects);

/// Two-sided p of a standard normal statistic; accurate far out in the tails.
double normalP(double z);
/// Two-sided p of Student's t.
double studentP(double t, double degrees);
/// Upper tail of chi squared.
double chiSquaredP(double q, double degrees);
/// z with 97.5 % below it.
double normalQuantile();

}  // namespace winnow::meta
