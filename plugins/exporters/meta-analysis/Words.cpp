#include "Words.hpp"

#include <cmath>
#include <cstdio>

namespace winnow::meta {

std::string fixed(double value, int decimals) {
  const double scale = std::pow(10, decimals);
  const double round = std::round(value * scale) / scale;
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", decimals, std::abs(value) < 1e9 ? round + 0.0 : value);
  return text;
}

std::string pText(const Figure& p) {
  if (!p) return "not defined";
  return *p < 0.001 ? "< 0.001" : fixed(*p, 3);
}

std::string shownText(const Analysis& analysis, double figure) {
  const Scale scale = analysis.measure().scale;
  const double value = shown(scale, figure, analysis.harmonicSize());
  return fixed(value, scale == Scale::Proportion || scale == Scale::FreemanTukey ? 3 : 2);
}

std::string shownText(const Analysis& analysis, double estimate, const Interval& interval) {
  const std::string text = shownText(analysis, estimate);
  if (!interval) return text + " (interval not defined)";
  return text + " (" + shownText(analysis, interval->first) + " to " + shownText(analysis, interval->second) + ")";
}

std::string degreesText(double degrees) {
  return fixed(degrees, 0) + (degrees == 1 ? " degree of freedom" : " degrees of freedom");
}

std::string titleOf(Inference test) {
  return test == Inference::Normal ? "normal intervals" : "Knapp-Hartung intervals";
}

std::string modelText(const Request& request) {
  const std::string model = request.method == Method::EE
                                ? std::string("equal effects")
                                : "random effects (" + std::string(titleOf(request.method)) + ")";
  return model + ", " + titleOf(request.test);
}

}  // namespace winnow::meta
