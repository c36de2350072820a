// How much one study, or one group of studies, decides the result.
#pragma once

#include <string>
#include <vector>

#include "Fit.hpp"

namespace winnow::meta {

/// The fit without each study in turn. Needs two studies.
std::vector<Fit> leaveOneOut(const std::vector<Effect>& effects, Method method, Inference test);

/// A study's place in the plot of Baujat and others (2002).
struct Influence {
  double contribution = 0;  ///< to the heterogeneity: (y - mu)^2 / (v + tau2)
  double influence = 0;     ///< on the result: (mu - mu without it)^2 / variance without it
};
std::vector<Influence> baujat(const std::vector<Effect>& effects, const Fit& whole, const std::vector<Fit>& without);

struct Group {
  std::string name;
  std::vector<Effect> effects;
  Fit fit;
};
/// Each group fitted by itself, with its own tau2, and the test between them (Borenstein and others 2009, chapter 19).
struct Subgroups {
  std::vector<Group> groups;  ///< in byte order of their names
  Figure qBetween, p;         ///< none for fewer than two groups, or if one has no standard error
  double df = 0;
};
/// `names` in the order of the effects.
Subgroups subgroupsOf(const std::vector<Effect>& effects, const std::vector<std::string>& names, Method method,
                      Inference test);

/// Several effects of one study as one: their mean, with the variance that effects correlated by `rho` have (Borenstein
/// and others 2009, chapter 24). Studies keep the place of their first effect; cells are dropped where effects were
/// combined, because participants would count twice.
std::vector<Effect> combinedByStudy(const std::vector<Effect>& effects, double rho);

/// Studies with more than one effect, in order.
std::vector<std::string> repeatedStudies(const std::vector<Effect>& effects);

}  // namespace winnow::meta
