#include "Bars.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "picture/Palette.hpp"

namespace winnow::bars {

namespace {

using picture::Anchor;
using picture::grouped;
using picture::Scene;
using picture::Weight;
namespace colour = picture::colour;

constexpr double kMargin = 12, kSize = 11, kTitle = 14, kRow = 22, kBar = 15, kRoom = 360, kMostLabel = 220,
                 kColumns = 170;

std::string n(std::size_t count) { return grouped(static_cast<std::int64_t>(count)); }

std::size_t largest(const Dimension& dimension) {
  std::size_t most = 1;
  for (std::size_t i = 0; i < dimension.values.size(); ++i) most = std::max(most, dimension.count(i));
  return most;
}

std::string sizeOf(const Dimension& dimension) {
  const std::size_t studies = dimension.of.size(), mentions = dimension.mentions();
  std::string text = n(studies) + (studies == 1 ? " study" : " studies");
  if (mentions != studies) text += ", " + n(mentions) + " mentions";
  return text;
}

std::string wordsOf(const Dimension& dimension) {
  std::string text = dimension.name + ", " + sizeOf(dimension) + ". ";
  for (std::size_t i = 0; i < dimension.values.size(); ++i)
    text += (i == 0 ? "" : ", ") + dimension.values[i] + " " + n(dimension.count(i));
  return picture::cleanText(text + ".");
}

void head(Scene& scene, const std::string& title, const Dimension& dimension, double width) {
  scene.text({{{kMargin, kMargin + kTitle * 0.93}, picture::elided(title, width - 2 * kMargin, kTitle, Weight::Bold)}},
             {kTitle, Weight::Bold, colour::Ink});
  scene.text({{{kMargin, kMargin + kTitle + 14}, sizeOf(dimension)}}, {kSize, Weight::Regular, colour::Muted});
}

bool isYears(const Dimension& dimension) {
  return std::all_of(dimension.values.begin(), dimension.values.end(), [](const std::string& value) {
    return value == studies::kNotCharted ||
           (value.size() == 4 && value.find_first_not_of("0123456789") == std::string::npos);
  });
}

/// Years side by side; as many labels as fit without touching.
Drawing columns(const Dimension& dimension, const std::string& title) {
  Drawing out;
  const auto count = static_cast<double>(dimension.values.size());
  const double column = std::clamp(640 / std::max(count, 1.0), 9.0, 40.0),
               width = std::max(300.0, 2 * kMargin + column * count);
  const double top = kMargin + 46, bottom = top + kColumns;
  const auto most = static_cast<double>(largest(dimension));
  const double label = picture::textWidth("2000", kSize, Weight::Regular) + 6;
  const auto every = static_cast<std::size_t>(std::ceil(label / column));
  head(out.scene, title, dimension, width);
  for (std::size_t i = 0; i < dimension.values.size(); ++i) {
    const std::size_t studies = dimension.count(i);
    const bool isUndated = dimension.values[i] == studies::kNotCharted;
    const double x = kMargin + column * (static_cast<double>(i) + 0.5),
                 height = kColumns * static_cast<double>(studies) / most;
    out.scene.beginGroup("", dimension.values[i] + ": " + n(studies));
    if (studies != 0)
      out.scene.rect({x - column * 0.38, bottom - height, column * 0.76, height},
                     {isUndated ? colour::Pale : colour::Accent, colour::Accent, 0.75});
    if (studies != 0 && (column >= 14 || studies < 10))
      out.scene.text({{{x, bottom - height - 4}, n(studies)}}, {kSize, Weight::Regular, colour::Muted, Anchor::Middle});
    if (isUndated)
      out.scene.text({{{x, bottom + 14}, "no year"}}, {kSize, Weight::Regular, colour::Ink, Anchor::Middle});
    else if (i % every == 0)
      out.scene.text({{{x, bottom + 14}, dimension.values[i]}}, {kSize, Weight::Regular, colour::Ink, Anchor::Middle});
    out.scene.endGroup();
  }
  out.scene.line({{kMargin, bottom}, {kMargin + column * count, bottom}}, colour::Line, 1);
  out.page = {width, bottom + 20 + kMargin, title, wordsOf(dimension), ""};
  return out;
}

Drawing rows(const Dimension& dimension, const std::string& title) {
  Drawing out;
  double label = 60;
  for (const std::string& value : dimension.values)
    label = std::max(label, picture::textWidth(picture::cleanText(value), kSize, Weight::Regular));
  label = std::min(label, kMostLabel);
  const double width = kMargin + label + 8 + kRoom + 60 + kMargin, left = kMargin + label + 8;
  const auto most = static_cast<double>(largest(dimension));
  head(out.scene, title, dimension, width);
  double y = kMargin + 40;
  for (std::size_t i = 0; i < dimension.values.size(); ++i) {
    const std::size_t studies = dimension.count(i);
    const bool isLast = dimension.values[i] == studies::kNotCharted;
    const std::string name = picture::cleanText(dimension.values[i]);
    out.scene.beginGroup("", name + ": " + n(studies));
    out.scene.text({{{kMargin + label, y + kRow / 2 + 4}, picture::elided(name, label, kSize, Weight::Regular)}},
                   {kSize, Weight::Regular, colour::Ink, Anchor::End});
    const double length = kRoom * static_cast<double>(studies) / most;
    if (studies != 0)
      out.scene.rect({left, y + (kRow - kBar) / 2, length, kBar},
                     {isLast ? colour::Pale : colour::Accent, colour::Accent, 0.75});
    out.scene.text({{{left + length + 5, y + kRow / 2 + 4}, n(studies)}}, {kSize, Weight::Regular, colour::Muted});
    out.scene.endGroup();
    y += kRow;
  }
  out.scene.line({{left, kMargin + 38}, {left, y}}, colour::Line, 1);
  out.page = {width, y + kMargin, title, wordsOf(dimension), ""};
  return out;
}

}  // namespace

Drawing drawBars(const Dimension& dimension, const std::string& title) {
  const std::string name = picture::cleanText(title.empty() ? dimension.name : title);
  return isYears(dimension) && !dimension.values.empty() ? columns(dimension, name) : rows(dimension, name);
}

table::Grid gridOf(const Dimension& dimension) {
  table::Grid grid;
  grid.caption = "Studies by " + dimension.name;
  grid.columns = {{dimension.name, 2, false}, {"Studies", 1, true}, {"Share", 1, true}};
  for (std::size_t i = 0; i < dimension.values.size(); ++i) {
    const std::size_t studies = dimension.count(i);
    char share[16];
    std::snprintf(
        share, sizeof share, "%.1f %%",
        100.0 * static_cast<double>(studies) / static_cast<double>(std::max<std::size_t>(dimension.of.size(), 1)));
    grid.rows.push_back(
        {{dimension.values[i], false, {}, true}, table::count(static_cast<std::int64_t>(studies)), {share}});
  }
  grid.notes = {sizeOf(dimension) + "."};
  return grid;
}

}  // namespace winnow::bars
