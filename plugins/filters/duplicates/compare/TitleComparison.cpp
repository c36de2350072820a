#include "TitleComparison.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include "EditDistance.hpp"
#include "MeaningWords.hpp"
#include "WordLikeness.hpp"

#include <winnow/formats/ascii.hpp>

namespace winnow::duplicates {

namespace {

/// Words of `a` whose spelling `b` does not have as often, in order.
std::vector<std::uint32_t> leftOver(const Title& a, const Title& b) {
  std::vector<std::uint32_t> rest;
  std::vector<bool> used(b.words.size());
  for (std::uint32_t i = 0; i < a.words.size(); ++i) {
    bool found = false;
    for (std::size_t step = 0; step < b.words.size() && !found; ++step) {
      const std::size_t k = (i + step) % b.words.size();
      if (used[k] || b.words[k].hash != a.words[i].hash) continue;
      found = used[k] = true;
    }
    if (!found) rest.push_back(i);
  }
  return rest;
}

using formats::isDigit;

/// One digit between two words of letters is the mark of a footnote: "orchards1gardens".
bool isFootnoteMark(std::string_view text, std::size_t begin, std::size_t end) {
  constexpr std::size_t kWord = 4;
  if (end != begin + 1 || begin < kWord || end + kWord > text.size()) return false;
  const auto isLetter = [](char c) { return c >= 'a' && c <= 'z'; };
  const std::string_view before = text.substr(begin - kWord, kWord), after = text.substr(end, kWord);
  return std::all_of(before.begin(), before.end(), isLetter) && std::all_of(after.begin(), after.end(), isLetter);
}

/// All runs of digits in a title, sorted.
std::vector<std::string_view> numbersOf(std::string_view text) {
  std::vector<std::string_view> numbers;
  for (std::size_t i = 0; i < text.size();) {
    if (!isDigit(text[i])) {
      ++i;
      continue;
    }
    const std::size_t begin = i;
    while (i < text.size() && isDigit(text[i])) ++i;
    if (!isFootnoteMark(text, begin, i)) numbers.push_back(text.substr(begin, i - begin));
  }
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

/// "Hepatitis B" and "hepatitis C": both titles have a letter that the other has not.
bool lettersDiffer(const Title& a, const std::vector<std::uint32_t>& restA, const Title& b,
                   const std::vector<std::uint32_t>& restB) {
  const auto hasLetter = [](const Title& title, const std::vector<std::uint32_t>& rest) {
    return std::any_of(rest.begin(), rest.end(),
                       [&](std::uint32_t i) { return title.words[i].size == 1 && !isDigit(title.word(i)[0]); });
  };
  return hasLetter(a, restA) && hasLetter(b, restB);
}

/// "Case no. 5" denies nothing.
bool isNumberMark(const Title& title, std::uint32_t i) {
  return title.word(i) == "no" && i + 1 < title.words.size() && isDigit(title.word(i + 1)[0]);
}

/// Ideas of the words left over, sorted.
std::vector<std::uint8_t> ideasOf(const Title& title, const std::vector<std::uint32_t>& words) {
  std::vector<std::uint8_t> ideas;
  for (const std::uint32_t i : words)
    if (const std::uint8_t idea = meaningOf(title.word(i)); idea != 0 && !isNumberMark(title, i)) ideas.push_back(idea);
  std::sort(ideas.begin(), ideas.end());
  return ideas;
}

/// "Symptomatic" and "asymptomatic", "smokers" and "nonsmokers": a prefix that only one title has. One that the other
/// title writes apart ("co operation") is no difference.
bool prefixesDiffer(const Title& a, const std::vector<std::uint32_t>& restA, const Title& b,
                    const std::vector<std::uint32_t>& restB) {
  for (const std::uint32_t i : restA)
    for (const std::uint32_t k : restB) {
      const bool aIsLonger = a.words[i].size > b.words[k].size;
      const std::string_view longer = aIsLonger ? a.word(i) : b.word(k), shorter = aIsLonger ? b.word(k) : a.word(i);
      if (!isPrefixed(longer, shorter)) continue;
      const Title& other = aIsLonger ? b : a;
      const std::uint32_t place = aIsLonger ? k : i;
      const std::string_view prefix = longer.substr(0, longer.size() - shorter.size());
      if (place == 0 || other.word(place - 1) != prefix) return true;
    }
  return false;
}

/// What the content words of one title that the other lacks amount to.
struct Leftovers {
  std::size_t foreign = 0;   ///< the other title has nothing like them
  std::size_t rivals = 0;    ///< of them: the other title has a word that is spelt nearly alike
  std::size_t doubtful = 0;  ///< the other title has a word near them, which may be another word
};

Leftovers weigh(const Title& a, const std::vector<std::uint32_t>& rest, const Title& b,
                const std::vector<std::uint32_t>& other) {
  Leftovers found;
  for (const std::uint32_t i : rest) {
    if (!a.words[i].isContent) continue;
    Twin best = Twin::none;
    for (const std::uint32_t k : other) best = std::max(best, twinOf(a.word(i), b.word(k)));
    // Words written apart or together leave no twin; their letters stand in the other title all the same.
    const bool isInside = a.words[i].size >= 3 && b.letters.find(a.word(i)) != std::string::npos;
    if (best == Twin::certain || isInside) continue;
    ++(best == Twin::possible ? found.doubtful : found.foreign);
    found.rivals += best == Twin::rival ? 1 : 0;
  }
  return found;
}

/// Nearly the same letters: misprints allowed.
bool nearlySame(std::string_view a, std::string_view b) {
  constexpr double kNear = 0.9;
  return a == b || editSimilarity(a, b, kNear) >= kNear;
}

/// True if `shorter` is `longer` cut off, its main title without a subtitle, or without the heading of a section before
/// it ("Short report: ...").
bool isPartOf(const Title& shorter, const Title& longer) {
  constexpr std::uint32_t kFewestContentWords = 2;
  constexpr std::uint32_t kFewestCutOff = 3;
  if (shorter.contentWords < kFewestContentWords || shorter.letters.size() >= longer.letters.size()) return false;
  const std::string_view all = longer.letters;
  if (shorter.contentWords >= kFewestCutOff && all.substr(0, shorter.letters.size()) == shorter.letters) return true;
  return std::any_of(longer.parts.begin(), longer.parts.end(), [&](std::uint32_t part) {
    return nearlySame(shorter.letters, all.substr(0, part)) || nearlySame(shorter.letters, all.substr(part));
  });
}

/// True if the numbers that only one side has can all be years.
bool onlyYearsDiffer(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b) {
  std::vector<std::string_view> difference;
  std::set_symmetric_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(difference));
  return std::all_of(difference.begin(), difference.end(), [](std::string_view number) {
    return number.size() == 4 && (number[0] == '1' || number[0] == '2');
  });
}

}  // namespace

TitleComparison compareTitles(const Title& a, const Title& b) {
  TitleComparison result;
  if (a.empty() || b.empty()) return result;
  result.isMissing = false;
  result.noticesDiffer = a.notice != b.notice;
  if (a.letters == b.letters) {
    result.similarity = 1;
    return result;
  }
  const bool aIsShorter =
      a.letters.size() != b.letters.size() ? a.letters.size() < b.letters.size() : a.letters < b.letters;
  const Title& shorter = aIsShorter ? a : b;
  const Title& longer = aIsShorter ? b : a;
  result.isContained = isPartOf(shorter, longer);
  result.similarity = std::min(editSimilarity(a.letters, b.letters, kTitleFloor), 0.9999);
  if (result.similarity < kTitleFloor && !result.isContained) {
    result.foreignInShorter = shorter.contentWords;
    result.foreignInLonger = longer.contentWords;
    return result;
  }
  const std::vector<std::uint32_t> restShort = leftOver(shorter, longer), restLong = leftOver(longer, shorter);
  const auto numbersShort = numbersOf(shorter.text), numbersLong = numbersOf(longer.text);
  result.numbersDiffer = numbersShort != numbersLong;
  result.onlyYearsDiffer = result.numbersDiffer && onlyYearsDiffer(numbersShort, numbersLong);
  result.meaningDiffers = ideasOf(shorter, restShort) != ideasOf(longer, restLong) ||
                          lettersDiffer(shorter, restShort, longer, restLong) ||
                          prefixesDiffer(shorter, restShort, longer, restLong);
  const Leftovers left = weigh(shorter, restShort, longer, restLong);
  const Leftovers right = weigh(longer, restLong, shorter, restShort);
  result.foreignInShorter = left.foreign;
  result.foreignInLonger = right.foreign;
  result.onlyRivalsDiffer = left.foreign == 1 && right.foreign == 1 && left.rivals == 1 && right.rivals == 1;
  result.hasDoubtfulWord = left.doubtful + right.doubtful > 0;
  return result;
}

}  // namespace winnow::duplicates
