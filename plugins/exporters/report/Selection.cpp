// How studies were selected: the flow, what nobody read, what was excluded.
#include <algorithm>

#include "Writer.hpp"
#include "facts/Statements.hpp"
#include "facts/Words.hpp"
#include "funnel/FunnelPicture.hpp"
#include "prisma/Diagram.hpp"

namespace winnow::report {

constexpr std::size_t kMostRecords = 40;

void Writer::selecting() {
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

void Writer::flow() {
  out_.heading(2, "Flow of records and reports", "flow");
  prisma::Flow flow = prisma::readFlow(m_.flowText, f_.criteria);
  prisma::foldAutomation(flow);
  prisma::Appearance appearance;
  if (hasLists_)
    for (const RecordList& list : m_.lists.lists) appearance.links[list.key] = "#" + list.id;
  prisma::Diagram diagram = prisma::drawDiagram(flow, appearance);
  picture(std::move(diagram.scene), std::move(diagram.page), "Flow diagram (PRISMA 2020)", "prisma.svg", "figure-flow");
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

void Writer::linkFunnel(Grid& grid, const exporters::Funnel& funnel) const {
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

void Writer::unread() {
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
  for (std::size_t i = 0; i < list->records.size() && i < kMostRecords; ++i) {
    const Entry& e = m_.entries[list->records[i]];
    grid.rows.push_back({{e.study.key, false, e.study.link, true}, {e.study.reference}, {fateOf(e, f_.criteria)}});
  }
  if (list->records.size() > kMostRecords)
    grid.notes.push_back("The first " + std::to_string(kMostRecords) + " of " + std::to_string(list->records.size()) +
                         "; " + (hasLists_ ? "the number above opens all." : "the page (report.html) lists all."));
  table(std::move(grid));
}

void Writer::exclusions() {
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

}  // namespace winnow::report
