#include <algorithm>
#include <cmath>

#include "PlotAxis.hpp"
#include "Plots.hpp"
#include "Words.hpp"

namespace winnow::meta {

namespace {

using picture::Anchor;
using picture::formatLength;
using picture::Rect;
using picture::Scene;
using picture::TextStyle;
using picture::textWidth;
using picture::Weight;

constexpr double kRow = 22, kMargin = 20, kPlotWidth = 300, kGap = 18, kMostLabel = 260;
const TextStyle kBold{kText, Weight::Bold, ink::kText, Anchor::Start, 0};

/// One line of the plot.
struct Row {
  enum class Kind { Heading, Study, Diamond, Prediction, Note };
  Kind kind = Kind::Study;
  std::string label, first, second, effect, weight;
  double estimate = 0, share = 0;  ///< coordinate; weight in per cent
  Interval interval;               ///< coordinates
  bool isTotal = false;
};

std::string eventsOf(const FourCells& cells, bool isFirst) {
  const double events = isFirst ? cells.events1 : cells.events2, others = isFirst ? cells.others1 : cells.others2;
  return fixed(events, 0) + "/" + fixed(events + others, 0);
}

/// Builds the rows from top to bottom.
class Rows {
 public:
  Rows(const Analysis& analysis, const PlotText& text) : analysis_(analysis), weights_(analysis.weights()) {
    if (analysis.subgroups)
      addSubgroups();
    else
      for (std::size_t i = 0; i < analysis.effects.size(); ++i) addStudy(analysis.effects[i], weights_[i]);
    for (const auto& [study, reason] : text.notEstimable)
      rows_.push_back({Row::Kind::Note, study, {}, {}, "not estimable: " + reason, {}, 0, 0, {}, false});
    addDiamond("Pooled, " + std::to_string(analysis.fit.k) + (analysis.fit.k == 1 ? " study" : " studies"),
               analysis.fit, true);
    if (analysis.fit.predictionT) addPrediction();
  }
  std::vector<Row> take() { return std::move(rows_); }

 private:
  Interval coordinates(const Interval& interval) const {
    if (!interval) return std::nullopt;
    return std::pair(coordinateOf(analysis_, interval->first), coordinateOf(analysis_, interval->second));
  }
  void addStudy(const Effect& effect, double weight) {
    const double half = normalQuantile() * std::sqrt(effect.v);
    const Interval interval = std::pair(effect.y - half, effect.y + half);
    Row row{Row::Kind::Study,
            effect.study,
            {},
            {},
            shownText(analysis_, effect.y, interval),
            fixed(weight, 1) + " %",
            coordinateOf(analysis_, effect.y),
            weight,
            coordinates(interval),
            false};
    if (effect.cells) {
      row.first = eventsOf(*effect.cells, true);
      row.second = eventsOf(*effect.cells, false);
    }
    rows_.push_back(std::move(row));
  }
  void addDiamond(const std::string& label, const Fit& fit, bool isTotal) {
    rows_.push_back({Row::Kind::Diamond,
                     label,
                     {},
                     {},
                     shownText(analysis_, fit.pooled().estimate, fit.pooled().interval),
                     {},
                     coordinateOf(analysis_, fit.pooled().estimate),
                     0,
                     coordinates(fit.pooled().interval),
                     isTotal});
  }
  void addPrediction() {
    const Interval& interval = analysis_.fit.predictionT;
    rows_.push_back({Row::Kind::Prediction,
                     "Prediction interval (t, k - 2)",
                     {},
                     {},
                     shownText(analysis_, interval->first) + " to " + shownText(analysis_, interval->second),
                     {},
                     0,
                     0,
                     coordinates(interval),
                     false});
  }
  void addSubgroups() {
    for (const Group& group : analysis_.subgroups->groups) {
      rows_.push_back({Row::Kind::Heading, group.name, {}, {}, {}, {}, 0, 0, {}, false});
      for (const Effect& effect : group.effects) addStudy(effect, weightOf(effect));
      addDiamond("Subtotal, " + std::to_string(group.fit.k) + (group.fit.k == 1 ? " study" : " studies"), group.fit,
                 false);
    }
  }
  double weightOf(const Effect& effect) const {
    for (std::size_t i = 0; i < analysis_.effects.size(); ++i)
      if (analysis_.effects[i].study == effect.study && analysis_.effects[i].y == effect.y) return weights_[i];
    return 0;
  }

  const Analysis& analysis_;
  std::vector<double> weights_;
  std::vector<Row> rows_;
};

/// Room for all estimates and pooled intervals; the intervals of studies may be cut. No effect is always in view where
/// the scale has such a point.
std::pair<double, double> rangeOf(const Analysis& analysis, const std::vector<Row>& rows) {
  const Scale scale = analysis.measure().scale;
  const bool hasNull = scale == Scale::Plain || scale == Scale::Ratio || scale == Scale::Correlation;
  double low = hasNull ? 0 : rows.front().estimate, high = low, widestLow = low, widestHigh = high;
  bool isFirst = !hasNull;
  for (const Row& row : rows) {
    if (row.kind == Row::Kind::Heading || row.kind == Row::Kind::Note) continue;
    const double from = row.kind == Row::Kind::Study ? row.estimate
                        : row.interval               ? row.interval->first
                                                     : row.estimate,
                 to = row.kind == Row::Kind::Study ? row.estimate
                      : row.interval               ? row.interval->second
                                                   : row.estimate;
    low = isFirst ? from : std::min(low, from);
    high = isFirst ? to : std::max(high, to);
    isFirst = false;
    if (!row.interval) continue;
    widestLow = std::min(widestLow, row.interval->first);
    widestHigh = std::max(widestHigh, row.interval->second);
  }
  const double more = std::max(0.9 * (high - low), 1e-9);
  const double from = std::max(std::min(widestLow, low), low - more),
               to = std::min(std::max(widestHigh, high), high + more);
  const double edge = 0.03 * (to - from);
  return {from - edge, to + edge};
}

/// Widths of the columns of text.
struct Columns {
  double label = 0, first = 0, second = 0, effect = 0, weight = 0;
  double labelX() const { return kMargin; }
  double firstX() const { return labelX() + label + kGap; }
  double secondX() const { return firstX() + (first > 0 ? first + kGap : 0); }
  double plotX() const { return secondX() + (second > 0 ? second + kGap : 0); }
  double effectX() const { return plotX() + kPlotWidth + kGap; }
  double weightX() const { return effectX() + effect + kGap; }
  double width() const { return weightX() + weight + kMargin; }
};

Columns columnsOf(const std::vector<Row>& rows, const PlotText& text, const std::string& effectHeading) {
  Columns columns;
  const auto widen = [](double& width, const std::string& cell, Weight weight) {
    width = std::max(width, textWidth(cell, kText, weight));
  };
  widen(columns.label, "Study", Weight::Bold);
  widen(columns.effect, effectHeading, Weight::Bold);
  widen(columns.weight, "Weight", Weight::Bold);
  for (const Row& row : rows) {
    widen(columns.label, row.label, row.kind == Row::Kind::Study ? Weight::Regular : Weight::Bold);
    if (row.kind != Row::Kind::Note) widen(columns.effect, row.effect, row.isTotal ? Weight::Bold : Weight::Regular);
    widen(columns.weight, row.weight, Weight::Regular);
    widen(columns.first, row.first, Weight::Regular);
    widen(columns.second, row.second, Weight::Regular);
  }
  if (columns.first > 0) {
    widen(columns.first, text.first, Weight::Bold);
    widen(columns.second, text.second, Weight::Bold);
  }
  columns.label = std::min(columns.label, kMostLabel);
  return columns;
}

/// Draws one plot.
class Forest {
 public:
  Forest(const Analysis& analysis, const PlotText& text)
      : analysis_(analysis),
        text_(text),
        rows_(Rows(analysis, text).take()),
        effectHeading_("Effect (95 %)"),
        columns_(columnsOf(rows_, text, effectHeading_)),
        axis_(axis()) {
    for (const Row& row : rows_) heaviest_ = std::max(heaviest_, row.share);
  }

  std::string draw() {
    double y = kMargin + 14;
    scene_.text({{{kMargin, y}, picture::cleanText(text_.title)}}, {15, Weight::Bold, ink::kText, Anchor::Start, 0});
    scene_.text({{{kMargin, y += 18}, std::string(analysis_.measure().title) + ", " + modelText(analysis_.request)}},
                kSmall);
    drawHeading(y += 26);
    const double top = y + 8;
    const double bottom = top + kRow * static_cast<double>(rows_.size());
    drawNull(top, bottom);
    y = top + kRow / 2;
    for (const Row& row : rows_) {
      drawRow(row, y);
      y += kRow;
    }
    axis_.drawBelow(scene_, bottom + 6);
    drawDirections(bottom + 38);
    const double end = drawFoot(bottom + 62);
    return scene_.svg(columns_.width(), end + kMargin - 6, text_.title, description());
  }

 private:
  PlotAxis axis() const {
    const auto [low, high] = rangeOf(analysis_, rows_);
    return PlotAxis(low, high, columns_.plotX(), columns_.plotX() + kPlotWidth,
                    analysis_.measure().scale == Scale::Ratio);
  }

  void drawHeading(double y) {
    scene_.text({{{columns_.labelX(), y}, "Study"}}, kBold);
    if (columns_.first > 0) {
      scene_.text({{{columns_.firstX(), y}, text_.first}}, kBold);
      scene_.text({{{columns_.secondX(), y}, text_.second}}, kBold);
    }
    scene_.text({{{columns_.effectX(), y}, effectHeading_}}, kBold);
    scene_.text({{{columns_.weightX(), y}, "Weight"}}, kBold);
    scene_.line({{kMargin, y + 7}, {columns_.width() - kMargin, y + 7}}, ink::kGrid, 1);
  }

  void drawNull(double top, double bottom) {
    if (axis_.low() <= 0 && axis_.high() >= 0 && hasNoEffectPoint())
      scene_.line({{axis_.x(0), top}, {axis_.x(0), bottom + 6}}, ink::kQuiet, 1);
  }

  void drawRow(const Row& row, double y) {
    const double base = y + 4;
    const bool isBold = row.kind == Row::Kind::Heading || row.isTotal;
    scene_.text({{{columns_.labelX(), base}, fitted(row.label, kMostLabel, kText)}}, isBold ? kBold : kPlain);
    if (!row.first.empty()) {
      scene_.text({{{columns_.firstX(), base}, row.first}}, kPlain);
      scene_.text({{{columns_.secondX(), base}, row.second}}, kPlain);
    }
    if (row.kind == Row::Kind::Note) {
      const double room = columns_.width() - kMargin - columns_.plotX();
      scene_.text({{{columns_.plotX(), base}, fitted(row.effect, room, 11)}}, kSmall);
      return;
    }
    scene_.text({{{columns_.effectX(), base}, row.effect}}, isBold ? kBold : kPlain);
    if (!row.weight.empty()) textEndingAt(scene_, columns_.weightX() + columns_.weight, base, row.weight, kPlain);
    if (row.kind == Row::Kind::Study) drawStudy(row, y);
    if (row.kind == Row::Kind::Diamond) drawDiamond(row, y);
    if (row.kind == Row::Kind::Prediction) drawInterval(*row.interval, y, ink::kPooled, 3);
  }

  /// A line from bound to bound; where it leaves the axis, an arrow.
  void drawInterval(const std::pair<double, double>& interval, double y, std::string_view colour, double width) {
    const double middle = std::clamp((interval.first + interval.second) / 2, axis_.low(), axis_.high());
    for (const bool isLow : {true, false}) {
      const double bound = isLow ? interval.first : interval.second;
      const bool isCut = isLow ? bound < axis_.low() : bound > axis_.high();
      const picture::Point from{axis_.x(middle), y}, to{axis_.x(std::clamp(bound, axis_.low(), axis_.high())), y};
      if (isCut)
        scene_.arrow({from, to}, colour, width);
      else
        scene_.line({from, to}, colour, width);
    }
  }

  void drawStudy(const Row& row, double y) {
    scene_.beginGroup({}, row.label + ": " + row.effect + ", weight " + row.weight);
    drawInterval(*row.interval, y, ink::kStudy, 1.5);
    const double half = std::max(1.8, 7 * std::sqrt(heaviest_ > 0 ? row.share / heaviest_ : 0));
    scene_.rect({axis_.x(row.estimate) - half, y - half, 2 * half, 2 * half}, {ink::kStudy, "none", 1, 0});
    scene_.endGroup();
  }

  void drawDiamond(const Row& row, double y) {
    const double middle = axis_.x(row.estimate), half = row.isTotal ? 8 : 6;
    const double left = row.interval ? axis_.x(std::max(row.interval->first, axis_.low())) : middle - 4,
                 right = row.interval ? axis_.x(std::min(row.interval->second, axis_.high())) : middle + 4;
    const auto point = [](double x, double py) { return formatLength(x) + " " + formatLength(py); };
    scene_.path("M" + point(left, y) + "L" + point(middle, y - half) + "L" + point(right, y) + "L" +
                    point(middle, y + half) + "Z",
                {row.isTotal ? ink::kPooled : ink::kNone, ink::kPooled, 1.5, 0});
  }

  void drawDirections(double y) {
    const bool hasGroups =
        analysis_.request.measure != Measure::GEN && analysis_.measure().scale != Scale::Proportion &&
        analysis_.measure().scale != Scale::FreemanTukey && analysis_.measure().scale != Scale::Correlation;
    if (!hasGroups) return;
    scene_.text({{{axis_.left(), y}, "lower with " + text_.first}}, kSmall);
    textEndingAt(scene_, axis_.right(), y, "higher with " + text_.first, kSmall);
  }

  /// A proportion of one half is no hypothesis.
  bool hasNoEffectPoint() const {
    return analysis_.measure().scale != Scale::Proportion && analysis_.measure().scale != Scale::FreemanTukey;
  }
  std::vector<std::string> footLines() const {
    const Fit& fit = analysis_.fit;
    std::vector<std::string> lines;
    if (fit.tau2 && fit.i2) {
      std::string line = "Heterogeneity: tau² " + fixed(*fit.tau2, 4) + ", I² " + fixed(*fit.i2, 1) + " %";
      if (analysis_.extras && analysis_.extras->i2)
        line += " (" + fixed(analysis_.extras->i2->first, 1) + " to " + fixed(analysis_.extras->i2->second, 1) + ")";
      lines.push_back(line + ", Q " + fixed(fit.q, 2) + " with " + degreesText(fit.qDegrees) + ", p " + pText(fit.qP));
    }
    if (analysis_.subgroups && analysis_.subgroups->qBetween)
      lines.push_back("Between subgroups: Q " + fixed(*analysis_.subgroups->qBetween, 2) + " with " +
                      degreesText(analysis_.subgroups->df) + ", p " + pText(analysis_.subgroups->p));
    if (fit.pooled().p && hasNoEffectPoint()) lines.push_back("Test of the pooled effect: p " + pText(fit.pooled().p));
    return lines;
  }
  double drawFoot(double y) {
    const double room = columns_.width() - 2 * kMargin;
    for (const std::string& line : footLines())
      for (const std::string& part : picture::wrapText(line, room, room, 11, Weight::Regular)) {
        scene_.text({{{kMargin, y}, part}}, kSmall);
        y += 16;
      }
    return y - 16;
  }

  std::string description() const {
    std::string out = "Forest plot. ";
    for (const Row& row : rows_) out += row.label + (row.effect.empty() ? "" : ": " + row.effect) + ". ";
    return out;
  }

  const Analysis& analysis_;
  const PlotText& text_;
  std::vector<Row> rows_;
  std::string effectHeading_;
  Columns columns_;
  PlotAxis axis_;
  Scene scene_;
  double heaviest_ = 0;
};

}  // namespace

std::string forestPlot(const Analysis& analysis, const PlotText& text) { return Forest(analysis, text).draw(); }

}  // namespace winnow::meta
