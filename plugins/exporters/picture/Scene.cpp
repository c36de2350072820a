#include "Scene.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>

namespace winnow::picture {

namespace {

constexpr double kHeadLength = 7, kHeadHalfWidth = 3.5;

shape::Paint paintOf(const ShapeStyle& style) {
  return {std::string(style.fill), std::string(style.stroke), style.strokeWidth, style.dash};
}

std::string coordinates(const Point& p) { return formatLength(p.x) + " " + formatLength(p.y); }

Point onCircle(Point center, double radius, double turn) {
  const double angle = 2 * std::numbers::pi * turn;
  return {center.x + radius * std::sin(angle), center.y - radius * std::cos(angle)};
}

/// Curves along the circle in pieces of at most a quarter turn. D. Goldapp, "Approximation of circular arcs by cubic
/// polynomials", CAGD 1991: the control points lie 4/3 tan(a/4) radii along the tangents.
std::string arc(Point center, double radius, double from, double to) {
  const int pieces = std::max(1, static_cast<int>(std::ceil((to - from) * 4 - 1e-9)));
  std::string commands;
  for (int i = 0; i < pieces; ++i) {
    const double begin = from + (to - from) * i / pieces, end = from + (to - from) * (i + 1) / pieces;
    const double reach = radius * 4 / 3 * std::tan(2 * std::numbers::pi * (end - begin) / 4);
    const Point a = onCircle(center, radius, begin), d = onCircle(center, radius, end);
    const Point tangentA = onCircle({0, 0}, reach, begin + 0.25), tangentD = onCircle({0, 0}, reach, end + 0.25);
    commands += "C" + coordinates({a.x + tangentA.x, a.y + tangentA.y}) + " " +
                coordinates({d.x - tangentD.x, d.y - tangentD.y}) + " " + coordinates(d);
  }
  return commands;
}

}  // namespace

std::string formatLength(double value) {
  const std::int64_t tenths = std::llround(value * 10);
  const std::int64_t size = std::abs(tenths);
  std::string out = tenths < 0 ? "-" : "";
  out += std::to_string(size / 10);
  if (size % 10 != 0) out += "." + std::to_string(size % 10);
  return out;
}

bool isSafeLink(std::string_view target) {
  if (target.empty()) return false;
  if (std::any_of(target.begin(), target.end(), [](char c) { return static_cast<unsigned char>(c) <= 0x20; }))
    return false;
  const std::size_t colon = target.find(':');
  if (colon == std::string_view::npos || target.find_first_of("/?#") < colon) return target.substr(0, 2) != "//";
  std::string scheme(target.substr(0, colon));
  std::transform(scheme.begin(), scheme.end(), scheme.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return scheme == "http" || scheme == "https" || scheme == "mailto";
}

void Scene::rect(const Rect& rect, const ShapeStyle& style) {
  shapes_.emplace_back(shape::Rectangle{rect, style.radius, paintOf(style)});
}

void Scene::circle(Point center, double radius, const ShapeStyle& style) {
  shapes_.emplace_back(
      shape::Rectangle{{center.x - radius, center.y - radius, 2 * radius, 2 * radius}, radius, paintOf(style)});
}

void Scene::sector(Point center, double radius, double from, double to, const ShapeStyle& style) {
  if (to - from >= 1) return circle(center, radius, style);
  path("M" + coordinates(center) + "L" + coordinates(onCircle(center, radius, from)) + arc(center, radius, from, to) +
           "Z",
       style);
}

void Scene::text(const std::vector<TextLine>& lines, const TextStyle& style) {
  if (lines.empty()) return;
  shapes_.emplace_back(shape::Text{lines, style.size, style.weight, std::string(style.fill), style.anchor, style.turn});
}

void Scene::line(const std::vector<Point>& points, std::string_view stroke, double width, double dash) {
  std::string commands;
  for (const Point& p : points) commands.append(commands.empty() ? "M" : "L").append(coordinates(p));
  path(commands, {"none", stroke, width, 0, dash});
}

void Scene::arrow(const std::vector<Point>& points, std::string_view stroke, double width) {
  const Point tip = points.back(), before = points[points.size() - 2];
  const double length = std::hypot(tip.x - before.x, tip.y - before.y);
  if (length == 0) return;
  const Point along{(tip.x - before.x) / length, (tip.y - before.y) / length};
  const Point base{tip.x - along.x * kHeadLength, tip.y - along.y * kHeadLength};
  std::vector<Point> shaft = points;
  shaft.back() = base;
  line(shaft, stroke, width);
  const Point left{base.x - along.y * kHeadHalfWidth, base.y + along.x * kHeadHalfWidth};
  const Point right{base.x + along.y * kHeadHalfWidth, base.y - along.x * kHeadHalfWidth};
  path("M" + coordinates(tip) + "L" + coordinates(left) + "L" + coordinates(right) + "Z", {stroke, "none", 1, 0, 0});
}

void Scene::path(std::string_view commands, const ShapeStyle& style) {
  shapes_.emplace_back(shape::Path{std::string(commands), paintOf(style)});
}

void Scene::beginGroup(std::string_view id, std::string_view tooltip) {
  shapes_.emplace_back(shape::GroupBegin{std::string(id), std::string(tooltip)});
}
void Scene::endGroup() { shapes_.emplace_back(shape::GroupEnd{}); }

void Scene::beginLink(std::string_view target) {
  links_.push_back(isSafeLink(target));
  if (links_.back()) shapes_.emplace_back(shape::LinkBegin{std::string(target)});
}
void Scene::endLink() {
  if (links_.empty()) return;
  if (links_.back()) shapes_.emplace_back(shape::LinkEnd{});
  links_.pop_back();
}

}  // namespace winnow::picture
