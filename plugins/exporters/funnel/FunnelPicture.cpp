#include "FunnelPicture.hpp"

#include <algorithm>

#include "picture/Palette.hpp"

namespace winnow::exporters {
namespace {

using picture::Anchor;
using picture::grouped;
using picture::Scene;
using picture::Weight;
namespace colour = picture::colour;

constexpr double kMargin = 12, kSize = 12, kSmall = 11, kLine = 14, kBar = 18, kGap = 12, kBarRoom = 300,
                 kLabelRoom = 190, kSaidRoom = 150;

/// A step of both lanes together.
struct Row {
  std::string key, label;
  std::int64_t in = 0, out = 0, excluded = 0, waiting = 0;
  std::vector<Named> categories;
};

void addNamed(std::vector<Named>& to, const std::vector<Named>& from) {
  for (const auto& [name, n] : from) {
    const auto found =
        std::find_if(to.begin(), to.end(), [&, &name = name](const Named& one) { return one.first == name; });
    if (found == to.end())
      to.emplace_back(name, n);
    else
      found->second += n;
  }
}

/// "stages/language" of "db/stages/language" and "other/stages/language".
std::string plainKey(const std::string& key) {
  const std::size_t slash = key.find('/');
  return slash == std::string::npos ? key : key.substr(slash + 1);
}

std::vector<Row> rowsOf(const Funnel& funnel) {
  std::vector<Row> rows;
  for (const FunnelStep& step : funnel.steps) {
    const std::string key = plainKey(step.key);
    auto row = std::find_if(rows.begin(), rows.end(), [&](const Row& one) { return one.key == key; });
    if (row == rows.end()) {
      rows.push_back({key, picture::cleanText(step.label), 0, 0, 0, 0, {}});
      row = std::prev(rows.end());
    }
    row->in += step.in.value_or(step.out.value_or(0));
    row->out += step.out.value_or(0);
    row->excluded += step.excluded().value_or(0);
    row->waiting += step.waiting.value_or(0);
    if (key.rfind("stages/", 0) == 0) addNamed(row->categories, step.categories);
  }
  return rows;
}

std::string said(const Row& row) {
  std::string text = grouped(row.in);
  if (row.excluded != 0) text += ", " + grouped(row.excluded) + (row.key == "identified" ? " removed" : " excluded");
  if (row.waiting != 0) text += ", " + grouped(row.waiting) + " waiting";
  return text;
}

class Drawer {
 public:
  Drawer(Scene& scene, double most) : scene_(scene), most_(most) {}

  double row(const Row& row, double y) {
    const std::vector<std::string> label = picture::wrapText(row.label, kLabelRoom, kLabelRoom, kSize, Weight::Regular);
    const double left = kMargin + kLabelRoom + kGap, height = std::max(kBar, kLine * static_cast<double>(label.size()));
    const double middle = y + height / 2;
    scene_.beginGroup("", row.label + ": " + said(row));
    std::vector<picture::TextLine> lines;
    for (std::size_t i = 0; i < label.size(); ++i)
      lines.push_back({{kMargin + kLabelRoom,
                        middle + 4 + kLine * (static_cast<double>(i) - static_cast<double>(label.size() - 1) / 2)},
                       label[i]});
    scene_.text(lines, {kSize, Weight::Regular, colour::Ink, Anchor::End});
    const double in = kBarRoom * static_cast<double>(row.in) / most_;
    const double stays = kBarRoom * static_cast<double>(row.in - row.excluded) / most_;
    scene_.rect({left, middle - kBar / 2, std::max(in, 1.0), kBar}, {colour::AccentFill, colour::Accent, 0.75});
    if (stays > 0) scene_.rect({left, middle - kBar / 2, stays, kBar}, {colour::Accent, colour::Accent, 0.75});
    scene_.text({{{left + in + 6, middle + 4}, said(row)}}, {kSmall, Weight::Regular, colour::Muted});
    y += height;
    y = categories(row, left, y);
    scene_.endGroup();
    return y + kGap;
  }

 private:
  double categories(const Row& row, double left, double y) {
    std::string text;
    for (const auto& [name, n] : row.categories)
      if (n != 0) text += (text.empty() ? "" : ", ") + picture::cleanText(name) + " " + grouped(n);
    if (text.empty()) return y;
    const double room = kBarRoom + kSaidRoom;
    std::vector<picture::TextLine> lines;
    y += 3;
    for (std::string& line : picture::wrapText(text, room, room, kSmall, Weight::Regular)) {
      lines.push_back({{left, y + kSmall * 0.93}, std::move(line)});
      y += kLine;
    }
    scene_.text(lines, {kSmall, Weight::Regular, colour::Muted});
    return y;
  }

  Scene& scene_;
  double most_;
};

}  // namespace

FunnelPicture drawFunnel(const Funnel& funnel, const std::string& title) {
  FunnelPicture out;
  const std::vector<Row> rows = rowsOf(funnel);
  std::int64_t most = 1;
  std::string words;
  for (const Row& row : rows) {
    most = std::max(most, row.in);
    words += row.label + ": " + said(row) + ". ";
  }
  const std::string name = title.empty() ? "From the records found to the reports included" : title;
  const double width = kMargin + kLabelRoom + kGap + kBarRoom + kSaidRoom + kMargin;
  out.scene.text({{{kMargin, kMargin + 10}, picture::elided(name, width - 2 * kMargin, 14, Weight::Regular)}},
                 {14, Weight::Regular, colour::Ink});
  double y = kMargin + 28;
  Drawer drawer(out.scene, static_cast<double>(most));
  for (const Row& row : rows) y = drawer.row(row, y);
  out.scene.text({{{kMargin + kLabelRoom + kGap, y + 8}, "Dark: went on. Pale: left at this step."}},
                 {kSmall, Weight::Regular, colour::Muted});
  out.page = {width, y + 12 + kMargin, name, words, ""};
  return out;
}

}  // namespace winnow::exporters
