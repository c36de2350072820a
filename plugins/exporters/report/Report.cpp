#include "Report.hpp"

#include <algorithm>
#include <stdexcept>

#include "bars/Bars.hpp"
#include "checklist/Checklist.hpp"
#include "evidence-map/Map.hpp"
#include "facts/Statements.hpp"
#include "facts/Words.hpp"
#include "funnel/FunnelPicture.hpp"
#include "funnel/FunnelTable.hpp"
#include "prisma/Diagram.hpp"

namespace winnow::report {

namespace {

using document::Document;
using facts::Facts;
using studies::FormItem;
using studies::Study;
using table::Grid;

constexpr std::size_t kMostItems = 6, kMostWords = 40;

std::string anchor(const std::string& words) {
  std::string out;
  for (const char c : words)
    if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z')
      out += static_cast<char>(c | 0x20);
    else if (c >= '0' && c <= '9')
      out += c;
    else if (!out.empty() && out.back() != '-')
      out += '-';
  return out;
}

class Writer {
 public:
  Writer(const Material& material, const Choices& choices, bool hasLists)
      : m_(material), f_(material.facts), choices_(choices), hasLists_(hasLists) {
    for (const Entry& entry : material.entries)
      if (entry.study.fate == "included") studies_.push_back(entry.study);
    studies::tellApart(studies_);
    studies::joinReports(studies_);
  }

  Document write() {
    out_.title = f_.about.title.empty() ? "Report of the review" : f_.about.title;
    question();
    identifying();
    selecting();
    charting();
    collating();
    checklists();
    software();
    return std::move(out_);
  }

 private:
  // ---- small things

  void open(const std::string& what) { out_.paragraph(document::Spans{{what, false, false, {}, true}}); }
  void line(const char* label, const std::string& words) {
    if (!words.empty()) out_.paragraph({{std::string(label) + ": ", true, false, {}, false}, {words}});
  }
  void table(Grid grid, std::string id = {}) {
    grid.number = ++tables_;
    out_.blocks.emplace_back(document::Table{std::move(grid), std::move(id)});
  }
  void picture(picture::Scene scene, picture::Page page, const std::string& caption, const std::string& file,
               std::string id) {
    const std::string label = "Figure " + std::to_string(++figures_) + ". " + caption;
    out_.blocks.emplace_back(document::Picture{std::move(scene), std::move(page), label, file, std::move(id)});
  }
  std::string listLink(const std::string& key) const {
    if (!hasLists_) return {};
    const RecordList* list = m_.lists.find(key);
    return list == nullptr ? std::string() : "#" + list->id;
  }

  // ---- 1

  void question() {
    out_.heading(1, "1. The question", "about");
    if (f_.about.question.empty())
      open("the question of the review");
    else
      out_.paragraph(f_.about.question);
    open("why this review, in the light of what is known");
    line("Framework", f_.about.framework);
    line("Reporting guideline", f_.about.reporting);
    line("Dates of the search", f_.about.dates);
    line("Registration", f_.about.registration == "open" ? "not yet (open)" : f_.about.registration);
    line("Protocol", f_.about.said("protocol"));
    line("Amendments", f_.about.said("amendments"));
    line("Funding", f_.about.said("funding"));
    line("Competing interests", f_.about.said("interests"));
    std::vector<std::string> people;
    for (const facts::Reviewer& r : f_.about.reviewers)
      people.push_back(r.role.empty() ? r.id : r.id + " (" + r.role + ")");
    line("Reviewers", facts::listed(people));
    if (!f_.about.definitions.empty()) {
      out_.heading(2, "Definitions", "definitions");
      document::Bullets list;
      for (const auto& [word, meaning] : f_.about.definitions)
        list.items.push_back({{word, true, false, {}, false}, {": " + meaning}});
      out_.blocks.emplace_back(std::move(list));
    }
    criteria();
  }

  void criteria() {
    if (f_.criteria.list().empty()) return;
    out_.heading(2, "Eligibility criteria", "criteria");
    Grid grid;
    grid.caption = "Eligibility criteria";
    grid.columns = {{"Criterion", 1, false}, {"Kind", 1, false}, {"Text", 4, false}};
    for (const facts::Criterion& c : f_.criteria.list())
      grid.rows.push_back({{c.id, false, {}, true},
                           {c.kind == facts::Criterion::Kind::NoneOf         ? "none of these"
                            : c.kind == facts::Criterion::Kind::AtLeastOneOf ? "at least one of these"
                                                                             : "all of these"},
                           {c.text}});
    table(std::move(grid));
  }

  // ---- 2

  void identifying() {
    out_.heading(1, "2. Identifying relevant studies", "identifying");
    out_.heading(2, "Search", "methods-search");
    out_.paragraph(facts::searchParagraph(f_));
    Grid grid;
    grid.caption = "Sources of the search";
    grid.columns = {{"Source", 2, false},    {"Kind", 1, false},       {"Platform", 1.2, false},
                    {"Wave", 0.8, false},    {"Searched", 1.2, false}, {"Hits reported", 0.8, true},
                    {"Exported", 0.8, true}, {"Imported", 0.8, true}};
    const auto known = [](const std::optional<std::uint64_t>& n) {
      return n ? winnow::table::count(static_cast<std::int64_t>(*n)) : winnow::table::Cell{"not stated"};
    };
    for (const appendix::Source& s : f_.search.sources)
      grid.rows.push_back({{s.name, false, {}, true},
                           {s.kind},
                           {s.platform},
                           {s.wave},
                           {facts::day(s.searched)},
                           known(s.reported),
                           known(s.taken),
                           winnow::table::count(static_cast<std::int64_t>(s.imported))});
    table(std::move(grid));
    if (f_.search.text.empty()) return;
    out_.heading(2, "Search strategy as printed", "strategy");
    out_.blocks.emplace_back(document::Code{f_.search.text});
    if (f_.search.repairs.empty()) return;
    out_.paragraph("Lines that were printed wrongly, and what they say now:");
    document::Bullets list;
    for (const appendix::Repair& r : f_.search.repairs)
      list.items.push_back({{"line " + r.line + ": ", true, false, {}, false},
                            {r.text == "open" ? "open, only its authors know" : r.text}});
    out_.blocks.emplace_back(std::move(list));
  }

  // ---- 3

  void selecting() {
    out_.heading(1, "3. Selecting studies", "selecting");
    out_.heading(2, "How studies were selected", "methods-selection");
    for (const std::string& words : facts::selectionParagraphs(f_)) out_.paragraph(words);
    flow();
    unread();
    out_.heading(2, "Agreement of the readers", "methods-agreement");
    out_.paragraph(facts::agreementParagraph(f_));
    if (!f_.votes.empty()) table(agreement::gridOf(f_.votes));
    facts::addAutomation(out_, f_, 2);
    exclusions();
  }

  void flow() {
    out_.heading(2, "Flow of records and reports", "flow");
    prisma::Flow flow = prisma::readFlow(m_.flowText, f_.criteria);
    prisma::foldAutomation(flow);
    prisma::Appearance appearance;
    if (hasLists_)
      for (const RecordList& list : m_.lists.lists) appearance.links[list.key] = "#" + list.id;
    prisma::Diagram diagram = prisma::drawDiagram(flow, appearance);
    picture(std::move(diagram.scene), std::move(diagram.page), "Flow diagram (PRISMA 2020)", "prisma.svg",
            "figure-flow");
    exporters::Funnel funnel = exporters::readFunnel(m_.flow);
    exporters::addSteps(funnel, nlohmann::ordered_json::parse(m_.stepsText));
    for (exporters::FunnelStep& step : funnel.steps)
      for (auto& [reason, n] : step.reasons) reason = f_.criteria.reasonText(reason);
    Grid grid = exporters::printedTable(funnel);
    linkFunnel(grid, funnel);
    table(std::move(grid), "table-flow");
    exporters::FunnelPicture bars = exporters::drawFunnel(funnel, "");
    picture(std::move(bars.scene), std::move(bars.page), "From the records found to the reports included", "funnel.svg",
            "figure-funnel");
  }

  /// "In" and "Excluded" of each step lead to their records.
  void linkFunnel(Grid& grid, const exporters::Funnel& funnel) const {
    std::map<std::string, std::size_t> stages;
    for (std::size_t i = 0; i < funnel.steps.size(); ++i) {
      const std::string& key = funnel.steps[i].key;
      const std::string arm = key.substr(0, key.find('/'));
      std::string in, out;
      if (key.find("/stages/") != std::string::npos) {
        in = arm + "-stage-" + std::to_string(++stages[arm]);
        out = in + "-excluded";
      } else if (key.find("/identified") != std::string::npos) {
        in = arm + "-identified", out = arm + "-removed/Duplicate records";
      } else if (key.find("/sought") != std::string::npos) {
        in = arm + "-sought", out = arm + "-not-retrieved";
      } else if (key.find("/assessed") != std::string::npos) {
        in = arm + "-assessed", out = arm + "-excluded-reports";
      }
      grid.rows[i][1].link = listLink(in);
      if (grid.rows[i][2].text != "0") grid.rows[i][2].link = listLink(out);
    }
  }

  void unread() {
    const RecordList* list = m_.lists.find("unread");
    out_.heading(2, "Records that no person read", "unread");
    if (list == nullptr) {
      out_.paragraph(
          "Every record that was excluded was excluded by a person. Duplicates apart, nothing left the review without "
          "being read.");
      return;
    }
    const auto n = static_cast<std::int64_t>(list->records.size());
    out_.paragraph({{facts::records(n), false, false, listLink("unread"), false},
                    {" left the review by automation, without being read by a person."}});
    Grid grid;
    grid.caption = "Records that left without being read by a person";
    grid.columns = {{"Record", 1, false}, {"Reference", 4, false}, {"Why it left", 2, false}};
    for (std::size_t i = 0; i < list->records.size() && i < kMostWords; ++i) {
      const Entry& e = m_.entries[list->records[i]];
      grid.rows.push_back({{e.study.key, false, e.study.link, true}, {e.study.reference}, {fateOf(e, f_.criteria)}});
    }
    if (list->records.size() > kMostWords)
      grid.notes.push_back("The first " + std::to_string(kMostWords) + " of " + std::to_string(list->records.size()) +
                           "; " + (hasLists_ ? "the number above opens all." : "the page (report.html) lists all."));
    table(std::move(grid));
  }

  void exclusions() {
    Grid grid;
    grid.caption = "Reports excluded at full text, with reasons";
    grid.columns = {{"Study", 1, false}, {"Reference", 3.5, false}, {"Reason", 1.5, false}};
    std::vector<std::string> steps;
    for (const facts::Step& step : f_.steps)
      if (step.isOnReports) steps.push_back(step.label);
    for (const Entry& e : m_.entries)
      if (e.study.fate == "excluded" && std::find(steps.begin(), steps.end(), e.study.step) != steps.end())
        grid.rows.push_back({{e.study.citation, false, e.study.link, true},
                             {e.study.reference},
                             {f_.criteria.reasonText(e.study.reason)}});
    out_.heading(2, "Reports excluded at full text", "exclusions");
    if (grid.rows.empty())
      out_.paragraph("No report was excluded at full text.");
    else
      table(std::move(grid));
  }

  // ---- 4

  void charting() {
    out_.heading(1, "4. Charting the data", "charting");
    out_.heading(2, "How data were charted", "methods-charting");
    out_.paragraph(facts::chartingParagraph(f_));
    if (f_.form.empty()) return;
    codebook();
    out_.heading(2, "Characteristics of the studies", "studies");
    table(characteristics());
  }

  void codebook() {
    static constexpr const char* kTypes[] = {"text", "number", "one of", "any of", "yes, no, unclear"};
    out_.heading(2, "Charting form", "form");
    Grid grid;
    grid.caption = "Items of the charting form";
    grid.columns = {{"Item", 2, false}, {"Answer", 1, false}, {"Values", 4, false}};
    for (const FormItem& item : f_.form)
      grid.rows.push_back(
          {{item.heading(), false, {}, true}, {kTypes[static_cast<int>(item.type)]}, {facts::listed(item.values)}});
    table(std::move(grid));
  }

  /// The items asked for, or those whose answers are counted.
  std::vector<const FormItem*> itemsOfTable() const {
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

  Grid characteristics() const {
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

  // ---- 5

  void collating() {
    out_.heading(1, "5. Collating, summarising and reporting", "collating");
    barCharts();
    evidenceMap();
    out_.heading(2, "Appraisal and synthesis", "methods-appraisal");
    out_.paragraph(facts::appraisalParagraph(f_));
    out_.paragraph(facts::metaAnalysisParagraph(f_));
    open("what the map, the tables and the studies say to each question, and the limits of it");
  }

  void barCharts() {
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

  /// Items of the map: those asked for, or the form's first two lists. Empty: there is no map.
  std::vector<std::string> axes() const {
    std::vector<std::string> names;
    if (!choices_.rows.empty()) names.push_back(choices_.rows);
    if (!choices_.columns.empty()) names.push_back(choices_.columns);
    for (const FormItem& item : f_.form)
      if (names.size() < 2 && (item.type == FormItem::Type::oneOf || item.type == FormItem::Type::anyOf))
        names.push_back(item.label);
    return names.size() < 2 ? std::vector<std::string>{} : names;
  }

  void evidenceMap() {
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

  // ---- appendices

  void checklists() {
    std::vector<std::string> names = choices_.checklists;
    if (names.empty()) {
      const bool isScoping = f_.about.reporting.find("ScR") != std::string::npos ||
                             f_.about.reporting.find("scoping") != std::string::npos;
      names = {isScoping ? "PRISMA-ScR" : "PRISMA 2020", "PRISMA-S"};
    }
    out_.heading(1, "Checklists", "checklists");
    for (const std::string& name : names) {
      const checklist::Checklist list = checklist::checklistNamed(name, f_);
      out_.heading(2, list.name, "checklist-" + anchor(list.name));
      Grid grid = checklist::gridOf(list, "");
      for (auto& row : grid.rows)
        if (!row.back().text.empty()) row.back().link = "#" + row.back().text;
      table(std::move(grid));
    }
  }

  void software() {
    out_.heading(1, "Software", "software");
    out_.paragraph("Computed by " + f_.about.softwareName + " " + f_.about.softwareVersion +
                   " from export files, configuration and decisions; the same files give the "
                   "same bytes. Files, plugins and configuration are pinned by their SHA-256 in the lock file beside "
                   "the configuration.");
    Grid grid;
    grid.caption = "Steps and the plugins that did them";
    grid.columns = {{"Step", 2, false},
                    {"Plugin", 1.5, false},
                    {"Version", 0.8, false},
                    {"Mode", 1, false},
                    {"Settings", 3, false}};
    for (const facts::Step& step : f_.steps) {
      std::string settings = step.seed.empty() ? "" : "seed: " + step.seed;
      for (const auto& [name, value] : step.settings) {
        if (value.empty()) continue;
        settings += (settings.empty() ? "" : "; ") + name + ": " + value;
      }
      grid.rows.push_back({{step.label, false, {}, true},
                           {step.plugin.empty() ? "people alone" : step.plugin},
                           {step.version},
                           {step.mode},
                           {settings}});
    }
    table(std::move(grid));
  }

  const Material& m_;
  const Facts& f_;
  const Choices& choices_;
  bool hasLists_;
  std::vector<Study> studies_;
  Document out_;
  int tables_ = 0, figures_ = 0, bars_ = 0;
};

}  // namespace

document::Document reportOf(const Material& material, const Choices& choices, bool hasLists) {
  return Writer(material, choices, hasLists).write();
}

}  // namespace winnow::report
