#include "WordLikeness.hpp"

#include <algorithm>
#include <string>

#include "EditDistance.hpp"
#include "MeaningWords.hpp"

namespace winnow::duplicates {

namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }

bool startsWith(std::string_view word, std::string_view start) { return word.substr(0, start.size()) == start; }

/// The prefix of a word that another prefix would turn into something else; empty if it has none.
std::string_view contrastingPrefix(std::string_view word) {
  for (const std::string_view prefix :
       {"hyper", "hypo", "inter", "intra", "extra", "macro", "micro", "homo",  "hetero", "endo",  "exo",
        "post",  "peri", "pre",   "anti",  "pro",   "mono",  "poly",  "multi", "uni",    "supra", "super",
        "infra", "sub",  "ante",  "para",  "over",  "under", "trans", "cis",   "bi",     "tri",   "di"})
    if (word.size() > prefix.size() + 3 && startsWith(word, prefix)) return prefix;
  return {};
}

/// "hypertension" and "hypotension", "antenatal" and "postnatal": the same word behind another prefix.
bool areContrary(std::string_view a, std::string_view b) {
  const std::string_view prefixA = contrastingPrefix(a), prefixB = contrastingPrefix(b);
  if (prefixA.empty() || prefixB.empty() || prefixA == prefixB) return false;
  return a.substr(prefixA.size()) == b.substr(prefixB.size());
}

/// The first letter tells words apart ("omeprazole", "esomeprazole"), but for the British "oe" and "ae", and for "e"
/// and "i", which are often mistaken ("impirical").
bool beginAlike(std::string_view a, std::string_view b) {
  if (a[0] == b[0]) return true;
  const auto isBritish = [](std::string_view one, std::string_view other) {
    return (startsWith(one, "oe") || startsWith(one, "ae")) && other[0] == 'e';
  };
  const bool isMistaken = (a[0] == 'e' && b[0] == 'i') || (a[0] == 'i' && b[0] == 'e');
  return isBritish(a, b) || isBritish(b, a) || (isMistaken && a.substr(1) == b.substr(1));
}

/// Letters in another order: "reveiw".
bool isAnagram(std::string_view a, std::string_view b) {
  constexpr std::size_t kShortest = 5;
  if (a.size() != b.size() || a.size() < kShortest) return false;
  std::string sortedA(a), sortedB(b);
  std::sort(sortedA.begin(), sortedA.end());
  std::sort(sortedB.begin(), sortedB.end());
  return sortedA == sortedB;
}

bool isEnding(std::string_view rest) {
  for (const std::string_view ending :
       {"",      "s",    "es",   "e",   "ed",   "er",    "ers",    "or",      "ing",  "ings", "ment",
        "ments", "al",   "ally", "ic",  "ical", "ation", "ations", "ational", "ion",  "ions", "ional",
        "on",    "ve",   "ive",  "ity", "y",    "ies",   "ance",   "ence",    "atic", "ly",   "able",
        "ity",   "ness", "ist",  "ism", "ous",  "us",    "um",     "a",       "i",    "ii"})
    if (rest == ending) return true;
  return false;
}

/// One stem with two endings: "organized" and "organizational".
bool sharesStem(std::string_view a, std::string_view b) {
  constexpr std::size_t kShortest = 5;
  std::size_t common = 0;
  while (common < std::min(a.size(), b.size()) && a[common] == b[common]) ++common;
  return common >= kShortest && isEnding(a.substr(common)) && isEnding(b.substr(common));
}

}  // namespace

bool nearlySameWord(std::string_view a, std::string_view b) {
  constexpr double kNear = 0.74;  // two letters of eight
  if (meaningOf(a) != 0 || meaningOf(b) != 0 || isDigit(a[0]) || isDigit(b[0])) return false;
  if (!beginAlike(a, b) || areContrary(a, b)) return false;
  return editSimilarity(a, b, kNear) >= kNear || isAnagram(a, b) || sharesStem(a, b);
}

bool isPrefixed(std::string_view longer, std::string_view shorter) {
  constexpr std::size_t kShortestStem = 5;
  if (shorter.size() < kShortestStem || longer.size() <= shorter.size()) return false;
  const std::size_t size = longer.size() - shorter.size();
  if (longer.substr(size) != shorter) return false;
  const std::string_view prefix = longer.substr(0, size);
  for (const std::string_view known :
       {"a",     "an",    "in",    "im",   "ir",   "un",    "non",    "dis",   "de",    "anti",
        "es",    "re",    "ex",    "sub",  "pre",  "post",  "hyper",  "hypo",  "intra", "extra",
        "inter", "micro", "macro", "poly", "mono", "multi", "pseudo", "methyl"})
    if (prefix == known) return true;
  return false;
}

}  // namespace winnow::duplicates
