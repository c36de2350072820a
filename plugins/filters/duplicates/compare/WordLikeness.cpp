#include "WordLikeness.hpp"

#include <algorithm>
#include <iterator>
#include <string>

#include "EditDistance.hpp"
#include "MeaningWords.hpp"
#include "words/KnownWords.hpp"

#include <winnow/formats/ascii.hpp>

namespace winnow::duplicates {

namespace {

using formats::isDigit;

std::size_t commonBeginning(std::string_view a, std::string_view b) {
  std::size_t common = 0;
  while (common < std::min(a.size(), b.size()) && a[common] == b[common]) ++common;
  return common;
}

/// The prefix of a word that another prefix would turn into something else; empty if it has none.
std::string_view contrastingPrefix(std::string_view word) {
  for (const std::string_view prefix :
       {"hyper", "hypo", "inter", "intra", "extra", "macro", "micro", "homo",  "hetero", "endo",  "exo",
        "post",  "peri", "pre",   "anti",  "pro",   "mono",  "poly",  "multi", "uni",    "supra", "super",
        "infra", "sub",  "ante",  "para",  "over",  "under", "trans", "cis",   "bi",     "tri",   "di"})
    if (word.size() > prefix.size() + 3 && word.starts_with(prefix)) return prefix;
  return {};
}

/// "hypertension" and "hypotension", "antenatal" and "postnatal": the same word behind another prefix.
bool areContrary(std::string_view a, std::string_view b) {
  const std::string_view prefixA = contrastingPrefix(a), prefixB = contrastingPrefix(b);
  if (prefixA.empty() || prefixB.empty() || prefixA == prefixB) return false;
  return a.substr(prefixA.size()) == b.substr(prefixB.size());
}

/// The first letter tells words apart ("omeprazole", "esomeprazole"), but for the British "oe" and "ae".
bool beginAlike(std::string_view a, std::string_view b) {
  if (a[0] == b[0]) return true;
  const auto isBritish = [](std::string_view one, std::string_view other) {
    return (one.starts_with("oe") || one.starts_with("ae")) && other[0] == 'e';
  };
  return isBritish(a, b) || isBritish(b, a);
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

/// One word and its inflections: the endings that number, tense and Latin plurals exchange.
bool isInflected(std::string_view a, std::string_view b) {
  struct Exchange {
    std::string_view one, other;
  };
  constexpr Exchange kExchanges[] = {
      {"", "s"},     {"", "es"},  {"", "ed"},    {"", "ing"},  {"e", "ed"},    {"e", "es"},    {"e", "ing"},
      {"es", "ing"}, {"s", "ed"}, {"ed", "ing"}, {"s", "ing"}, {"y", "ies"},   {"y", "ied"},   {"is", "es"},
      {"a", "ae"},   {"us", "i"}, {"um", "a"},   {"on", "a"},  {"ix", "ices"}, {"ex", "ices"}, {"d", "s"}};
  constexpr std::size_t kShortestStem = 3;
  const std::size_t common = commonBeginning(a, b);
  // The exchanged endings may share their first letters: "es" and "ed".
  for (std::size_t stem = common + 1; stem-- > kShortestStem && stem + 3 > common;)
    for (const auto& [one, other] : kExchanges) {
      const std::string_view restA = a.substr(stem), restB = b.substr(stem);
      if ((restA == one && restB == other) || (restA == other && restB == one)) return true;
    }
  return false;
}

/// A consonant doubled where British spelling or a hasty hand doubles it: "ll", "mm", and before an inflection
/// ("planning").
bool isDoubled(std::string_view rest) {
  if (rest.size() < 2 || rest[0] != rest[1]) return false;
  const std::string_view after = rest.substr(2);
  return rest[0] == 'l' || rest[0] == 'm' || after == "ing" || after == "ed" || after == "er" || after == "ers";
}

/// British letters as American ones: "ae" and "oe" are "e", "sulph" is "sulf", "our" is "or", "ise" is "ize", "tre" and
/// "bre" are "ter" and "ber", "judgement" is "judgment", doubled consonants are single.
std::string american(std::string_view word) {
  std::string out;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const std::string_view rest = word.substr(i);
    const bool isInside = i > 0;
    if (rest.starts_with("ae") || rest.starts_with("oe")) continue;
    if (rest.starts_with("sulph")) {
      out += "sulf";
      i += 4;
      continue;
    }
    if (isInside && rest.starts_with("our")) {
      out += "or";
      i += 2;
    } else if (isInside && (rest.starts_with("is") || rest.starts_with("ys"))) {
      out += rest[0];
      out += 'z';
      ++i;
    } else if (isInside && (rest == "tre" || rest == "tres" || rest == "bre" || rest == "bres")) {
      out += rest[0];
      out += rest.size() == 3 ? "er" : "ers";
      break;
    } else if (isInside && isDoubled(rest)) {
      out += rest[0];
      ++i;
    } else if (rest == "geing") {
      out += "ging";
      break;
    } else if (rest.starts_with("dgement")) {
      out += "dgment";
      i += 6;
    } else {
      out += rest[0];
    }
  }
  return out;
}

/// Forms of one long word that mean the same in a title: "adaption" and "adaptation", "organization" and
/// "organizational", "development" and "developing".
bool isDerived(std::string_view a, std::string_view b) {
  struct Exchange {
    std::string_view one, other;
  };
  constexpr Exchange kExchanges[] = {{"ion", "ation"}, {"", "al"}, {"ic", "ical"}, {"ment", "ing"}, {"", "ly"}};
  constexpr std::size_t kShortestStem = 5;
  return std::any_of(std::begin(kExchanges), std::end(kExchanges), [&](const Exchange& x) {
    const auto fits = [&](std::string_view word, std::string_view other) {
      if (word.size() < x.one.size() + kShortestStem || other.size() < x.other.size()) return false;
      const std::string_view stem = word.substr(0, word.size() - x.one.size());
      return word.substr(stem.size()) == x.one && other.starts_with(stem) && other.substr(stem.size()) == x.other;
    };
    return fits(a, b) || fits(b, a);
  });
}

/// One stem with two endings: "organized" and "organizational".
bool sharesStem(std::string_view a, std::string_view b) {
  constexpr std::size_t kShortest = 5, kLongestEnding = 6;
  const std::size_t common = commonBeginning(a, b);
  return common >= kShortest && a.size() - common <= kLongestEnding && b.size() - common <= kLongestEnding;
}

/// One letter too many, too few, wrong or exchanged with its neighbour.
bool isOneSlip(std::string_view a, std::string_view b) {
  constexpr std::size_t kShortest = 5;
  if (std::min(a.size(), b.size()) < kShortest) return false;
  return editDistance(a, b) <= 1 || (a.size() == b.size() && editDistance(a, b) == 2 && isAnagram(a, b));
}

bool isNear(std::string_view a, std::string_view b) {
  constexpr double kNear = 0.74;  // two letters of eight
  return editSimilarity(a, b, kNear) >= kNear || isAnagram(a, b) || sharesStem(a, b);
}

/// "Sulphate" and "sulphite": the endings of chemical names tell substances apart, and no dictionary has them all.
bool areOtherSubstances(std::string_view a, std::string_view b) {
  constexpr std::size_t kEnding = 3;
  const auto ending = [&](std::string_view word) {
    const std::string_view last = word.substr(word.size() - std::min(word.size(), kEnding));
    for (const std::string_view known : {"ate", "ite", "ide", "ine", "ane", "ene", "one", "yne", "ole", "ose", "ase"})
      if (last == known) return last;
    return std::string_view{};
  };
  return !ending(a).empty() && !ending(b).empty() && ending(a) != ending(b);
}

Known knownAs(std::string_view word, std::string_view american) {
  const Known known = lookUp(word);
  return known != Known::no ? known : lookUp(american);
}

}  // namespace

Twin twinOf(std::string_view a, std::string_view b) {
  constexpr std::size_t kLongWord = 10;
  if (a == b) return Twin::certain;
  if (!beginAlike(a, b) || isDigit(a[0])) return Twin::none;
  const std::string plainA = american(a), plainB = american(b);
  if (plainA == plainB && meaningOf(a) == meaningOf(b)) return Twin::certain;  // "paediatric", a word of meaning
  if (meaningOf(a) != 0 || meaningOf(b) != 0 || areContrary(a, b)) return Twin::none;
  if (isInflected(a, b)) return Twin::certain;
  if (plainA == plainB || isInflected(plainA, plainB)) return Twin::certain;
  if (isDerived(a, b)) return Twin::certain;
  const Known knownA = knownAs(a, plainA), knownB = knownAs(b, plainB);
  if (knownA == Known::name && knownB == Known::name) return Twin::none;
  if (knownA != Known::no && knownB != Known::no) {
    if (knownA == Known::name || knownB == Known::name || !isNear(a, b)) return Twin::none;
    return sharesStem(a, b) ? Twin::possible : Twin::rival;
  }
  // A slip turns a word into no word. Two unknown words must be long.
  const bool isLong = std::min(a.size(), b.size()) >= kLongWord;
  if ((knownA != knownB || isLong) && isOneSlip(a, b) && !areOtherSubstances(a, b)) return Twin::certain;
  return isNear(a, b) ? Twin::possible : Twin::none;
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
