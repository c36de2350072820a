// The curve of a reading: what was found and what may be claimed, record by record.
#include <algorithm>
#include <cmath>

#include "RecallText.hpp"
#include "picture/Scene.hpp"

namespace winnow::recall {

namespace {

using picture::Anchor;
using picture::Point;
using picture::Rect;
using picture::Scene;
using picture::TextStyle;
using picture::Weight;

constexpr double kWidth = 760, kHeight = 420, kLeft = 64, kRight = 24, kTop = 56, kBottom = 64;
constexpr std::string_view kFound = "#1f5f99", kCertified = "#a33d00", kGrid = "#d5dae1", kRandom = "#eef1f5",
                           kInk = "#1d232b";

/// Maps records read and shares to the plot's area.
struct Frame {
  double total;
  Rect area{kLeft, kTop, kWidth - kLeft - kRight, kHeight - kTop - kBottom};
  double x(double read) const { return area.x + area.width * read / total; }
  double y(double share) const { return area.bottom() - area.height * share; }
};

void drawRandomStretches(Scene& scene, const Frame& frame, const std::vector<Label>& labels) {
  for (std::size_t i = 0; i < labels.size();) {
    std::size_t end = i;
    while (end < labels.size() && labels[end].choice == labels[i].choice) ++end;
    if (labels[i].choice == Choice::Random) {
      const double left = frame.x(static_cast<double>(i)), right = frame.x(static_cast<double>(end));
      scene.rect({left, frame.area.y, std::max(right - left, 0.5), frame.area.height}, {kRandom, "none", 1, 0});
    }
    i = end;
  }
}

/// A step that reads well: 1, 2 or 5 times a power of ten, about five of them on the axis.
double stepOf(double total) {
  const double rough = total / 5, power = std::pow(10, std::floor(std::log10(std::max(rough, 1.0))));
  for (const double factor : {1.0, 2.0, 5.0})
    if (power * factor >= rough) return power * factor;
  return power * 10;
}

void drawAxes(Scene& scene, const Frame& frame) {
  const TextStyle small{11, Weight::Regular, kInk, Anchor::Middle, 0};
  for (int tick = 0; tick <= 5; ++tick) {
    const double share = tick / 5.0;
    scene.line({{frame.area.x, frame.y(share)}, {frame.area.right(), frame.y(share)}}, kGrid, 1);
    scene.text({{{frame.area.x - 26, frame.y(share) + 4}, std::to_string(tick * 20) + " %"}}, small);
  }
  const double step = stepOf(frame.total);
  for (double read = 0; read <= frame.total; read += step)
    scene.text({{{frame.x(read), frame.area.bottom() + 18}, std::to_string(static_cast<long>(read))}}, small);
  scene.text({{{frame.area.centerX(), frame.area.bottom() + 38}, "records read"}}, small);
}

/// A staircase through the values, with points only where they change.
void drawSteps(Scene& scene, const Frame& frame, const std::vector<double>& values, std::string_view colour) {
  std::vector<Point> points{{frame.x(0), frame.y(0)}};
  double last = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const bool isLast = i + 1 == values.size();
    if (values[i] == last && !isLast) continue;
    const double x = frame.x(static_cast<double>(i + 1));
    points.push_back({x, frame.y(last)});
    points.push_back({x, frame.y(values[i])});
    last = values[i];
  }
  scene.line(points, colour, 2);
}

void drawKey(Scene& scene, const Frame& frame, const Claim& claim) {
  const TextStyle style{12, Weight::Regular, kInk, Anchor::Start, 0};
  const double y = kHeight - 12;
  scene.line({{kLeft, y - 4}, {kLeft + 22, y - 4}}, kFound, 2);
  scene.text({{{kLeft + 28, y}, "found, as a share of the most there may be"}}, style);
  scene.line({{kLeft + 300, y - 4}, {kLeft + 322, y - 4}}, kCertified, 2);
  scene.text({{{kLeft + 328, y}, "recall that may be claimed"}}, style);
  scene.rect({kLeft + 510, y - 10, 14, 12}, {kRandom, kGrid, 1, 0});
  scene.text({{{kLeft + 530, y}, "drawn at random"}}, style);
  scene.line({{frame.area.x, frame.y(claim.target)}, {frame.area.right(), frame.y(claim.target)}}, kInk, 0.6);
  scene.text({{{frame.area.right() - 40, frame.y(claim.target) + 13}, "target"}},
             {11, Weight::Regular, kInk, Anchor::Start, 0});
}

}  // namespace

std::string drawRecallCurve(const std::vector<Label>& labels, const Claim& claim, const std::vector<double>& curve) {
  Scene scene;
  const Frame frame{static_cast<double>(std::max<std::uint64_t>(claim.total, 1))};
  drawRandomStretches(scene, frame, labels);
  drawAxes(scene, frame);
  std::vector<double> found;
  double sum = 0;
  for (const Label& label : labels) {
    sum += label.isRelevant;
    found.push_back(sum / static_cast<double>(std::max<std::uint64_t>(claim.upperTotal, 1)));
  }
  drawKey(scene, frame, claim);
  drawSteps(scene, frame, found, kFound);
  drawSteps(scene, frame, curve, kCertified);
  const std::string title = "Certified recall";
  scene.text({{{kLeft, 26}, title}}, {15, Weight::Bold, kInk, Anchor::Start, 0});
  scene.text({{{kLeft, 44},
               std::to_string(claim.read) + " of " + std::to_string(claim.total) + " records read, " +
                   std::to_string(claim.found) + " relevant, at most " + std::to_string(claim.upperTotal) + " in all"}},
             {12, Weight::Regular, kInk, Anchor::Start, 0});
  return scene.svg(kWidth, kHeight, title, sentenceOf(claim));
}

}  // namespace winnow::recall
