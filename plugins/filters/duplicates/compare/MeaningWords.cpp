#include "MeaningWords.hpp"

#include <algorithm>
#include <iterator>

namespace winnow::duplicates {

namespace {

struct Entry {
  std::string_view word;
  std::uint8_t idea;
};

// Sorted by word. Equal numbers: one idea in several words.
constexpr Entry kIdeas[] = {{"absence", 60},    {"acute", 1},         {"addendum", 2},
                            {"adolescent", 3},  {"adolescents", 3},   {"adult", 4},
                            {"adults", 4},      {"after", 5},         {"answer", 6},
                            {"answers", 6},     {"before", 7},        {"boys", 8},
                            {"canine", 9},      {"cat", 10},          {"cats", 10},
                            {"child", 11},      {"children", 11},     {"chronic", 12},
                            {"comment", 13},    {"commentary", 13},   {"corrigendum", 2},
                            {"decrease", 14},   {"decreased", 14},    {"decreases", 14},
                            {"discussion", 59}, {"dog", 9},           {"dogs", 9},
                            {"elderly", 15},    {"erratum", 2},       {"feline", 10},
                            {"female", 16},     {"females", 16},      {"girls", 17},
                            {"high", 18},       {"higher", 18},       {"increase", 19},
                            {"increased", 19},  {"increases", 19},    {"infant", 20},
                            {"infants", 20},    {"left", 21},         {"low", 22},
                            {"lower", 22},      {"male", 23},         {"males", 23},
                            {"men", 23},        {"mice", 24},         {"monkey", 25},
                            {"monkeys", 25},    {"mouse", 24},        {"murine", 24},
                            {"negative", 26},   {"neonatal", 27},     {"neonates", 27},
                            {"newborn", 27},    {"newborns", 27},     {"nonresponders", 28},
                            {"older", 15},      {"paediatric", 11},   {"pediatric", 11},
                            {"pig", 29},        {"pigs", 29},         {"porcine", 29},
                            {"positive", 30},   {"post", 31},         {"postoperative", 31},
                            {"pre", 32},        {"preoperative", 32}, {"presence", 61},
                            {"protocol", 33},   {"rabbit", 34},       {"rabbits", 34},
                            {"rat", 35},        {"rats", 35},         {"rebuttal", 6},
                            {"rejoinder", 6},   {"reply", 6},         {"response", 36},
                            {"retraction", 37}, {"right", 38},        {"silico", 39},
                            {"update", 40},     {"updated", 40},      {"vitro", 41},
                            {"vivo", 42},       {"with", 43},         {"without", 44},
                            {"woman", 16},      {"women", 16},        {"young", 45},
                            {"younger", 45},    {"zebrafish", 46}};
static_assert(std::is_sorted(std::begin(kIdeas), std::end(kIdeas),
                             [](const Entry& a, const Entry& b) { return a.word < b.word; }));

}  // namespace

std::uint8_t meaningOf(std::string_view word) {
  const auto* found = std::lower_bound(std::begin(kIdeas), std::end(kIdeas), word,
                                       [](const Entry& e, std::string_view w) { return e.word < w; });
  return found != std::end(kIdeas) && found->word == word ? found->idea : 0;
}

}  // namespace winnow::duplicates
