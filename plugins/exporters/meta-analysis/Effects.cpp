#include "Effects.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>

namespace winnow::meta {

namespace {

constexpr MeasureInfo kMeasures[] = {
    {Measure::RR, "RR", "Risk ratio", "ai,bi|n1i,ci,di|n2i", Scale::Ratio, "Katz and others 1978"},
    {Measure::OR, "OR", "Odds ratio", "ai,bi|n1i,ci,di|n2i", Scale::Ratio, "Woolf 1955"},
    {Measure::RD, "RD", "Risk difference", "ai,bi|n1i,ci,di|n2i", Scale::Plain, "Fleiss and Berlin 2009"},
    {Measure::MD, "MD", "Mean difference", "m1i,sd1i,n1i,m2i,sd2i,n2i", Scale::Plain, "unequal variances"},
    {Measure::SMD, "SMD", "Standardised mean difference (Hedges' g)", "m1i,sd1i,n1i,m2i,sd2i,n2i", Scale::Plain,
     "Hedges 1981, Hedges and Olkin 1985"},
    {Measure::ROM, "ROM", "Ratio of means", "m1i,sd1i,n1i,m2i,sd2i,n2i", Scale::Ratio,
     "Hedges, Gurevitch and Curtis 1999"},
    {Measure::PLO, "PLO", "Proportion (logit)", "xi,ni", Scale::Proportion, "delta method"},
    {Measure::PFT, "PFT", "Proportion (Freeman-Tukey)", "xi,ni", Scale::FreemanTukey, "Freeman and Tukey 1950"},
    {Measure::ZCOR, "ZCOR", "Correlation (Fisher's z)", "ri,ni", Scale::Correlation, "Fisher 1921"},
    {Measure::GEN, "GEN", "Effect", "yi,vi|sei", Scale::Plain, "as given"}};

using Value = std::function<double(std::string_view)>;
using Has = std::function<bool(std::string_view)>;

[[noreturn]] void refuse(const std::string& what) { throw std::invalid_argument(what); }

double countOf(const Value& value, std::string_view name) {
  const double count = value(name);
  if (count < 0) refuse(std::string(name) + " is negative");
  if (count != std::floor(count)) refuse(std::string(name) + " is no whole number");
  return count;
}

double positive(const Value& value, std::string_view name) {
  const double number = value(name);
  if (number <= 0) refuse(std::string(name) + " must be greater than 0");
  return number;
}

/// The rest of a group: given, or what is left of its total.
double othersOf(const Value& value, const Has& has, std::string_view others, std::string_view total,
                std::string_view events, double count) {
  if (has(others)) return countOf(value, others);
  const double all = countOf(value, total);
  if (count > all) refuse(std::string(events) + " is larger than " + std::string(total));
  return all - count;
}

Effect ofFourCells(Measure measure, const Value& value, const Has& has) {
  FourCells cells;
  cells.events1 = countOf(value, "ai");
  cells.others1 = othersOf(value, has, "bi", "n1i", "ai", cells.events1);
  cells.events2 = countOf(value, "ci");
  cells.others2 = othersOf(value, has, "di", "n2i", "ci", cells.events2);
  if (cells.events1 + cells.others1 == 0 || cells.events2 + cells.others2 == 0) refuse("a group is empty");
  Effect effect;
  effect.cells = cells;
  effect.size = cells.total();
  effect.isCorrected = cells.hasZero();
  const double add = effect.isCorrected ? 0.5 : 0;
  const double a = cells.events1 + add, b = cells.others1 + add, c = cells.events2 + add, d = cells.others2 + add;
  const double n1 = a + b, n2 = c + d;
  if (measure == Measure::RR) {
    effect.y = std::log(a / n1) - std::log(c / n2);
    effect.v = 1 / a - 1 / n1 + 1 / c - 1 / n2;
  } else if (measure == Measure::OR) {
    effect.y = std::log(a * d / (b * c));
    effect.v = 1 / a + 1 / b + 1 / c + 1 / d;
  } else {
    effect.y = a / n1 - c / n2;
    effect.v = a * b / (n1 * n1 * n1) + c * d / (n2 * n2 * n2);
  }
  return effect;
}

Effect ofMeans(Measure measure, const Value& value) {
  const double m1 = value("m1i"), s1 = positive(value, "sd1i"), n1 = positive(value, "n1i"), m2 = value("m2i"),
               s2 = positive(value, "sd2i"), n2 = positive(value, "n2i");
  Effect effect;
  effect.size = n1 + n2;
  if (measure == Measure::MD) {
    effect.y = m1 - m2;
    effect.v = s1 * s1 / n1 + s2 * s2 / n2;
    return effect;
  }
  if (measure == Measure::ROM) {
    if (m1 <= 0 || m2 <= 0) refuse("a ratio of means needs two means greater than 0");
    effect.y = std::log(m1 / m2);
    effect.v = s1 * s1 / (n1 * m1 * m1) + s2 * s2 / (n2 * m2 * m2);
    return effect;
  }
  const double f = n1 + n2 - 2;
  if (f < 2) refuse("a standardised mean difference needs four participants or more");
  const double pooled = std::sqrt(((n1 - 1) * s1 * s1 + (n2 - 1) * s2 * s2) / f);
  // Hedges' exact correction, by logarithms of the gamma function so that large studies do not overflow.
  const double j = std::exp(std::lgamma(f / 2) - std::log(f / 2) / 2 - std::lgamma((f - 1) / 2));
  effect.y = j * (m1 - m2) / pooled;
  effect.v = 1 / n1 + 1 / n2 + effect.y * effect.y / (2 * (n1 + n2));
  return effect;
}

Effect ofProportion(Measure measure, const Value& value) {
  double x = countOf(value, "xi"), n = countOf(value, "ni");
  if (n == 0) refuse("ni is 0");
  if (x > n) refuse("xi is larger than ni");
  Effect effect;
  effect.size = n;
  if (measure == Measure::PFT) {
    effect.y = (std::asin(std::sqrt(x / (n + 1))) + std::asin(std::sqrt((x + 1) / (n + 1)))) / 2;
    effect.v = 1 / (4 * n + 2);
    return effect;
  }
  effect.isCorrected = x == 0 || x == n;
  if (effect.isCorrected) {
    x += 0.5;
    n += 1;
  }
  effect.y = std::log(x / (n - x));
  effect.v = 1 / x + 1 / (n - x);
  return effect;
}

Effect ofCorrelation(const Value& value) {
  const double r = value("ri"), n = countOf(value, "ni");
  if (std::abs(r) >= 1) refuse("ri must lie between -1 and 1");
  if (n < 4) refuse("ni must be 4 or more");
  Effect effect;
  effect.size = n;
  effect.y = std::atanh(r);
  effect.v = 1 / (n - 3);
  return effect;
}

Effect asGiven(const Value& value, const Has& has) {
  Effect effect;
  effect.y = value("yi");
  const bool hasVariance = has("vi");
  const double spread = value(hasVariance ? "vi" : "sei");
  if (spread <= 0) refuse(std::string(hasVariance ? "vi" : "sei") + " must be greater than 0");
  effect.v = hasVariance ? spread : spread * spread;
  return effect;
}

/// Back to a proportion (Miller 1978); out of the transform's range it is 0 or 1.
double fromFreemanTukey(double figure, double size) {
  const double low = std::asin(std::sqrt(1 / (size + 1))) / 2, high = std::numbers::pi / 2 - low;
  if (!(size > 0) || figure <= low) return 0;
  if (figure >= high) return 1;
  const double angle = 2 * figure, s = std::sin(angle);
  const double inner = s + (s - 1 / s) / size;
  const double root = std::sqrt(std::max(0.0, 1 - inner * inner));
  return std::clamp((1 - (std::cos(angle) < 0 ? -root : root)) / 2, 0.0, 1.0);
}

Effect computed(Measure measure, const Value& value, const Has& has) {
  switch (measure) {
    case Measure::RR:
    case Measure::OR:
    case Measure::RD:
      return ofFourCells(measure, value, has);
    case Measure::MD:
    case Measure::SMD:
    case Measure::ROM:
      return ofMeans(measure, value);
    case Measure::PLO:
    case Measure::PFT:
      return ofProportion(measure, value);
    case Measure::ZCOR:
      return ofCorrelation(value);
    case Measure::GEN:
      break;
  }
  return asGiven(value, has);
}

}  // namespace

std::span<const MeasureInfo> measures() { return kMeasures; }

const MeasureInfo& infoOf(Measure measure) {
  return *std::find_if(std::begin(kMeasures), std::end(kMeasures),
                       [&](const MeasureInfo& info) { return info.measure == measure; });
}

std::optional<Measure> measureNamed(std::string_view name) {
  for (const MeasureInfo& info : kMeasures)
    if (info.name == name) return info.measure;
  return std::nullopt;
}

Effect effectOf(Measure measure, const Value& value, const Has& has) {
  std::vector<std::pair<std::string, double>> reported;
  const Value remembered = [&](std::string_view name) {
    const double number = value(name);
    reported.emplace_back(name, number);
    return number;
  };
  Effect effect = computed(measure, remembered, has);
  effect.reported = std::move(reported);
  return effect;
}

double shown(Scale scale, double figure, double size) {
  switch (scale) {
    case Scale::Ratio:
      return std::exp(figure);
    case Scale::Proportion:
      return 1 / (1 + std::exp(-figure));
    case Scale::FreemanTukey:
      return fromFreemanTukey(figure, size);
    case Scale::Correlation:
      return std::tanh(figure);
    case Scale::Plain:
      break;
  }
  return figure;
}

}  // namespace winnow::meta
