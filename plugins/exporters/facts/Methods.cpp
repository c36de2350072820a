#include <algorithm>

#include "Statements.hpp"
#include "Words.hpp"

namespace winnow::facts {

namespace {

std::string readersOf(const Step& step) {
  std::vector<std::string> names;
  for (const Reader& reader : step.readers) names.push_back(reader.id);
  return names.empty() ? "[write: who]" : listed(names);
}

std::string stayed(const Step& step) {
  return step.undecided == 0 ? std::string() : "; " + records(step.undecided) + " that could not be decided stayed in";
}
std::string waiting(const Step& step) {
  return step.waiting == 0 ? std::string()
                           : " (provisional: " + records(step.waiting) + (step.waiting == 1 ? " waits" : " wait") +
                                 " for a decision)";
}

std::string duplicates(const Step& step) {
  std::string out = "Duplicates were found by the rules of the filter " + step.tool() + " (version " + step.version +
                    ")" + (step.isAutomatic() ? "" : " and confirmed by " + readersOf(step)) + ": " +
                    picture::grouped(step.removed) + " of " + records(step.in) + " " + were(step.removed) +
                    " merged into others";
  if (step.maybe != 0)
    out += "; " + counted(step.maybe, "doubtful pair was", "doubtful pairs were") + " kept as two records each";
  if (step.decidedPairs != 0) out += "; people decided about " + counted(step.decidedPairs, "pair", "pairs");
  return out + ".";
}

/// What a filter proposed and what its reader made of it.
std::string checked(const Step& step) {
  if (!step.hasProposals) return {};
  if (step.isAutomatic()) return " by the filter " + step.tool() + " without a reader's check";
  std::string out = "; the filter " + step.tool() + " proposed " +
                    counted(step.proposedExclude, "exclusion", "exclusions") + ", of which " + readersOf(step) +
                    " confirmed " + picture::grouped(step.confirmed) + " and overturned " +
                    picture::grouped(step.overturned);
  if (step.added != 0) out += ", adding " + picture::grouped(step.added);
  return out;
}

std::string removal(const Step& step) {
  return quoted(step.label) + ": " + picture::grouped(step.excluded) + " of " + records(step.in) + " " +
         were(step.excluded) + " excluded" + (step.hasProposals ? "" : " by " + readersOf(step)) + checked(step) +
         stayed(step) + waiting(step) + ".";
}

std::string reading(const Step& step) {
  std::vector<std::string> parts;
  for (const Reader& reader : step.readers)
    parts.push_back(reader.share == "all"
                        ? reader.id + " read all of them"
                        : reader.id + " read a random " + share(reader.share) + " (" + records(reader.assigned) + ")");
  return listed(parts);
}

bool isSampled(const Step& step) {
  return std::any_of(step.readers.begin(), step.readers.end(),
                     [](const Reader& reader) { return reader.share != "all"; });
}

/// In which order the records were read, and what may be claimed of recall because of it.
std::string orderOf(const Step& step) {
  if (!step.isOrdered) return {};
  std::string out = step.ranker.empty() ? " Records came in an order by chance (hashes of seed and record)"
                                        : " Records came in the order of the ranker " + step.ranker + " (version " +
                                              step.rankerVersion + "), which learned from each reader’s own decisions";
  if (!step.ranker.empty() && step.randomFrom != 0)
    out += "; from record " + picture::grouped(step.randomFrom) + " on they came by chance (hashes of seed and record)";
  out += ".";
  for (const auto& [reader, sentence] : step.recall) {
    const bool isOpenSentence = !sentence.empty() && sentence.back() != '.';
    out += " Recall" + (step.readers.size() > 1 ? ", " + reader : std::string()) + ": " + sentence +
           (isOpenSentence ? "." : "");
  }
  return out;
}

std::string screening(const Step& step) {
  const std::string what = step.isFullText() ? reports(step.in) : records(step.in);
  std::string out = quoted(step.label) + " (" +
                    (step.isFullText()         ? "full texts"
                     : step.read == "abstract" ? "titles and abstracts"
                                               : step.read) +
                    "): of " + what + ", " + reading(step);
  if (isSampled(step)) out += ", drawn before anyone read" + (step.seed.empty() ? "" : " with the seed " + step.seed);
  out += step.readers.size() > 1 ? ", each on a sheet of his or her own." : ".";
  if (step.resolved != 0)
    out += " " + counted(step.resolved, "disagreement was", "disagreements were") + " resolved together.";
  if (step.conflicts != 0)
    out += " " + counted(step.conflicts, "disagreement is", "disagreements are") + " still open.";
  out += orderOf(step);
  return out + " " + picture::grouped(step.excluded) + " " + were(step.excluded) +
         (step.isFullText() ? " excluded or not retrieved" : " excluded") + stayed(step) + waiting(step) + ".";
}

std::string mapping(const Step& step) {
  std::vector<std::string> parts;
  for (const Category& category : step.categories)
    if (category.n != 0) parts.push_back(category.name + " " + picture::grouped(category.n));
  std::string out =
      quoted(step.label) + ": each of " + records(step.in) + " was put into one category (" + listed(parts) + ")";
  if (step.excluded != 0)
    out += "; the categories that the protocol excludes held " + records(step.excluded) + ", which left";
  return out + waiting(step) + ".";
}

std::string fullTextResult(const Facts& facts) {
  const auto arm = [](const Arm& a) {
    std::vector<std::string> reasons;
    for (const auto& [reason, n] : a.reasons) reasons.push_back(reason + " (" + picture::grouped(n) + ")");
    std::string out = reports(a.sought) + " " + were(a.sought) + " sought";
    if (a.notRetrieved != 0) out += ", " + picture::grouped(a.notRetrieved) + " could not be retrieved";
    out += "; of " + picture::grouped(a.assessed) + " assessed, " + picture::grouped(a.excludedReports) + " " +
           were(a.excludedReports) + " excluded";
    return out + (reasons.empty() ? "" : ": " + listed(reasons));
  };
  std::string out = "From databases and registers, " + arm(facts.databases) + ".";
  if (facts.hasOthers) out += " From other methods, " + arm(facts.others) + ".";
  return out;
}

std::string included(const Facts& facts) {
  std::string out = counted(facts.studies, "study", "studies") + " in " + reports(facts.reports) + " " +
                    were(facts.reports) + " included.";
  if (facts.waiting != 0)
    out += " These numbers are provisional: " + records(facts.waiting) + " still " +
           (facts.waiting == 1 ? "waits" : "wait") + " for a decision.";
  return out;
}

}  // namespace

std::vector<std::string> selectionParagraphs(const Facts& facts) {
  std::vector<std::string> out;
  const auto firstDuplicates =
      std::find_if(facts.steps.begin(), facts.steps.end(), [](const Step& s) { return s.isDuplicates; });
  std::string begin = records(facts.identified()) + " " + were(facts.identified()) + " identified, of which " +
                      picture::grouped(facts.databases.duplicates + facts.others.duplicates) +
                      " were duplicates: records of the same work, or the same record exported again.";
  if (firstDuplicates != facts.steps.end()) begin += " " + duplicates(*firstDuplicates);
  out.push_back(begin);
  for (const Step& step : facts.steps) {
    if (step.isDuplicates) continue;
    if (step.verb == "screen")
      out.push_back(screening(step));
    else if (step.verb == "map")
      out.push_back(mapping(step));
    else
      out.push_back(removal(step));
  }
  out.push_back(fullTextResult(facts));
  out.push_back(included(facts));
  return out;
}

std::string agreementParagraph(const Facts& facts) {
  std::string out;
  for (const agreement::StepVotes& step : facts.votes) {
    const agreement::Agreement a = agreement::agreementOf(step.table);
    if (a.n == 0) continue;
    const agreement::Agreement two = agreement::agreementOf(agreement::withMaybeAsInclude(step.table));
    out += (out.empty() ? "" : " ") + std::string("At ") + quoted(step.label) + ", " + step.first + " and " +
           step.second + " agreed on " + agreement::percentText(a.percentAgreement, a.wilson) + " of the " +
           records(static_cast<std::int64_t>(a.n)) +
           " that both had read (95 % confidence interval in brackets); Cohen’s kappa " +
           agreement::figureText(a.kappa, a.kappaWald) + ", Gwet’s AC1 " + agreement::figureText(a.ac1, a.ac1T);
    if (two.isTwoByTwo && !a.isTwoByTwo)
      out += "; with “maybe” counted as include, agreement " +
             agreement::percentText(two.percentAgreement, two.wilson) + ", kappa " +
             agreement::figureText(two.kappa, two.kappaWald) + ", PABAK " + agreement::figureText(two.pabak, {});
    else if (a.isTwoByTwo)
      out += ", PABAK " + agreement::figureText(a.pabak, {});
    out += ".";
    if (a.n < 200) out += " With fewer than 200 records the intervals are wide.";
  }
  if (out.empty())
    return "No record was read by two readers before a joint decision, so that no agreement can be given.";
  return out + " All figures are of the first votes, before any joint decision.";
}

std::string chartingParagraph(const Facts& facts) {
  if (facts.charts.empty()) return "No data were charted.";
  std::string out;
  for (const Chart& chart : facts.charts) {
    std::int64_t items = 0, extra = 0;
    for (const studies::FormItem& item : facts.form) ++(item.isExtra ? extra : items);
    std::vector<std::string> who;
    for (const auto& [reader, n] : chart.charted)
      who.push_back(reader + " charted " + (n == chart.in ? "all of them" : picture::grouped(n)));
    out += (out.empty() ? "" : " ") + counted(chart.in, "study was", "studies were") + " charted with the form " +
           quoted(chart.form) + (chart.version.empty() ? "" : ", version " + chart.version) + " (" +
           counted(items, "item", "items") +
           (extra == 0 ? "" : " and " + counted(extra, "further characteristic", "further characteristics")) + "); " +
           listed(who) + ".";
  }
  return out + " [write: how the form was piloted, and whether authors were asked for data]";
}

std::string appraisalParagraph(const Facts& facts) {
  if (const std::string words = facts.about.said("appraisal"); !words.empty()) return words;
  if (const About& about = facts.about; about.isToBePooled() && !about.appraisalForm.empty())
    return "The studies that are pooled, and no others, were appraised with the form " + quoted(about.appraisalForm) +
           (about.appraisedBy.empty() ? "" : " by " + listed(about.appraisedBy)) +
           ". [write: the result; the export of the appraisal shows every judgement]";
  if (facts.about.isToBePooled())
    return "[write: how risk of bias and certainty were assessed in the studies that were pooled]";
  return "The studies were not appraised critically: the review maps what evidence there is, whatever its quality, and "
         "nothing was pooled.";
}

std::string metaAnalysisParagraph(const Facts& facts) {
  const About& about = facts.about;
  if (about.decision.empty()) return "No meta-analysis was performed: no decision to pool the studies is recorded.";
  std::string who = about.decidedBy.empty() ? "" : " by " + listed(about.decidedBy);
  if (!about.decidedOn.empty()) who += " on " + day(about.decidedOn);
  const std::string why = about.decisionReason.empty() ? "." : ": " + about.decisionReason + ".";
  if (!about.isToBePooled()) return "No meta-analysis was performed; it was decided" + who + why;
  return "It was decided" + who + " to pool effects" + why +
         (about.analyses.empty() ? "" : " Analyses: " + listed(about.analyses) + ".") +
         " [write: the results; the export of the meta-analysis has them, or says what keeps an analysis from being "
         "pooled]";
}

void addMethods(document::Document& document, const Facts& facts, int level) {
  document.heading(level, "Search", "methods-search");
  document.paragraph(searchParagraph(facts));
  document.heading(level, "Selection", "methods-selection");
  for (const std::string& words : selectionParagraphs(facts)) document.paragraph(words);
  document.heading(level, "Agreement", "methods-agreement");
  document.paragraph(agreementParagraph(facts));
  document.heading(level, "Charting", "methods-charting");
  document.paragraph(chartingParagraph(facts));
  document.heading(level, "Appraisal and synthesis", "methods-appraisal");
  document.paragraph(appraisalParagraph(facts));
  document.paragraph(metaAnalysisParagraph(facts));
}

}  // namespace winnow::facts
