// A dialect table: what a database or program calls its fields, as data (docs/dialect-tables.md).
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::tagged {

class Pattern;

/// How a line shows its tag.
enum class Shape {
  Hyphen,   ///< "TY  - value", "PMID- value", "VN - value"; anything else goes on with the value before
  Blank,    ///< "TI value": two capitals or digits (up to six with `Refworks`), a blank; blanks in front: goes on
  Percent,  ///< "%A value"
  Colon,    ///< "TI: value", "Document Type: value"; with words for tags only those that the table knows
  Brace,    ///< "{Title}: value"
  Label     ///< the label alone on a line, its values below it, indented
};

/// What a value becomes.
enum class Target {
  None,
  Type,
  PublicationType,
  Title,
  TitleShort,
  TitleOriginal,
  TitleTranslated,
  Subtitle,
  Author,
  Editor,
  Translator,
  CollectionEditor,
  Date,
  Month,
  Day,
  Container,
  ContainerAbbreviation,
  Collection,
  Volume,
  Issue,
  PageFirst,
  PageLast,
  PageCount,
  Page,
  ArticleNumber,
  Doi,
  Pmid,
  Pmcid,
  Serial,
  Accession,
  LocalId,
  Abstract,
  AbstractCopyright,
  Language,
  Keyword,
  Url,
  Note,
  Publisher,
  Place,
  Edition,
  Database,
  Provider
};

enum class Take {
  All,      ///< every value of every tag, in the order of the file
  First,    ///< one value: the first of the first tag that has one
  Rest,     ///< all values of a tag but the first
  FirstTag  ///< all values of the first tag that has any
};

enum class Names {
  Comma,
  InitialsLast,
  GivenFirst,
  InitialsFirst,  ///< "S, Choudhary": family and given names have changed places where the first are initials
  FamilyFirst,    ///< "van der Berg Anna Maria": the family name, then given names, without a comma
  Body            ///< a body (a sponsor, an institution): one name, never parted
};

/// How a value is written.
enum class Decode {
  Plain,
  Url,           ///< as part of an address: "%26", "+"
  Html,          ///< with the tags and entities of a web page
  InvertedIndex  ///< as OpenAlex writes abstracts: a JSON object of each word's places
};

/// A piece of what `join` puts together: a text, or the path of a member.
struct Piece {
  bool isPath = false;
  std::string text;
};

/// One line of `map`.
struct Rule {
  std::vector<std::string> tags;
  Target to = Target::None;
  Take take = Take::All;
  Names names = Names::Comma;
  std::string split;                ///< separators; empty: the value is one
  bool runTogether = false;         ///< names without a sign between them: "Anna BergBo Lund"
  std::string set;                  ///< write this instead of the value
  std::vector<std::string> labels;  ///< the text behind "Label: ", up to the next of the table's labels
  bool onlyIfMissing = false;       ///< only where nothing gave the field before
  std::vector<std::shared_ptr<const Pattern>>
      extract;                                   ///< the first that fits gives the value: its group, or groups by name
  bool extractAll = false;                       ///< every place where the first pattern fits is a value
  Decode decode = Decode::Plain;                 ///< of what was extracted
  std::shared_ptr<const Pattern> match, unless;  ///< only values that hold it; that do not
  std::vector<std::shared_ptr<const Pattern>> strip;  ///< what is cut out of each part, one pattern after the other
  std::vector<std::string> whenTypes;                 ///< only for records of these CSL types
  std::string name;                                   ///< of the rule, as `winnow explain` shows it
  std::uint32_t line = 0, column = 0;
  /// Over JSON and XML a rule names paths, and may put a value together out of what lies below one.
  bool isOfPaths = false;
  std::vector<std::vector<Piece>> join;  ///< the first pattern of which every part says something
  bool isPerson = false;
  std::vector<std::string> parts;      ///< paths below the rule's: of `join` in order, or of the parts of a person
  std::vector<std::string> partNames;  ///< of a person, by place in `parts`: "family", "given", ...
  bool isComposed() const noexcept { return isPerson || !join.empty(); }
  /// True if a value is one, and stays as it is written.
  bool takesAsItIs() const noexcept {
    return extract.empty() && decode == Decode::Plain && strip.empty() && split.empty() && !runTogether;
  }
};

/// Something in a record, or in the lines before it, that shows who wrote it.
struct Sign {
  enum class Is {
    Line,    ///< a line before the record begins with `text`
    Begins,  ///< a value of the tag begins with `text`
    Contains,
    Equals,
    There,   ///< the record has all of `tags`, whatever they say
    Behind,  ///< the tag stands directly behind the tag `text`
    Only,    ///< the record has no other tags than these
    Before   ///< the text before the first record holds `text`
  };
  Is is = Is::Line;
  std::vector<std::string> tags;
  std::string text;
};

/// What a table's own test expects of a file beside it.
struct Expectation {
  std::string input;
  std::uint64_t records = 0;
  std::vector<std::pair<std::string, std::string>> first;  ///< fields of the first record by tag
  std::uint32_t line = 0;
};

struct Table {
  std::string id, extends, version = "1.0.0", name, help, source, license, vendor;
  bool hasShape = false;
  Shape shape = Shape::Hyphen;
  std::size_t longestTag = 4;             ///< Blank: characters
  std::vector<std::string> begins, ends;  ///< tags that begin and end a record
  bool numbered = false;                  ///< "<12. >" on a line begins one
  std::vector<std::string> separators;    ///< a line that begins so stands between records
  bool blankEnds = false;                 ///< a blank line ends one
  bool knownOnly = false;                 ///< a line whose tag stands nowhere in the table is text
  std::vector<std::string> otherTags;     ///< tags that are known and stay raw
  std::vector<std::string> outsideTags;   ///< tags of lines that are in no record: of the file's head and end
  std::vector<std::string> changing;      ///< tags, headings or paths of what another export says differently
  bool isComplete = false;                ///< built in over JSON or XML: what has no rule stays raw on purpose
  std::vector<std::string> lists;         ///< tags of which each further line is one more value
  std::vector<std::string> raw;           ///< tags that mean nothing to the importer that is extended
  std::vector<std::string> labels;        ///< words before a colon at which the text of another label ends
  /// Over JSON and XML: where the records are, and what else is there.
  std::vector<std::string> records;  ///< JSON: paths of lists, "" the file itself; XML: names of elements
  std::string under;                 ///< JSON: a member whose own members are the record's
  std::vector<std::string> beside;   ///< JSON: lists that hold no records
  std::vector<Sign> skip;            ///< what shows that an item is no record
  std::uint32_t confidence = 90;
  std::vector<Sign> any, all;
  std::vector<std::pair<std::string, std::string>> types;  ///< the export's word -> CSL type
  std::string defaultType = "document";
  std::vector<std::string> drop;  ///< values that say nothing
  std::vector<Rule> rules;
  std::vector<Expectation> tests;
};

/// What is wrong with a table, with its place in the text.
struct TableProblem {
  std::uint32_t line = 1, column = 1;
  std::string message;
};

/// Reads a table from YAML, or from the bytes that a built-in one was made into (Node.hpp). Strict: an unknown key, tag
/// list, target or pattern is a problem; several are reported at once. `problems` empty: the table is good. Patterns
/// are RE2, so that no table can make a run hang.
Table readTable(std::string_view text, std::vector<TableProblem>& problems);

/// `own` over `parent`: rules of `own` come first and replace the parent's for the same target; what it does not say is
/// the parent's.
Table extended(const Table& parent, const Table& own);

/// True if the tag stands anywhere in the table.
bool isKnown(const Table& table, std::string_view tag);

/// True for a tag, heading or path whose values another export of the same record says differently: one that the table
/// names under `volatile`, or whose name says so.
bool isVolatile(const Table& table, std::string_view tag);

/// The name of a target as tables write it ("container.title"), and its value; None for an unknown one.
Target targetOf(std::string_view name);
std::string_view targetName(Target target);

/// True if the tag is one of those.
inline bool isOneOf(const std::vector<std::string>& tags, std::string_view tag) {
  return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

}  // namespace winnow::tagged
