#include "Answers.hpp"

#include <algorithm>

#include "facts/Statements.hpp"
#include "facts/Words.hpp"

namespace winnow::checklist {

namespace {

using facts::counted;
using facts::Facts;
using facts::listed;

/// Filled, or partly where the text has a mark.
Answer said(std::string text, std::string where) {
  const bool isOpen = text.find("[write: ") != std::string::npos;
  return {isOpen ? Status::Partly : Status::Filled, std::move(text), std::move(where)};
}

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return text;
}

}  // namespace

Answer write(std::string what) { return {Status::Open, std::move(what), {}}; }

Answer stated(const std::string& words, std::string what) {
  return words.empty() ? write(std::move(what)) : Answer{Status::Filled, words, "about"};
}

Answer title(const Facts& facts) {
  const bool isNamed = lower(facts.about.title).find("review") != std::string::npos;
  if (isNamed) return {Status::Filled, facts.about.title, "top"};
  return {Status::Partly, facts.about.title + " [write: what kind of review it is, in the title]", "top"};
}

Answer objectives(const Facts& facts) {
  if (facts.about.question.empty()) return write("the questions and aims, by population, concept and context");
  return said(facts.about.question + " [write: the aims by population, concept and context]", "about");
}

Answer protocol(const Facts& facts) {
  const std::string place = facts.about.said("protocol"), &number = facts.about.registration;
  if (place.empty() && (number.empty() || number == "open"))
    return write("whether there is a protocol, where it can be read, and its registration");
  std::string text = place.empty() ? "" : "Protocol: " + place + ".";
  text += number.empty() || number == "open" ? " [write: the registration, or that there is none]"
                                             : (text.empty() ? "" : " ") + ("Registered: " + number + ".");
  return said(text, "about");
}

Answer amendments(const Facts& facts) {
  return stated(facts.about.said("amendments"), "what was changed after the protocol, and why; or that nothing was");
}

Answer eligibility(const Facts& facts) {
  if (facts.criteria.list().empty()) return write("the criteria, and the reason for each");
  std::vector<std::string> in, oneOf, out;
  for (const facts::Criterion& c : facts.criteria.list())
    (c.kind == facts::Criterion::Kind::NoneOf         ? out
     : c.kind == facts::Criterion::Kind::AtLeastOneOf ? oneOf
                                                      : in)
        .push_back(c.text);
  std::string text;
  if (!in.empty()) text += "All of: " + listed(in) + ". ";
  if (!oneOf.empty()) text += "At least one of: " + listed(oneOf) + ". ";
  if (!out.empty()) text += "None of: " + listed(out) + ". ";
  return said(text + "[write: why these criteria]", "criteria");
}

Answer sources(const Facts& facts) { return said(facts::searchParagraph(facts), "methods-search"); }

Answer strategy(const Facts& facts) {
  if (facts.search.text.empty()) return write("the full strategy of at least one database, with its limits");
  return said("The strategy (" + facts.search.file +
                  ") stands in full in the appendix, with its repairs and how it reads on other platforms.",
              "strategy");
}

Answer selection(const Facts& facts) {
  std::string text;
  for (const std::string& paragraph : facts::selectionParagraphs(facts)) text += (text.empty() ? "" : " ") + paragraph;
  return said(text, "methods-selection");
}

Answer charting(const Facts& facts) {
  if (facts.charts.empty()) return write("the form, how it was piloted, who charted, and whether independently");
  return said(facts::chartingParagraph(facts), "methods-charting");
}

Answer items(const Facts& facts) {
  if (facts.form.empty()) return write("the variables, with definitions and assumptions");
  std::vector<std::string> names;
  for (const studies::FormItem& item : facts.form) names.push_back(item.label);
  return said(listed(names) + ". Values and types stand in the codebook. [write: assumptions and simplifications]",
              "form");
}

Answer appraisal(const Facts& facts) {
  const std::string text = facts::appraisalParagraph(facts);
  const bool isDone = facts.about.isToBePooled() || !facts.about.said("appraisal").empty();
  if (!isDone) return {Status::NotDone, text, "methods-appraisal"};
  return said(text, "methods-appraisal");
}

Answer synthesis(const Facts& facts) {
  if (facts.form.empty()) return write("how the charted data are handled and summarised");
  return said(
      "Studies are counted by the items of the form, shown as a map of evidence and gaps, and listed with their "
      "answers. " +
          facts::metaAnalysisParagraph(facts) + " [write: how texts were summarised]",
      "methods-appraisal");
}

Answer selected(const Facts& facts) {
  std::string text = facts::records(facts.identified()) + " identified, " +
                     picture::grouped(facts.databases.duplicates + facts.others.duplicates) + " duplicates removed, " +
                     picture::grouped(facts.databases.excluded + facts.others.excluded) +
                     " excluded before full text, " +
                     picture::grouped(facts.databases.assessed + facts.others.assessed) + " reports assessed, " +
                     counted(facts.studies, "study", "studies") + " in " + facts::reports(facts.reports) +
                     " included; with the reasons in the flow diagram.";
  return {Status::Filled, text, "flow"};
}

Answer excludedStudies(const Facts& facts) {
  const std::int64_t n = facts.databases.excludedReports + facts.others.excludedReports;
  if (n == 0) return {Status::NotDone, "No report was excluded at full text.", "exclusions"};
  return {Status::Filled, facts::reports(n) + " excluded at full text, each with citation and reason.", "exclusions"};
}

Answer characteristics(const Facts& facts) {
  if (facts.form.empty()) return write("the characteristics of each study, with its citation");
  return {Status::Filled,
          "Table of the " + counted(facts.studies, "study", "studies") + " with citation and charted items.",
          "studies"};
}

Answer chartedResults(const Facts& facts) {
  if (facts.form.empty()) return write("the charted data of each study");
  return {Status::Filled, "All answers of the form, study by study.", "studies"};
}

Answer processLimits(const Facts& facts) {
  std::int64_t undecided = 0, single = 0;
  for (const facts::Step& step : facts.steps) {
    undecided += step.undecided;
    single += step.verb == "screen" && step.readers.size() == 1 ? 1 : 0;
  }
  const std::int64_t lost = facts.databases.notRetrieved + facts.others.notRetrieved;
  std::string text;
  if (lost != 0) text += facts::reports(lost) + " could not be retrieved. ";
  if (undecided != 0) text += "What a step could not decide stayed in (" + counted(undecided, "time", "times") + "). ";
  if (single != 0) text += counted(single, "screening step had", "screening steps had") + " one reader. ";
  if (facts.waiting != 0) text += facts::records(facts.waiting) + " still wait for a decision. ";
  return said(text + "[write: the limits of the process and of the evidence]", "methods-selection");
}

Answer funding(const Facts& facts) {
  return stated(facts.about.said("funding"), "who paid for the review and for the studies, and what they had to say");
}
Answer interests(const Facts& facts) {
  return stated(facts.about.said("interests"), "competing interests of the authors, or that there are none");
}

Answer availability(const Facts& facts) {
  const std::string place = facts.about.said("availability");
  const std::string made =
      "Records, decisions, forms and configuration are files; the whole review is computed from them (" +
      facts.about.softwareName + " " + facts.about.softwareVersion + ", open source) and can be packed and verified. ";
  return said(made + (place.empty() ? "[write: where they can be had]" : place), "software");
}

Answer pooled(const Facts& facts, std::string what) {
  if (!facts.about.isToBePooled()) return {Status::NotDone, facts::metaAnalysisParagraph(facts), "methods-appraisal"};
  return write(std::move(what));
}

// ---- searches

Answer databases(const Facts& facts) {
  std::vector<std::string> names;
  bool isComplete = true;
  for (const auto* source : facts.sourcesOf("database")) {
    names.push_back(source->platform.empty() ? source->name + " [write: the platform]"
                                             : source->name + " (" + source->platform + ")");
    isComplete = isComplete && !source->platform.empty();
  }
  if (names.empty()) return write("each database with its platform");
  return {isComplete ? Status::Filled : Status::Partly, listed(names) + ".", "methods-search"};
}

Answer multiDatabase(const Facts& facts) {
  std::map<std::string, std::vector<std::string>> byPlatform;
  for (const auto* source : facts.sourcesOf("database"))
    if (!source->platform.empty()) byPlatform[source->platform].push_back(source->name);
  std::string text;
  for (const auto& [platform, names] : byPlatform)
    if (names.size() > 1) text += listed(names) + " are both on " + platform + ". ";
  if (text.empty())
    return {Status::NotDone, "No platform was searched in several databases at once, as far as the review states.",
            "methods-search"};
  return said(text + "[write: whether they were searched together or one by one]", "methods-search");
}

Answer registers(const Facts& facts) {
  std::vector<std::string> names;
  for (const auto* source : facts.sourcesOf("register")) names.push_back(source->name);
  if (names.empty()) return {Status::NotDone, "No study register was searched.", "methods-search"};
  return {Status::Filled, listed(names) + ".", "methods-search"};
}

Answer method(const Facts& facts, std::initializer_list<std::string_view> words, std::string what) {
  std::vector<std::string> names;
  for (const auto* source : facts.sourcesOf("other method")) {
    const std::string name = lower(source->name);
    if (std::any_of(words.begin(), words.end(),
                    [&](std::string_view word) { return name.find(word) != std::string::npos; }))
      names.push_back(source->name + " (" + facts::records(static_cast<std::int64_t>(source->imported)) + ")");
  }
  if (names.empty()) return {Status::NotDone, "Not used: the review names no such source.", "methods-search"};
  return said(listed(names) + ". [write: " + what + "]", "methods-search");
}

Answer otherMethods(const Facts& facts) {
  std::vector<std::string> names;
  for (const auto* source : facts.sourcesOf("other method")) names.push_back(source->name);
  if (names.empty()) return {Status::NotDone, "No other method was used.", "methods-search"};
  return {Status::Filled, listed(names) + ".", "methods-search"};
}

Answer limits(const Facts& facts) {
  const std::string text = lower(facts.search.text);
  const bool hasLimit = text.find("limit ") != std::string::npos;
  if (facts.search.text.empty()) return write("limits of date, language or type, with reasons; or that there are none");
  return said(std::string(hasLimit ? "The strategy has a limit, which stands in it as a line of its own. "
                                   : "The strategy has no line that limits. ") +
                  "[write: why, and limits set outside of the strategy]",
              "strategy");
}

Answer updates(const Facts& facts) {
  if (facts.waves.size() < 2) return {Status::NotDone, "The search was run once.", "methods-search"};
  std::vector<std::string> names;
  for (const std::string& wave : facts.waves) names.push_back(wave);
  return {Status::Filled,
          "The search was run " + counted(static_cast<std::int64_t>(facts.waves.size()), "time", "times") + " (" +
              listed(names) + "); records of an earlier run are recognised and asked about once.",
          "methods-search"};
}

Answer dates(const Facts& facts) {
  std::string text;
  for (const appendix::Source& source : facts.search.sources) {
    if (source.kind == "other method") continue;
    text += (text.empty() ? "" : "; ") + source.name + " " +
            (source.searched.empty() ? "[write: its date]" : facts::day(source.searched));
  }
  return text.empty() ? write("the date of the last search in each database") : said(text + ".", "methods-search");
}

Answer totals(const Facts& facts) {
  std::string text;
  for (const appendix::Source& source : facts.search.sources)
    text += (text.empty() ? "" : "; ") + source.name + (facts.waves.size() > 1 ? " (" + source.wave + ")" : "") + " " +
            picture::grouped(static_cast<std::int64_t>(source.imported));
  return text.empty() ? write("the records of each source") : Answer{Status::Filled, text + ".", "flow"};
}

Answer deduplication(const Facts& facts) {
  const auto step =
      std::find_if(facts.steps.begin(), facts.steps.end(), [](const facts::Step& s) { return s.isDuplicates; });
  if (step == facts.steps.end()) return write("how duplicates were found");
  return said(facts::selectionParagraphs(facts).front(), "methods-selection");
}

}  // namespace winnow::checklist
