// Pooling of two-by-two tables without weights of inverse variance.
#pragma once

#include <vector>

#include "Fit.hpp"

namespace winnow::meta {

struct TablePool {
  double estimate = 0, se = 0, p = 1, q = 0;
  std::pair<double, double> interval{0, 0};
  std::size_t k = 0;  ///< tables that say something
};

/// Mantel and Haenszel without continuity correction. RR: Greenland and Robins 1985; OR: variance of Robins, Breslow
/// and Greenland 1986; RD: Sato, Greenland and Robins 1989. None if the measure has no such pool or nothing can be
/// estimated. Studies without events in both groups say nothing about a ratio, but are part of a risk difference. `q`
/// is the heterogeneity of the tables' own effects around it, without studies whose own effect exists by a correction
/// alone (no event, or nothing but events, in both groups).
std::optional<TablePool> mantelHaenszel(const std::vector<Effect>& effects, Measure measure);

/// Peto's one-step odds ratio (Yusuf and others 1985), for OR alone.
std::optional<TablePool> peto(const std::vector<Effect>& effects, Measure measure);

}  // namespace winnow::meta
