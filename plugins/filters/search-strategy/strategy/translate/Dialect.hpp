// How a platform writes a search: everything that platforms/*.yaml can say about it. No platform is known to the code.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "Exactness.hpp"

namespace winnow::search {

/// A piece of the platform's syntax with holes, and what is lost by writing it: "TITLE({x})".
struct Pattern {
  std::string out;
  Loss loss;
};

/// A set of Ovid's fields and where the platform searches the same.
struct FieldRule {
  std::vector<std::string> ovid;  ///< two-letter codes; empty: the field of what has no suffix
  std::vector<std::string> out;   ///< patterns of {x}, joined with OR
  std::string near;               ///< pattern of {x} and {n}, where distances belong to the field ("\"{x}\"[ti:~{n}]")
  bool whole = false;             ///< a value, not words: written once for every value, {x} without quotes
  std::map<std::string, std::string>
      values;  ///< Ovid's value (lower case) -> the platform's; not empty: others are left out
  Loss loss;
};

/// How one of Ovid's wildcards is written.
struct WildcardRule {
  enum class How {
    Out,    ///< as `out`
    Union,  ///< every possible length as an alternative of its own
    Widen   ///< as any number of letters; the rest of the word falls away unless `out` may stand inside
  } how = How::Out;
  std::string out;
  std::uint32_t max = 0;  ///< Union: up to so many letters, else Widen
  Loss loss;
};

struct Wildcards {
  WildcardRule any, one, oneAtEnd, zeroOrOne, atMost;
  std::uint32_t minimumStem = 1;  ///< letters before `any`
  Loss shortStem;
  bool inside = false;  ///< `any` may stand inside a word
};

struct Phrase {
  enum class Wild { None, End, Any } wild = Wild::None;  ///< where wildcards work between quotes
  std::string out;                                       ///< "\"{x}\""
  std::string outApostrophe;                             ///< where {x} has an apostrophe; empty: as out
  Loss loss;
};

struct Adjacency {
  std::optional<Pattern> ordered;  ///< {a} {b}; none: only phrases keep the order
  std::optional<Pattern> near;     ///< {a} {b} {n}; none: FieldRule::near, or AND
  std::int32_t shift = 0;          ///< added to Ovid's N
  bool nests = false;              ///< `ordered` may stand inside `near`
  std::uint32_t most = 64;         ///< phrases that or-groups may multiply to
};

/// Index: explode + 2 * focus.
using HeadingPatterns = std::array<std::optional<Pattern>, 4>;

struct Headings {
  HeadingPatterns plain;       ///< {h}
  HeadingPatterns subheading;  ///< {h}, {code}, {CODE}, {name}
  std::uint32_t most = 0;      ///< not 0: headings below are written out from a loaded tree, so many at most
  Loss tree, capped;
};

/// Empty patterns: there is no such limit.
struct Limits {
  std::optional<Pattern> language, humans, animals;      ///< {v}
  std::optional<Pattern> yearBetween, yearFrom, yearTo;  ///< {from} {to} {before} {after}: from - 1, to + 1
};

struct Dialect {
  std::string platform, title;
  std::vector<std::string> names;  ///< other names of the platform, as reviews write them
  std::string andText, orText, notText;
  std::vector<std::string> reserved;  ///< lower case; "n#": n and digits. Such words are quoted
  Loss word;                          ///< of a word without wildcard
  bool quotesWords = false;
  bool fieldsOnLeaves = false;  ///< a field stands at every word, not at groups
  Phrase phrase;
  Adjacency adjacency;
  std::vector<FieldRule> fields;
  std::map<std::string, std::vector<std::string>> aliases;  ///< "tw" -> ti, ab
  FieldRule noField;
  Wildcards wildcards;
  Headings headings;
  Limits limits;
  std::string reference;  ///< "#{n}"
};

/// The pattern with its holes filled; holes that are not named stay.
std::string fill(std::string_view pattern, std::initializer_list<std::pair<std::string_view, std::string_view>> holes);

}  // namespace winnow::search
