#include "OverlapPicture.hpp"

#include <algorithm>

#include "picture/Palette.hpp"
#include "picture/Scene.hpp"

namespace winnow::overlap {

namespace {

using picture::Anchor;
using picture::Point;
using picture::Rect;
using picture::Scene;
using picture::ShapeStyle;
using picture::TextStyle;

constexpr double kMargin = 12, kRow = 22, kBars = 150, kTotals = 84, kDot = 6, kSize = 12, kSmall = 11, kGap = 12;
constexpr double kWidestName = 190, kNarrowest = 21;
constexpr std::string_view kInk = picture::colour::Accent, kPale = picture::colour::Pale,
                           kStripe = picture::colour::Stripe, kMuted = picture::colour::Muted;

double numberWidth(std::uint64_t n) {
  return picture::textWidth(picture::grouped(static_cast<std::int64_t>(n)), kSmall, picture::Weight::Regular);
}

/// Where things stand. Columns are as wide as the largest number over them, so that numbers never touch.
struct Layout {
  double column, totals, names, columns, top, rows, width, height;
};

Layout layoutOf(const std::vector<SourceCount>& sources, std::uint64_t largest, std::size_t columns, bool hasRest) {
  double widest = 60;
  for (const SourceCount& s : sources)
    widest = std::max(widest, picture::textWidth(picture::cleanText(s.name), kSize, picture::Weight::Regular));
  Layout at{};
  at.column = std::max(kNarrowest, numberWidth(largest) + 6);
  at.totals = kMargin + numberWidth(sources.empty() ? 0 : sources.front().works) + 4;
  at.names = at.totals + kTotals + kGap;
  at.columns = at.names + std::min(widest, kWidestName) + kGap;
  at.top = kMargin + 24;
  at.rows = at.top + kBars + kGap;
  at.width = at.columns + at.column * static_cast<double>(std::max<std::size_t>(columns, 3)) + kMargin;
  at.height = at.rows + kRow * static_cast<double>(sources.size()) + (hasRest ? 28 : 8) + kMargin;
  return at;
}

void label(Scene& scene, Point at, const std::string& text, Anchor anchor = Anchor::Start,
           std::string_view fill = "#1d232b", double size = kSize) {
  TextStyle style;
  style.size = size;
  style.anchor = anchor;
  style.fill = fill;
  scene.text({{at, text}}, style);
}

void dot(Scene& scene, double x, double y, std::string_view fill) { scene.circle({x, y}, kDot, ShapeStyle{fill}); }

void drawSources(Scene& scene, const Layout& at, const std::vector<SourceCount>& sources, std::size_t columns) {
  const double most = static_cast<double>(sources.empty() ? 1 : sources.front().works);
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const SourceCount& s = sources[i];
    const double y = at.rows + kRow * static_cast<double>(i), middle = y + kRow / 2;
    if (i % 2 == 0)
      scene.rect({at.names - 4, y, at.columns - at.names + at.column * static_cast<double>(columns) + 4, kRow},
                 ShapeStyle{kStripe});
    const double length = kTotals * static_cast<double>(s.works) / most;
    scene.beginGroup(
        "", s.name + ": " + std::to_string(s.works) + " works, " + std::to_string(s.onlyHere) + " of them only here");
    const double left = at.totals + kTotals - length;
    scene.rect({left, middle - 6, length, 12}, ShapeStyle{kInk});
    label(scene, {left - 4, middle + 4}, picture::grouped(static_cast<std::int64_t>(s.works)), Anchor::End, kMuted,
          kSmall);
    label(
        scene, {at.names, middle + 4},
        picture::elided(picture::cleanText(s.name), at.columns - at.names - kGap + 1, kSize, picture::Weight::Regular));
    scene.endGroup();
  }
}

void drawColumn(Scene& scene, const Layout& at, double x, const Combination& members, std::uint64_t works, double most,
                const std::vector<SourceCount>& sources) {
  std::string names;
  for (const std::size_t i : members) names += (names.empty() ? "" : " + ") + sources[i].name;
  scene.beginGroup("", names + ": " + std::to_string(works));
  const double height = std::max(1.0, (kBars - 18) * static_cast<double>(works) / most);
  scene.rect({x - 7, at.top + kBars - height, 14, height}, ShapeStyle{kInk});
  label(scene, {x, at.top + kBars - height - 4}, picture::grouped(static_cast<std::int64_t>(works)), Anchor::Middle,
        kMuted, kSmall);
  for (std::size_t i = 0; i < sources.size(); ++i)
    dot(scene, x, at.rows + kRow * (static_cast<double>(i) + 0.5), kPale);
  const double first = at.rows + kRow * (static_cast<double>(members.front()) + 0.5),
               last = at.rows + kRow * (static_cast<double>(members.back()) + 0.5);
  if (members.size() > 1) scene.line({{x, first}, {x, last}}, kInk, 3);
  for (const std::size_t i : members) dot(scene, x, at.rows + kRow * (static_cast<double>(i) + 0.5), kInk);
  scene.endGroup();
}

std::string description(const Overlap& overlap, const std::vector<SourceCount>& sources) {
  std::string text = std::to_string(overlap.works()) + " works from " + std::to_string(sources.size()) + " sources.";
  for (const SourceCount& s : sources)
    text += " " + s.name + ": " + std::to_string(s.works) + ", " + std::to_string(s.onlyHere) + " only here.";
  return text;
}

}  // namespace

Drawing draw(const Overlap& overlap, std::size_t most, const std::string& title) {
  const std::vector<SourceCount> sources = overlap.sources();
  auto columns = overlap.combinations();
  std::uint64_t rest = overlap.unsourced();
  std::size_t left = 0;
  while (columns.size() > most) {
    rest += columns.back().second;
    ++left;
    columns.pop_back();
  }
  const std::uint64_t largest = columns.empty() ? 1 : columns.front().second;
  const Layout at = layoutOf(sources, largest, columns.size(), rest != 0);
  Drawing out;
  const std::string heading = title.empty() ? "Works by the sources that delivered them" : title;
  label(out.scene, {kMargin, kMargin + 8},
        picture::elided(heading, at.width - 2 * kMargin, 14, picture::Weight::Regular), Anchor::Start,
        picture::colour::Ink, 14);
  drawSources(out.scene, at, sources, columns.size());
  for (std::size_t i = 0; i < columns.size(); ++i)
    drawColumn(out.scene, at, at.columns + at.column * (static_cast<double>(i) + 0.5), columns[i].first,
               columns[i].second, static_cast<double>(largest), sources);
  if (rest != 0)
    label(out.scene, {kMargin, at.height - kMargin},
          picture::grouped(static_cast<std::int64_t>(rest)) + " more works in " + std::to_string(left) +
              " smaller combinations",
          Anchor::Start, kMuted, kSmall);
  out.page = {at.width, at.height, title.empty() ? "Overlap of the sources" : title, description(overlap, sources), ""};
  return out;
}

}  // namespace winnow::overlap
