#include "OverlapPicture.hpp"

#include <algorithm>

#include "picture/Scene.hpp"

namespace winnow::overlap {

namespace {

using picture::Anchor;
using picture::Point;
using picture::Rect;
using picture::Scene;
using picture::ShapeStyle;
using picture::TextStyle;

constexpr double kMargin = 16, kRow = 24, kColumn = 26, kBars = 160, kTotals = 120, kDot = 7, kSize = 12, kGap = 12;
constexpr double kWidestName = 260;
constexpr std::string_view kInk = "#1d4f7c", kPale = "#d5dbe1", kStripe = "#f3f6f8", kMuted = "#4a5560";

/// Where things stand.
struct Layout {
  double names, totals, columns, top, rows, width, height;
};

Layout layoutOf(const std::vector<SourceCount>& sources, std::size_t columns, bool hasRest) {
  double widest = 60;
  for (const SourceCount& s : sources)
    widest = std::max(widest, picture::textWidth(s.name, kSize, picture::Weight::Regular));
  Layout at{};
  at.totals = kMargin;
  at.names = at.totals + kTotals + 60;
  at.columns = at.names + std::min(widest, kWidestName) + kGap;
  at.top = kMargin + 24;
  at.rows = at.top + kBars + kGap;
  at.width = at.columns + kColumn * static_cast<double>(std::max<std::size_t>(columns, 3)) + kMargin;
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

void dot(Scene& scene, double x, double y, std::string_view fill) {
  scene.rect({x - kDot, y - kDot, 2 * kDot, 2 * kDot}, ShapeStyle{fill, "none", 0, kDot});
}

void drawSources(Scene& scene, const Layout& at, const std::vector<SourceCount>& sources, std::size_t columns) {
  const double most = static_cast<double>(sources.empty() ? 1 : sources.front().works);
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const SourceCount& s = sources[i];
    const double y = at.rows + kRow * static_cast<double>(i), middle = y + kRow / 2;
    if (i % 2 == 0)
      scene.rect({at.names - 4, y, at.columns - at.names + kColumn * static_cast<double>(columns) + 4, kRow},
                 ShapeStyle{kStripe, "none", 0, 0});
    const double length = kTotals * static_cast<double>(s.works) / most;
    scene.beginGroup(
        "", s.name + ": " + std::to_string(s.works) + " works, " + std::to_string(s.onlyHere) + " of them only here");
    scene.rect({at.totals + kTotals - length + 44, middle - 6, length, 12}, ShapeStyle{kInk, "none", 0, 0});
    label(
        scene,
        {at.totals + kTotals - length + 40 - picture::textWidth(std::to_string(s.works), 11, picture::Weight::Regular),
         middle + 4},
        std::to_string(s.works), Anchor::Start, kMuted, 11);
    const std::vector<std::string> lines =
        picture::wrapText(picture::cleanText(s.name), kWidestName, kWidestName, kSize, picture::Weight::Regular);
    label(scene, {at.names, middle + 4}, lines.size() == 1 ? lines.front() : lines.front() + "…");
    scene.endGroup();
  }
}

void drawColumn(Scene& scene, const Layout& at, double x, const Combination& members, std::uint64_t works, double most,
                const std::vector<SourceCount>& sources) {
  std::string names;
  for (const std::size_t i : members) names += (names.empty() ? "" : " + ") + sources[i].name;
  scene.beginGroup("", names + ": " + std::to_string(works));
  const double height = std::max(1.0, (kBars - 18) * static_cast<double>(works) / most);
  scene.rect({x - 8, at.top + kBars - height, 16, height}, ShapeStyle{kInk, "none", 0, 0});
  label(scene, {x, at.top + kBars - height - 4}, std::to_string(works), Anchor::Middle, kMuted, 11);
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

std::string draw(const Overlap& overlap, std::size_t most) {
  const std::vector<SourceCount> sources = overlap.sources();
  auto columns = overlap.combinations();
  std::uint64_t rest = overlap.unsourced();
  std::size_t left = 0;
  while (columns.size() > most) {
    rest += columns.back().second;
    ++left;
    columns.pop_back();
  }
  const Layout at = layoutOf(sources, columns.size(), rest != 0);
  Scene scene;
  label(scene, {kMargin, kMargin + 8}, "Works by the sources that delivered them", Anchor::Start, "#1d232b", 14);
  drawSources(scene, at, sources, columns.size());
  const double tallest = static_cast<double>(columns.empty() ? 1 : columns.front().second);
  for (std::size_t i = 0; i < columns.size(); ++i)
    drawColumn(scene, at, at.columns + kColumn * (static_cast<double>(i) + 0.5), columns[i].first, columns[i].second,
               tallest, sources);
  if (rest != 0)
    label(scene, {kMargin, at.height - kMargin},
          std::to_string(rest) + " more works in " + std::to_string(left) + " smaller combinations", Anchor::Start,
          kMuted, 11);
  return scene.svg(at.width, at.height, "Overlap of the sources", description(overlap, sources));
}

}  // namespace winnow::overlap
