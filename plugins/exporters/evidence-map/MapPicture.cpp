// The map for print.
#include <algorithm>
#include <cmath>

#include "Map.hpp"
#include "picture/Palette.hpp"

namespace winnow::map {

namespace {

using picture::Anchor;
using picture::grouped;
using picture::Point;
using picture::Rect;
using picture::Scene;
using picture::TextLine;
using picture::TextStyle;
using picture::Weight;
namespace colour = picture::colour;

constexpr double kMargin = 12, kSize = 11, kLine = 13.5, kGap = 8, kLabelRoom = 150, kSumRoom = 44;
constexpr double kNarrowest = 62, kWidest = 96, kWidestWord = 130, kRowHeight = 54, kLargest = 17, kSmallest = 3,
                 kPageRoom = 680;

std::string n(std::size_t count) { return grouped(static_cast<std::int64_t>(count)); }

std::vector<std::string> wrapped(const std::string& text, double room, Weight weight = Weight::Regular) {
  return picture::wrapText(picture::cleanText(text), room, room, kSize, weight);
}

/// Lines around a point; the middle of the block is `at`.
void block(Scene& scene, const std::vector<std::string>& lines, Point at, const TextStyle& style) {
  std::vector<TextLine> placed;
  double y = at.y - kLine * static_cast<double>(lines.size() - 1) / 2 + kSize * 0.36;
  for (const std::string& line : lines) {
    placed.push_back({{at.x, y}, line});
    y += kLine;
  }
  scene.text(placed, style);
}

/// Room that the longest word of a label needs, so that no word is broken that need not be.
double roomOfWords(const std::string& label) {
  const std::string text = picture::cleanText(label);
  double room = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    room = std::max(room, picture::textWidth(text.substr(begin, end - begin), kSize, Weight::Bold));
    begin = end + 1;
  }
  return std::min(room + 1, kWidestWord) + kGap;
}

/// Widths by what stands in the map: narrow enough for a page where that is possible.
struct Layout {
  double label = kLabelRoom, head = 0, width = 0, height = 0;
  std::vector<double> columns, rows;
};

/// A column is as wide as its longest word, and wider while the page has room; the labels of the rows give way first.
void layOutColumns(const EvidenceMap& map, Layout& at) {
  double sum = 0, word = roomOfWords(map.rows.name);
  for (const std::string& value : map.columns.values) {
    at.columns.push_back(std::max(kNarrowest, roomOfWords(value)));
    sum += at.columns.back();
  }
  for (const std::string& value : map.rows.values) word = std::max(word, roomOfWords(value));
  const double room = kPageRoom - 2 * kMargin - kSumRoom - sum;
  at.label = std::clamp(room, word, std::max(word, kLabelRoom));
  const double more = std::max(0.0, room - at.label) / std::max(1.0, static_cast<double>(at.columns.size()));
  at.width = 2 * kMargin + at.label + kSumRoom;
  for (double& column : at.columns) {
    column = std::max(column, std::min(column + more, kWidest));
    at.width += column;
  }
}

Layout layoutOf(const EvidenceMap& map) {
  Layout at;
  layOutColumns(map, at);
  const auto height = [](const std::string& value, double room) {
    return kLine * static_cast<double>(wrapped(value, room - kGap, Weight::Bold).size());
  };
  at.head = height(map.rows.name, at.label);
  for (std::size_t column = 0; column < at.columns.size(); ++column)
    at.head = std::max(at.head, height(map.columns.values[column], at.columns[column]));
  at.head += kLine + 4;  // the columns' name
  for (const std::string& value : map.rows.values) at.rows.push_back(std::max(kRowHeight, height(value, at.label) + 8));
  for (const double row : at.rows) at.height += row;
  return at;
}

class Drawer {
 public:
  Drawer(Scene& scene, const EvidenceMap& map, const Layout& at, std::size_t most)
      : scene_(scene), map_(map), at_(at), most_(most) {
    lefts_ = {kMargin + at.label};
    for (const double column : at.columns) lefts_.push_back(lefts_.back() + column);
  }

  /// Draws the cells of the studies that `takes` selects; gives the bottom edge.
  template <class Takes>
  double draw(double top, Takes&& takes) {
    heads(top);
    double y = top + at_.head + 6;
    const auto cells = map_.cells();
    for (std::size_t row = 0; row < cells.size(); ++row) {
      const double height = at_.rows[row], middle = y + height / 2;
      block(scene_, wrapped(map_.rows.values[row], at_.label - kGap, Weight::Bold),
            {kMargin + at_.label - kGap, middle}, {kSize, Weight::Bold, colour::Ink, Anchor::End});
      std::size_t sum = 0;
      for (std::size_t study = 0; study < map_.rows.of.size(); ++study) {
        const auto& of = map_.rows.of[study];
        sum += takes(study) && std::binary_search(of.begin(), of.end(), static_cast<std::uint32_t>(row)) ? 1 : 0;
      }
      for (std::size_t column = 0; column < cells[row].size(); ++column) {
        std::vector<std::uint32_t> studies;
        for (const std::uint32_t study : cells[row][column])
          if (takes(study)) studies.push_back(study);
        cell(row, column, studies, {lefts_[column], y, at_.columns[column], height});
      }
      scene_.text({{{lefts_.back() + kSumRoom / 2, middle + kSize * 0.36}, n(sum)}},
                  {kSize, Weight::Regular, colour::Muted, Anchor::Middle});
      y += height;
    }
    return y;
  }

 private:
  /// A label that ends at the lower edge of the heads.
  void head(const std::string& label, double room, double x, double top, const TextStyle& style) {
    const auto lines = wrapped(label, room - kGap, style.weight);
    block(scene_, lines, {x, top + at_.head - kLine * static_cast<double>(lines.size()) / 2}, style);
  }
  void heads(double top) {
    const double room = lefts_.back() - lefts_.front();
    const std::string name = picture::elided(picture::cleanText(map_.columns.name), room, kSize, Weight::Regular);
    scene_.text({{{lefts_.front() + room / 2, top + kSize}, name}},
                {kSize, Weight::Regular, colour::Muted, Anchor::Middle});
    head(map_.rows.name, at_.label, lefts_.front() - kGap, top, {kSize, Weight::Regular, colour::Muted, Anchor::End});
    for (std::size_t column = 0; column < map_.columns.values.size(); ++column)
      head(map_.columns.values[column], at_.columns[column], lefts_[column] + at_.columns[column] / 2, top,
           {kSize, Weight::Bold, colour::Ink, Anchor::Middle});
    scene_.text({{{lefts_.back() + kSumRoom / 2, top + at_.head - kLine / 2 + kSize * 0.36}, "Studies"}},
                {kSize, Weight::Regular, colour::Muted, Anchor::Middle});
  }

  void cell(std::size_t row, std::size_t column, const std::vector<std::uint32_t>& studies, const Rect& rect) {
    const std::string name =
        picture::cleanText(map_.rows.values[row]) + " × " + picture::cleanText(map_.columns.values[column]);
    scene_.beginGroup(
        "", name + ": " +
                (studies.empty() ? "no study" : n(studies.size()) + (studies.size() == 1 ? " study" : " studies")) +
                split(studies));
    const std::string_view fill =
        map_.isHeat ? picture::heatColour(static_cast<double>(studies.size()), static_cast<double>(most_))
                    : colour::Paper;
    scene_.rect(rect, {fill, colour::Pale, 1, 0});
    const Point middle{rect.centerX(), rect.centerY()};
    if (studies.empty()) {
      gap(rect);
    } else if (map_.isHeat) {
      number(studies.size(), {middle.x, middle.y + kSize * 0.36}, picture::inkOn(fill));
    } else {
      bubble(studies, {middle.x, rect.y + 3 + kLargest});
      number(studies.size(), {middle.x, rect.y + 3 + 2 * kLargest + kSize}, colour::Ink);
    }
    scene_.endGroup();
  }
  void number(std::size_t count, Point at, std::string_view ink) {
    scene_.text({{at, n(count)}}, {kSize, Weight::Bold, ink, Anchor::Middle});
  }
  /// Two strokes from corner to corner say "gap" in black and white, too.
  void gap(const Rect& rect) {
    const double inset = std::min(rect.width, rect.height) * 0.32;
    const double x = rect.centerX(), y = rect.centerY(), reach = std::min(rect.width, rect.height) / 2 - inset;
    scene_.line({{x - reach, y - reach}, {x + reach, y + reach}}, colour::PaleLine, 1);
    scene_.line({{x - reach, y + reach}, {x + reach, y - reach}}, colour::PaleLine, 1);
  }
  std::vector<std::size_t> counts(const std::vector<std::uint32_t>& studies) const {
    std::vector<std::size_t> list;
    if (!map_.colour) return list;
    list.resize(map_.colour->values.size());
    for (const std::uint32_t study : studies)
      for (const std::uint32_t value : map_.colour->of[study]) ++list[value];
    return list;
  }
  std::string split(const std::vector<std::uint32_t>& studies) const {
    std::string text;
    const std::vector<std::size_t> list = counts(studies);
    for (std::size_t value = 0; value < list.size(); ++value)
      if (list[value] != 0)
        text += (text.empty() ? " (" : ", ") + picture::cleanText(map_.colour->values[value]) + " " + n(list[value]);
    return text.empty() ? text : text + ")";
  }
  void bubble(const std::vector<std::uint32_t>& studies, Point center) {
    const double share = static_cast<double>(studies.size()) / static_cast<double>(most_);
    const double radius = std::max(kSmallest, kLargest * std::sqrt(share));
    const std::vector<std::size_t> list = counts(studies);
    std::size_t sum = 0;
    for (const std::size_t count : list) sum += count;
    if (sum == 0) return scene_.circle(center, radius, {colour::Accent, colour::Ink, 0.75});
    double from = 0;
    for (std::size_t value = 0; value < list.size(); ++value) {
      if (list[value] == 0) continue;
      const double to = from + static_cast<double>(list[value]) / static_cast<double>(sum);
      scene_.sector(center, radius, from, to, {picture::categoryColour(value), colour::Ink, 0.75});
      from = to;
    }
  }

  Scene& scene_;
  const EvidenceMap& map_;
  const Layout& at_;
  std::size_t most_;
  std::vector<double> lefts_;  ///< of the columns, and the right edge
};

std::size_t largestCell(const EvidenceMap& map) {
  std::size_t most = 1;
  for (const auto& row : map.cells())
    for (const auto& cell : row) most = std::max(most, cell.size());
  return most;
}

/// Colours with their words, and what a cross means; gives the bottom edge.
double legend(Scene& scene, const EvidenceMap& map, double y, double width) {
  double x = kMargin;
  const auto entry = [&](const std::string& words, std::string_view fill) {
    const double room = 16 + picture::textWidth(words, kSize, Weight::Regular) + 14;
    if (x > kMargin && x + room > width - kMargin) x = kMargin, y += kLine + 4;
    if (!fill.empty()) scene.circle({x + 6, y + 6}, 5.5, {fill, colour::Ink, 0.75});
    scene.text({{{fill.empty() ? x : x + 16, y + 10}, words}}, {kSize, Weight::Regular, colour::Ink});
    x += fill.empty() ? room - 16 : room;
  };
  if (map.colour && !map.isHeat) {
    entry(picture::cleanText(map.colour->name) + ":", "");
    const auto& values = map.colour->values;
    for (std::size_t i = 0; i < values.size() && i < picture::kCategoryColours; ++i) {
      std::string words = picture::cleanText(values[i]);
      if (i + 1 == picture::kCategoryColours)
        for (std::size_t more = i + 1; more < values.size(); ++more) words += ", " + picture::cleanText(values[more]);
      entry(picture::elided(words, width - 2 * kMargin - 20, kSize, Weight::Regular), picture::categoryColour(i));
    }
    x = kMargin, y += kLine + 6;
  }
  entry(map.isHeat ? "Darker: more studies. A cross marks a gap: no study."
                   : "Area: number of studies. A cross marks a gap: no study.",
        "");
  x = kMargin, y += kLine + 2;
  for (const std::string& line :
       picture::wrapText(sizeOf(map) + ".", width - 2 * kMargin, width - 2 * kMargin, kSize, Weight::Regular)) {
    scene.text({{{kMargin, y + 10}, line}}, {kSize, Weight::Regular, colour::Muted});
    y += kLine;
  }
  return y;
}

std::string wordsOf(const EvidenceMap& map) {
  std::string text = map.rows.name + " by " + map.columns.name + ". " + sizeOf(map) + ". ";
  const auto cells = map.cells();
  for (std::size_t row = 0; row < cells.size(); ++row) {
    std::string line;
    for (std::size_t column = 0; column < cells[row].size(); ++column)
      if (!cells[row][column].empty())
        line += (line.empty() ? "" : ", ") + map.columns.values[column] + " " + n(cells[row][column].size());
    text += map.rows.values[row] + ": " + (line.empty() ? "no study" : line) + ". ";
  }
  return picture::cleanText(text);
}

double heading(Scene& scene, const std::string& text, double y, double width, double size) {
  for (const std::string& line :
       picture::wrapText(picture::cleanText(text), width - 2 * kMargin, width - 2 * kMargin, size, Weight::Bold)) {
    scene.text({{{kMargin, y + size * 0.93}, line}}, {size, Weight::Bold, colour::Ink});
    y += size * 1.3;
  }
  return y;
}

std::string titleOf(const EvidenceMap& map) {
  return map.title.empty() ? map.rows.name + " by " + map.columns.name : map.title;
}

}  // namespace

Drawing drawMap(const EvidenceMap& map) {
  Drawing out;
  const Layout at = layoutOf(map);
  double y = heading(out.scene, titleOf(map), kMargin, at.width, 14) + 8;
  y = Drawer(out.scene, map, at, largestCell(map)).draw(y, [](std::size_t) { return true; });
  y = legend(out.scene, map, y + 12, at.width);
  out.page = {at.width, y + kMargin, picture::cleanText(titleOf(map)), wordsOf(map), ""};
  return out;
}

Drawing drawWaves(const EvidenceMap& map) {
  Drawing out;
  const Layout at = layoutOf(map);
  double y = heading(out.scene, titleOf(map), kMargin, at.width, 14) + 8;
  std::vector<std::string> waves;
  for (const Study& study : map.studies)
    if (std::find(waves.begin(), waves.end(), study.wave) == waves.end()) waves.push_back(study.wave);
  Drawer drawer(out.scene, map, at, largestCell(map));
  for (const std::string& wave : waves) {
    y = heading(out.scene, "Wave: " + wave, y, at.width, 12) + 4;
    y = drawer.draw(y, [&](std::size_t study) { return map.studies[study].wave == wave; }) + 22;
  }
  y = legend(out.scene, map, y, at.width);
  out.page = {at.width, y + kMargin, picture::cleanText(titleOf(map)), wordsOf(map), ""};
  return out;
}

}  // namespace winnow::map
