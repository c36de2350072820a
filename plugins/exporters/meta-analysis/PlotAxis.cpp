#include "PlotAxis.hpp"

#include <algorithm>
#include <cmath>

#include "Words.hpp"

namespace winnow::meta {

namespace {

using picture::Anchor;
using picture::formatLength;
using picture::Scene;
using picture::TextStyle;
using picture::Weight;

constexpr int kMostTicks = 8;

/// 1, 2 or 5 times a power of ten, so that at most kMostTicks fit.
double roundStep(double span) {
  const double rough = span / kMostTicks, power = std::pow(10, std::floor(std::log10(rough)));
  for (const double factor : {1.0, 2.0, 5.0})
    if (power * factor >= rough) return power * factor;
  return power * 10;
}

std::vector<PlotAxis::Tick> plainTicks(double low, double high) {
  std::vector<PlotAxis::Tick> ticks;
  const double step = roundStep(high - low);
  const int decimals = std::max(0, static_cast<int>(-std::floor(std::log10(step) + 1e-9)));
  for (double i = std::ceil(low / step - 1e-9); i * step <= high + step * 1e-9; ++i)
    ticks.push_back({i * step, fixed(i * step, decimals)});
  return ticks;
}

/// Round ratios on the logarithmic axis: 1, 2 and 5 times powers of ten, thinned to powers of ten where they crowd.
std::vector<PlotAxis::Tick> ratioTicks(double low, double high) {
  for (const auto& factors : {std::vector<double>{1, 1.5, 2, 3, 5, 7}, {1, 2, 5}, {1}}) {
    std::vector<PlotAxis::Tick> ticks;
    for (int power = -12; power <= 12; ++power)
      for (const double factor : factors) {
        const double ratio = factor * std::pow(10, power), at = std::log(ratio);
        if (at < low - 1e-9 || at > high + 1e-9) continue;
        const int decimals = std::max(0, -power) + (factor == 1.5 ? 1 : 0);
        ticks.push_back({at, fixed(ratio, power < 0 ? decimals : (factor == 1.5 && power == 0 ? 1 : 0))});
      }
    if (ticks.size() <= kMostTicks && ticks.size() >= 2) return ticks;
    if (factors.size() == 6 && ticks.size() < 2) return plainTicks(low, high);  // narrower than any round ratio
    if (factors.size() == 1) return ticks;
  }
  return {};
}

}  // namespace

double coordinateOf(const Analysis& analysis, double figure) {
  const Scale scale = analysis.measure().scale;
  return scale == Scale::Ratio ? figure : shown(scale, figure, analysis.harmonicSize());
}

PlotAxis::PlotAxis(double low, double high, double left, double right, bool isRatio)
    : low_(low), high_(high), left_(left), right_(right) {
  if (!(high_ > low_)) {  // all in one point
    low_ -= 0.5;
    high_ += 0.5;
  }
  ticks_ = isRatio ? ratioTicks(low_, high_) : plainTicks(low_, high_);
}

double PlotAxis::x(double coordinate) const { return left_ + (coordinate - low_) / (high_ - low_) * (right_ - left_); }

void PlotAxis::drawBelow(Scene& scene, double y) const {
  scene.line({{left_, y}, {right_, y}}, ink::kText, 1);
  const TextStyle style{11, Weight::Regular, ink::kText, Anchor::Middle, 0};
  for (const Tick& tick : ticks_) {
    const double at = x(tick.coordinate);
    scene.line({{at, y}, {at, y + 4}}, ink::kText, 1);
    scene.text({{{at, y + 17}, tick.label}}, style);
  }
}

void textEndingAt(Scene& scene, double right, double y, const std::string& text, const TextStyle& style) {
  scene.text({{{right - picture::textWidth(text, style.size, style.weight), y}, text}}, style);
}

std::string fitted(const std::string& text, double room, double size) {
  std::string clean = picture::cleanText(text);
  if (picture::textWidth(clean, size, Weight::Regular) <= room) return clean;
  while (!clean.empty() && picture::textWidth(clean + "…", size, Weight::Regular) > room) {
    while (!clean.empty() && (static_cast<unsigned char>(clean.back()) & 0xC0) == 0x80) clean.pop_back();
    if (!clean.empty()) clean.pop_back();
  }
  return clean + "…";
}

void circle(Scene& scene, double x, double y, double radius, const picture::ShapeStyle& style) {
  // Four cubic curves; 0.5523 is the usual approximation of a quarter.
  const double k = radius * 0.5523;
  const auto point = [](double px, double py) { return formatLength(px) + " " + formatLength(py); };
  scene.path("M" + point(x + radius, y) + "C" + point(x + radius, y + k) + " " + point(x + k, y + radius) + " " +
                 point(x, y + radius) + "C" + point(x - k, y + radius) + " " + point(x - radius, y + k) + " " +
                 point(x - radius, y) + "C" + point(x - radius, y - k) + " " + point(x - k, y - radius) + " " +
                 point(x, y - radius) + "C" + point(x + k, y - radius) + " " + point(x + radius, y - k) + " " +
                 point(x + radius, y) + "Z",
             style);
}

}  // namespace winnow::meta
