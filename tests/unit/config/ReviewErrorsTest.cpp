// Every error of the loader with its exact message and place.
#include "ReviewFolder.hpp"

namespace winnow::config {
namespace {

using ReviewErrors = ReviewFolder;

/// A review whose `sources` are these lines, beginning in line 4.
std::string withSources(const std::string& sources) { return "version: 1\nreview: {title: T}\nsources:\n" + sources; }

TEST_F(ReviewErrors, Synthesis) {
  const auto problems = [&](const std::string& synthesis) {
    return problemsOf(reviewHead + "synthesis: " + synthesis);
  };
  EXPECT_EQ(problems("{}\n"), "");
  EXPECT_EQ(problems("{decision: do not pool, by: ON, reason: too different}\n"), "");
  EXPECT_EQ(problems("{decision: do not pool}\n"),
            "6:1: error: a decision needs who decided and why: write 'by' and 'reason' beside it\n");
  EXPECT_EQ(problems("{decision: pool, by: ON, reason: alike}\n"),
            "6:1: error: to pool is decided, but 'analyses' names nothing to pool\n");
  EXPECT_EQ(problems("{analyses: {sleep: {measure: SMD, heterogeneity: 120}}}\n"),
            "6:61: error: 'heterogeneity' takes a number from 0 to 100, not '120'\n");
  EXPECT_EQ(problems("{analyses: {sleep: {measure: MD, units: {h: 60}}}}\n"),
            "6:24: error: 'units' converts into 'unit', which is missing\n");
  EXPECT_EQ(problems("{analyses: {sleep: {measure: MD, only: {Design: RCT}}}}\n"),
            "6:52: error: no charting form has an item 'Design'\n");
}

TEST_F(ReviewErrors, Root) {
  EXPECT_EQ(problemsOf("- a\n"), "1:1: error: a review is a map of keys, not a list\n");
  EXPECT_EQ(problemsOf("x: y\n"),
            "1:1: error: a review has no key 'x'; known: version, review, reviewers, known_as, search, sources, "
            "eligibility, selection, charting, sheets, synthesis, studies, exports, keys, full_texts, answers, ledger, "
            "assignments, "
            "out, fail_on, reasons_known_as, accepted, plugins, isolate\n"
            "1:1: error: a review needs the key 'version'\n"
            "1:1: error: a review needs the key 'review'\n"
            "1:1: error: a review needs the key 'sources'\n");
  EXPECT_EQ(problemsOf("version: 2" + reviewHead.substr(10)),
            "1:10: error: this program reads version 1, not '2'; update winnow, or write version: 1\n");
  EXPECT_EQ(problemsOf(reviewHead + "exports:\n"),
            "6:1: error: 'exports' has no value; write a value or leave it out\n");
  EXPECT_EQ(problemsOf(reviewHead + "exports: all\n"), "6:10: error: 'exports' takes a list, not text\n");
  EXPECT_EQ(problemsOf(reviewHead + "charting: all\n"),
            "6:11: error: 'charting' takes a map of forms by name, not text\n");
}

TEST_F(ReviewErrors, About) {
  const std::string rest = reviewHead.substr(reviewHead.find("reviewers"));
  EXPECT_EQ(problemsOf("version: 1\nreview: {titel: T, dates: 2020-12-15 to 2020-08-31, question: [a]}\n" + rest),
            "2:1: error: 'review' needs the key 'title'\n"
            "2:10: error: 'review' has no key 'titel'; did you mean 'title'?\n"
            "2:27: error: 'dates' takes a period such as 2020-08-31 to 2020-12-15, not '2020-12-15 to 2020-08-31'\n"
            "2:53: error: 'question' takes text, not a list\n");
}

/// Both ends of a range belong to it.
TEST_F(ReviewErrors, Isolation) {
  const auto problems = [&](const std::string& isolate) {
    return problemsOf(reviewHead + "isolate: " + isolate + "\n");
  };
  for (const char* good : {"{seconds: 1}", "{seconds: 86400}", "{megabytes: 64}", "{megabytes: 1048576}"})
    EXPECT_EQ(problems(good), "") << good;
  for (const char* number : {"0", "86401", "-1", "1.5", "5s"})
    EXPECT_EQ(problems("{seconds: " + std::string(number) + "}"),
              "6:20: error: 'seconds' takes a whole number from 1 to 86400, not '" + std::string(number) + "'\n");
  for (const char* number : {"63", "1048577"})
    EXPECT_EQ(problems("{megabytes: " + std::string(number) + "}"),
              "6:22: error: 'megabytes' takes a whole number from 64 to 1048576, not '" + std::string(number) + "'\n");
  const Loaded loaded = read(reviewHead + "isolate: {seconds: 7, megabytes: 65, on failure: undecided}\n");
  EXPECT_EQ(loaded.review.isolation.seconds, 7);
  EXPECT_EQ(loaded.review.isolation.megabytes, 65);
  EXPECT_TRUE(loaded.review.isolation.leavesUndecided);
}

TEST_F(ReviewErrors, Search) {
  EXPECT_EQ(problemsOf(reviewHead + "search: {strategy: s.ovid, repairs: {2a: x, 3: open}}\n"),
            "6:20: error: there is no file 's.ovid'\n"
            "6:38: error: 'repairs' names lines of the strategy by number, not '2a'\n");
}

TEST_F(ReviewErrors, Waves) {
  EXPECT_EQ(problemsOf(withSources("  - {wave: a, searched: 31.8.2020, databases: {M: {files: a.ris}}}\n")),
            "4:25: error: 'searched' takes a date such as 2020-08-31 or 2020-08, not '31.8.2020'\n");
  EXPECT_EQ(problemsOf(withSources("  - {wave: a, searched: 2020-12, databases: {M: {files: a.ris}}}\n"
                                   "  - {wave: b, searched: 2020-08, databases: {M: {files: a.ris}}}\n"
                                   "  - {wave: a, searched: 2021, folder: gone, databases: {M: {files: a.ris}}}\n"
                                   "  - {searched: 2021}\n")),
            "5:25: error: the wave 'b' was searched before 'a'; write the waves in the order of time\n"
            "6:12: error: the wave 'a' stands twice; first in line 4\n"
            "6:39: error: there is no folder 'gone'\n"
            "6:57: error: the source 'M' stands twice in this wave; first in line 4\n"
            "7:5: error: a wave needs the key 'wave'\n"
            "7:5: error: a wave needs one of the keys 'databases', 'registers', 'other methods'\n");
  EXPECT_EQ(problemsOf(withSources("  []\n")), "3:1: error: 'sources' has no wave; records must come from somewhere\n");
  EXPECT_EQ(problemsOf(withSources("  - first\n")), "4:5: error: a wave is a map of keys, not text\n");
}

TEST_F(ReviewErrors, Sources) {
  write("exports/medline.ris", "");
  write("exports/extra.ris", "");
  EXPECT_EQ(problemsOf(withSources("  - wave: a\n"
                                   "    searched: 2020\n"
                                   "    folder: exports\n"
                                   "    databases:\n"
                                   "      A: {files: medlin.ris}\n"
                                   "      B: {files: '*.nbib', reported: 010, taken: 1 024}\n"
                                   "      C: {files: medline.ris, reported: 5, taken: 6}\n"
                                   "      D: {files: [medline.ris, m*.ris], from: risk}\n"
                                   "      E: {file: medline.ris, platfrom: Ovid}\n"
                                   "      F: {files: medline.ris, from: language}\n"
                                   "      G: {files: medline.ris, from: ris, dialekt: ovid}\n")),
            "8:18: error: no file matches 'medlin.ris' in 'exports'; did you mean 'medline.ris'?\n"
            "9:18: error: no file matches '*.nbib' in 'exports'\n"
            "9:38: error: 'reported' takes a whole number such as 1024, or open, not '010'\n"
            "9:50: error: 'taken' takes a whole number such as 1024, or open, not '1 024'\n"
            "10:51: error: more were taken (6) than reported (5)\n"
            "11:19: error: 'exports/medline.ris' is already a file of 'C' in this wave; its records would count twice\n"
            "11:47: error: there is no importer 'risk'; did you mean 'ris'? ('winnow plugins --why' shows where Winnow "
            "looked)\n"
            "12:7: error: 'E' needs the key 'files'; where a search found nothing, write 'reported: 0'\n"
            "12:11: error: 'E' has no key 'file'; did you mean 'files'?\n"
            "12:30: error: 'E' has no key 'platfrom'; did you mean 'platform'?\n"
            "13:18: error: 'exports/medline.ris' is already a file of 'C' in this wave; its records would count twice\n"
            "13:37: error: there is no importer 'language'; known: ris, csv ('winnow plugins --why' shows where Winnow "
            "looked)\n"
            "14:18: error: 'exports/medline.ris' is already a file of 'C' in this wave; its records would count twice\n"
            "14:42: error: importers.ris has no option 'dialekt'; did you mean 'dialect'?\n"
            "6:13: warning: no source lists the file 'exports/extra.ris'; its records are not in the review\n");
}

// PRISMA-S wants a search listed that found nothing.
TEST_F(ReviewErrors, ASearchThatFoundNothingNeedsNoFile) {
  EXPECT_EQ(
      problemsOf(withSources("  - {wave: a, searched: 2020, databases: {M: {files: a.ris}, N: {reported: 0}}}\n")), "");
  EXPECT_EQ(problemsOf(withSources("  - {wave: a, searched: 2020, databases: {N: {platform: x}}}\n")),
            "4:43: error: 'N' needs the key 'files'; where a search found nothing, write 'reported: 0'\n");
}

TEST_F(ReviewErrors, FilesWithOddNames) {
  EXPECT_EQ(problemsOf(withSources("  - {wave: a, searched: 2020, databases: {M: {files: x\\a.ris}}}\n")),
            "4:54: error: no file matches 'x\\a.ris'; write / instead of \\\n");
  EXPECT_EQ(problemsOf(withSources("  - {wave: a, searched: 2020, folder: “x”, databases: {M: {files: a.ris}}}\n")),
            "4:39: error: there is no folder '“x”'; its quotation marks are typographic, write \" or none\n");
}

// One line for a folder, however many files nobody takes.
TEST_F(ReviewErrors, FilesThatNobodyTakes) {
  for (const char* name : {"a.ris", "b.ris", "c.ris", "d.ris", "e.ris", "f.ris", "g.ris"})
    write(std::string("more/") + name, "");
  EXPECT_EQ(
      problemsOf(withSources("  - {wave: a, searched: 2020, folder: more, databases: {M: {files: a.ris}}}\n")),
      "4:39: warning: no source lists 6 files, 'more/b.ris', 'more/c.ris', 'more/d.ris', 'more/e.ris', 'more/f.ris' "
      "and 1 more; their records are not in the review\n");
}

TEST_F(ReviewErrors, OtherMethods) {
  EXPECT_EQ(problemsOf(withSources("  - wave: a\n"
                                   "    searched: 2020\n"
                                   "    other methods:\n"
                                   "      - {method: experts, field: x, files: a.ris}\n"
                                   "      - {method: experts, field: x, files: b.ris, platform: y}\n"
                                   "      - {field: x, files: [a.ris, [b]]}\n")),
            "8:9: error: the source 'experts: x' stands twice in this wave; first in line 7\n"
            "8:44: error: no file matches 'b.ris'; did you mean 'a.ris'?\n"
            "8:51: error: a method has no key 'platform'; known: method, files, field, of, reported, taken, searched, "
            "query, from, encoding, fail_on\n"
            "9:9: error: a method needs the key 'method'\n"
            "9:28: error: 'a.ris' is already a file of 'experts: x' in this wave; its records would count twice\n"
            "9:35: error: 'files' takes text, not a list\n");
}

TEST_F(ReviewErrors, Eligibility) {
  EXPECT_EQ(problemsOf(reviewHead + "eligibility:\n  all of: {a: x, b: }\n  non of: {c: y}\n  none of: {a: z}\n"),
            "7:18: error: 'b' has no value; write text or leave it out\n"
            "8:3: error: 'eligibility' has no key 'non of'; did you mean 'none of'?\n"
            "9:13: error: the criterion 'a' is stated twice, also in line 7\n");
  EXPECT_EQ(problemsOf(reviewHead + "eligibility:\n  all of: {paid: x}\n  reasons: {paid: no pay, payd: no pay}\n"),
            "8:27: error: there is no criterion 'payd'; did you mean 'paid'?\n");
}

TEST_F(ReviewErrors, Verbs) {
  EXPECT_EQ(stepProblems("    - {remvoe: x}\n"),
            "8:8: error: a step has one of the keys remove, screen, map, chart; did you mean 'remove'?\n");
  EXPECT_EQ(stepProblems("    - {by: ON}\n"), "8:7: error: a step has one of the keys remove, screen, map, chart\n");
  EXPECT_EQ(stepProblems("    - {remove: x, screen: y, by: ON}\n"),
            "8:19: error: a step has one verb; this one has 'remove' and 'screen'\n");
  EXPECT_EQ(stepProblems("    - duplicates\n"),
            "8:7: error: 'steps' takes maps with one of the keys remove, screen, map, chart, not text\n");
}

TEST_F(ReviewErrors, StepIdentity) {
  EXPECT_EQ(stepProblems("    - {remove: x y, by: ON}\n"
                         "    - {remove: b, id: x-y, by: ON}\n"
                         "    - {remove: c, id: Not Public, by: ON}\n"
                         "    - {remove: '!', by: ON}\n"
                         "    - {remove: included, by: ON}\n"),
            "9:23: error: two steps have the id 'x-y', the first in line 8; give one of them another with id:\n"
            "10:23: error: an id holds lower-case letters, digits and hyphens, not 'Not Public'; write 'not-public'\n"
            "11:16: error: no id can be made of '!'; state one with id:\n"
            "12:16: error: 'included' already names records of an export; state another id\n");
}

TEST_F(ReviewErrors, StepPlugins) {
  EXPECT_EQ(stepProblems("    - {remove: a, by: ON, using: langauge}\n"
                         "    - {remove: b, by: ON, using: sample}\n"
                         "    - {map: c, by: ON, using: duplicates}\n"
                         "    - {remove: d, by: ON, using: language, keeep: English}\n"
                         "    - {remove: e, by: ON, using: language, min_letters: 3}\n"
                         "    - {remove: f, by: ON, using: topic}\n"
                         "    - {remove: g, by: ON, keep: English}\n"
                         "    - {remove: h, by: ON, using: filters.nothing.like.it}\n"
                         "    - {map: i, by: ON}\n"),
            "8:34: error: there is no filter 'langauge'; did you mean 'language'? ('winnow plugins --why' shows where "
            "Winnow looked)\n"
            "9:34: error: 'filters.sample' is a sampler; here stands the name of a filter\n"
            "10:31: error: 'filters.duplicates' is a matcher; here stands the name of a filter\n"
            "11:44: error: filters.language has no option 'keeep'; did you mean 'keep'?\n"
            "12:57: error: 'min_letters' takes at least 20, not '3'\n"
            "13:16: error: filters.topic needs the option 'reasons'\n"
            "14:27: error: a remove step has no key 'keep'; known: remove, id, using, by, read, mode, on_undecided, "
            "decisions, resolutions, highlight, reasons\n"
            "15:34: error: there is no filter 'filters.nothing.like.it'; known: duplicates, language, "
            "publication-type, topic, "
            "decisions, category, org.example.every ('winnow plugins --why' shows where Winnow looked)\n"
            "16:13: error: filters.category needs the option 'categories'\n");
}

TEST_F(ReviewErrors, KeysOfOtherVerbs) {
  EXPECT_EQ(
      stepProblems("    - {remove: a, by: ON, seed: x, exclude: [b]}\n"
                   "    - {remove: b, by: ON, using: publication-type, exclude: [report]}\n"
                   "    - {screen: c, by: ON, form: x}\n"
                   "    - {remove: d, by: ON, using: language, exclude: [b]}\n"),
      "8:27: error: only a screen step has 'seed'\n"
      "8:36: error: only a map step has 'exclude'\n"
      "10:27: error: only a chart step has 'form'\n"
      "11:44: error: only a map step has 'exclude'\n"
      "11:16: warning: 'd' stands after 'publication-type'; protocols remove language first, and the counts follow "
      "the order written here\n");
}

TEST_F(ReviewErrors, ChoicesOfSteps) {
  EXPECT_EQ(
      stepProblems("    - {remove: a, by: ON, read: abstracts, mode: confrim, on_undecided: keep}\n"
                   "    - {screen: b, by: ON, blind: no, disagreements: together}\n"
                   "    - {remove: c, by: ON, mode: automatic}\n"),
      "8:33: error: 'read' takes one of metadata, abstract, full text, not 'abstracts'; did you mean 'abstract'?\n"
      "8:50: error: 'mode' takes one of confirm, automatic, not 'confrim'; did you mean 'confirm'?\n"
      "8:73: error: 'on_undecided' takes one of include, exclude, wait, not 'keep'\n"
      "9:34: error: 'blind' takes yes, not 'no'\n"
      "9:53: error: 'disagreements' takes one of resolved together, left undecided, not 'together'\n"
      "10:33: error: nothing decides by itself here: name a filter with using:, or write mode: confirm\n");
}

TEST_F(ReviewErrors, Readers) {
  EXPECT_EQ(stepProblems("    - {remove: a}\n"
                         "    - {remove: b, by: KBA}\n"
                         "    - {remove: c, by: [KBAA, ON]}\n"
                         "    - {remove: d, by: {ON: 20%}}\n"
                         "    - {screen: e, by: {KBAA: all, ON: 20}, seed: x}\n"
                         "    - {screen: f, by: {KBAA: all, ON: 20%}}\n"
                         "    - {screen: g, by: {KBAA: 50%, ON: 20%}, seed: x}\n"
                         "    - {screen: h, by: [KBAA, KBAA]}\n"),
            "8:16: error: nobody reads this step; name a reviewer with by:\n"
            "9:23: error: 'KBA' is no reviewer of this review; did you mean 'KBAA'?\n"
            "10:30: error: a remove step is decided by one reviewer; 'ON' would not be asked\n"
            "11:24: error: only a screen step draws a sample; in a remove step 'ON' reads all\n"
            "12:39: error: 'ON' reads all or a share such as 20%, not '20'\n"
            "13:35: error: 'ON' reads a sample, so the step needs a seed: any text, reported later\n"
            "14:24: error: nobody reads all records of this step; one share must be all\n"
            "15:30: error: 'KBAA' stands twice in 'by'\n");
}

TEST_F(ReviewErrors, Categories) {
  EXPECT_EQ(stepProblems("    - {map: a, by: ON, categories: {trial: [rct], survey: []}, exclude: [surveys, other]}\n"
                         "    - {map: b, by: ON, categories: [x, y], exclude: y}\n"),
            "8:74: error: 'surveys' is no category of this step; did you mean 'survey'?\n"
            "8:83: error: 'other' is no category of this step; known: trial, survey\n");
}

TEST_F(ReviewErrors, Defaults) {
  EXPECT_EQ(problemsOf(reviewHead + "selection:\n  defaults: {by: XY, modus: confirm, id: x}\n  step: []\n"),
            "6:1: error: 'selection' needs the key 'steps'\n"
            "7:18: error: 'XY' is no reviewer of this review; known: KBAA, ON\n"
            "7:22: error: 'defaults' has no key 'modus'; known: by, read, mode, on_undecided, seed, disagreements, "
            "differing_reasons, blind\n"
            "7:38: error: 'defaults' has no key 'id'; known: by, read, mode, on_undecided, seed, disagreements, "
            "differing_reasons, blind\n"
            "8:3: error: 'selection' has no key 'step'; did you mean 'steps'?\n");
}

TEST_F(ReviewErrors, OrderOfRemovals) {
  const std::string steps =
      "    - {remove: no topic, by: ON, using: topic, reasons: [x], decisions: a*}\n"
      "    - {remove: not public, id: not-public, by: ON, decisions: b*}\n"
      "    - {remove: languages, by: KBAA, using: language, decisions: c*}\n";
  EXPECT_EQ(
      stepProblems(steps),
      "9:16: warning: 'not public' stands after 'topic'; protocols remove not-public first, and the counts follow the "
      "order written here\n"
      "10:16: warning: 'languages' stands after 'topic'; protocols remove language first, and the counts follow the "
      "order written here\n");
  EXPECT_EQ(stepProblems(steps + "accepted: {config.order: as agreed}\n"), "");
}

TEST_F(ReviewErrors, UnusedReviewers) {
  EXPECT_EQ(stepProblems("    - {remove: a, by: KBAA, decisions: a*}\n"), "3:26: warning: no step is read by 'ON'\n");
}

TEST_F(ReviewErrors, StepsOfPeopleThatReadNoDecisions) {
  const std::string warning =
      "8:16: warning: people decide in 'a', and it reads no decisions; add 'decisions: decisions/a*'\n";
  const std::string accepted = "accepted: {config.unused-reviewer: later, config.no-decisions: nobody has begun}\n";
  EXPECT_EQ(stepProblems("    - {screen: a, by: [KBAA, ON]}\n"), warning);
  EXPECT_EQ(stepProblems("    - {screen: a, by: [KBAA, ON]}\n" + accepted), "");
  const std::string unused = "3:26: warning: no step is read by 'ON'\n";
  EXPECT_EQ(stepProblems("    - {remove: a, by: KBAA, using: language}\n"), unused + warning);
  EXPECT_EQ(stepProblems("    - {remove: a, by: KBAA, using: language, mode: automatic}\n"), unused);
}

TEST_F(ReviewErrors, Sheets) {
  EXPECT_EQ(problemsOf(reviewHead + "sheets: {format: ods, separator: '|', criteria: yes}\n"),
            "6:18: error: 'format' takes one of csv, xlsx, not 'ods'\n"
            "6:34: error: 'separator' takes one of ,, ;, tab, not '|'\n"
            "6:49: error: 'criteria' takes one of together, columns, not 'yes'\n");
  EXPECT_EQ(problemsOf(reviewHead + "sheets: {format: xlsx, separator: ';'}\n"),
            "6:35: warning: a workbook has no separator; it is for 'format: csv'\n");
  EXPECT_EQ(stepProblems("    - screen: a\n"
                         "      by: [KBAA, ON]\n"
                         "      decisions: [a*, {files: b*, reviewer: XX, decison: include}, {reviewer: ON}]\n"),
            "10:45: error: 'XX' is no reviewer of this review; known: KBAA, ON\n"
            "10:49: error: an entry of 'decisions' has no key 'decison'; did you mean 'decision'?\n"
            "10:68: error: an entry of 'decisions' needs the key 'files'\n");
}

TEST_F(ReviewErrors, ConditionsOfCriteria) {
  EXPECT_EQ(problemsOf(reviewHead + "eligibility:\n"
                                    "  all of:\n"
                                    "    a: {text: A, if: b, unless: c}\n"
                                    "    b: {text: B, if: b}\n"
                                    "    c: {text: C, unless: aa}\n"
                                    "    d: {if: a}\n"),
            "8:33: error: 'a' has 'if' and 'unless'; a criterion depends on one other\n"
            "9:22: error: 'b' cannot depend on itself\n"
            "10:26: error: there is no criterion 'aa'; did you mean 'a'?\n"
            "11:5: error: the criterion 'd' needs the key 'text'\n");
}

TEST_F(ReviewErrors, ChartingItems) {
  EXPECT_EQ(problemsOf(reviewHead + "selection:\n"
                                    "  steps:\n"
                                    "    - {chart: main, by: [ON, KBAA]}\n"
                                    "charting:\n"
                                    "  main:\n"
                                    "    items:\n"
                                    "      A: {decimal: years, since: 2}\n"
                                    "      B: {type: date, if: {A: [NR]}}\n"
                                    "      C: {type: text, if: {Z: [x]}}\n"
                                    "      D: {type: text, since: soon}\n"
                                    "      E: {repeat: 2, items: {F: number, G: decimal}}\n"
                                    "      H: {repeat: 12, items: {F: number}}\n"
                                    "      I: {repeat: 2}\n"),
            "14:28: error: 'if' names an item that stands before this one, and 'Z' is none\n"
            "15:30: error: 'since' takes the version of the form, a whole number\n"
            "17:19: error: 'repeat' takes a number from 2 to 9: how often at most\n"
            "18:7: error: 'I' is asked repeatedly: {repeat: 3, items: {label: type, ...}}\n");
}

TEST_F(ReviewErrors, Charting) {
  EXPECT_EQ(problemsOf(reviewHead + "selection:\n"
                                    "  steps:\n"
                                    "    - {chart: main, by: ON, using: language}\n"
                                    "    - {chart: rest, form: mian, by: ON}\n"
                                    "charting:\n"
                                    "  main:\n"
                                    "    by: [XX]\n"
                                    "    items:\n"
                                    "      A: texts\n"
                                    "      B: [a]\n"
                                    "      C: {one of: [x, x], any of: [y]}\n"
                                    "      D: {one of: [x, x]}\n"
                                    "      E: {one of: []}\n"
                                    "    extra: [f g, F-G]\n"
                                    "  spare: {items: {A: text}, itmes: x}\n"),
            "8:29: error: only a remove, screen or map step has 'using'\n"
            "9:27: error: there is no charting form 'mian'; did you mean 'main'?\n"
            "12:10: error: 'XX' is no reviewer of this review; known: KBAA, ON\n"
            "14:10: error: 'A' takes one of text, number, decimal, range, date, link, quotation, yes/no, from author, "
            "from year, "
            "{one of: [...]}, {any of: [...]}, not 'texts'; did you mean 'text'?\n"
            "15:7: error: 'B' takes a word such as text, or {one of: [...]}, not a list\n"
            "16:7: error: 'C' takes one list: {one of: [...]} or {any of: [...]}, a unit: {decimal: years} or {range: "
            "years}, or "
            "{type: text}; beside it 'if' and 'since'\n"
            "17:23: error: 'D' has the value 'x' twice\n"
            "18:11: error: 'E' has no value to choose\n"
            "19:18: error: the extra item 'F-G' is not told apart from another item; name it otherwise\n"
            "20:3: error: no step charts the form 'spare'; add '- chart: spare' or remove it\n"
            "20:29: error: the form 'spare' has no key 'itmes'; did you mean 'items'?\n");
}

TEST_F(ReviewErrors, Exports) {
  EXPECT_EQ(problemsOf(reviewHead + "exports:\n"
                                    "  - {write: out/a.svg, using: prisma}\n"
                                    "  - {write: ./out/a.svg, using: prisma, formt: csv}\n"
                                    "  - {write: ../b.svg, using: prisma, of: all record}\n"
                                    "  - {write: /b.svg, using: prisma, of: screened}\n"
                                    "  - {using: importers.ris, write: c.csv}\n"
                                    "  - {write: d.csv}\n"
                                    "  - {write: e.csv, using: overlap, format: pdf}\n"),
            "8:13: error: './out/a.svg' is written twice; first in line 7\n"
            "8:41: error: exporters.prisma has no option 'formt'; did you mean 'format'?\n"
            "9:42: error: 'of' takes the id of a step or one of included, studies, all records, unique records, "
            "excluded, unread, everything, not 'all "
            "record'; did you mean 'all records'?\n"
            "10:40: error: 'of' takes the id of a step or one of included, studies, all records, unique records, "
            "excluded, unread, everything, not "
            "'screened'\n"
            "11:13: error: 'importers.ris' is an importer; here stands the name of an exporter\n"
            "12:5: error: an export needs the key 'using'\n"
            "13:44: error: 'format' takes one of csv, markdown, svg, not 'pdf'\n");
}

TEST_F(ReviewErrors, ManyAtOnceAreSorted) {
  const std::string text = reviewHead + "reviewers: {X: y}\nexport: []\nselection: {steps: [{remove: a, by: XX}]}\n";
  EXPECT_EQ(problemsOf(text),
            "6:1: error: the key 'reviewers' stands twice; first in line 3\n"
            "7:1: error: a review has no key 'export'; did you mean 'exports'?\n"
            "8:37: error: 'XX' is no reviewer of this review; known: KBAA, ON\n");
}

}  // namespace
}  // namespace winnow::config
