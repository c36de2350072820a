// What was charted, and what it adds up to.
#include <stdexcept>

#include "Writer.hpp"
#include "bars/Bars.hpp"
#include "evidence-map/Map.hpp"
#include "facts/Statements.hpp"
#include "facts/Words.hpp"

namespace winnow::report {

constexpr std::size_t kMostItems = 6;

void Writer::charting() {
  out_.heading(1, "4. Charting the data", "charting");
  out_.heading(2, "How data were charted", "methods-charting");
  out_.paragraph(facts::chartingParagraph(f_));
  if (f_.form.empty()) return;
  codebook();
  out_.heading(2, "Characteristics of the studies", "studies");
  table(characteristics());
}

void Writer::codebook() {
  out_.heading(2, "Charting form", "form");
  Grid grid;
  grid.caption = "Items of the charting form";
  grid.columns = {{"Item", 2, false}, {"Answer", 1, false}, {"Values", 4, false}};
  for (const FormItem& item : f_.form)
    grid.rows.push_back({{item.heading(), false, {}, true}, {item.typeWords}, {facts::listed(item.values)}});
  table(std::move(grid));
}

std::vector<const FormItem*> Writer::itemsOfTable() const {
  std::vector<const FormItem*> items;
  for (const std::string& name : choices_.items) {
    const FormItem* item = studies::findItem(f_.form, name);
    if (item == nullptr) throw std::runtime_error("the form has no item '" + name + "'");
    items.push_back(item);
  }
  if (!items.empty()) return items;
  for (const FormItem& item : f_.form)
    if ((item.type == FormItem::Type::oneOf || item.type == FormItem::Type::anyOf ||
         item.type == FormItem::Type::number) &&
        items.size() < kMostItems)
      items.push_back(&item);
  return items;
}

Grid Writer::characteristics() const {
  const std::vector<const FormItem*> items = itemsOfTable();
  Grid grid;
  grid.caption = "Characteristics of the included studies";
  grid.columns = {{"Study", 1.2, false}};
  for (const FormItem* item : items) grid.columns.push_back({item->label, 1, item->type == FormItem::Type::number});
  for (const Study& study : studies_) {
    std::vector<winnow::table::Cell> row{{study.citation, false, study.link, true}};
    for (const FormItem* item : items) {
      std::string text;
      for (const std::string& answer : study.answer(item->id)) text += (text.empty() ? "" : "; ") + answer;
      row.push_back({text, item->type == FormItem::Type::number && winnow::table::isNumber(text), {}, false});
    }
    grid.rows.push_back(std::move(row));
  }
  return grid;
}

void Writer::collating() {
  out_.heading(1, "5. Collating, summarising and reporting", "collating");
  barCharts();
  evidenceMap();
  out_.heading(2, "Appraisal and synthesis", "methods-appraisal");
  out_.paragraph(facts::appraisalParagraph(f_));
  out_.paragraph(facts::metaAnalysisParagraph(f_));
  open("what the map, the tables and the studies say to each question, and the limits of it");
}

void Writer::barCharts() {
  std::vector<std::string> wanted = choices_.bars;
  if (wanted.empty()) wanted = {"year"};
  for (const FormItem& item : f_.form)
    if (choices_.bars.empty() && wanted.size() < 3 && (item.type == FormItem::Type::oneOf || item.label == "Country"))
      wanted.push_back(item.label);
  out_.heading(2, "Studies by year and kind", "bars");
  for (const std::string& name : wanted) {
    const studies::Dimension dimension = studies::dimensionOf(f_.form, studies_, name);
    bars::Drawing drawing = bars::drawBars(dimension, "");
    const std::string number = std::to_string(++bars_);
    picture(std::move(drawing.scene), std::move(drawing.page), "Studies by " + dimension.name,
            "bars-" + number + ".svg", "figure-bars-" + number);
  }
}

std::vector<std::string> Writer::axes() const {
  std::vector<std::string> names;
  if (!choices_.rows.empty()) names.push_back(choices_.rows);
  if (!choices_.columns.empty()) names.push_back(choices_.columns);
  for (const FormItem& item : f_.form)
    if (names.size() < 2 && (item.type == FormItem::Type::oneOf || item.type == FormItem::Type::anyOf))
      names.push_back(item.label);
  return names.size() < 2 ? std::vector<std::string>{} : names;
}

void Writer::evidenceMap() {
  const std::vector<std::string> names = axes();
  if (names.empty()) return;
  out_.heading(2, "Evidence and gap map", "map");
  map::EvidenceMap map;
  map.studies = studies_;
  map.rows = studies::dimensionOf(f_.form, studies_, names[0]);
  map.columns = studies::dimensionOf(f_.form, studies_, names[1]);
  if (!choices_.colour.empty()) map.colour = studies::dimensionOf(f_.form, studies_, choices_.colour);
  map.title = map.rows.name + " by " + map.columns.name;
  map::Drawing drawing = map::drawMap(map);
  picture(std::move(drawing.scene), std::move(drawing.page), "Evidence and gap map: " + map.title, "map.svg",
          "figure-map");
  const std::vector<map::Gap> gaps = map::gapsOf(map);
  Grid grid = map::gridOf(map);
  grid.notes = {map::sizeOf(map) + "."};
  table(std::move(grid));
  out_.heading(3, "Gaps", "gaps");
  if (gaps.empty()) return out_.paragraph("Every pair of " + map.title + " has a study.");
  out_.paragraph(facts::counted(static_cast<std::int64_t>(gaps.size()), "pair has", "pairs have") + " no study:");
  document::Bullets list;
  for (const map::Gap& gap : gaps)
    list.items.push_back({{map.rows.values[gap.row] + " × " + map.columns.values[gap.column]}});
  out_.blocks.emplace_back(std::move(list));
}

}  // namespace winnow::report
