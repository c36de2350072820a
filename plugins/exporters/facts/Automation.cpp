#include <algorithm>
#include <array>

#include "Statements.hpp"
#include "Words.hpp"

namespace winnow::facts {

namespace {

/// What a filter of ours does, on what its judgements rest, and what it cannot do. Filters of others are asked for.
struct Tool {
  std::string_view name, purpose, basis, limits;
};
constexpr std::array kTools = {
    Tool{"duplicates", "finds records of the same work by rules over identifiers, titles, authors, years and pages",
         "rules, and weights of agreement that were fitted once to labelled pairs of records and are part of the "
         "version",
         "works whose records contradict each other are kept as two; works told apart by neither title nor numbers may "
         "be merged"},
    Tool{"language", "reads the language field of a record, and only without one the language of its abstract",
         "the field; for abstracts CLD2, a detector of languages that its makers trained",
         "the field is the database’s; short or mixed texts are undecided; the language of the full text may be "
         "another"},
    Tool{"publication-type", "reads the publication types of the export and patterns of titles", "rules",
         "types are the database’s; a record with a type and the type of an article beside it is undecided"},
    Tool{"topic",
         "looks for words of excluded fields in title, abstract and keywords, and for words that protect a record",
         "the words that the review declares",
         "words, not meanings; a record without an abstract is judged by its title alone"},
    Tool{"category", "proposes a category where one of its terms stands in title, abstract or keywords",
         "the terms that the review declares", "words, not meanings; the first category whose term stands wins"},
    Tool{"search-strategy", "evaluates the search strategy on each record, in three values", "the strategy's lines",
         "lines that need fields which an export lacks are unknown, not false"},
};

const Tool* toolNamed(const std::string& name) {
  const auto found = std::find_if(kTools.begin(), kTools.end(), [&](const Tool& tool) { return tool.name == name; });
  return found == kTools.end() ? nullptr : &*found;
}

std::string purposeOf(const std::string& name) {
  const Tool* tool = toolNamed(name);
  if (tool == nullptr) return "[write: what the filter " + name + " does, and whether it was trained and on what]";
  return std::string(tool->purpose) + "; it rests on " + std::string(tool->basis);
}

/// "5 of 6 suggestions were confirmed (83.3 %)": how well the filter did in this very review.
std::string shareConfirmed(const Step& step) {
  const std::int64_t checked = step.confirmed + step.overturned;
  if (checked == 0) return "People confirmed and overturned none of its suggestions.";
  const std::int64_t tenths = (step.confirmed * 2000 + checked) / (2 * checked);
  return "People confirmed " + picture::grouped(step.confirmed) + " of the " +
         counted(checked, "suggestion", "suggestions") + " that they judged (" + std::to_string(tenths / 10) + "." +
         std::to_string(tenths % 10) + " %) and overturned " + picture::grouped(step.overturned) + ".";
}

/// Steps in which a program made or suggested judgements. What combines people's votes is none.
std::vector<const Step*> automated(const Facts& facts) {
  std::vector<const Step*> list;
  for (const Step& step : facts.steps)
    if (step.isDuplicates || step.hasProposals) list.push_back(&step);
  return list;
}

std::int64_t proposed(const Step& step) {
  return step.isDuplicates ? step.removed : step.proposedExclude + step.proposedCategory;
}
std::int64_t removedByTool(const Step& step) {
  return step.isDuplicates && step.isAutomatic() ? step.removed : step.automation;
}

std::string sentence(const Step& step) {
  std::string out = "For " + quoted(step.label) + ", the filter " + step.tool() + " (version " + step.version + ") " +
                    purposeOf(step.tool()) + ". ";
  if (step.isDuplicates) {
    out += "It joined " + records(step.removed) + " of " + picture::grouped(step.in) + " to others" +
           (step.isAutomatic() ? " without a person’s check" : ", which people confirmed") + " and left " +
           counted(step.maybe, "doubtful pair", "doubtful pairs") + " to be checked by hand; people decided about " +
           counted(step.decidedPairs, "pair", "pairs") + ".";
  } else if (step.verb == "map") {
    out += "It proposed a category for " + records(step.proposedCategory) + " of " + picture::grouped(step.in) +
           "; people set or confirmed the categories" + (step.isAutomatic() ? " of the others." : ".");
  } else if (step.isAutomatic()) {
    out += "It removed " + records(step.automation) + " of " + picture::grouped(step.in) +
           " without a person’s check; " + picture::grouped(step.proposedUndecided) +
           " that it could not decide stayed in.";
  } else {
    out += "It suggested to exclude " + records(step.proposedExclude) + " of " + picture::grouped(step.in) +
           " and could not decide " + picture::grouped(step.proposedUndecided) + ", which stayed in. " +
           shareConfirmed(step) + " They excluded " + picture::grouped(step.added) + " that it had not suggested.";
  }
  return out + " Its limits: " + limitsOf(step.tool()) + ".";
}

table::Grid gridOf(const std::vector<const Step*>& steps) {
  table::Grid grid;
  grid.caption = "Automation that made or suggested judgements";
  grid.columns = {{"Step", 1.4, false},           {"Tool", 1.1, false},
                  {"Records", 0.7, true},         {"Proposed", 0.8, true},
                  {"Confirmed", 0.8, true},       {"Overturned", 0.8, true},
                  {"Added by people", 0.8, true}, {"Removed without a check", 0.9, true}};
  for (const Step* step : steps) {
    const bool isChecked = step->hasProposals && step->verb != "map";
    grid.rows.push_back({{step->label, false, {}, true},
                         {step->tool() + " " + step->version},
                         table::count(step->in),
                         table::count(proposed(*step)),
                         isChecked ? table::count(step->confirmed) : table::Cell{"–"},
                         isChecked ? table::count(step->overturned) : table::Cell{"–"},
                         isChecked ? table::count(step->added) : table::Cell{"–"},
                         table::count(removedByTool(*step))});
  }
  grid.notes = {
      "Proposed: suggestions to exclude; of map steps, categories; of duplicates, records joined to others. A filter "
      "that cannot decide "
      "suggests nothing, and the record stays."};
  return grid;
}

}  // namespace

std::string limitsOf(const std::string& tool) {
  const Tool* known = toolNamed(tool);
  return known == nullptr ? "[write: what the filter " + tool + " cannot do, and how it was validated]"
                          : std::string(known->limits);
}

void addAutomation(document::Document& document, const Facts& facts, int level) {
  document.heading(level, "Automation statement", "automation");
  const std::vector<const Step*> steps = automated(facts);
  const std::string program = facts.about.softwareName + " " + facts.about.softwareVersion;
  if (steps.empty()) {
    document.paragraph("No program made or suggested a judgement about a record: every decision is a person’s. " +
                       program + " counted, kept the audit trail and wrote the tables.");
    return;
  }
  document.paragraph(
      "We used " + program + ". It made or suggested judgements in " +
      counted(static_cast<std::int64_t>(steps.size()), "step", "steps") +
      "; in all others every decision is a person’s. The same records and settings give the same result; every "
      "suggestion and every decision about it is kept and can be opened, record by record.");
  document.blocks.emplace_back(document::Table{gridOf(steps), "automation-table"});
  for (const Step* step : steps) document.paragraph(sentence(*step));
  document.paragraph(
      "[write: why these tools fit this review, and how they were tested before it; whether records were read in an "
      "order that a program made; whether any other tool, such as a translation service or a language model, was used, "
      "when, and for what; interests of the authors in the tools]");
}

}  // namespace winnow::facts
