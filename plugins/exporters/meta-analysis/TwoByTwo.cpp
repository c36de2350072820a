#include "TwoByTwo.hpp"

#include <cmath>

namespace winnow::meta {

namespace {

/// A table with its margins.
struct Margins {
  double a, b, c, d, n1, n2, n;
  explicit Margins(const FourCells& cells)
      : a(cells.events1), b(cells.others1), c(cells.events2), d(cells.others2), n1(a + b), n2(c + d), n(n1 + n2) {}
};

struct Pooled {
  double estimate, variance;
};

std::optional<Pooled> pooledRiskRatio(const std::vector<Margins>& tables) {
  double r = 0, s = 0, p = 0;
  for (const Margins& t : tables) {
    r += t.a * t.n2 / t.n;
    s += t.c * t.n1 / t.n;
    p += (t.n1 * t.n2 * (t.a + t.c) - t.a * t.c * t.n) / (t.n * t.n);
  }
  if (r <= 0 || s <= 0) return std::nullopt;
  return Pooled{std::log(r / s), p / (r * s)};
}

std::optional<Pooled> pooledOddsRatio(const std::vector<Margins>& tables) {
  double r = 0, s = 0, pr = 0, mixed = 0, qs = 0;
  for (const Margins& t : tables) {
    const double ri = t.a * t.d / t.n, si = t.b * t.c / t.n, pi = (t.a + t.d) / t.n, qi = (t.b + t.c) / t.n;
    r += ri;
    s += si;
    pr += pi * ri;
    mixed += pi * si + qi * ri;
    qs += qi * si;
  }
  if (r <= 0 || s <= 0) return std::nullopt;
  return Pooled{std::log(r / s), pr / (2 * r * r) + mixed / (2 * r * s) + qs / (2 * s * s)};
}

std::optional<Pooled> pooledRiskDifference(const std::vector<Margins>& tables) {
  double difference = 0, weight = 0, p = 0, q = 0;
  for (const Margins& t : tables) {
    difference += (t.a * t.n2 - t.c * t.n1) / t.n;
    weight += t.n1 * t.n2 / t.n;
    p += (t.n1 * t.n1 * t.c - t.n2 * t.n2 * t.a + t.n1 * t.n2 * (t.n2 - t.n1) / 2) / (t.n * t.n);
    q += (t.a * (t.n2 - t.c) + t.c * (t.n1 - t.a)) / (2 * t.n);
  }
  const double estimate = difference / weight;
  return Pooled{estimate, (estimate * p + q) / (weight * weight)};
}

TablePool withTests(const Pooled& pooled, std::size_t k) {
  TablePool out;
  out.k = k;
  out.estimate = pooled.estimate;
  out.se = std::sqrt(pooled.variance);
  out.p = normalP(out.estimate / out.se);
  out.interval = {out.estimate - normalQuantile() * out.se, out.estimate + normalQuantile() * out.se};
  return out;
}

/// Whether the formula of the measure takes anything from a table. Two groups of equal risk are an observed difference
/// of zero (weight n1 n2 / n) and, if everybody had the event, an observed risk ratio of one.
bool addsToPool(const FourCells& cells, Measure measure) {
  if (measure == Measure::RD) return true;
  if (measure == Measure::RR) return cells.events1 + cells.events2 > 0;
  return !cells.isOneSided();
}

}  // namespace

std::optional<TablePool> mantelHaenszel(const std::vector<Effect>& effects, Measure measure) {
  std::vector<Margins> tables;
  std::vector<Effect> comparable;
  for (const Effect& effect : effects) {
    if (!effect.cells) continue;
    if (addsToPool(*effect.cells, measure)) tables.emplace_back(*effect.cells);
    if (!effect.cells->isOneSided()) comparable.push_back(effect);
  }
  if (tables.empty()) return std::nullopt;
  const auto pooled = measure == Measure::RR   ? pooledRiskRatio(tables)
                      : measure == Measure::OR ? pooledOddsRatio(tables)
                      : measure == Measure::RD ? pooledRiskDifference(tables)
                                               : std::nullopt;
  if (!pooled || !(pooled->variance > 0)) return std::nullopt;
  TablePool out = withTests(*pooled, tables.size());
  for (const Effect& effect : comparable) out.q += std::pow(effect.y - out.estimate, 2) / effect.v;
  return out;
}

std::optional<TablePool> peto(const std::vector<Effect>& effects, Measure measure) {
  if (measure != Measure::OR) return std::nullopt;
  struct Part {
    double excess, variance;
  };
  std::vector<Part> parts;
  double excess = 0, variance = 0;
  for (const Effect& effect : effects) {
    if (!effect.cells || effect.cells->isOneSided()) continue;
    const Margins t(*effect.cells);
    const double events = t.a + t.c, others = t.b + t.d;
    parts.push_back({t.a - events * t.n1 / t.n, events * others * t.n1 * t.n2 / (t.n * t.n * (t.n - 1))});
    excess += parts.back().excess;
    variance += parts.back().variance;
  }
  if (!(variance > 0)) return std::nullopt;
  TablePool out = withTests({excess / variance, 1 / variance}, parts.size());
  for (const Part& part : parts) out.q += part.variance * std::pow(part.excess / part.variance - out.estimate, 2);
  return out;
}

}  // namespace winnow::meta
