#include "MeaningWords.hpp"

#include <algorithm>
#include <iterator>

namespace winnow::duplicates {

namespace {

struct Entry {
  std::string_view word;
  std::uint8_t idea;
};

// Sorted by word. Equal numbers: one idea in several words. Besides what titles contrast by their nature (people, sides,
// stages of a project, negations): names that are no misprints of each other, of countries (short names of ISO 3166-1) and
// of medicines (generic names of the Institute for Safe Medication Practices' List of Confused Drug Names, as of February
// 2023, where two of them are near enough to be taken for a misprint; rifampicin and ciclosporin are the international names
// of rifampin and cyclosporine).
constexpr Entry kIdeas[] = {
    {"absence", 60}, {"acute", 1}, {"addendum", 2}, {"adolescent", 3}, {"adolescents", 3}, {"adult", 4},
    {"adults", 4}, {"after", 5}, {"amlodipine", 123}, {"answer", 6}, {"answers", 6}, {"australia", 77},
    {"australian", 77}, {"austria", 76}, {"austrian", 76}, {"azathioprine", 119}, {"before", 7}, {"boys", 8},
    {"canine", 9}, {"cat", 10}, {"cats", 10}, {"cefotetan", 105}, {"cefoxitin", 106}, {"ceftriaxone", 104},
    {"child", 11}, {"children", 11}, {"chlorpromazine", 97}, {"chlorpropamide", 98}, {"chronic", 12},
    {"ciclosporin", 140}, {"clomiphene", 113}, {"clomipramine", 114}, {"comment", 13}, {"commentary", 13},
    {"corrigendum", 2}, {"cycloserine", 139}, {"cyclosporin", 140}, {"cyclosporine", 140}, {"decrease", 14},
    {"decreased", 14}, {"decreases", 14}, {"discussion", 59}, {"dog", 9}, {"dogs", 9}, {"dominica", 93},
    {"duloxetine", 111}, {"earlier", 72}, {"early", 72}, {"east", 70}, {"eastern", 70}, {"elderly", 15},
    {"erratum", 2}, {"father", 75}, {"fathers", 75}, {"feline", 10}, {"female", 16}, {"females", 16},
    {"fluoxetine", 109}, {"fluvoxamine", 110}, {"gambia", 84}, {"gambian", 84}, {"georgia", 92}, {"girls", 17},
    {"glipizide", 128}, {"glyburide", 129}, {"guinea", 90}, {"guyana", 91}, {"high", 18}, {"higher", 18},
    {"hydralazine", 107}, {"hydroxyzine", 108}, {"increase", 19}, {"increased", 19}, {"increases", 19},
    {"infant", 20}, {"infants", 20}, {"infliximab", 137}, {"interim", 65}, {"iran", 80}, {"iranian", 80},
    {"iraq", 81}, {"iraqi", 81}, {"lack", 62}, {"lacking", 62}, {"lacks", 62}, {"lamivudine", 118},
    {"lamotrigine", 117}, {"late", 73}, {"later", 73}, {"left", 21}, {"low", 22}, {"lower", 22},
    {"malawi", 87}, {"male", 23}, {"males", 23}, {"mali", 86}, {"maternal", 74}, {"mauritania", 89},
    {"mauritius", 88}, {"men", 23}, {"methylprednisolone", 96}, {"mice", 24}, {"migalastat", 147},
    {"miglustat", 148}, {"monkey", 25}, {"monkeys", 25}, {"mother", 74}, {"mothers", 74}, {"mouse", 24},
    {"murine", 24}, {"negative", 26}, {"neither", 62}, {"neonatal", 27}, {"neonates", 27}, {"never", 62},
    {"newborn", 27}, {"newborns", 27}, {"nicardipine", 126}, {"nifedipine", 125}, {"niger", 78},
    {"nigeria", 79}, {"nigerian", 79}, {"nimodipine", 124}, {"no", 62}, {"nonresponders", 28}, {"nor", 62},
    {"north", 68}, {"northern", 68}, {"not", 62}, {"older", 15}, {"paediatric", 11}, {"paroxetine", 112},
    {"paternal", 75}, {"pediatric", 11}, {"pentobarbital", 145}, {"phenobarbital", 146}, {"pig", 29},
    {"pigs", 29}, {"pilot", 63}, {"porcine", 29}, {"positive", 30}, {"post", 31}, {"postoperative", 31},
    {"pre", 32}, {"prednisolone", 95}, {"prednisone", 94}, {"preliminary", 64}, {"preoperative", 32},
    {"presence", 61}, {"protocol", 33}, {"quinidine", 141}, {"quinine", 142}, {"rabbit", 34}, {"rabbits", 34},
    {"rat", 35}, {"rationale", 66}, {"rats", 35}, {"rebuttal", 6}, {"rejoinder", 6}, {"reply", 6},
    {"response", 36}, {"retraction", 37}, {"rifabutin", 135}, {"rifampicin", 134}, {"rifampin", 134},
    {"rifaximin", 136}, {"right", 38}, {"rituximab", 138}, {"saxagliptin", 143}, {"silico", 39},
    {"sitagliptin", 144}, {"slovak", 82}, {"slovakia", 82}, {"slovenia", 83}, {"slovenian", 83}, {"south", 69},
    {"southern", 69}, {"subgroup", 67}, {"sulfadiazine", 101}, {"sulfasalazine", 102}, {"tramadol", 115},
    {"trazodone", 116}, {"update", 40}, {"updated", 40}, {"valacyclovir", 130}, {"valganciclovir", 131},
    {"vinblastine", 99}, {"vincristine", 100}, {"vitro", 41}, {"vivo", 42}, {"west", 71}, {"western", 71},
    {"with", 43}, {"without", 44}, {"woman", 16}, {"women", 16}, {"young", 45}, {"younger", 45},
    {"zambia", 85}, {"zambian", 85}, {"zebrafish", 46}};
static_assert(std::is_sorted(std::begin(kIdeas), std::end(kIdeas),
                             [](const Entry& a, const Entry& b) { return a.word < b.word; }));

}  // namespace

std::uint8_t meaningOf(std::string_view word) {
  const auto* found = std::lower_bound(std::begin(kIdeas), std::end(kIdeas), word,
                                       [](const Entry& e, std::string_view w) { return e.word < w; });
  return found != std::end(kIdeas) && found->word == word ? found->idea : 0;
}

}  // namespace winnow::duplicates
