#include "Vocabulary.hpp"

namespace winnow::config {
namespace {

constexpr KeyRule rootKeys[] = {
    {"version", Shape::Version, "version of this language: 1", {}, true},
    {"review", Shape::Part, "what the review is", "review", true},
    {"reviewers", Shape::TextMap, "initials as signed in decision files, each with the role"},
    {"known_as", Shape::TextMap, "names of reviewers in other programs (Rayyan), each with the initials"},
    {"search", Shape::Part, "the search strategy", "search"},
    {"sources", Shape::Part, "where the records come from, one entry a wave", "sources", true},
    {"eligibility", Shape::Part, "the criteria shown at every decision; the id is the reason", "eligibility"},
    {"selection", Shape::Part, "the steps, in the order of work", "selection"},
    {"charting", Shape::Part, "charting forms by name", "charting"},
    {"sheets", Shape::Part, "how the sheets that people fill in are written", "sheets"},
    {"synthesis", Shape::Part, "whether effects are pooled, and which", "synthesis"},
    {"studies", Shape::Names, "files that say which reports are of one study; none need exist yet"},
    {"exports", Shape::Part, "files to write", "exports"},
    {"keys", Shape::Choice, "keys of the screening page: I include, E exclude; or R relevant, I irrelevant",
     "winnow|asreview"},
    {"full_texts", Shape::Path,
     "folder of PDFs that the page shows beside the form, each named by the record's key, PMID or DOI"},
    {"answers", Shape::Path, "folder of answers that machines' steps were given elsewhere (winnow stage)"},
    {"ledger", Shape::Path, "the file that remembers everything; review.ledger unless given"},
    {"assignments", Shape::Path,
     "the file that says who reads which drawn records; review.assignments.csv unless given"},
    {"out", Shape::Path, "folder of sheets and reports; out unless given"},
    {"fail_on", Shape::Names, "diagnostic codes, or warning, that make an import fail"},
    {"reasons_known_as", Shape::TextMap,
     "reasons in other programs (Rayyan, Covidence), each with the id of a criterion or of a step's reason"},
    {"accepted", Shape::TextMap, "warnings that the team has answered: code and reason"},
    {"plugins", Shape::TextMap,
     "plugins that the review needs: id and the versions that it takes, \">=1.2 <2\" or 1.4"},
    {"isolate", Shape::Part, "which plugins run in worker processes of their own, and their limits", "isolate"},
};

constexpr KeyRule sheetKeys[] = {
    {"format", Shape::Choice, "csv, or xlsx: a workbook with lists to choose from; csv unless given", "csv|xlsx"},
    {"separator", Shape::Choice, "what stands between the cells of csv; ',' unless given", ",|;|tab"},
    {"criteria", Shape::Choice,
     "together: one decision with its reason; columns: a column for each criterion as well, from which the decision "
     "follows; together unless given",
     "together|columns"},
};

constexpr KeyRule sheetFileKeys[] = {
    {"files", Shape::Names, "files; * and ? stand for any characters", {}, true},
    {"reviewer", Shape::Text, "who decided, where the file does not say it"},
    {"decision", Shape::Choice, "what was decided on every record of files that have no decisions",
     "include|exclude|maybe|not retrieved"},
    {"reason", Shape::Text, "why, for exclude"},
    {"category", Shape::Text, "the category of every record of files that have none"},
};

constexpr KeyRule isolateKeys[] = {
    {"stages", Shape::Names, "ids of stages, or all; plugins that nobody approved always run isolated"},
    {"seconds", Shape::Text, "how long a worker may be without progress; 60 unless given"},
    {"megabytes", Shape::Text, "memory of a worker; 2048 unless given"},
    {"on failure", Shape::Choice,
     "what becomes of a record on which a worker fails: the run stops there, or the record stays undecided",
     "stop|undecided"},
};

constexpr KeyRule reviewKeys[] = {
    {"title", Shape::Text, "title of the review", {}, true},
    {"question", Shape::Text, "the question it answers"},
    {"framework", Shape::Text, "methodological framework"},
    {"reporting", Shape::Text, "reporting guideline"},
    {"dates", Shape::Period, "period of the search: DATE, DATE to DATE, or open"},
    {"registration", Shape::Text, "where the protocol is registered, or open"},
    {"definitions", Shape::TextMap, "the words of the review and what they mean"},
    {"protocol", Shape::Text, "where the protocol can be read"},
    {"amendments", Shape::Text, "what was changed after the protocol, and why"},
    {"appraisal", Shape::Text, "how the studies were appraised; without it: they were not"},
    {"funding", Shape::Text, "who paid, and what they had to say"},
    {"interests", Shape::Text, "competing interests of the authors"},
    {"availability", Shape::Text, "where data and material can be had"},
};

constexpr KeyRule searchKeys[] = {
    {"strategy", Shape::Path, "file of the strategy as printed"},
    {"fields", Shape::Names, "fields that are searched"},
    {"repairs", Shape::TextMap, "number of a misprinted line and what it should say, or open"},
    {"mesh", Shape::Path, "MeSH file that headings are checked and exploded with: NLM's mtreesYYYY.bin or dYYYY.bin"},
};

constexpr KeyRule waveKeys[] = {
    {"wave", Shape::Text, "name of the wave", {}, true},
    {"searched", Shape::Date, "date of the search", {}, true},
    {"folder", Shape::Path, "folder of the exports; the review's own unless given"},
    {"databases", Shape::Part, "databases by name", "named sources"},
    {"registers", Shape::Part, "study registers by name", "named sources"},
    {"other methods", Shape::Part, "own arm of the flow diagram", "methods"},
};

constexpr KeyRule sourceKeys[] = {
    {"files",
     Shape::Names,
     "exported files, relative to the wave's folder; * and ? stand for any characters",
     {},
     false},
    {"platform", Shape::Text, "host of the database"},
    {"reported", Shape::CountOrOpen, "hits that the database showed, or open"},
    {"taken", Shape::CountOrOpen, "how many of them were exported, or open"},
    {"searched", Shape::Date, "date of the search, if it is not the wave's"},
    {"query", Shape::Text, "the query as sent"},
    {"from", Shape::Text, "importer; by content unless given"},
    {"encoding", Shape::Text, "charset of the files, where they do not tell: gb18030, windows-1251 ..."},
    {"fail_on", Shape::Names, "diagnostic codes, or warning, that stop the run when they occur in these files"},
};

constexpr KeyRule methodKeys[] = {
    {"method", Shape::Text, "citation searching, reference lists, experts, hand search, ...", {}, true},
    {"files", Shape::Names, "files, relative to the wave's folder; * and ? stand for any characters", {}, false},
    {"field", Shape::Text, "field of the experts or journals"},
    {"of", Shape::Names, "records that it started from: key, DOI or title"},
    {"reported", Shape::CountOrOpen, "how many were found, or open"},
    {"taken", Shape::CountOrOpen, "how many of them were exported, or open"},
    {"searched", Shape::Date, "date, if it is not the wave's"},
    {"query", Shape::Text, "the query as sent"},
    {"from", Shape::Text, "importer; by content unless given"},
    {"encoding", Shape::Text, "charset of the files, where they do not tell: gb18030, windows-1251 ..."},
    {"fail_on", Shape::Names, "diagnostic codes, or warning, that stop the run when they occur in these files"},
};

constexpr KeyRule eligibilityKeys[] = {
    {"all of", Shape::Part, "every one must hold: id and text", "criteria"},
    {"at least one of", Shape::Part, "one of them must hold: id and text", "criteria"},
    {"none of", Shape::Part, "none may hold: id and text", "criteria"},
    {"reasons", Shape::TextMap, "how an exclusion is printed: id of a criterion and words; its text unless given"},
};

constexpr KeyRule criterionKeys[] = {
    {"text", Shape::Text, "what it says", {}, true},
    {"if", Shape::Text, "id of another criterion: this one applies only where that one holds"},
    {"unless", Shape::Text, "id of another criterion: this one applies only where that one does not hold"},
};

constexpr KeyRule selectionKeys[] = {
    {"defaults", Shape::Part, "what a step inherits", "defaults"},
    {"annotate", Shape::Part, "annotators: fields read from the records, for steps, sheets and exports", "annotate"},
    {"steps", Shape::Part, "the steps, in the order of work", "steps", true},
};

constexpr KeyRule annotatorKeys[] = {
    {"using", Shape::Text, "annotator", {}, true},
};

constexpr KeyRule orderKeys[] = {
    {"using", Shape::Text, "ranker: what learns from a reader's decisions", {}, true},
    {"random_from", Shape::CountOrOpen,
     "from this record on (a reader's first is 1) the rest comes in the order of hashes, from which recall can be "
     "certified; never unless given"},
};

constexpr KeyRule highlightKeys[] = {
    {"include", Shape::Names, "words that speak for a record"},
    {"exclude", Shape::Names, "words that speak against a record"},
};

constexpr KeyRule formKeys[] = {
    {"version", Shape::Text, "version of the form; 1 unless given"},
    {"by", Shape::Names, "reviewers who fill it in"},
    {"items", Shape::Part, "items by label; their numbers are their positions", "items", true},
    {"extra", Shape::Names, "further items, all of them text"},
};

constexpr KeyRule synthesisKeys[] = {
    {"decision", Shape::Choice, "people's decision; without one nothing is pooled", "pool|do not pool"},
    {"by", Shape::Names, "reviewers who decided"},
    {"date", Shape::Date, "when it was decided"},
    {"reason", Shape::Text, "why; stands in the report"},
    {"effects", Shape::Names, "files of arms and outcomes as charted; none need exist yet"},
    {"analyses", Shape::Part, "what is pooled, by name", "analyses"},
    {"appraisal", Shape::Part, "appraisal of the pooled studies", "appraisal"},
};

constexpr KeyRule analysisKeys[] = {
    {"measure", Shape::Choice, "what is pooled", "RR|OR|RD|MD|SMD|ROM|PLO|PFT|ZCOR|GEN", true},
    {"outcome", Shape::Text, "name of the outcome in the effects files; the analysis's name unless given"},
    {"time", Shape::Text, "time point in the effects files"},
    {"unit", Shape::Text, "unit of the outcome; others are converted or refused"},
    {"units", Shape::TextMap, "other units: how many of `unit` one of them is"},
    {"only", Shape::Part, "charting items and the answers that a pooled study must have", "only"},
    {"studies", Shape::CountOrOpen, "how many studies are needed; 2 unless given"},
    {"heterogeneity", Shape::Text, "greatest I2 in per cent with which effects are still pooled"},
    {"better", Shape::Choice, "which direction is better", "higher|lower"},
    {"method", Shape::Choice, "estimator of the variance between studies; REML unless given",
     "EE|DL|HE|HS|SJ|PM|EB|ML|REML"},
    {"test", Shape::Choice, "normal quantiles or Knapp-Hartung; knha unless given", "z|knha"},
    {"several", Shape::Choice, "several effects of one study: refused, or combined into one", "refuse|combine"},
    {"rho", Shape::Text, "assumed correlation of effects that are combined; 0.5 unless given"},
    {"subgroup", Shape::Text, "charting item by whose answers studies are grouped"},
    {"groups", Shape::Names, "what the two groups are called: [intervention, control]"},
};

constexpr KeyRule appraisalKeys[] = {
    {"form", Shape::Text, "a shipped form, or the path of a form of your own", {}, true},
    {"by", Shape::Names, "reviewers who appraise"},
    {"answers", Shape::Names, "files of answers; none need exist yet"},
};

constexpr KeyRule exportKeys[] = {
    {"write", Shape::Path, "file to write", {}, true},
    {"using", Shape::Text, "exporter", {}, true},
    {"of", Shape::Text,
     "included, studies (one report each), all records, unique records, excluded, unread (left without a person's "
     "word), everything, or the id of a step"},
};

constexpr StepKey stepKeyTable[] = {
    {{"remove", Shape::Text, "removes records: what they are"}, OnRemove, false},
    {{"screen", Shape::Text, "people read and decide: name of the step"}, OnScreen, false},
    {{"map", Shape::Text, "every record gets a category: name of the step"}, OnMap, false},
    {{"chart", Shape::Text, "people fill in a form: name of the form"}, OnChart, false},
    {{"id", Shape::Text, "short name; made from the label unless given"}, OnAll, false},
    {{"using", Shape::Text, "filter"}, OnRemove | OnScreen | OnMap, false},
    {{"by", Shape::Part, "who reads how much", "readers"}, OnAll, true},
    {{"read", Shape::Choice, "how much of a record is read", "metadata|abstract|full text"}, OnAll, true},
    {{"mode", Shape::Choice, "confirm: a filter proposes, people confirm; automatic: it decides", "confirm|automatic"},
     OnRemove | OnScreen | OnMap,
     true},
    {{"on_undecided", Shape::Choice, "what becomes of a record that cannot be decided", "include|exclude|wait"},
     OnRemove | OnScreen | OnMap,
     true},
    {{"decisions", Shape::Part, "decision files; none need exist yet", "sheet files"}, OnAll, false},
    {{"resolutions", Shape::Names, "files of joint decisions; none need exist yet"}, OnAll, false},
    {{"seed", Shape::Text, "seed of the sample"}, OnScreen, true},
    {{"order", Shape::Part,
      "in which order each reader gets the records: listed, hash (the same for all, by the seed), or a ranker's; "
      "listed "
      "unless given",
      "order"},
     OnScreen,
     false},
    {{"highlight", Shape::Part,
      "words that the screening page marks, with * for any letters, ? for one or none, # for one; they decide nothing",
      "highlight"},
     OnAll,
     false},
    {{"disagreements", Shape::Choice, "what becomes of a record on which readers disagree",
      "resolved together|left undecided"},
     OnScreen,
     true},
    {{"reasons", Shape::TextMap,
      "reasons for exclusion besides the criteria: id and text; a filter with an option of this name has the option"},
     OnRemove | OnScreen,
     false},
    {{"reason", Shape::Choice,
      "whether an exclusion must name its reason: required at full text, optional before, unless given",
      "required|optional"},
     OnScreen,
     false},
    {{"differing_reasons", Shape::Choice,
      "readers who exclude for different reasons: reported, and the first reader's reason counts, or resolved together",
      "reported|resolved together"},
     OnScreen,
     true},
    {{"blind", Shape::Choice, "readers never see each other's decisions; cannot be turned off", "yes"}, OnScreen, true},
    {{"exclude", Shape::Names, "categories that leave the review"}, OnMap, false},
    {{"several", Shape::Choice,
      "whether a record may have several categories; it leaves the review if all of them do; no unless given",
      "no|yes"},
     OnMap,
     false},
    {{"form", Shape::Text, "charting form; the step's label unless given"}, OnChart, false},
};

bool isVerb(std::string_view key) { return key == "remove" || key == "screen" || key == "map" || key == "chart"; }

}  // namespace

namespace keys {
const KeyTable root = rootKeys;
const KeyTable review = reviewKeys;
const KeyTable search = searchKeys;
const KeyTable wave = waveKeys;
const KeyTable source = sourceKeys;
const KeyTable method = methodKeys;
const KeyTable eligibility = eligibilityKeys;
const KeyTable selection = selectionKeys;
const KeyTable form = formKeys;
const KeyTable exported = exportKeys;
const KeyTable isolate = isolateKeys;
const KeyTable criterion = criterionKeys;
const KeyTable sheets = sheetKeys;
const KeyTable sheetFiles = sheetFileKeys;
const KeyTable synthesis = synthesisKeys;
const KeyTable analysis = analysisKeys;
const KeyTable appraisal = appraisalKeys;
const KeyTable annotator = annotatorKeys;
const KeyTable order = orderKeys;
const KeyTable highlight = highlightKeys;
}  // namespace keys

const std::span<const StepKey> stepKeys = stepKeyTable;

std::string_view word(Verb verb) {
  switch (verb) {
    case Verb::Screen:
      return "screen";
    case Verb::Map:
      return "map";
    case Verb::Chart:
      return "chart";
    case Verb::Remove:
      break;
  }
  return "remove";
}

unsigned bit(Verb verb) { return 1U << static_cast<unsigned>(verb); }

std::string_view defaultFilter(Verb verb) {
  if (verb == Verb::Screen) return "decisions";
  return verb == Verb::Map ? "category" : std::string_view{};
}

std::vector<KeyRule> keysOf(Verb verb) {
  std::vector<KeyRule> known;
  for (const StepKey& key : stepKeys) {
    if ((key.verbs & bit(verb)) == 0) continue;
    known.push_back(key.rule);
    if (isVerb(key.rule.name)) known.back().required = true;
  }
  return known;
}

std::vector<KeyRule> defaultKeys() {
  std::vector<KeyRule> known;
  for (const StepKey& key : stepKeys)
    if (key.inDefaults) known.push_back(key.rule);
  return known;
}

}  // namespace winnow::config
