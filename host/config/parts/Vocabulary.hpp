// Every key of review.yaml, once: the loader reads by these tables and the JSON Schema is made from them.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "../Review.hpp"

namespace winnow::config {

/// What stands below a key.
enum class Shape {
  Text,
  Path,         ///< relative to the review's folder
  Date,         ///< YYYY, YYYY-MM or YYYY-MM-DD
  Period,       ///< "open", a date, or "DATE to DATE"
  Version,      ///< 1
  CountOrOpen,  ///< a whole number, or "open"
  Choice,       ///< one of `detail`, "a|b"; in the order of the enumerators where an enumeration holds it
  Names,        ///< a list of texts; one text is a list of one
  TextMap,      ///< any key, each with a text
  Part          ///< something with an own reader and an own definition in the schema, named by `detail`
};

struct KeyRule {
  std::string_view name;
  Shape shape;
  std::string_view help;
  std::string_view detail = {};
  bool required = false;
};

using KeyTable = std::span<const KeyRule>;

namespace keys {
extern const KeyTable root, review, search, wave, source, method, eligibility, selection, form, exported, isolate,
    criterion, sheets, sheetFiles, synthesis, analysis, appraisal, annotator, order, highlight;
}

/// What an export may hold besides the records that entered a step.
inline constexpr std::string_view exportedRecords =
    "included|studies|all records|unique records|excluded|unread|everything";

/// Which verbs know a step's key, as bits.
enum : unsigned { OnRemove = 1, OnScreen = 2, OnMap = 4, OnChart = 8, OnAll = 15 };

struct StepKey {
  KeyRule rule;
  unsigned verbs;
  bool inDefaults;  ///< may stand in selection.defaults
};
extern const std::span<const StepKey> stepKeys;

/// "remove", "screen", "map", "chart".
std::string_view word(Verb verb);
/// The bit of a verb.
unsigned bit(Verb verb);
/// The filter of a step that names none, as a short name; empty: people alone.
std::string_view defaultFilter(Verb verb);
/// The keys of the host in a step of this verb, its own verb first.
std::vector<KeyRule> keysOf(Verb verb);
/// The keys of selection.defaults.
std::vector<KeyRule> defaultKeys();

/// The ways to say an item of a charting form in one word; "one of" and "any of" are maps.
inline constexpr std::string_view itemWords =
    "text|number|decimal|range|date|link|quotation|yes/no|from author|from year";

}  // namespace winnow::config
