#include "Scene.hpp"

#include <charconv>
#include <cmath>
#include <cstdint>

namespace winnow::picture {

namespace {

constexpr double kHeadLength = 7, kHeadHalfWidth = 3.5;

}  // namespace

std::string escapeXml(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string formatLength(double value) {
  const std::int64_t tenths = std::llround(value * 10);
  const std::int64_t size = std::abs(tenths);
  std::string out = tenths < 0 ? "-" : "";
  out += std::to_string(size / 10);
  if (size % 10 != 0) out += "." + std::to_string(size % 10);
  return out;
}

void Scene::attribute(std::string_view name, std::string_view value) {
  body_.append(" ").append(name).append("=\"").append(value).append("\"");
}
void Scene::attribute(std::string_view name, double value) { attribute(name, formatLength(value)); }

void Scene::paint(const ShapeStyle& style) {
  attribute("fill", style.fill);
  if (style.stroke == "none") return;
  attribute("stroke", style.stroke);
  if (style.strokeWidth != 1) attribute("stroke-width", style.strokeWidth);
}

void Scene::rect(const Rect& rect, const ShapeStyle& style) {
  body_ += "<rect";
  attribute("x", rect.x);
  attribute("y", rect.y);
  attribute("width", rect.width);
  attribute("height", rect.height);
  if (style.radius > 0) attribute("rx", style.radius);
  paint(style);
  body_ += "/>\n";
}

void Scene::text(const std::vector<TextLine>& lines, const TextStyle& style) {
  if (lines.empty()) return;
  body_ += "<text";
  attribute("font-size", style.size);
  if (style.weight == Weight::Bold) attribute("font-weight", "bold");
  attribute("fill", style.fill);
  if (style.anchor == Anchor::Middle) attribute("text-anchor", "middle");
  if (style.turn != 0)
    attribute("transform", "rotate(" + formatLength(style.turn) + " " + formatLength(lines[0].at.x) + " " +
                               formatLength(lines[0].at.y) + ")");
  if (lines.size() == 1) {
    attribute("x", lines[0].at.x);
    attribute("y", lines[0].at.y);
    body_.append(">").append(escapeXml(lines[0].text));
  } else {
    body_ += ">";
    for (const TextLine& line : lines) {
      body_ += "<tspan";
      attribute("x", line.at.x);
      attribute("y", line.at.y);
      body_.append(">").append(escapeXml(line.text)).append("</tspan>");
    }
  }
  body_ += "</text>\n";
}

void Scene::line(const std::vector<Point>& points, std::string_view stroke, double width) {
  std::string commands;
  for (const Point& p : points)
    commands.append(commands.empty() ? "M" : "L").append(formatLength(p.x)).append(" ").append(formatLength(p.y));
  path(commands, {"none", stroke, width, 0});
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
  std::string head;
  for (const Point& p : {tip, left, right})
    head.append(head.empty() ? "M" : "L").append(formatLength(p.x)).append(" ").append(formatLength(p.y));
  path(head + "Z", {stroke, "none", 1, 0});
}

void Scene::path(std::string_view commands, const ShapeStyle& style) {
  body_ += "<path";
  attribute("d", commands);
  paint(style);
  body_ += "/>\n";
}

void Scene::beginGroup(std::string_view id, std::string_view tooltip) {
  body_ += "<g";
  if (!id.empty()) attribute("id", id);
  body_ += ">";
  if (!tooltip.empty()) body_.append("<title>").append(escapeXml(tooltip)).append("</title>");
  body_ += "\n";
}
void Scene::endGroup() { body_ += "</g>\n"; }

std::string Scene::svg(double width, double height, std::string_view title, std::string_view description) const {
  const std::string w = formatLength(width), h = formatLength(height);
  std::string out = "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"title desc\" width=\"" +
                    w + "\" height=\"" + h + "\" viewBox=\"0 0 " + w + " " + h +
                    "\" font-family=\"Arial, Helvetica, 'Liberation Sans', 'DejaVu Sans', sans-serif\">\n";
  out.append("<title id=\"title\">").append(escapeXml(title)).append("</title>\n");
  out.append("<desc id=\"desc\">").append(escapeXml(description)).append("</desc>\n");
  out += "<rect width=\"" + w + "\" height=\"" + h + "\" fill=\"#ffffff\"/>\n";
  return out + body_ + "</svg>\n";
}

}  // namespace winnow::picture
