#include "Words.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace winnow::duplicates {

namespace {

using Pair = std::pair<std::string_view, std::string_view>;

// Sorted, for binary search.
constexpr std::string_view kStopWords[] = {
    "a",   "about", "after", "ai",     "al",    "among",  "an",      "and",   "are",  "as",  "at",    "au",
    "aus", "aux",   "avec",  "based",  "be",    "bei",    "between", "by",    "con",  "dal", "dalla", "das",
    "de",  "dei",   "del",   "dell",   "della", "delle",  "dem",     "den",   "der",  "des", "di",    "die",
    "do",  "does",  "du",    "during", "e",     "ed",     "ein",     "eine",  "el",   "em",  "en",    "et",
    "for", "from",  "fur",   "han",    "has",   "have",   "het",     "how",   "i",    "im",  "in",    "into",
    "is",  "it",    "its",   "la",     "las",   "le",     "les",     "los",   "mit",  "na",  "nach",  "ne",
    "nel", "nella", "o",     "och",    "of",    "og",     "on",      "or",    "os",   "par", "para",  "pour",
    "que", "sa",    "se",    "ses",    "si",    "son",    "sur",     "than",  "that", "the", "their", "this",
    "to",  "um",    "un",    "una",    "und",   "une",    "upon",    "using", "van",  "via", "von",   "voor",
    "was", "were",  "what",  "which",  "with",  "within", "without", "y",     "za",   "zu",  "zum",   "zur"};
static_assert(std::is_sorted(std::begin(kStopWords), std::end(kStopWords)));

constexpr Pair kNumbers[] = {
    {"eight", "8"},   {"eleven", "11"}, {"five", "5"}, {"four", "4"},  {"ii", "2"},   {"iii", "3"},  {"iv", "4"},
    {"ix", "9"},      {"nine", "9"},    {"one", "1"},  {"seven", "7"}, {"six", "6"},  {"ten", "10"}, {"three", "3"},
    {"twelve", "12"}, {"two", "2"},     {"vi", "6"},   {"vii", "7"},   {"viii", "8"}, {"xi", "11"},  {"xii", "12"}};
static_assert(std::is_sorted(std::begin(kNumbers), std::end(kNumbers)));

bool numbersThings(std::string_view word) {
  for (const std::string_view counted : {"part", "type", "phase", "class", "stage", "grade", "study", "chapter",
                                         "section", "group", "level", "factor", "no", "number", "world", "war"})
    if (word == counted) return true;
  return false;
}

}  // namespace

bool isStopWord(std::string_view folded) {
  return folded.size() <= 7 && std::binary_search(std::begin(kStopWords), std::end(kStopWords), folded);
}

std::string_view plainNumber(std::string_view folded, std::string_view previous) {
  if (folded.empty() || folded.size() > 6 || folded[0] > 'x') return folded;
  if (folded.size() == 1) {
    if (!numbersThings(previous)) return folded;
    return folded == "i" ? "1" : folded == "v" ? "5" : folded == "x" ? "10" : folded;
  }
  const auto* found = std::lower_bound(std::begin(kNumbers), std::end(kNumbers), Pair{folded, {}});
  return found != std::end(kNumbers) && found->first == folded ? found->second : folded;
}

}  // namespace winnow::duplicates
