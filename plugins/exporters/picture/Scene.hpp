// A picture as a list of shapes, before any file format: what writes SVG, PDF, PNG and Word drawings reads this list.
// Knows nothing of what it draws.
#pragma once

#include <string>
#include <string_view>
#include <variant>
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

/// Colours as "#rrggbb" or "none" (Palette.hpp). Colours and ids come from the program, never from data.
struct ShapeStyle {
  std::string_view fill = "none", stroke = "none";
  double strokeWidth = 1, radius = 0;
  double dash = 0;  ///< length of dashes and gaps of the stroke; 0: solid
};
enum class Anchor { Start, Middle, End };
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

/// What a scene holds, in drawing order. Owns its texts.
namespace shape {
struct Paint {
  std::string fill, stroke;
  double strokeWidth = 1, dash = 0;
};
struct Rectangle {
  Rect rect;
  double radius = 0;
  Paint paint;
};
struct Path {
  std::string commands;
  Paint paint;
};
struct Text {
  std::vector<TextLine> lines;
  double size = 12;
  Weight weight = Weight::Regular;
  std::string fill;
  Anchor anchor = Anchor::Start;
  double turn = 0;
};
struct GroupBegin {
  std::string id, tooltip;
};
struct GroupEnd {};
struct LinkBegin {
  std::string target;
};
struct LinkEnd {};
using Any = std::variant<Rectangle, Path, Text, GroupBegin, GroupEnd, LinkBegin, LinkEnd>;
}  // namespace shape

/// What a whole file needs beside its shapes. `title` and `description` are its accessible name and text.
struct Page {
  double width = 0, height = 0;
  std::string title, description;
  std::string idPrefix;  ///< before every id, so that several pictures may stand in one HTML page
};

/// Collects shapes in drawing order. One thread.
class Scene {
 public:
  void rect(const Rect& rect, const ShapeStyle& style);
  void circle(Point center, double radius, const ShapeStyle& style);
  /// A slice of a disc from turn `from` to turn `to` (0 = twelve o'clock, 1 = a whole turn, clockwise).
  void sector(Point center, double radius, double from, double to, const ShapeStyle& style);
  /// One run of text over several lines, kept together so that it is read and copied as one.
  void text(const std::vector<TextLine>& lines, const TextStyle& style);
  /// An open line through `points`.
  void line(const std::vector<Point>& points, std::string_view stroke, double width, double dash = 0);
  /// As line(), with a filled head at the last point.
  void arrow(const std::vector<Point>& points, std::string_view stroke, double width);
  /// `commands` in SVG path syntax: absolute M, L, H, V, C and Z, the letter written each time, numbers divided by
  /// blanks.
  void path(std::string_view commands, const ShapeStyle& style);
  /// Opens a group with an id (may be empty) and a tooltip (may be empty).
  void beginGroup(std::string_view id, std::string_view tooltip);
  void endGroup();
  /// What is drawn until endLink() leads to `target`: "#anchor", a relative path, http or https. Any other target,
  /// which may be data, is drawn without a link.
  void beginLink(std::string_view target);
  void endLink();

  const std::vector<shape::Any>& shapes() const noexcept { return shapes_; }

  /// The whole file as SVG 1.1, the same bytes for the same shapes: no clock, no script, no external reference. Text
  /// stays text.
  std::string svg(const Page& page) const;
  std::string svg(double width, double height, std::string_view title, std::string_view description) const;

 private:
  std::vector<shape::Any> shapes_;
  std::vector<bool> links_;  ///< open links; false: not drawn as one
};

/// Escapes the five characters of XML.
std::string escapeXml(std::string_view text);

/// A number with at most one decimal, the same on every machine: "12", "12.5".
std::string formatLength(double value);

/// True for a link that a picture or page may hold: "#anchor", a relative path, http, https or mailto. Everything else
/// (javascript:, data:, ...) is data that must not become active.
bool isSafeLink(std::string_view target);

}  // namespace winnow::picture
