#include "Diagram.hpp"

#include <algorithm>
#include <vector>

#include "Cards.hpp"
#include "picture/Palette.hpp"
#include "picture/Scene.hpp"

namespace winnow::prisma {

namespace {

using picture::Anchor;
using picture::Point;
using picture::Rect;
using picture::Scene;
using picture::ShapeStyle;
using picture::TextLine;
using picture::TextStyle;
using picture::Weight;

namespace colour = picture::colour;
constexpr std::string_view kInk = colour::Ink, kMuted = colour::Muted, kAccent = colour::Accent, kArrow = colour::Line;
constexpr std::string_view kAlarm = colour::Alarm, kWhite = colour::Paper;
constexpr ShapeStyle kMainBox{"#ffffff", "#5b6672", 1, 2}, kSideBox{"#f7f8fa", "#9aa4af", 1, 2};
constexpr ShapeStyle kGreyBox{"#eff1f3", "#7b8793", 1, 2}, kIncludedBox{"#e9f1f9", "#1b4f85", 1.5, 2};
constexpr ShapeStyle kBand{"#dce8f4", "none", 0, 4}, kLaneHeader{"#dce8f4", "none", 0, 4};
constexpr ShapeStyle kGreyHeader{"#e4e7ea", "none", 0, 4};

/// Widths of columns by what is drawn.
struct Widths {
  double previous, main, side, otherMain, otherSide, gap;
};

/// Sizes of one arrangement.
struct Measures {
  double margin, bandWidth, bandGap, rowGap, laneGap, padX, padY, small, body, heading, header, leading;
  Widths oneLane, twoLanes, threeLanes;
};
constexpr Measures kStages{.margin = 12,
                           .bandWidth = 26,
                           .bandGap = 12,
                           .rowGap = 26,
                           .laneGap = 24,
                           .padX = 9,
                           .padY = 8,
                           .small = 10.5,
                           .body = 11,
                           .heading = 11.5,
                           .header = 11.5,
                           .leading = 1.3,
                           .oneLane = {0, 320, 320, 320, 320, 30},
                           .twoLanes = {0, 212, 212, 168, 168, 22},
                           .threeLanes = {128, 200, 200, 156, 156, 20}};
// At most 700 px wide with letters of 11 px: 8 pt and more where a journal prints it 180 mm wide.
constexpr Measures kCompact{.margin = 6,
                            .bandWidth = 20,
                            .bandGap = 8,
                            .rowGap = 18,
                            .laneGap = 16,
                            .padX = 7,
                            .padY = 5,
                            .small = 11,
                            .body = 11,
                            .heading = 11,
                            .header = 11,
                            .leading = 1.22,
                            .oneLane = {0, 270, 270, 270, 270, 24},
                            .twoLanes = {0, 166, 166, 139, 139, 14},
                            .threeLanes = {92, 137, 137, 114, 114, 12}};

constexpr double kNoteLeading = 1.3, kHanging = 9, kArrowWidth = 1.2, kBandSize = 12;
constexpr double kAscent = 0.93;  // of the font size, from the top of a line to its baseline

struct Face {
  double size;
  Weight weight;
  std::string_view fill;
  double indent;
};
Face face(Kind kind, const Measures& measures) {
  switch (kind) {
    case Kind::Stage:
      return {measures.small, Weight::Bold, kAccent, 0};
    case Kind::Heading:
      return {measures.heading, Weight::Bold, kInk, 0};
    case Kind::Group:
      return {measures.body, Weight::Regular, kInk, 0};
    case Kind::Item:
      return {measures.body, Weight::Regular, kInk, 12};
    default:
      return {measures.small, Weight::Regular, kMuted, 0};
  }
}

struct Column {
  double x = 0, width = 0;
  double center() const { return x + width / 2; }
};

double gapBetween(Kind above, Kind below) {
  const bool opensList = above == Kind::Heading || above == Kind::Remark;
  if (below == Kind::Heading) return above == Kind::Stage ? 1 : 6;
  return opensList && below != Kind::Remark ? 5 : 2;
}

// Text that wraps; gives back the height it takes. Without a scene it is only measured.
double paragraphs(Scene* scene, const std::vector<Paragraph>& list, const Rect& room, const Measures& measures) {
  double y = room.y;
  Kind before = Kind::Stage;
  for (const Paragraph& p : list) {
    const Face look = face(p.kind, measures);
    if (y > room.y) y += gapBetween(before, p.kind);
    before = p.kind;
    const double width = room.width - look.indent;
    // List lines hang, so that one sees where the next begins.
    const double hanging = p.kind == Kind::Group || p.kind == Kind::Item ? kHanging : 0;
    std::vector<TextLine> lines;
    for (std::string& text : picture::wrapText(p.text, width, width - hanging, look.size, look.weight)) {
      const double x = room.x + look.indent + (lines.empty() ? 0 : hanging);
      lines.push_back({{x, y + look.size * kAscent}, std::move(text)});
      y += look.size * measures.leading;
    }
    if (scene == nullptr) continue;
    if (!p.link.empty()) scene->beginLink(p.link);
    scene->text(lines, {look.size, look.weight, look.fill, Anchor::Start, 0});
    if (!p.link.empty()) scene->endLink();
  }
  return y - room.y;
}

/// A column of boxes with the boxes beside them.
struct LaneBoxes {
  std::string_view title;
  bool isGrey = false;
  Column main, side;
  std::vector<CardPair> pairs;  ///< one a row, rows that the lane skips are empty
  std::vector<Rect> rects;      ///< of the main boxes, once placed
};

class Layout {
 public:
  Layout(Scene& scene, const Flow& flow, const Wording& wording, const Measures& measures, std::string idPrefix)
      : scene_(scene), flow_(flow), wording_(wording), m_(measures), idPrefix_(std::move(idPrefix)) {
    makeLanes();
    placeColumns();
  }
  double width() const { return right_; }

  /// Draws with its top edge at `top`; gives the bottom edge.
  double draw(double top) {
    double y = headers(top) + 14;
    const std::size_t screening = rowCount_ - 3;
    y = band("Identification", 0, 1, y) + m_.rowGap;
    y = band("Screening", 1, 1 + screening + 2, y) + m_.rowGap;
    y = ending(y);
    arrows();
    return y;
  }

 private:
  void makeLanes() {
    const bool both = flow_.db && flow_.other;
    if (flow_.db) {
      const bool isUpdate = flow_.previous.has_value();
      lanes_.push_back({isUpdate ? "Identification of new studies via databases and registers"
                                 : "Identification of studies via databases and registers",
                        false,
                        {},
                        {},
                        databaseCards(*flow_.db, wording_),
                        {}});
    }
    if (flow_.other) {
      lanes_.push_back({flow_.previous ? "Identification of new studies via other methods"
                                       : "Identification of studies via other methods",
                        true,
                        {},
                        {},
                        otherCards(*flow_.other, wording_),
                        {}});
      // Its reports stand beside those of the databases, its screening in the row above them.
      if (both) {
        std::vector<CardPair>& pairs = lanes_[1].pairs;
        pairs.insert(pairs.begin() + 1, lanes_[0].pairs.size() - pairs.size(), CardPair{});
      }
    }
    rowCount_ = lanes_[0].pairs.size();
  }

  void placeColumns() {
    const Widths& widths = flow_.previous ? m_.threeLanes : lanes_.size() == 2 ? m_.twoLanes : m_.oneLane;
    double x = m_.margin + m_.bandWidth + m_.bandGap;
    if (flow_.previous) {
      previous_ = {x, widths.previous};
      x += widths.previous + m_.laneGap;
    }
    for (LaneBoxes& lane : lanes_) {
      const bool second = &lane != &lanes_[0];
      lane.main = {x, second ? widths.otherMain : widths.main};
      lane.side = {x + lane.main.width + widths.gap, second ? widths.otherSide : widths.side};
      x = lane.side.x + lane.side.width + m_.laneGap;
    }
    right_ = x - m_.laneGap + m_.margin;
  }

  double headers(double top) {
    struct Header {
      std::string text;
      Column column;
      bool isGrey;
    };
    std::vector<Header> list;
    if (flow_.previous) list.push_back({"Previous studies", previous_, true});
    for (const LaneBoxes& lane : lanes_)
      list.push_back(
          {std::string(lane.title), {lane.main.x, lane.side.x + lane.side.width - lane.main.x}, lane.isGrey});
    const double size = m_.header, lineHeight = size * m_.leading;
    std::size_t most = 1;
    const auto wrapped = [&](const Header& h) {
      return picture::wrapText(h.text, h.column.width - 16, h.column.width - 16, size, Weight::Bold);
    };
    for (const Header& h : list) most = std::max(most, wrapped(h).size());
    const double height = static_cast<double>(most) * lineHeight + 12;
    for (const Header& h : list) {
      scene_.rect({h.column.x, top, h.column.width, height}, h.isGrey ? kGreyHeader : kLaneHeader);
      std::vector<TextLine> lines;
      const std::vector<std::string> texts = wrapped(h);
      double y = top + (height - static_cast<double>(texts.size()) * lineHeight) / 2 + size * kAscent + 1;
      for (const std::string& text : texts) {
        lines.push_back({{h.column.center(), y}, text});
        y += lineHeight;
      }
      scene_.text(lines, {size, Weight::Bold, h.isGrey ? kInk : kAccent, Anchor::Middle, 0});
    }
    return top + height;
  }

  /// Draws rows [first, last) from `top` with a band at their side; gives their bottom edge.
  double band(const char* name, std::size_t first, std::size_t last, double top) {
    double y = top;
    for (std::size_t row = first; row < last; ++row) {
      if (row > first) y += m_.rowGap;
      y += rowAt(row, y);
    }
    return sideBand(name, top, y);
  }

  double rowAt(std::size_t row, double top) {
    double height = 0;
    if (row == 0 && flow_.previous) {
      const Card card = previousCard(*flow_.previous);
      previousRect_ = {previous_.x, top, previous_.width, cardHeight(card, previous_.width)};
      box(card, previousRect_, kGreyBox);
      height = previousRect_.height;
    }
    for (LaneBoxes& lane : lanes_) {
      const auto& [main, side] = lane.pairs[row];
      const Rect mainRect{lane.main.x, top, lane.main.width, cardHeight(main, lane.main.width)};
      const Rect sideRect{lane.side.x, top, lane.side.width, cardHeight(side, lane.side.width)};
      lane.rects.push_back(mainRect);
      box(main, mainRect, lane.isGrey ? kGreyBox : kMainBox);
      box(side, sideRect, kSideBox);
      height = std::max({height, mainRect.height, sideRect.height});
      if (!side.exists()) continue;
      const double y = top + std::min(mainRect.height, sideRect.height) / 2;
      arrows_.push_back({{mainRect.right(), y}, {sideRect.x, y}});
    }
    return height;
  }

  /// The included box and, of an update, the total below it.
  double ending(double top) {
    // The compact box spreads over the column of exits, which is free there: the page is lower for it.
    const LaneBoxes& lane = lanes_[0];
    const Column column =
        wording_.isCompact() ? Column{lane.main.x, lane.side.x + lane.side.width - lane.main.x} : lane.main;
    const Card card = includedCard(flow_, wording_);
    // As tall as the word beside it, so that the last box and its band end together.
    included_ = {column.x, top, column.width, std::max(cardHeight(card, column.width), bandHeight("Included"))};
    box(card, included_, kIncludedBox);
    double bottom = included_.bottom();
    if (flow_.total) {
      const Card sum = totalCard(*flow_.total);
      total_ = {column.x, bottom + m_.rowGap, column.width, cardHeight(sum, column.width)};
      box(sum, total_, kIncludedBox);
      bottom = total_.bottom();
    }
    return sideBand("Included", top, bottom);
  }

  static double bandHeight(const char* name) { return picture::textWidth(name, kBandSize, Weight::Bold) + 12; }

  double sideBand(const char* name, double top, double bottom) {
    const Rect rect{m_.margin, top, m_.bandWidth, std::max(bottom - top, bandHeight(name))};
    scene_.rect(rect, kBand);
    // Turned by -90 degrees around its point, a line grows upwards from there.
    scene_.text({{{rect.centerX() + kBandSize * 0.36, rect.centerY()}, name}},
                {kBandSize, Weight::Bold, kAccent, Anchor::Middle, -90});
    return rect.bottom();
  }

  double cardHeight(const Card& card, double width) const {
    if (!card.exists()) return 0;
    return paragraphs(nullptr, card.paragraphs, {0, 0, width - 2 * m_.padX, 0}, m_) + 2 * m_.padY;
  }

  void box(const Card& card, const Rect& rect, const ShapeStyle& style) {
    if (!card.exists()) return;
    scene_.beginGroup(idPrefix_ + card.id, card.tooltip);
    scene_.rect(rect, style);
    const double spare = (rect.height - cardHeight(card, rect.width)) / 2;
    paragraphs(&scene_, card.paragraphs, {rect.x + m_.padX, rect.y + m_.padY + spare, rect.width - 2 * m_.padX, 0}, m_);
    scene_.endGroup();
  }

  void arrows() {
    for (const LaneBoxes& lane : lanes_) {
      const Rect* before = nullptr;
      for (const Rect& rect : lane.rects) {
        if (rect.height == 0) continue;
        if (before != nullptr) arrows_.push_back({{before->centerX(), before->bottom()}, {rect.centerX(), rect.y}});
        before = &rect;
      }
      if (before == nullptr) continue;
      if (&lane == &lanes_[0])
        arrows_.push_back({{before->centerX(), before->bottom()}, {before->centerX(), included_.y}});
      else
        arrows_.push_back({{before->centerX(), before->bottom()},
                           {before->centerX(), included_.centerY()},
                           {included_.right(), included_.centerY()}});
    }
    const double down = lanes_[0].main.center();
    if (flow_.total) arrows_.push_back({{down, included_.bottom()}, {down, total_.y}});
    if (flow_.previous && flow_.total)
      arrows_.push_back({{previousRect_.centerX(), previousRect_.bottom()},
                         {previousRect_.centerX(), total_.centerY()},
                         {total_.x, total_.centerY()}});
    for (const std::vector<Point>& points : arrows_) scene_.arrow(points, kArrow, kArrowWidth);
  }

  Scene& scene_;
  const Flow& flow_;
  const Wording& wording_;
  const Measures& m_;
  std::string idPrefix_;
  std::vector<LaneBoxes> lanes_;
  std::size_t rowCount_ = 0;
  Column previous_;
  Rect previousRect_, included_, total_;
  double right_ = 0;
  std::vector<std::vector<Point>> arrows_;
};

/// Lines of text over the whole width; gives the bottom edge.
double block(Scene& scene, const std::string& text, const Rect& room, const TextStyle& style) {
  std::vector<TextLine> lines;
  double y = room.y;
  for (std::string& line : picture::wrapText(text, room.width, room.width, style.size, style.weight)) {
    lines.push_back({{room.x, y + style.size * kAscent}, std::move(line)});
    y += style.size * kNoteLeading;
  }
  scene.text(lines, style);
  return y;
}

double drawBanner(Scene& scene, const std::string& text, double top, double width, double margin) {
  Scene words;
  const Rect room{margin + 10, top + 8, width - 2 * margin - 20, 0};
  const TextStyle style{12, Weight::Bold, kWhite, Anchor::Start, 0};
  const double bottom = block(words, text, room, style) + 8;
  scene.rect({margin, top, width - 2 * margin, bottom - top}, {kAlarm, "none", 0, 3});
  block(scene, text, room, style);
  return bottom + 12;
}

std::string waveLegend(const Wording& wording) {
  std::string out = "Sums in brackets give the waves in this order: ";
  for (std::size_t w = 0; w < wording.waves.size(); ++w) out += (w == 0 ? "" : " + ") + wording.waves[w];
  return out + ".";
}

bool showsWaves(const Flow& flow) { return flow.waves.size() >= 2; }

}  // namespace

Diagram drawDiagram(const Flow& flow, const Appearance& appearance) {
  Diagram out;
  Scene& scene = out.scene;
  const Measures& measures = appearance.arrangement == Arrangement::Compact ? kCompact : kStages;
  const double margin = measures.margin;
  Wording wording;
  wording.hideZero = appearance.hideZero;
  wording.arrangement = appearance.arrangement;
  wording.links = &appearance.links;
  if (showsWaves(flow))
    for (const Flow& wave : flow.waves) wording.waves.push_back(wave.wave);
  Layout whole(scene, flow, wording, measures, "");
  const double width = whole.width(), inner = width - 2 * margin;
  const TextStyle title{15, Weight::Bold, kInk, Anchor::Start, 0},
      note{measures.small, Weight::Regular, kMuted, Anchor::Start, 0};

  double y = margin;
  if (!appearance.banner.empty()) y = drawBanner(scene, appearance.banner, y, width, margin);
  if (!appearance.title.empty()) y = block(scene, appearance.title, {margin, y, inner, 0}, title) + 10;
  y = whole.draw(y);
  if (!wording.waves.empty() && !wording.isCompact())
    y = block(scene, waveLegend(wording), {margin, y + 8, inner, 0}, note);
  if (const std::string waiting = provisionalNote(flow); !waiting.empty())
    y = block(scene, waiting, {margin, y + 8, inner, 0}, note);
  if (!appearance.note.empty()) y = block(scene, appearance.note, {margin, y + 8, inner, 0}, note);
  for (std::size_t w = 0; appearance.perWave && w < flow.waves.size(); ++w) {
    if (!flow.waves[w].db && !flow.waves[w].other) continue;
    Wording plain = wording;
    plain.waves.clear();
    plain.links = nullptr;
    y = block(scene, "Wave " + flow.waves[w].wave, {margin, y + 34, inner, 0}, title) + 10;
    Layout part(scene, flow.waves[w], plain, measures, "wave-" + std::to_string(w + 1) + "-");
    y = part.draw(y);
  }
  const std::string name = appearance.title.empty() ? "PRISMA 2020 flow diagram" : appearance.title;
  const std::string warning = appearance.banner.empty() ? "" : appearance.banner + " ";
  out.page = {width, y + margin, name, warning + describe(flow), ""};
  return out;
}

}  // namespace winnow::prisma
