// A picture as a list of shapes, written as SVG by hand: deterministic bytes, no clock, no script, no external
// reference. Knows nothing of what it draws.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "Text.hpp"

namespace winnow::picture {

/// Lengths are CSS pixels (1/96 inch); y grows downwards.
struct Point {
  double x = 0, y = 0;
};
struct Rect {
  double x = 0, y = 0, width = 0, height = 0;
  double right() const { return x + width; }
  double bottom() const { return y + height; }
  double centerX() const { return x + width / 2; }
  double centerY() const { return y + height / 2; }
};

/// Colours as "#rrggbb" or "none". Colours and ids come from the program, never from data.
struct ShapeStyle {
  std::string_view fill = "none", stroke = "none";
  double strokeWidth = 1, radius = 0;
};
enum class Anchor { Start, Middle };
struct TextStyle {
  double size = 12;
  Weight weight = Weight::Regular;
  std::string_view fill = "#1d232b";
  Anchor anchor = Anchor::Start;
  double turn = 0;  ///< degrees, clockwise, around the first line's point
};

/// A line of text with the point of its baseline.
struct TextLine {
  Point at;
  std::string text;
};

/// Escapes the five characters of XML.
std::string escapeXml(std::string_view text);

/// A number with at most one decimal, the same on every machine: "12", "12.5".
std::string formatLength(double value);

/// Collects shapes in drawing order. One thread.
class Scene {
 public:
  void rect(const Rect& rect, const ShapeStyle& style);
  /// One run of text over several lines, kept together so that it is read and copied as one.
  void text(const std::vector<TextLine>& lines, const TextStyle& style);
  /// An open line through `points`.
  void line(const std::vector<Point>& points, std::string_view stroke, double width);
  /// As line(), with a filled head at the last point.
  void arrow(const std::vector<Point>& points, std::string_view stroke, double width);
  /// `commands` in SVG path syntax.
  void path(std::string_view commands, const ShapeStyle& style);
  /// Opens a group with an id (may be empty) and a tooltip (may be empty).
  void beginGroup(std::string_view id, std::string_view tooltip);
  void endGroup();

  /// The whole file: `title` and `description` are its accessible name and text.
  std::string svg(double width, double height, std::string_view title, std::string_view description) const;

 private:
  void attribute(std::string_view name, std::string_view value);
  void attribute(std::string_view name, double value);
  void paint(const ShapeStyle& style);
  std::string body_;
};

}  // namespace winnow::picture
