// A scene as SVG, written by hand: deterministic bytes.
#include <algorithm>

#include "Scene.hpp"

namespace winnow::picture {

namespace {

class SvgWriter {
 public:
  explicit SvgWriter(const std::string& idPrefix) : idPrefix_(idPrefix) {}
  std::string take() { return std::move(out_); }

  void operator()(const shape::Rectangle& r) {
    out_ += "<rect";
    attribute("x", r.rect.x);
    attribute("y", r.rect.y);
    attribute("width", r.rect.width);
    attribute("height", r.rect.height);
    if (r.radius > 0) attribute("rx", r.radius);
    paint(r.paint);
    out_ += "/>\n";
  }
  void operator()(const shape::Path& path) {
    out_ += "<path";
    attribute("d", path.commands);
    paint(path.paint);
    out_ += "/>\n";
  }
  void operator()(const shape::Text& text) {
    const Point at = text.lines[0].at;
    out_ += "<text";
    attribute("font-size", text.size);
    if (text.weight == Weight::Bold) attribute("font-weight", "bold");
    attribute("fill", text.fill);
    if (text.anchor != Anchor::Start) attribute("text-anchor", text.anchor == Anchor::Middle ? "middle" : "end");
    if (text.turn != 0)
      attribute("transform",
                "rotate(" + formatLength(text.turn) + " " + formatLength(at.x) + " " + formatLength(at.y) + ")");
    if (text.lines.size() == 1)
      line(text.lines[0]);
    else {
      out_ += ">";
      for (const TextLine& one : text.lines) {
        out_ += "<tspan";
        line(one);
        out_ += "</tspan>";
      }
    }
    out_ += "</text>\n";
  }
  void operator()(const shape::GroupBegin& group) {
    out_ += "<g";
    if (!group.id.empty()) attribute("id", idPrefix_ + group.id);
    out_ += ">";
    if (!group.tooltip.empty()) out_.append("<title>").append(escapeXml(group.tooltip)).append("</title>");
    out_ += "\n";
  }
  void operator()(const shape::GroupEnd&) { out_ += "</g>\n"; }
  void operator()(const shape::LinkBegin& link) {
    out_ += "<a";
    attribute("href", escapeXml(link.target));
    out_ += ">\n";
  }
  void operator()(const shape::LinkEnd&) { out_ += "</a>\n"; }

 private:
  void attribute(std::string_view name, std::string_view value) {
    out_.append(" ").append(name).append("=\"").append(value).append("\"");
  }
  void attribute(std::string_view name, double value) { attribute(name, formatLength(value)); }
  void line(const TextLine& one) {
    attribute("x", one.at.x);
    attribute("y", one.at.y);
    out_.append(">").append(escapeXml(one.text));
  }
  void paint(const shape::Paint& paint) {
    attribute("fill", paint.fill);
    if (paint.stroke == "none") return;
    attribute("stroke", paint.stroke);
    if (paint.strokeWidth != 1) attribute("stroke-width", paint.strokeWidth);
    if (paint.dash > 0) attribute("stroke-dasharray", paint.dash);
  }

  const std::string& idPrefix_;
  std::string out_;
};

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

std::string Scene::svg(const Page& page) const {
  const std::string w = formatLength(page.width), h = formatLength(page.height);
  const std::string title = page.idPrefix + "title", desc = page.idPrefix + "desc";
  // A file is one picture to a screen reader; in a page its links must be within reach, which those of an img are not.
  const bool hasLinks = std::any_of(shapes_.begin(), shapes_.end(), [](const shape::Any& one) {
    return std::holds_alternative<shape::LinkBegin>(one);
  });
  const char* role = hasLinks && !page.idPrefix.empty() ? "group" : "img";
  std::string out = "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"" + std::string(role) + "\" aria-labelledby=\"" +
                    title + " " + desc + "\" width=\"" + w + "\" height=\"" + h + "\" viewBox=\"0 0 " + w + " " + h +
                    "\" font-family=\"Arial, Helvetica, 'Liberation Sans', 'DejaVu Sans', sans-serif\">\n";
  out.append("<title id=\"" + title + "\">").append(escapeXml(page.title)).append("</title>\n");
  out.append("<desc id=\"" + desc + "\">").append(escapeXml(page.description)).append("</desc>\n");
  out += "<rect width=\"" + w + "\" height=\"" + h + "\" fill=\"#ffffff\"/>\n";
  SvgWriter writer(page.idPrefix);
  for (const shape::Any& one : shapes_) std::visit(writer, one);
  return out + writer.take() + "</svg>\n";
}

std::string Scene::svg(double width, double height, std::string_view title, std::string_view description) const {
  return svg({width, height, std::string(title), std::string(description), ""});
}

}  // namespace winnow::picture
