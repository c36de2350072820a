#include "Palette.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace winnow::picture {

namespace {

constexpr std::array<std::string_view, kCategoryColours> kCategories = {"#0072b2", "#e69f00", "#009e73", "#e0691f",
                                                                        "#56b4e9", "#cc79a7", "#f0e442", "#666666"};
constexpr std::array<std::string_view, 7> kHeat = {"#e3eef9", "#c6dbef", "#9ecae1", "#6baed6",
                                                   "#4292c6", "#2171b5", "#08519c"};

int hexDigit(char c) noexcept { return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10; }

/// Relative luminance by WCAG 2.2.
double luminance(std::string_view colour) noexcept {
  constexpr std::array kWeights = {0.2126, 0.7152, 0.0722};
  double sum = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    const double c = (hexDigit(colour[1 + 2 * i]) * 16 + hexDigit(colour[2 + 2 * i])) / 255.0;
    sum += kWeights[i] * (c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4));
  }
  return sum;
}

}  // namespace

std::string_view categoryColour(std::size_t n) noexcept { return kCategories[std::min(n, kCategories.size() - 1)]; }

std::string_view heatColour(double count, double most) noexcept {
  if (count <= 0 || most <= 0) return colour::Paper;
  const auto steps = static_cast<double>(kHeat.size());
  const auto step = static_cast<std::size_t>(std::ceil(std::min(count / most, 1.0) * steps - 1e-9));
  return kHeat[step - 1];
}

std::string_view inkOn(std::string_view fill) noexcept {
  return contrast(fill, colour::Ink) >= contrast(fill, colour::Paper) ? colour::Ink : colour::Paper;
}

double contrast(std::string_view a, std::string_view b) noexcept {
  const double one = luminance(a) + 0.05, other = luminance(b) + 0.05;
  return std::max(one, other) / std::min(one, other);
}

}  // namespace winnow::picture
