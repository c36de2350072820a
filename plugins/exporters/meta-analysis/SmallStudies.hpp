// Whether small studies tell another story: regression and rank tests for asymmetry of the funnel, trim and fill.
#pragma once

#include <vector>

#include "Fit.hpp"

namespace winnow::meta {

/// Regression of y/se on 1/se by ordinary least squares; the intercept is tested with t of k - 2 (Egger and others
/// 1997).
struct Egger {
  Figure intercept, se, t, p;
  double df = 0;
};
Egger eggerTest(const std::vector<Effect>& effects);

/// Kendall's tau-b of (y - mu) / sqrt(v - 1/W) with v; mu and W of equal effects (Begg and Mazumdar 1994). None if all
/// pairs are tied.
Figure beggTau(const std::vector<Effect>& effects);

/// Trim and fill with the estimator L0 (Duval and Tweedie 2000).
struct TrimFill {
  enum class Side { Left, Right };  ///< where studies seem to be missing
  std::size_t k0 = 0;               ///< how many
  Side side = Side::Left;
  Fit fit;                     ///< with the mirror images filled in
  std::vector<Effect> filled;  ///< the mirror images
};
/// The side is the one that a regression on the standard error points away from. Needs three studies.
TrimFill trimAndFill(const std::vector<Effect>& effects, Method method, Inference test);

}  // namespace winnow::meta
