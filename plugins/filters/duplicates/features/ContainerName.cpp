#include "ContainerName.hpp"

#include <algorithm>
#include <iterator>

#include "Words.hpp"
#include "words/KnownWords.hpp"

namespace winnow::duplicates {

namespace {

/// Full words that an abbreviation of four letters or more may stand for.
template <std::size_t size>
bool isOneOf(std::string_view word, const std::string_view (&names)[size]) {
  constexpr std::size_t kShortest = 4;
  return std::any_of(std::begin(names), std::end(names), [&](std::string_view name) {
    if (word[0] != name[0]) return false;
    return word == name || (word.size() >= kShortest && name.starts_with(word));
  });
}

constexpr std::string_view kMeetings[] = {"proceedings", "conference", "conferences", "symposium",
                                          "symposia",    "sympos",     "workshop",    "workshops",
                                          "congress",    "meeting",    "colloquium"};
constexpr std::string_view kSerials[] = {"journal",     "record",   "transactions", "letters",   "bulletin", "annals",
                                         "archives",    "magazine", "newsletter",   "quarterly", "acta",     "revue",
                                         "zeitschrift", "archiv",   "review",       "reviews"};
// What meetings are called besides their subject.
constexpr std::string_view kOfMeetings[] = {"annual", "international", "joint", "biennial", "world", "national"};
constexpr std::string_view kOrdinals[] = {
    "first",     "second",    "third",       "fourth",     "fifth",      "sixth",      "seventh",
    "eighth",    "ninth",     "tenth",       "eleventh",   "twelfth",    "thirteenth", "fourteenth",
    "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",  "twenty",
    "thirty",    "thirtieth", "forty",       "fortieth",   "fifty",      "fiftieth"};

bool isMeetingWord(std::string_view word) { return word == "proc" || word == "symp" || isOneOf(word, kMeetings); }

bool isSerialWord(std::string_view word) {
  return word == "j" || word == "jnl" || word == "z" || isOneOf(word, kSerials);
}

bool isOfMeetings(std::string_view word) {
  return word == "int" || word == "intl" || word == "ann" || word == "annu" || isOneOf(word, kOfMeetings);
}

/// "2014", "31st", "twenty".
bool isCount(std::string_view word) {
  return (word[0] >= '0' && word[0] <= '9') ||
         std::find(std::begin(kOrdinals), std::end(kOrdinals), word) != std::end(kOrdinals);
}

bool isVowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y'; }

/// "jpn" of "japanese", "dtsch" of "deutsche".
bool leavesOutVowels(std::string_view shorter, std::string_view longer) {
  std::size_t at = 0;
  for (const char c : longer) {
    if (at == shorter.size()) return true;
    if (shorter[at] == c)
      ++at;
    else if (!isVowel(c))
      return false;
  }
  return at == shorter.size();
}

/// "natl" of "national", "assn" of "association", "obstkd" of "obstkunde": the beginning and one letter more, the
/// last of a short form or one that follows soon. "Psychol" is none of "psychophysiology".
bool leavesOutMiddle(std::string_view shorter, std::string_view longer) {
  constexpr std::size_t kShortest = 4, kLongestContraction = 5, kSoon = 3;
  if (shorter.size() < kShortest) return false;
  const std::size_t beginning = shorter.size() - 1;
  if (!longer.starts_with(shorter.substr(0, beginning))) return false;
  if (shorter.size() <= kLongestContraction && shorter.back() == longer.back()) return true;
  return longer.substr(beginning, kSoon).find(shorter.back()) != std::string_view::npos;
}

}  // namespace

bool isFormOf(std::string_view a, std::string_view b) {
  if (a == b) return true;
  const std::string_view shorter = a.size() <= b.size() ? a : b, longer = a.size() <= b.size() ? b : a;
  if (shorter.empty() || shorter[0] != longer[0]) return false;
  return longer.starts_with(shorter) || leavesOutVowels(shorter, longer) || leavesOutMiddle(shorter, longer);
}

bool looksLikeAcronym(std::string_view word) {
  constexpr std::size_t kShortest = 2, kLongest = 8;
  return word.size() >= kShortest && word.size() <= kLongest && !isKnownWord(word) &&
         std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

ContainerName readContainerName(std::string_view folded) {
  ContainerName name;
  bool isMeeting = false, isSerial = false;
  while (!folded.empty()) {
    const std::size_t end = std::min(folded.find(' '), folded.size());
    const std::string_view word = folded.substr(0, end);
    folded.remove_prefix(std::min(end + 1, folded.size()));
    if (!word.empty() && !isCount(word)) name.initials.push_back(word[0]);
    if (word.empty() || isStopWordOrElision(word) || word.starts_with("suppl")) continue;
    name.words.emplace_back(word);
    isMeeting = isMeeting || isMeetingWord(word);
    isSerial = isSerial || isSerialWord(word);
    if (!isMeetingWord(word) && !isOfMeetings(word) && !isCount(word)) name.subject.emplace_back(word);
  }
  name.kind = isMeeting ? ContainerKind::meeting : isSerial ? ContainerKind::serial : ContainerKind::unknown;
  return name;
}

}  // namespace winnow::duplicates
