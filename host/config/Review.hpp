// A review as written in review.yaml: checked, typed, every value with its place. Nothing here reads files or knows
// YAML.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace winnow::config {

/// A place in the configuration file, 1-based; line 0 = none. `length` is the width of the text meant, for the caret.
struct Place {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint32_t length = 1;
};

/// Settings of one stage in the order and form of the ABI: lists repeat the name, map entries are "option.key".
using Settings = std::vector<std::pair<std::string, std::string>>;
/// Where the options of a stage are written, by name; those that are not written are not there.
using OptionPlaces = std::map<std::string, Place>;

/// A stage that works beside the steps: an annotator of the review, the ranker of a screen step.
struct StageUse {
  std::string plugin;  ///< stage id
  std::string version;
  Settings settings;  ///< checked, defaults included; a FILE's value is its name
  OptionPlaces optionAt{};
  Place at;
};

struct Reviewer {
  std::string id;    ///< as signed in decision files: "KBAA", "ON"; text, never a YAML boolean
  std::string role;  ///< "first author"
  Place at;
};

/// A strategy line that was printed wrongly, and what it should say. `text` "open": only the authors know.
struct Repair {
  std::string line;
  std::string text;
  Place at;
};

struct Search {
  std::string strategy;  ///< path relative to the review's folder; empty = none
  std::vector<std::string> fields;
  std::vector<Repair> repairs;
  std::string mesh;  ///< path of a MeSH file relative to the review's folder; empty = none
  Place at;
};

enum class SourceKind { Database, Register, OtherMethod };

/// Where records came from: one database, register or other method, in one wave.
struct Source {
  SourceKind kind = SourceKind::Database;
  std::string name;      ///< "MEDLINE"; other methods: "experts", "citation searching" (+ ": " + field, if stated)
  std::string platform;  ///< "Ovid"; empty = not stated
  std::string wave;
  std::string searched;                   ///< ISO date, possibly YYYY-MM
  std::string query;                      ///< the query as sent, if stated
  std::optional<std::uint64_t> reported;  ///< hits the database showed; none = "open"
  std::optional<std::uint64_t> taken;     ///< how many of them were exported
  std::vector<std::string> parents;       ///< other methods: the included records they start from (key, DOI or title)
  std::string importer;                   ///< stage id, or empty: by content
  std::string encoding;                   ///< charset of the files; empty: as they tell
  std::vector<std::string> failOn;        ///< in addition to Review::failOn
  Settings importerSettings;
  std::vector<std::filesystem::path> files;         ///< existing files, absolute, sorted by name
  std::vector<std::string> fileNames;               ///< the same, relative to the review's folder
  std::vector<std::filesystem::path> filePatterns;  ///< what `files` says, absolute
  Place at, filesAt;
};

struct Wave {
  std::string name;
  std::string searched;
  Place at;
};

enum class CriterionKind { AllOf, AtLeastOneOf, NoneOf };

struct Criterion {
  std::string id;
  std::string text;
  CriterionKind kind = CriterionKind::AllOf;
  Place at;
  std::string conditionId{};  ///< applies only where this criterion holds; empty: always
  bool isUnless = false;      ///< applies only where it does not hold
  Place conditionAt{};
  std::string reason{};  ///< how an exclusion by it is printed; empty: by its text
};

/// What becomes of a record that its readers exclude for different reasons.
enum class DifferingReasons { Reported, ResolvedTogether };

enum class Verb { Remove, Screen, Map, Chart };
enum class Mode { Confirm, Automatic };
enum class OnUndecided { Include, Exclude, Wait };
enum class Reading { Metadata, Abstract, FullText };

/// Who reads how much of a step: `share` is "all" or a decimal share as text ("0.2"), exact.
struct Reader {
  std::string reviewer;
  std::string share = "all";
  Place at;
};

/// What holds for every row of a file of decisions that does not say it itself: a group of references, a list of
/// another program.
struct SheetSays {
  std::string reviewer, decision, reason, category;
};

/// Words that the screening page marks in records, with the wildcards * ? # of search strategies.
struct Highlight {
  std::vector<std::string> include, exclude;
};

struct Step {
  Verb verb = Verb::Remove;
  std::string label;   ///< "not written in English"
  std::string id;      ///< kebab of the label unless given
  std::string plugin;  ///< stage id; empty = people alone (remove), or the default of the verb
  std::string pluginVersion;
  Settings settings;  ///< of the plugin, checked against its declaration, defaults included
  OptionPlaces optionAt;
  std::vector<Reader> readers;  ///< `by`
  Reading read = Reading::Abstract;
  Mode mode = Mode::Confirm;
  OnUndecided onUndecided = OnUndecided::Include;
  std::vector<Criterion> reasons;                                  ///< for exclusions, besides the review's criteria
  bool reasonRequired = false;                                     ///< an exclusion must name its reason, screen only
  DifferingReasons differingReasons = DifferingReasons::Reported;  ///< screen only
  std::string seed;                                                ///< of the sample, screen only
  std::optional<StageUse> order;                 ///< the ranker whose order readers get; none: as listed. Screen only
  std::uint64_t randomFrom = 0;                  ///< from a reader's n-th record on, by chance; 0: never
  std::vector<std::filesystem::path> decisions;  ///< people's files: decisions, values or answers
  std::vector<std::string> decisionNames;        ///< relative to the review's folder
  std::vector<SheetSays> decisionSays;           ///< parallel to `decisions`
  std::vector<std::string> decisionPatterns;     ///< as written
  std::vector<std::string> resolutionPatterns;
  std::vector<std::filesystem::path> resolutions;
  std::vector<std::string> resolutionNames;
  Highlight highlight;
  std::vector<std::string> excludedCategories;  ///< map only
  std::vector<Place> excludedCategoriesAt;
  bool severalCategories = false;  ///< map only: a record may have several
  std::string form;                ///< chart only: name in Review::forms
  bool resolvedTogether = true;    ///< screen only: disagreements wait for a joint decision
  Place at, pluginAt;
};

enum class ItemType { Text, Number, OneOf, AnyOf, YesNo, Decimal, Range, Date, Link, Quotation };

/// An item is asked only where another has one of these answers.
struct ItemCondition {
  std::string item;  ///< id
  std::vector<std::string> values;
};

struct FormItem {
  std::string
      id;  ///< "1".."18" by position, "7.2.1" in the second turn of a repeated group; extras: kebab of the label
  std::string label;
  ItemType type = ItemType::Text;
  std::vector<std::string> values;
  std::string from;  ///< "author" or "year": prefilled from the record; otherwise empty
  std::string unit;  ///< of decimals and ranges, as answers may write it; empty: none
  std::optional<ItemCondition> condition;
  std::uint32_t since = 1;  ///< version of the form in which the item got its present meaning
  bool extra = false;
  Place at;
};

struct Form {
  std::string name;
  std::string version;
  std::vector<std::string> by;
  std::vector<FormItem> items;
  Place at;
};

/// Which records an export holds: "included", "all records", "unique records", "excluded", "unread", the id of a step
/// (those that entered it), or "everything": all records, those that stand for duplicates with the best values of all.
struct Export {
  std::string path;    ///< as written: relative to the review's folder, or absolute
  std::string plugin;  ///< stage id
  Settings settings;
  OptionPlaces optionAt{};
  std::string of = "included";
  Place at, pathAt, pluginAt;
};

enum class SheetFormat { Csv, Xlsx };

/// How sheets for people are written.
struct SheetStyle {
  SheetFormat format = SheetFormat::Csv;
  char separator = ',';             ///< of CSV
  bool hasCriteriaColumns = false;  ///< a column for each criterion, from which a decision follows
};

/// One outcome that is to be pooled. Texts as written; the exporter of the analysis computes with them.
struct Analysis {
  std::string name;  ///< "recovery after six months"
  std::string measure, method, test;
  std::string outcome;  ///< as in the effects files; the name unless given
  std::string time;     ///< as in the effects files; empty = studies must report one
  std::string unit;     ///< every figure is in it, or converted; empty = all studies must use the same
  std::map<std::string, std::string> units;              ///< other unit -> how many of `unit` it is
  std::map<std::string, std::vector<std::string>> only;  ///< charting item id -> answers that a study must have
  std::uint64_t studies = 2;                             ///< fewer are not pooled
  std::string heterogeneity;                             ///< greatest I2 in per cent that is pooled; empty = any
  std::string better;                                    ///< "higher" or "lower"; empty = not stated
  std::string several = "refuse", rho;                   ///< several effects of one study
  std::string subgroup;                                  ///< charting item id; empty = none
  std::vector<std::string> groups;                       ///< how the two groups are called: intervention, control
  Place at;
};

/// The appraisal of pooled studies. `form` names a form of the plugin, or is a file's path (`isFile`).
struct Appraisal {
  std::string form;
  bool isFile = false;
  std::vector<std::string> by;
  std::vector<std::filesystem::path> answers;
  std::vector<std::string> answerNames;
  Place at;
};

/// Whether effects are pooled is a decision of people; without one, nothing is.
struct Synthesis {
  std::string decision;  ///< "pool", "do not pool", or empty: nobody has decided
  std::vector<std::string> by;
  std::string date, reason;
  std::vector<std::filesystem::path> effects;  ///< arms and outcomes as charted
  std::vector<std::string> effectNames;
  std::vector<Analysis> analyses;
  std::optional<Appraisal> appraisal;
  Place at;
};

/// Which plugins run in worker processes besides those that nobody approved, and what workers may take.
struct Isolation {
  std::vector<std::string> stages;  ///< ids; "all": every one
  int seconds = 60;                 ///< without progress
  int megabytes = 2048;
  bool leavesUndecided = false;  ///< a record on which a worker fails stays undecided; otherwise the run stops
};

/// A plugin's stage that the review needs, and the versions of it that it takes.
struct WantedPlugin {
  std::string id, range;
  Place at;
};

struct Review {
  std::filesystem::path file;         ///< review.yaml, absolute
  std::filesystem::path folder;       ///< its folder: every relative path starts here
  std::filesystem::path ledger;       ///< absolute
  std::filesystem::path assignments;  ///< absolute: who reads which drawn records (people/Assignments)
  std::string outFolder;              ///< relative: sheets and reports the host writes by itself ("out")
  Place ledgerAt, outAt;
  std::uint32_t version = 1;
  std::string title, question, framework, reporting, dates, registration;
  std::map<std::string, std::string> definitions;
  std::map<std::string, std::string> statements;  ///< protocol, funding, interests, ...: key and words
  std::vector<Reviewer> reviewers;
  std::map<std::string, std::string> knownAs;         ///< names that reviewers have in other programs -> Reviewer::id
  std::map<std::string, std::string> reasonsKnownAs;  ///< reasons of other programs -> id of a criterion or reason
  Search search;
  std::vector<Wave> waves;      ///< in order of time
  std::vector<Source> sources;  ///< in the order of the file
  std::vector<Criterion> criteria;
  std::vector<StageUse> annotators;  ///< in the order of the file: later ones see the fields of earlier ones
  std::vector<Step> steps;
  SheetStyle sheets;
  std::vector<Form> forms;
  std::optional<Synthesis> synthesis;
  std::string pageKeys;                        ///< of the screening page: "winnow", "asreview"; empty: not said
  std::string fullTexts;                       ///< folder of PDFs, relative; empty: none
  std::string answers;                         ///< folder of answers that stages gave elsewhere; empty: none
  std::vector<std::filesystem::path> studies;  ///< people's files: which reports are of one study
  std::vector<std::string> studyNames;         ///< relative to the review's folder
  std::vector<std::string> studyPatterns;      ///< as written
  std::vector<Export> exports;
  std::vector<std::string> failOn;  ///< diagnostic codes (or "warning") that make an import fail
  Isolation isolation;
  std::vector<WantedPlugin> plugins;            ///< in the order of the file; each is there in a version that it takes
  std::map<std::string, std::string> accepted;  ///< protocol warnings answered: code -> reason
};

}  // namespace winnow::config
