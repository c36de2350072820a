// Funnel, Baujat and leave-one-out plots.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "PlotAxis.hpp"
#include "Plots.hpp"
#include "Words.hpp"

namespace winnow::meta {

namespace {

using picture::Anchor;
using picture::Scene;
using picture::TextStyle;
using picture::Weight;

constexpr double kWidth = 560, kHeight = 440, kLeft = 66, kRight = 24, kTop = 62, kBottom = 62;
const TextStyle kAxisTitle{kText, Weight::Regular, ink::kText, Anchor::Middle, 0};

void drawTitle(Scene& scene, const std::string& title, const std::string& below) {
  scene.text({{{20, 32}, picture::cleanText(title)}}, {15, Weight::Bold, ink::kText, Anchor::Start, 0});
  scene.text({{{20, 50}, below}}, kSmall);
}

/// A vertical axis of plain numbers, growing downwards or upwards.
class SideAxis {
 public:
  SideAxis(double low, double high, bool growsDown) : axis_(low, high, 0, 1, false), growsDown_(growsDown) {}
  double y(double value) const {
    const double share = (value - axis_.low()) / (axis_.high() - axis_.low()), height = kHeight - kTop - kBottom;
    return growsDown_ ? kTop + share * height : kTop + (1 - share) * height;
  }
  void draw(Scene& scene, const std::string& title) const {
    scene.line({{kLeft, kTop}, {kLeft, kHeight - kBottom}}, ink::kText, 1);
    for (const PlotAxis::Tick& tick : axis_.ticks()) {
      scene.line({{kLeft - 4, y(tick.coordinate)}, {kLeft, y(tick.coordinate)}}, ink::kText, 1);
      textEndingAt(scene, kLeft - 7, y(tick.coordinate) + 4, tick.label,
                   {11, Weight::Regular, ink::kText, Anchor::Start, 0});
    }
    scene.text({{{18, (kTop + kHeight - kBottom) / 2}, title}},
               {kText, Weight::Regular, ink::kText, Anchor::Middle, -90});
  }

 private:
  PlotAxis axis_;
  bool growsDown_;
};

std::string scaleTitle(const Analysis& analysis) {
  switch (analysis.measure().scale) {
    case Scale::Proportion:
      return "Logit of the proportion";
    case Scale::FreemanTukey:
      return "Freeman-Tukey transform of the proportion";
    case Scale::Correlation:
      return "Fisher's z of the correlation";
    case Scale::Ratio:
    case Scale::Plain:
      break;
  }
  return std::string(analysis.measure().title);
}

}  // namespace

std::string funnelPlot(const Analysis& analysis, const PlotText& text) {
  std::vector<Effect> filled;
  if (analysis.extras && analysis.extras->trimFill) filled = analysis.extras->trimFill->filled;
  double greatest = 0, far = 0;
  const double middle = analysis.fit.pooled().estimate;
  for (const std::vector<Effect>* effects : {&analysis.effects, static_cast<const std::vector<Effect>*>(&filled)})
    for (const Effect& effect : *effects) {
      greatest = std::max(greatest, std::sqrt(effect.v));
      far = std::max(far, std::abs(effect.y - middle));
    }
  greatest *= 1.08;
  far = 1.05 * std::max(far, normalQuantile() * greatest);
  // On the analysis scale: only there is chance symmetric.
  const PlotAxis axis(middle - far, middle + far, kLeft, kWidth - kRight, analysis.measure().scale == Scale::Ratio);
  const SideAxis side(0, greatest, true);
  Scene scene;
  drawTitle(
      scene, text.title + ": funnel plot",
      std::to_string(analysis.fit.k) + " studies; lines: 95 % limits around the pooled effect if only chance varied");
  const double foot = kHeight - kBottom, half = normalQuantile() * greatest;
  scene.line({{axis.x(middle), kTop}, {axis.x(middle), foot}}, ink::kPooled, 1.5);
  scene.line({{axis.x(middle), side.y(0)}, {axis.x(middle - half), side.y(greatest)}}, ink::kQuiet, 1);
  scene.line({{axis.x(middle), side.y(0)}, {axis.x(middle + half), side.y(greatest)}}, ink::kQuiet, 1);
  for (const Effect& effect : analysis.effects) {
    scene.beginGroup({}, effect.study);
    circle(scene, axis.x(effect.y), side.y(std::sqrt(effect.v)), 4, {ink::kStudy, "#ffffff", 0.8, 0});
    scene.endGroup();
  }
  for (const Effect& effect : filled) {
    scene.beginGroup({}, effect.study);
    circle(scene, axis.x(effect.y), side.y(std::sqrt(effect.v)), 4, {"#ffffff", ink::kStudy, 1.4, 0});
    scene.endGroup();
  }
  axis.drawBelow(scene, foot);
  side.draw(scene, "Standard error");
  scene.text({{{(kLeft + kWidth - kRight) / 2, foot + 38}, scaleTitle(analysis)}}, kAxisTitle);
  if (!filled.empty())
    scene.text({{{kLeft, kHeight - 8}, "hollow: " + std::to_string(filled.size()) + " filled in by trim and fill"}},
               kSmall);
  return scene.svg(kWidth, kHeight, text.title + ": funnel plot",
                   "Effect against standard error of " + std::to_string(analysis.fit.k) + " studies.");
}

namespace {

/// Names beside points, none over another, over a point or over an axis.
class Names {
 public:
  void keepFree(double x, double y) { taken_.push_back({x - 4, y - 4, 8, 8}); }
  /// Writes the name where there is room for it; nowhere if there is none: the point itself holds its name.
  void write(Scene& scene, double x, double y, const std::string& name) {
    const double width = picture::textWidth(name, kSize, Weight::Regular);
    for (const double lower : {4.0, -6.0, 13.0})
      for (const double begin : {x + 7, x - 7 - width})
        if (writeAt(scene, {begin, y + lower - kSize + 2, width, kSize}, name)) return;
  }

 private:
  static constexpr double kSize = 11;
  bool writeAt(Scene& scene, const picture::Rect& room, const std::string& name) {
    const auto overlaps = [&](const picture::Rect& other) {
      return room.x < other.right() && other.x < room.right() && room.y < other.bottom() && other.y < room.bottom();
    };
    const bool isInside = room.x > kLeft + 2 && room.right() < kWidth - 6 && room.bottom() < kHeight - kBottom - 1;
    if (!isInside || std::any_of(taken_.begin(), taken_.end(), overlaps)) return false;
    taken_.push_back(room);
    scene.text({{{room.x, room.bottom() - 2}, name}}, {kSize, Weight::Regular, ink::kText, Anchor::Start, 0});
    return true;
  }
  std::vector<picture::Rect> taken_;
};

/// Studies by how much they stand out, the most first.
std::vector<std::size_t> outstanding(const std::vector<Influence>& all, double right, double top) {
  const auto share = [&](std::size_t i) {
    return (right > 0 ? all[i].contribution / right : 0) + (top > 0 ? all[i].influence / top : 0);
  };
  std::vector<std::size_t> order(all.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return share(a) > share(b); });
  return order;
}

}  // namespace

std::string baujatPlot(const Analysis& analysis, const PlotText& text) {
  double right = 0, top = 0;
  for (const Influence& one : analysis.extras->influence) {
    right = std::max(right, one.contribution);
    top = std::max(top, one.influence);
  }
  const PlotAxis axis(0, right > 0 ? 1.12 * right : 1, kLeft, kWidth - kRight, false);
  const SideAxis side(0, top > 0 ? 1.08 * top : 1, false);
  Scene scene;
  Names names;
  drawTitle(scene, text.title + ": Baujat plot", "to the right: adds heterogeneity; further up: decides the result");
  for (std::size_t i = 0; i < analysis.extras->influence.size(); ++i) {
    const Influence& one = analysis.extras->influence[i];
    const double x = axis.x(one.contribution), y = side.y(one.influence);
    scene.beginGroup({}, analysis.effects[i].study);
    circle(scene, x, y, 3.5, {ink::kStudy, "none", 1, 0});
    scene.endGroup();
    names.keepFree(x, y);
  }
  for (const std::size_t i : outstanding(analysis.extras->influence, right, top)) {
    const Influence& one = analysis.extras->influence[i];
    // Names only of those that stand out: where all are named, none can be read.
    const bool isNamed = analysis.effects.size() <= 8 || one.contribution > 0.35 * right || one.influence > 0.35 * top;
    if (isNamed)
      names.write(scene, axis.x(one.contribution), side.y(one.influence), fitted(analysis.effects[i].study, 160, 11));
  }
  axis.drawBelow(scene, kHeight - kBottom);
  side.draw(scene, "Influence on the pooled effect");
  scene.text({{{(kLeft + kWidth - kRight) / 2, kHeight - kBottom + 38}, "Contribution to heterogeneity"}}, kAxisTitle);
  return scene.svg(kWidth, kHeight, text.title + ": Baujat plot",
                   "Contribution to heterogeneity against influence, by study.");
}

std::string leaveOneOutPlot(const Analysis& analysis, const PlotText& text) {
  constexpr double kRow = 22, kPlot = 280;
  double label = 0, effect = 0, low = coordinateOf(analysis, analysis.fit.pooled().estimate), high = low;
  std::vector<std::string> shownTexts;
  for (std::size_t i = 0; i < analysis.extras->leaveOneOut.size(); ++i) {
    const Coefficient& pooled = analysis.extras->leaveOneOut[i].pooled();
    label = std::max(label, picture::textWidth("without " + analysis.effects[i].study, kText, Weight::Regular));
    shownTexts.push_back(shownText(analysis, pooled.estimate, pooled.interval));
    effect = std::max(effect, picture::textWidth(shownTexts.back(), kText, Weight::Regular));
    const auto bounds = pooled.interval.value_or(std::pair(pooled.estimate, pooled.estimate));
    low = std::min(low, coordinateOf(analysis, bounds.first));
    high = std::max(high, coordinateOf(analysis, bounds.second));
  }
  label = std::min(label, 280.0);
  const bool isRatio = analysis.measure().scale == Scale::Ratio;
  const double edge = 0.04 * (high - low), left = 20 + label + 18;
  const PlotAxis axis(low - edge, high + edge, left, left + kPlot, isRatio);
  const double bottom = kTop + 8 + kRow * static_cast<double>(shownTexts.size()),
               width = axis.right() + 18 + effect + 20;
  Scene scene;
  drawTitle(scene, text.title + ": leaving out one study at a time",
            "line: all " + std::to_string(analysis.fit.k) + " studies; " + modelText(analysis.request));
  const double all = axis.x(coordinateOf(analysis, analysis.fit.pooled().estimate));
  scene.line({{all, kTop}, {all, bottom + 4}}, ink::kPooled, 1.5);
  if (axis.low() <= 0 && axis.high() >= 0 && (isRatio || analysis.measure().scale == Scale::Plain))
    scene.line({{axis.x(0), kTop}, {axis.x(0), bottom + 4}}, ink::kQuiet, 1);
  double y = kTop + 8 + kRow / 2;
  for (std::size_t i = 0; i < shownTexts.size(); ++i, y += kRow) {
    const Coefficient& pooled = analysis.extras->leaveOneOut[i].pooled();
    scene.text({{{20, y + 4}, fitted("without " + analysis.effects[i].study, 280, kText)}}, kPlain);
    if (pooled.interval)
      scene.line({{axis.x(coordinateOf(analysis, pooled.interval->first)), y},
                  {axis.x(coordinateOf(analysis, pooled.interval->second)), y}},
                 ink::kStudy, 1.5);
    circle(scene, axis.x(coordinateOf(analysis, pooled.estimate)), y, 4, {ink::kStudy, "none", 1, 0});
    scene.text({{{axis.right() + 18, y + 4}, shownTexts[i]}}, kPlain);
  }
  axis.drawBelow(scene, bottom + 4);
  scene.text({{{(axis.left() + axis.right()) / 2, bottom + 42}, std::string(analysis.measure().title)}}, kAxisTitle);
  return scene.svg(width, bottom + 58, text.title + ": leaving out one study at a time",
                   "The pooled effect without each study in turn.");
}

std::string noPlot(const std::string& title, const std::vector<std::string>& reasons) {
  Scene scene;
  constexpr double kRoom = 560;
  scene.text({{{20, 34}, picture::cleanText(title)}}, {15, Weight::Bold, ink::kText, Anchor::Start, 0});
  double y = 60;
  const auto say = [&](const std::string& line, const TextStyle& style) {
    for (const std::string& part :
         picture::wrapText(picture::cleanText(line), kRoom, kRoom, style.size, style.weight)) {
      scene.text({{{20, y}, part}}, style);
      y += 18;
    }
  };
  say("No meta-analysis was performed.", kPlain);
  for (const std::string& reason : reasons) say("- " + reason, kPlain);
  return scene.svg(kRoom + 40, y + 4, title, "No meta-analysis was performed.");
}

}  // namespace winnow::meta
