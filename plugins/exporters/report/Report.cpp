#include "Report.hpp"

#include "Writer.hpp"
#include "checklist/Checklist.hpp"
#include "facts/Statements.hpp"
#include "facts/Words.hpp"

namespace winnow::report {

namespace {

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

}  // namespace

Writer::Writer(const Material& material, const Choices& choices, bool hasLists)
    : m_(material), f_(material.facts), choices_(choices), hasLists_(hasLists) {
  for (const Entry& entry : material.entries)
    if (entry.study.fate == "included") studies_.push_back(entry.study);
  studies::tellApart(studies_);
  studies::joinReports(studies_);
}

Document Writer::write() {
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

void Writer::open(const std::string& what) { out_.paragraph(document::Spans{{what, false, false, {}, true}}); }

void Writer::line(const char* label, const std::string& words) {
  if (!words.empty()) out_.paragraph({{std::string(label) + ": ", true, false, {}, false}, {words}});
}

void Writer::table(Grid grid, std::string id) {
  grid.number = ++tables_;
  out_.blocks.emplace_back(document::Table{std::move(grid), std::move(id)});
}

void Writer::picture(picture::Scene scene, picture::Page page, const std::string& caption, const std::string& file,
                     std::string id) {
  const std::string label = "Figure " + std::to_string(++figures_) + ". " + caption;
  out_.blocks.emplace_back(document::Picture{std::move(scene), std::move(page), label, file, std::move(id)});
}

std::string Writer::listLink(const std::string& key) const {
  if (!hasLists_) return {};
  const RecordList* list = m_.lists.find(key);
  return list == nullptr ? std::string() : "#" + list->id;
}

void Writer::question() {
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

void Writer::criteria() {
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

void Writer::identifying() {
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

void Writer::checklists() {
  std::vector<std::string> names = choices_.checklists;
  if (names.empty()) {
    const bool isScoping =
        f_.about.reporting.find("ScR") != std::string::npos || f_.about.reporting.find("scoping") != std::string::npos;
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

void Writer::software() {
  out_.heading(1, "Software", "software");
  out_.paragraph("Computed by " + f_.about.softwareName + " " + f_.about.softwareVersion +
                 " from export files, configuration and decisions; the same files give the "
                 "same bytes. Files, plugins and configuration are pinned by their SHA-256 in the lock file beside "
                 "the configuration.");
  Grid grid;
  grid.caption = "Steps and the plugins that did them";
  grid.columns = {
      {"Step", 2, false}, {"Plugin", 1.5, false}, {"Version", 0.8, false}, {"Mode", 1, false}, {"Settings", 3, false}};
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

document::Document reportOf(const Material& material, const Choices& choices, bool hasLists) {
  return Writer(material, choices, hasLists).write();
}

}  // namespace winnow::report
