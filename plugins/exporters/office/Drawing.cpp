#include "Drawing.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <stdexcept>

#include "Package.hpp"

namespace winnow::office {

namespace {

using picture::Anchor;
using picture::Point;
using picture::Rect;
namespace shape = picture::shape;

constexpr double kEmuPerPixel = 9525, kPixelsPerMillimetre = 96 / 25.4;
constexpr double kAscent = 0.93;  // of the font size, above the baseline; as pictures place their text

std::string upper(const std::string& colour) {
  std::string out = colour.substr(1);
  for (char& c : out)
    if (c >= 'a') c = static_cast<char>(c - 32);
  return out;
}

/// Text and rectangle of a group that is one box.
struct Box {
  const shape::Rectangle* frame = nullptr;
  std::vector<const shape::Text*> texts;
};

/// The box that begins behind the group's opening at `at`; no frame if the group is none.
Box boxAt(const std::vector<shape::Any>& shapes, std::size_t at) {
  Box box;
  for (std::size_t i = at + 1; i < shapes.size(); ++i) {
    if (std::holds_alternative<shape::GroupEnd>(shapes[i])) return box;
    if (const auto* frame = std::get_if<shape::Rectangle>(&shapes[i]); frame != nullptr && box.frame == nullptr) {
      box.frame = frame;
    } else if (const auto* text = std::get_if<shape::Text>(&shapes[i]);
               text != nullptr && box.frame != nullptr && text->turn == 0 && text->anchor == Anchor::Start &&
               text->lines[0].at.x >= box.frame->rect.x && text->lines.back().at.y <= box.frame->rect.bottom()) {
      box.texts.push_back(text);
    } else {
      return {};
    }
  }
  return {};
}

class Writer {
 public:
  Writer(double scale, std::string id) : scale_(scale), id_(std::move(id)) {}

  std::string shapes(const std::vector<shape::Any>& list) {
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (const auto* group = std::get_if<shape::GroupBegin>(&list[i])) {
        const Box box = boxAt(list, i);
        if (box.frame == nullptr) continue;
        boxShape(box, *group);
        while (!std::holds_alternative<shape::GroupEnd>(list[i])) ++i;
      } else if (const auto* rectangle = std::get_if<shape::Rectangle>(&list[i])) {
        frame(*rectangle, "", "");
      } else if (const auto* path = std::get_if<shape::Path>(&list[i])) {
        freeform(*path);
      } else if (const auto* text = std::get_if<shape::Text>(&list[i])) {
        label(*text);
      }
    }
    return std::move(out_);
  }
  /// Drawings that stand in front of the group.
  const std::string& turned() const { return turned_; }

 private:
  std::string emu(double pixels) const { return std::to_string(std::llround(pixels * scale_ * kEmuPerPixel)); }
  std::string halfPoints(double size) const {
    return std::to_string(std::max(2L, static_cast<long>(std::floor(size * scale_ * 0.75 * 2 + 1e-6))));
  }
  std::string twips(double pixels) const { return std::to_string(std::max(0LL, std::llround(pixels * scale_ * 15))); }

  void open(const Rect& rect, const std::string& name, bool isTextBox = false) {
    out_ += "<wps:wsp><wps:cNvPr id=\"" + id_ + std::to_string(1000 + ++count_) + "\" name=\"" +
            xmlText(name.empty() ? "Shape" : name) + "\"/><wps:cNvSpPr" + (isTextBox ? " txBox=\"1\"" : "") +
            "/><wps:spPr><a:xfrm><a:off x=\"" + emu(rect.x) + "\" y=\"" + emu(rect.y) + "\"/><a:ext cx=\"" +
            emu(rect.width) + "\" cy=\"" + emu(rect.height) + "\"/></a:xfrm>";
  }
  void paint(const shape::Paint& paint) {
    out_ += paint.fill == "none" ? "<a:noFill/>"
                                 : "<a:solidFill><a:srgbClr val=\"" + upper(paint.fill) + "\"/></a:solidFill>";
    if (paint.stroke == "none") {
      out_ += "<a:ln><a:noFill/></a:ln>";
      return;
    }
    out_ += "<a:ln w=\"" + emu(paint.strokeWidth) + "\"><a:solidFill><a:srgbClr val=\"" + upper(paint.stroke) +
            "\"/></a:solidFill>";
    if (paint.dash > 0) out_ += "<a:prstDash val=\"dash\"/>";
    out_ += "</a:ln>";
  }
  void preset(const Rect& rect, double radius) {
    const double side = std::min(rect.width, rect.height);
    const bool isRound = radius > 0 && side > 0;
    out_ += std::string("<a:prstGeom prst=\"") + (isRound ? "roundRect" : "rect") + "\"><a:avLst>";
    if (isRound)
      out_ += "<a:gd name=\"adj\" fmla=\"val " + std::to_string(std::llround(std::min(radius / side, 0.5) * 100000)) +
              "\"/>";
    out_ += "</a:avLst></a:prstGeom>";
  }
  void body(const std::string& paragraphs, double left, double top, double right, const char* more) {
    if (!paragraphs.empty()) out_ += "<wps:txbx><w:txbxContent>" + paragraphs + "</w:txbxContent></wps:txbx>";
    out_ += "<wps:bodyPr lIns=\"" + emu(left) + "\" tIns=\"" + emu(top) + "\" rIns=\"" + emu(right) +
            "\" bIns=\"0\" anchor=\"t\"" + more + "><a:noAutofit/></wps:bodyPr></wps:wsp>";
  }
  /// `extra` stands in the paragraph's properties: indents, then the side.
  std::string paragraph(const std::string& text, const shape::Text& look, double before, double line,
                        const std::string& extra) const {
    const std::string size = halfPoints(look.size);
    return "<w:p><w:pPr><w:spacing w:before=\"" + twips(before) + "\" w:after=\"0\" w:line=\"" + twips(line) +
           "\" w:lineRule=\"exact\"/>" + extra + "</w:pPr><w:r><w:rPr>" +
           (look.weight == picture::Weight::Bold ? "<w:b/>" : "") + "<w:color w:val=\"" + upper(look.fill) +
           "\"/><w:sz w:val=\"" + size + "\"/><w:szCs w:val=\"" + size + "\"/></w:rPr><w:t xml:space=\"preserve\">" +
           xmlText(text) + "</w:t></w:r></w:p>";
  }

  void frame(const shape::Rectangle& r, const std::string& name, const std::string& paragraphs) {
    open(r.rect, name);
    preset(r.rect, r.radius);
    paint(r.paint);
    out_ += "</wps:spPr>";
    body(paragraphs, 0, 0, 0, "");
  }

  /// Line ends of the picture fall away: Word breaks lines by itself, and people may change the words.
  void boxShape(const Box& box, const shape::GroupBegin& group) {
    const Rect& rect = box.frame->rect;
    double left = rect.width;
    for (const shape::Text* text : box.texts) left = std::min(left, text->lines[0].at.x - rect.x);
    std::string paragraphs;
    double bottom = rect.y, top = 0;
    for (const shape::Text* text : box.texts) {
      const double line = text->lines.size() > 1 ? text->lines[1].at.y - text->lines[0].at.y : text->size * 1.22;
      const double begin = text->lines[0].at.y - text->size * kAscent;
      const double indent = text->lines[0].at.x - rect.x - left;
      const double hanging = text->lines.size() > 1 ? text->lines[1].at.x - text->lines[0].at.x : 0;
      std::string whole, indents;
      for (const picture::TextLine& one : text->lines) whole += one.text;
      if (indent + hanging > 0)
        indents = "<w:ind w:left=\"" + twips(indent + hanging) + "\" w:hanging=\"" + twips(hanging) + "\"/>";
      if (paragraphs.empty()) top = begin - rect.y;
      paragraphs += paragraph(whole, *text, paragraphs.empty() ? 0 : begin - bottom, line, indents);
      bottom = begin + line * static_cast<double>(text->lines.size());
    }
    open(rect, group.id);
    preset(rect, box.frame->radius);
    paint(box.frame->paint);
    out_ += "</wps:spPr>";
    body(paragraphs, left, top, left / 2, "");
  }

  void label(const shape::Text& text) {
    double width = 0;
    for (const picture::TextLine& line : text.lines)
      width = std::max(width, picture::textWidth(line.text, text.size, text.weight));
    width += 8;
    const double line = text.lines.size() > 1 ? text.lines[1].at.y - text.lines[0].at.y : text.size * 1.22;
    const double height = line * static_cast<double>(text.lines.size()) + 2;
    const Point at = text.lines[0].at;
    std::string paragraphs;
    const std::string side = text.anchor == Anchor::Middle ? "<w:jc w:val=\"center\"/>"
                             : text.anchor == Anchor::End  ? "<w:jc w:val=\"right\"/>"
                                                           : "";
    for (const picture::TextLine& one : text.lines) paragraphs += paragraph(one.text, text, 0, line, side);
    const double shift = text.anchor == Anchor::Start ? 0 : text.anchor == Anchor::Middle ? width / 2 : width;
    if (text.turn == 0) return textBox({at.x - shift, at.y - text.size * kAscent, width, height}, paragraphs, "");
    // LibreOffice turns no text within a group, so that a turned label is a shape of its own in front of it.
    std::swap(out_, turned_);
    const double lower = text.size / 4;  // Word sets letters lower in an exact line than a picture does
    const Rect rect{at.x - text.size * kAscent - lower, at.y - width / 2, height, width};
    out_ += anchor(rect);
    textBox({0, 0, rect.width, rect.height}, paragraphs, " vert=\"vert270\"");
    out_ += "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent>";
    std::swap(out_, turned_);
  }

  void textBox(const Rect& rect, const std::string& paragraphs, const std::string& direction) {
    open(rect, "Label", true);
    out_ += "<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>";
    body(paragraphs, 0, 0, 0, (direction + " wrap=\"none\"").c_str());
  }

  /// The beginning of a drawing at that place of the paragraph.
  std::string anchor(const Rect& rect) {
    const std::string id = id_ + std::to_string(1000 + ++count_);
    return "<mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wp:anchor distT=\"0\" distB=\"0\" distL=\"0\" "
           "distR=\"0\" simplePos=\"0\" relativeHeight=\"" +
           id +
           "\" behindDoc=\"0\" locked=\"0\" layoutInCell=\"1\" "
           "allowOverlap=\"1\"><wp:simplePos x=\"0\" y=\"0\"/><wp:positionH relativeFrom=\"column\"><wp:posOffset>" +
           emu(rect.x) + "</wp:posOffset></wp:positionH><wp:positionV relativeFrom=\"paragraph\"><wp:posOffset>" +
           emu(rect.y) + "</wp:posOffset></wp:positionV><wp:extent cx=\"" + emu(rect.width) + "\" cy=\"" +
           emu(rect.height) + "\"/><wp:effectExtent l=\"0\" t=\"0\" r=\"0\" b=\"0\"/><wp:wrapNone/><wp:docPr id=\"" +
           id + "\" name=\"Label " + id +
           "\"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData "
           "uri=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\">";
  }

  void freeform(const shape::Path& path) {
    std::vector<std::pair<char, std::vector<Point>>> commands = parsed(path.commands);
    Rect box{1e9, 1e9, 0, 0};
    double right = -1e9, bottom = -1e9;
    for (const auto& [command, points] : commands)
      for (const Point& p : points) {
        box.x = std::min(box.x, p.x), box.y = std::min(box.y, p.y);
        right = std::max(right, p.x), bottom = std::max(bottom, p.y);
      }
    box.width = right - box.x, box.height = bottom - box.y;
    open(box, "Line");
    out_ +=
        "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l=\"0\" t=\"0\" r=\"r\" "
        "b=\"b\"/><a:pathLst><a:path w=\"" +
        emu(box.width) + "\" h=\"" + emu(box.height) + "\">";
    for (const auto& [command, points] : commands) {
      const char* name = command == 'M' ? "moveTo" : command == 'C' ? "cubicBezTo" : command == 'Z' ? "close" : "lnTo";
      if (command == 'Z') {
        out_ += "<a:close/>";
        continue;
      }
      out_ += std::string("<a:") + name + ">";
      for (const Point& p : points) out_ += "<a:pt x=\"" + emu(p.x - box.x) + "\" y=\"" + emu(p.y - box.y) + "\"/>";
      out_ += std::string("</a:") + name + ">";
    }
    out_ += "</a:path></a:pathLst></a:custGeom>";
    paint(path.paint);
    out_ += "</wps:spPr>";
    body("", 0, 0, 0, "");
  }

  /// The commands that Scene::path promises, H and V as lines.
  static std::vector<std::pair<char, std::vector<Point>>> parsed(const std::string& commands) {
    std::vector<std::pair<char, std::vector<Point>>> out;
    const char *at = commands.data(), *end = at + commands.size();
    Point last;
    const auto number = [&] {
      while (at != end && *at == ' ') ++at;
      double value = 0;
      const auto [next, error] = std::from_chars(at, end, value);
      if (error != std::errc()) throw std::logic_error("a path with a number missing: " + commands);
      at = next;
      return value;
    };
    while (at != end) {
      const char command = *at++;
      if (command == ' ') continue;
      std::vector<Point> points;
      if (command == 'H') {
        points = {{number(), last.y}};
      } else if (command == 'V') {
        points = {{last.x, number()}};
      } else if (command != 'Z') {
        for (int i = 0; i < (command == 'C' ? 3 : 1); ++i) {
          const double x = number();
          points.push_back({x, number()});
        }
      }
      if (!points.empty()) last = points.back();
      out.emplace_back(command, std::move(points));
    }
    return out;
  }

  double scale_;
  std::string id_, out_, turned_;
  std::size_t count_ = 0;
};

}  // namespace

std::string wordDrawing(const picture::Scene& scene, const picture::Page& page, double room, double high,
                        const std::string& id) {
  const double scale =
      std::min({1.0, room * kPixelsPerMillimetre / page.width, high * kPixelsPerMillimetre / page.height});
  const std::string cx = std::to_string(std::llround(page.width * scale * kEmuPerPixel)),
                    cy = std::to_string(std::llround(page.height * scale * kEmuPerPixel));
  const std::string box = "<a:off x=\"0\" y=\"0\"/><a:ext cx=\"" + cx + "\" cy=\"" + cy +
                          "\"/><a:chOff x=\"0\" y=\"0\"/><a:chExt cx=\"" + cx + "\" cy=\"" + cy + "\"/>";
  Writer writer(scale, id);
  const std::string shapes = writer.shapes(scene.shapes());
  return writer.turned() +
         "<mc:AlternateContent><mc:Choice Requires=\"wpg\"><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" "
         "distR=\"0\"><wp:extent cx=\"" +
         cx + "\" cy=\"" + cy + "\"/><wp:docPr id=\"" + id + "\" name=\"" + xmlText(page.title) + "\" descr=\"" +
         xmlText(page.description) +
         "\"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData "
         "uri=\"http://schemas.microsoft.com/office/word/2010/wordprocessingGroup\"><wpg:wgp>"
         "<wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm>" +
         box + "</a:xfrm></wpg:grpSpPr>" + shapes +
         "</wpg:wgp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice></mc:AlternateContent>";
}

}  // namespace winnow::office
