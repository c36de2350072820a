// The horizontal axis of a plot of effects, or any axis of plain numbers.
#pragma once

#include <string>
#include <vector>

#include "Analysis.hpp"
#include "picture/Scene.hpp"

namespace winnow::meta {

/// Colours of the plots: dark enough on white (contrast above 4.5:1) and apart in grey.
namespace ink {
inline constexpr std::string_view kText = "#1d232b", kQuiet = "#56606c", kGrid = "#d5dae1", kStudy = "#1f5f99",
                                  kPooled = "#a33d00", kNone = "none";
}

/// Sizes in pixels.
inline constexpr double kText = 12;
inline const picture::TextStyle kPlain{kText, picture::Weight::Regular, ink::kText, picture::Anchor::Start, 0};
inline const picture::TextStyle kSmall{11, picture::Weight::Regular, ink::kQuiet, picture::Anchor::Start, 0};

/// Where a figure of the analysis scale is drawn: ratios on a logarithmic axis, proportions and correlations as
/// measured.
double coordinateOf(const Analysis& analysis, double figure);

class PlotAxis {
 public:
  /// From `low` to `high` in coordinates, drawn from pixel `left` to `right`. `isRatio`: ticks at round ratios.
  PlotAxis(double low, double high, double left, double right, bool isRatio);

  double x(double coordinate) const;
  double low() const { return low_; }
  double high() const { return high_; }
  double left() const { return left_; }
  double right() const { return right_; }
  struct Tick {
    double coordinate;
    std::string label;
  };
  const std::vector<Tick>& ticks() const { return ticks_; }
  /// Line, ticks and numbers at height `y`.
  void drawBelow(picture::Scene& scene, double y) const;

 private:
  double low_, high_, left_, right_;
  std::vector<Tick> ticks_;
};

/// Text that ends at `right`.
void textEndingAt(picture::Scene& scene, double right, double y, const std::string& text,
                  const picture::TextStyle& style);
/// Text cut with an ellipsis so that it is at most `room` wide.
std::string fitted(const std::string& text, double room, double size);
/// A filled circle as a path.
void circle(picture::Scene& scene, double x, double y, double radius, const picture::ShapeStyle& style);

}  // namespace winnow::meta
