// The variance between studies, tau2: nine estimators, and the interval of the Q-profile method.
#pragma once

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "Weighting.hpp"

namespace winnow::meta {

enum class Method { EE, DL, HE, HS, SJ, PM, EB, ML, REML };

std::optional<Method> methodNamed(std::string_view name);
std::string_view nameOf(Method method);
/// "equal effects", "restricted maximum likelihood", ...
std::string_view titleOf(Method method);

struct Tau2 {
  double value = 0;
  /// ML and REML alone: values at which the likelihood has other, lower maxima. Programs that climb from one start may
  /// report one of these.
  std::vector<double> otherMaxima;
};

/// tau2 by a method, never below 0; 0 for EE. Sources: DL DerSimonian and Laird 1986; HE Hedges and Olkin 1985; HS
/// Hunter and Schmidt 1990; SJ Sidik and Jonkman 2005; PM Paule and Mandel 1982; EB Morris 1983 (the same root); ML,
/// REML Viechtbauer 2005. Iterative ones to full double precision; of several maxima the highest. Takes a model with
/// more studies than coefficients.
Tau2 estimateTau2(const Model& model, Method method);

/// 95 % interval of tau2 by the Q-profile method (Viechtbauer, Statistics in Medicine 26, 2007), without an upper limit
/// of the search. None if there are no degrees of freedom.
std::optional<std::pair<double, double>> tau2Interval(const Model& model, double confidence);

/// The typical sampling variance of Higgins and Thompson (2002): I2 = 100 tau2 / (tau2 + typical).
double typicalVariance(const Model& model);

}  // namespace winnow::meta
