#include "picture/Palette.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <string>

namespace {

using namespace winnow::picture;
using Rgb = std::array<double, 3>;

Rgb linear(std::string_view colour) {
  Rgb out{};
  for (std::size_t i = 0; i < 3; ++i) {
    const double c = std::stoi(std::string(colour.substr(1 + 2 * i, 2)), nullptr, 16) / 255.0;
    out[i] = c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  }
  return out;
}

/// How a colour looks to a reader; matrices of G. Machado and others, IEEE TVCG 2009, severity 1.
Rgb seen(const Rgb& c, const std::array<Rgb, 3>& eye) {
  Rgb out{};
  for (std::size_t i = 0; i < 3; ++i) out[i] = eye[i][0] * c[0] + eye[i][1] * c[1] + eye[i][2] * c[2];
  return out;
}

/// CIE L*a*b* (D65).
Rgb lab(const Rgb& c) {
  const double x = (0.4124 * c[0] + 0.3576 * c[1] + 0.1805 * c[2]) / 0.9505,
               y = 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2],
               z = (0.0193 * c[0] + 0.1192 * c[1] + 0.9505 * c[2]) / 1.089;
  const auto f = [](double t) { return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116; };
  return {116 * f(y) - 16, 500 * (f(x) - f(y)), 200 * (f(y) - f(z))};
}

double distance(const Rgb& a, const Rgb& b) { return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]); }

constexpr std::array<std::array<Rgb, 3>, 4> kEyes = {{
    {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}},
    {{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}},
    {{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}},
    {{{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}},
}};

TEST(Palette, CategoriesAreToldApartByEveryEye) {
  for (const auto& eye : kEyes)
    for (std::size_t i = 0; i < kCategoryColours; ++i)
      for (std::size_t k = 0; k < i; ++k)
        EXPECT_GT(distance(lab(seen(linear(categoryColour(i)), eye)), lab(seen(linear(categoryColour(k)), eye))), 12)
            << categoryColour(i) << " " << categoryColour(k);
}

TEST(Palette, TextOnEveryFillIsReadable) {
  for (std::size_t i = 0; i < kCategoryColours; ++i)
    EXPECT_GE(contrast(categoryColour(i), inkOn(categoryColour(i))), 4.5) << categoryColour(i);
  for (int n = 0; n <= 7; ++n) EXPECT_GE(contrast(heatColour(n, 7), inkOn(heatColour(n, 7))), 4.5) << heatColour(n, 7);
  for (const std::string_view text : {colour::Ink, colour::Muted, colour::Accent})
    for (const std::string_view fill : {colour::Paper, colour::Stripe, colour::AccentFill, colour::GreyFill})
      EXPECT_GE(contrast(text, fill), 4.5) << text << " on " << fill;
}

TEST(Palette, MoreIsDarker) {
  for (int n = 1; n <= 7; ++n)
    EXPECT_GT(contrast(heatColour(n, 7), colour::Paper), contrast(heatColour(n - 1, 7), colour::Paper));
  EXPECT_EQ(heatColour(0, 0), colour::Paper);
  EXPECT_EQ(heatColour(1, 1000), heatColour(2, 1000));
}

TEST(Palette, ContrastIsThatOfWcag) {
  EXPECT_NEAR(contrast("#000000", "#ffffff"), 21, 1e-9);
  EXPECT_NEAR(contrast("#777777", "#ffffff"), 4.48, 0.005);
}

TEST(Palette, MoreCategoriesThanColoursShareTheLast) { EXPECT_EQ(categoryColour(99), categoryColour(7)); }

}  // namespace
