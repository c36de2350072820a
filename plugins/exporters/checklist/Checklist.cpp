#include "Checklist.hpp"

#include <stdexcept>

#include "Answers.hpp"

namespace winnow::checklist {

namespace {

using facts::Facts;

class Builder {
 public:
  Builder(std::string name, std::string source) { list_.name = std::move(name), list_.source = std::move(source); }

  void section(std::string name) { section_ = std::move(name); }
  void add(std::string number, std::string item, std::string demand, Answer answer, bool isOptional = false) {
    list_.lines.push_back({std::move(number), section_, std::move(item), std::move(demand), isOptional, answer.status,
                           std::move(answer.text), std::move(answer.where)});
  }
  Checklist take() { return std::move(list_); }

 private:
  Checklist list_;
  std::string section_;
};

}  // namespace

Checklist prismaScr(const Facts& f) {
  Builder b("PRISMA-ScR", "Tricco AC et al. PRISMA extension for scoping reviews. Ann Intern Med. 2018;169:467-73");
  b.section("Title");
  b.add("1", "Title", "Says that it is a scoping review", title(f));
  b.section("Abstract");
  b.add("2", "Structured summary", "Background, aims, criteria, sources, charting, results, conclusions",
        write("a structured summary"));
  b.section("Introduction");
  b.add("3", "Rationale", "Why, given what is known, and why a scoping review fits",
        write("why this review, and why a scoping review"));
  b.add("4", "Objectives", "Questions and aims by population, concept and context", objectives(f));
  b.section("Methods");
  b.add("5", "Protocol and registration", "Whether there is one, where, its number", protocol(f));
  b.add("6", "Eligibility criteria", "What makes a source eligible, and why", eligibility(f));
  b.add("7", "Information sources", "All sources with coverage and contacts, and the last search", sources(f));
  b.add("8", "Search", "The full strategy of at least one database with its limits", strategy(f));
  b.add("9", "Selection of sources of evidence", "How sources were screened and chosen", selection(f));
  b.add("10", "Data charting process", "Form, piloting, who charted, how confirmed", charting(f));
  b.add("11", "Data items", "All variables, assumptions and simplifications", items(f));
  b.add("12", "Critical appraisal of individual sources", "If done: why, how, how it was used", appraisal(f), true);
  b.add("13", "Synthesis of results", "How charted data are handled and summarised", synthesis(f));
  b.section("Results");
  b.add("14", "Selection of sources of evidence", "Numbers screened, assessed, included, reasons, best as a diagram",
        selected(f));
  b.add("15", "Characteristics of sources of evidence", "For each source what was charted, with its citation",
        characteristics(f));
  b.add("16", "Critical appraisal within sources", "If done: its results", appraisal(f), true);
  b.add("17", "Results of individual sources", "For each source the charted data that answer the questions",
        chartedResults(f));
  b.add("18", "Synthesis of results", "Charted results against the questions",
        write("what the map and the tables say to each question"));
  b.section("Discussion");
  b.add("19", "Summary of evidence", "Main results against the questions, for whom",
        write("the main results, and for whom they matter"));
  b.add("20", "Limitations", "Limits of the process", processLimits(f));
  b.add("21", "Conclusions", "A general reading, implications, next steps",
        write("conclusions; the gaps of the map are a beginning"));
  b.section("Funding");
  b.add("22", "Funding", "Of the sources and of the review, and the role of funders", funding(f));
  return b.take();
}

Checklist prisma2020(const Facts& f) {
  Builder b("PRISMA 2020", "Page MJ et al. The PRISMA 2020 statement. BMJ. 2021;372:n71");
  b.section("Title");
  b.add("1", "Title", "Says that it is a systematic review", title(f));
  b.section("Abstract");
  b.add("2", "Abstract", "By the checklist for abstracts", write("an abstract by the PRISMA 2020 list for abstracts"));
  b.section("Introduction");
  b.add("3", "Rationale", "Why, in the light of what is known", write("why this review"));
  b.add("4", "Objectives", "The questions", objectives(f));
  b.section("Methods");
  b.add("5", "Eligibility criteria", "Criteria, and how studies are grouped", eligibility(f));
  b.add("6", "Information sources", "All sources and the date of each search", sources(f));
  b.add("7", "Search strategy", "Full strategies of all sources with limits", strategy(f));
  b.add("8", "Selection process", "How many readers, independent or not, which tools", selection(f));
  b.add("9", "Data collection process", "Who collected, independent or not, which tools", charting(f));
  b.add("10a", "Data items", "Outcomes that were sought", items(f));
  b.add("10b", "Data items", "Other variables and assumptions", items(f));
  b.add("11", "Risk of bias assessment", "Method and tools, who assessed", appraisal(f));
  b.add("12", "Effect measures", "For each outcome", pooled(f, "the effect measure of each outcome"));
  b.add("13a", "Synthesis methods", "Which studies go into which synthesis", synthesis(f));
  b.add("13b", "Synthesis methods", "How data were prepared", pooled(f, "how data were prepared for synthesis"));
  b.add("13c", "Synthesis methods", "How results are shown", synthesis(f));
  b.add("13d", "Synthesis methods", "How results were combined, model, software",
        pooled(f, "the model, the estimator and the software"));
  b.add("13e", "Synthesis methods", "How heterogeneity was explored", pooled(f, "how heterogeneity was explored"));
  b.add("13f", "Synthesis methods", "Sensitivity analyses", pooled(f, "sensitivity analyses"));
  b.add("14", "Reporting bias assessment", "How missing results were looked for",
        pooled(f, "how bias by missing results was assessed"));
  b.add("15", "Certainty assessment", "How certainty was assessed", pooled(f, "how certainty was assessed"));
  b.section("Results");
  b.add("16a", "Study selection", "The search and selection, with a flow diagram", selected(f));
  b.add("16b", "Study selection", "Studies that seem to fit and were excluded, with reasons", excludedStudies(f));
  b.add("17", "Study characteristics", "Each study with its citation", characteristics(f));
  b.add("18", "Risk of bias in studies", "For each study", appraisal(f));
  b.add("19", "Results of individual studies", "For each outcome and study", chartedResults(f));
  b.add("20a", "Results of syntheses", "Characteristics and risk of bias of what was combined",
        pooled(f, "what was combined, and its risk of bias"));
  b.add("20b", "Results of syntheses", "All statistical results", pooled(f, "the statistical results"));
  b.add("20c", "Results of syntheses", "What explains heterogeneity", pooled(f, "what explains heterogeneity"));
  b.add("20d", "Results of syntheses", "Sensitivity analyses", pooled(f, "what sensitivity analyses gave"));
  b.add("21", "Reporting biases", "For each synthesis", pooled(f, "bias by missing results"));
  b.add("22", "Certainty of evidence", "For each outcome", pooled(f, "the certainty of each outcome"));
  b.section("Discussion");
  b.add("23a", "Discussion", "A general interpretation", write("a general interpretation"));
  b.add("23b", "Discussion", "Limits of the evidence", write("the limits of the evidence"));
  b.add("23c", "Discussion", "Limits of the process", processLimits(f));
  b.add("23d", "Discussion", "Implications", write("implications for practice, policy and research"));
  b.section("Other information");
  b.add("24a", "Registration and protocol", "Registration", protocol(f));
  b.add("24b", "Registration and protocol", "Where the protocol can be read", protocol(f));
  b.add("24c", "Registration and protocol", "Amendments", amendments(f));
  b.add("25", "Support", "Sources and role of funders", funding(f));
  b.add("26", "Competing interests", "Of the authors", interests(f));
  b.add("27", "Availability of data, code and other materials", "What can be had, and where", availability(f));
  return b.take();
}

Checklist prismaS(const Facts& f) {
  Builder b("PRISMA-S",
            "Rethlefsen ML et al. PRISMA-S: an extension for reporting literature searches. Syst Rev. 2021;10:39");
  b.section("Information sources and methods");
  b.add("1", "Database name", "Each database with its platform", databases(f));
  b.add("2", "Multi-database searching", "Databases searched at once on one platform", multiDatabase(f));
  b.add("3", "Study registries", "Each register", registers(f));
  b.add("4", "Online resources and browsing", "Websites, tables of contents, hand search",
        method(f, {"website", "web site", "hand search", "brows"}, "what was looked through, and how"));
  b.add("5", "Citation searching", "Cited and citing references, and where they were looked up",
        method(f, {"citation", "reference list", "snowball"},
               "backward, forward or co-citing, from which seed references, by which index (TARCiS)"));
  b.add("6", "Contacts", "Who was asked", method(f, {"expert", "contact", "author"}, "who was asked, and how"));
  b.add("7", "Other methods", "Anything else", otherMethods(f));
  b.section("Search strategies");
  b.add("8", "Full search strategies", "As run, copied, for each source", strategy(f));
  b.add("9", "Limits and restrictions", "Which, with reasons, or that there were none", limits(f));
  b.add("10", "Search filters", "Published filters, and how they were changed",
        write("whether a published filter was used; the strategy shows its lines"));
  b.add("11", "Prior work", "Strategies of earlier reviews that were reused",
        write("whether a strategy of an earlier review was reused"));
  b.add("12", "Updates", "How the search was updated", updates(f));
  b.add("13", "Dates of searches", "For each source the last search", dates(f));
  b.section("Peer review");
  b.add("14", "Peer review", "Of the strategy, by whom",
        write("whether the strategy was peer reviewed (PRESS), and by whom"));
  b.section("Managing records");
  b.add("15", "Total records", "Of each source", totals(f));
  b.add("16", "Deduplication", "How and with which software", deduplication(f));
  return b.take();
}

Checklist checklistNamed(std::string_view name, const Facts& facts) {
  if (name == "PRISMA-ScR") return prismaScr(facts);
  if (name == "PRISMA 2020") return prisma2020(facts);
  if (name == "PRISMA-S") return prismaS(facts);
  throw std::runtime_error("there is no checklist '" + std::string(name) + "'");
}

std::string_view word(Status status) {
  switch (status) {
    case Status::Filled:
      return "filled";
    case Status::Partly:
      return "partly filled";
    case Status::NotDone:
      return "not done";
    default:
      return "write this";
  }
}

table::Grid gridOf(const Checklist& checklist, const std::string& report) {
  table::Grid grid;
  grid.caption = checklist.name + " checklist";
  grid.columns = {{"Section", 0.8, false}, {"Item", 1.4, false},   {"What to report", 1.8, false},
                  {"Status", 0.6, false},  {"Reported", 6, false}, {"Where", 0.8, false}};
  std::size_t open = 0;
  for (const Line& line : checklist.lines) {
    open += line.status == Status::Open || line.status == Status::Partly ? 1 : 0;
    const std::string where = line.where.empty() ? "" : "#" + line.where;
    grid.rows.push_back({{line.section},
                         {line.number + ". " + line.item + (line.isOptional ? " (optional)" : ""), false, {}, true},
                         {line.demand},
                         {std::string(word(line.status))},
                         {line.text},
                         {where.empty()    ? ""
                          : report.empty() ? line.where
                                           : report + where,
                          false, where.empty() || report.empty() ? "" : report + where, false}});
  }
  grid.notes = {std::to_string(checklist.lines.size() - open) + " of " + std::to_string(checklist.lines.size()) +
                    " items need nothing more; the others say what is to be written.",
                checklist.source + ". Items in our own words."};
  return grid;
}

}  // namespace winnow::checklist
