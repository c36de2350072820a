// Traffic light and summary plot.
#include <algorithm>
#include <array>

#include "AppraisalTable.hpp"
#include "Words.hpp"
#include "picture/Scene.hpp"

namespace winnow::appraisal {

namespace {

using picture::Anchor;
using picture::formatLength;
using picture::Scene;
using picture::TextStyle;
using picture::textWidth;
using picture::Weight;
using synthesis::AppraisalItem;
using synthesis::Light;

constexpr double kMargin = 20, kRow = 28, kCell = 38, kText = 12, kMostLabel = 240;
constexpr std::string_view kInk = "#1d232b", kQuiet = "#56606c", kGrid = "#d5dae1";
const TextStyle kPlain{kText, Weight::Regular, kInk, Anchor::Start, 0};
const TextStyle kSmall{11, Weight::Regular, kQuiet, Anchor::Start, 0};

/// Colour, sign and word of a light: each alone tells them apart. The colours differ in lightness, so also in grey.
struct Look {
  Light light;
  std::string_view colour;
  const char* sign;
};
constexpr std::array<Look, 4> kLooks = {Look{Light::Low, "#2c7fb8", "+"}, Look{Light::Some, "#f2c14e", "–"},
                                        Look{Light::High, "#a3201f", "×"}, Look{Light::None, "#c9ced6", "?"}};
const Look& lookOf(Light light) {
  return *std::find_if(kLooks.begin(), kLooks.end(), [&](const Look& look) { return look.light == light; });
}
/// White on the dark colours, ink on the light ones.
std::string_view signColour(const Look& look) {
  return look.light == Light::Low || look.light == Light::High ? "#ffffff" : kInk;
}

void disc(Scene& scene, double x, double y, double radius, std::string_view colour) {
  const double k = radius * 0.5523;
  const auto point = [](double px, double py) { return formatLength(px) + " " + formatLength(py); };
  scene.path("M" + point(x + radius, y) + "C" + point(x + radius, y + k) + " " + point(x + k, y + radius) + " " +
                 point(x, y + radius) + "C" + point(x - k, y + radius) + " " + point(x - radius, y + k) + " " +
                 point(x - radius, y) + "C" + point(x - radius, y - k) + " " + point(x - k, y - radius) + " " +
                 point(x, y - radius) + "C" + point(x + k, y - radius) + " " + point(x + radius, y - k) + " " +
                 point(x + radius, y) + "Z",
             {colour, "none", 1, 0});
}

void symbol(Scene& scene, double x, double y, Light light) {
  const Look& look = lookOf(light);
  disc(scene, x, y, 10, look.colour);
  scene.text({{{x, y + 4.5}, look.sign}}, {14, Weight::Bold, signColour(look), Anchor::Middle, 0});
}

/// The title over as many lines as it needs; returns the last baseline.
double drawTitle(Scene& scene, const std::string& title, double width) {
  double y = kMargin - 6;
  for (const std::string& line :
       picture::wrapText(picture::cleanText(title), width - 2 * kMargin, width - 2 * kMargin, 15, Weight::Bold))
    scene.text({{{kMargin, y += 18}, line}}, {15, Weight::Bold, kInk, Anchor::Start, 0});
  return y;
}

/// Signs and words in one line; returns the height below it.
double legend(Scene& scene, double x, double y) {
  for (const Look& look : kLooks) {
    symbol(scene, x + 10, y - 4, look.light);
    const std::string word(synthesis::wordOf(look.light));
    scene.text({{{x + 26, y}, word}}, kPlain);
    x += 26 + textWidth(word, kText, Weight::Regular) + 22;
  }
  return y + 16;
}

std::string shortened(const std::string& text, double room) {
  std::string clean = picture::cleanText(text);
  if (textWidth(clean, kText, Weight::Regular) <= room) return clean;
  while (!clean.empty() && textWidth(clean + "…", kText, Weight::Regular) > room) {
    while (!clean.empty() && (static_cast<unsigned char>(clean.back()) & 0xC0) == 0x80) clean.pop_back();
    if (!clean.empty()) clean.pop_back();
  }
  return clean + "…";
}

std::vector<const AppraisalItem*> columnsOf(const synthesis::AppraisalForm& form) {
  std::vector<const AppraisalItem*> items;
  for (const AppraisalItem& item : form.items) items.push_back(&item);
  items.push_back(&form.overall);
  return items;
}

/// "D1" ... and "Overall" above the columns.
std::string headOf(std::size_t column, std::size_t count) {
  return column + 1 == count ? "Overall" : "D" + std::to_string(column + 1);
}

double labelWidth(const AppraisalTable& table) {
  double width = textWidth("Study", kText, Weight::Bold);
  for (const auto& study : table.studies) width = std::max(width, textWidth(study.second, kText, Weight::Regular));
  return std::min(width, kMostLabel);
}

/// What D1 ... stand for, one line each; returns the height below them.
double domains(Scene& scene, const AppraisalTable& table, double y, double room) {
  for (std::size_t i = 0; i < table.form.items.size(); ++i) {
    const AppraisalItem& item = table.form.items[i];
    for (const std::string& line : picture::wrapText("D" + std::to_string(i + 1) + ": " + picture::cleanText(item.text),
                                                     room, room, 11, Weight::Regular)) {
      scene.text({{{kMargin, y}, line}}, kSmall);
      y += 15;
    }
  }
  return y;
}

}  // namespace

std::string trafficLight(const AppraisalTable& table, std::size_t rows) {
  const auto columns = columnsOf(table.form);
  const double label = labelWidth(table), left = kMargin + label + 16;
  const double overallGap = 14,
               width = std::max(left + kCell * static_cast<double>(columns.size()) + overallGap + 20 + kMargin, 470.0);
  const auto centre = [&](std::size_t column) {
    return left + kCell * (static_cast<double>(column) + 0.5) + (column + 1 == columns.size() ? overallGap : 0);
  };
  Scene scene;
  double y = drawTitle(scene, table.form.title, width);
  y += 8;
  for (std::size_t i = 0; i < table.studies.size(); ++i) {
    if (i % std::max<std::size_t>(rows, 1) == 0) {
      y += 24;
      scene.text({{{kMargin, y}, "Study"}}, {kText, Weight::Bold, kInk, Anchor::Start, 0});
      for (std::size_t c = 0; c < columns.size(); ++c)
        scene.text({{{centre(c), y}, headOf(c, columns.size())}}, {kText, Weight::Bold, kInk, Anchor::Middle, 0});
      y += 8;
      scene.line({{kMargin, y}, {width - kMargin, y}}, kGrid, 1);
    }
    const auto& [study, name] = table.studies[i];
    scene.text({{{kMargin, y + kRow / 2 + 4}, shortened(name, kMostLabel)}}, kPlain);
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const Light light = table.light(study, columns[c]->id);
      scene.beginGroup({}, name + ", " + columns[c]->shortName + ": " + std::string(synthesis::wordOf(light)));
      symbol(scene, centre(c), y + kRow / 2, light);
      scene.endGroup();
    }
    y += kRow;
  }
  y = legend(scene, kMargin, y + 28);
  y = domains(scene, table, y + 14, width - 2 * kMargin);
  return scene.svg(width, y + 6, table.form.title, "Traffic light plot: one judgement a study and item.");
}

std::string summaryPlot(const AppraisalTable& table) {
  constexpr double kBar = 300;
  const auto columns = columnsOf(table.form);
  double label = 0;
  for (const AppraisalItem* item : columns) label = std::max(label, textWidth(item->shortName, kText, Weight::Regular));
  label = std::min(label, kMostLabel);
  const double left = kMargin + label + 14, width = std::max(left + kBar + kMargin + 20, 470.0);
  const auto total = static_cast<double>(table.studies.size());
  Scene scene;
  double y = drawTitle(scene, table.form.title, width);
  scene.text({{{kMargin, y += 17},
               std::to_string(table.studies.size()) + (table.studies.size() == 1 ? " study" : " studies") +
                   ", each counted once (not weighted)"}},
             kSmall);
  y += 14;
  for (const AppraisalItem* item : columns) {
    scene.text({{{kMargin, y + 16}, shortened(item->shortName, kMostLabel)}},
               item == columns.back() ? TextStyle{kText, Weight::Bold, kInk, Anchor::Start, 0} : kPlain);
    double x = left;
    for (const Look& look : kLooks) {
      const auto count =
          static_cast<double>(std::count_if(table.studies.begin(), table.studies.end(), [&](const auto& study) {
            return table.light(study.first, item->id) == look.light;
          }));
      if (count == 0) continue;
      const double part = kBar * count / total;
      scene.beginGroup({}, item->shortName + ", " + std::string(synthesis::wordOf(look.light)) + ": " +
                               meta::fixed(count, 0) + " of " + meta::fixed(total, 0));
      scene.rect({x, y + 2, part, 20}, {look.colour, "#ffffff", 1, 0});
      const std::string text = std::string(look.sign) + " " + meta::fixed(count, 0);
      if (textWidth(text, 11, Weight::Bold) + 6 < part)
        scene.text({{{x + part / 2, y + 16}, text}}, {11, Weight::Bold, signColour(look), Anchor::Middle, 0});
      scene.endGroup();
      x += part;
    }
    y += 28;
  }
  for (int tick = 0; tick <= 4; ++tick) {
    const double x = left + kBar * tick / 4;
    scene.line({{x, y}, {x, y + 4}}, kInk, 1);
    scene.text({{{x, y + 17}, std::to_string(25 * tick) + " %"}}, {11, Weight::Regular, kInk, Anchor::Middle, 0});
  }
  scene.line({{left, y}, {left + kBar, y}}, kInk, 1);
  y = legend(scene, kMargin, y + 46);
  return scene.svg(width, y + 6, table.form.title, "Share of the judgements by item.");
}

}  // namespace winnow::appraisal
