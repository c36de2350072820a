#include "Completeness.hpp"

#include <algorithm>
#include <string>

#include <winnow/formats/ascii.hpp>
#include <winnow/formats/text.hpp>

namespace winnow::engine {

namespace {

using formats::isLetter;
/// Bytes of UTF-8 beyond ASCII belong to letters, near enough.
bool isLetterByte(char c) { return isLetter(c) || formats::isHigh(c); }

std::int64_t characters(std::string_view text) {
  return std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
}

std::vector<std::string_view> wordsOf(std::string_view folded) { return formats::split(folded, " "); }

// ---- people

bool isEtAl(std::string_view folded) {
  return folded.empty() || folded == "et al" || folded == "al" || folded == "others" || folded == "and others";
}

/// The words that name a person for good: not initials.
std::vector<std::string> nameWords(const std::vector<NamedPerson>& people, bool withGiven) {
  std::vector<std::string> words;
  for (const NamedPerson& p : people) {
    const std::string folded = formats::foldForMatching(std::string(p.family) + " " + std::string(p.literal) +
                                                        (withGiven ? " " + std::string(p.given) : ""));
    if (isEtAl(folded)) continue;
    for (const std::string_view word : wordsOf(folded))
      if (word.size() > 1) words.emplace_back(word);
  }
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

// ---- titles

/// Without what databases append in brackets: "[Review] [33 refs]", "(vol 3, pg 4, 2001)".
std::string_view withoutTails(std::string_view title) {
  for (;;) {
    title = formats::trim(title);
    while (!title.empty() && (title.back() == '.' || title.back() == ' ')) title.remove_suffix(1);
    if (title.empty() || (title.back() != ']' && title.back() != ')')) return title;
    const std::size_t open = title.rfind(title.back() == ']' ? '[' : '(');
    if (open == std::string_view::npos || open == 0) return title;
    const bool isVolume = title.back() == ')' && formats::startsWithIgnoringCase(title.substr(open), "(vol");
    if (title.back() == ')' && !isVolume) return title;
    title = title.substr(0, open);
  }
}

bool beginsWithWords(std::string_view text, std::string_view begin) {
  return text.size() >= begin.size() && text.substr(0, begin.size()) == begin &&
         (text.size() == begin.size() || text[begin.size()] == ' ');
}

/// Words of equal number that agree but for letters that one side lost.
bool differByDamage(std::string_view damaged, std::string_view whole) {
  const auto split = [](std::string_view text) { return formats::split(text, " \t\r\n"); };
  const std::vector<std::string_view> a = split(damaged), b = split(whole);
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (!isDamaged(a[i]) && formats::foldForMatching(a[i]) != formats::foldForMatching(b[i])) return false;
  return true;
}

// ---- abstracts

/// Without the publisher's notice at the end, which is no part of what the abstract says.
std::string_view withoutNotice(std::string_view text) {
  constexpr std::size_t kLongestNotice = 300;
  const std::size_t from = text.size() > kLongestNotice ? text.size() - kLongestNotice : 0;
  std::size_t end = text.size();
  for (const std::string_view sign : {"\xC2\xA9", "Copyright", "(c) 19", "(c) 20", "(C) 19", "(C) 20"})
    end = std::min(end, text.find(sign, from));
  return formats::trim(text.substr(0, end));
}

/// Half or more of some words of the shorter text, picked evenly, stand in the longer one. A sample, because this is
/// asked of every merged record in every step.
bool isSameText(std::string_view shorter, std::string_view longer) {
  constexpr std::size_t kSampled = 12, kLongWord = 5;
  std::size_t seen = 0, found = 0;
  for (std::size_t i = 0; i < kSampled; ++i) {
    std::size_t begin = shorter.size() * i / kSampled;
    while (begin < shorter.size() && begin > 0 && isLetterByte(shorter[begin])) ++begin;  // into the next word
    std::string_view word;
    while (begin < shorter.size() && word.size() < kLongWord) {
      while (begin < shorter.size() && !isLetterByte(shorter[begin])) ++begin;
      std::size_t end = begin;
      while (end < shorter.size() && isLetterByte(shorter[end])) ++end;
      word = shorter.substr(begin, end - begin);
      begin = end;
    }
    if (word.size() < kLongWord) continue;
    ++seen;
    found += longer.find(word) != std::string_view::npos ? 1 : 0;
  }
  return seen > 0 && 2 * found >= seen;
}

// ---- journals

/// Small words that an abbreviated title of a journal leaves out (ISO 4).
bool isLeftOut(std::string_view word) {
  static constexpr std::string_view kWords[] = {"a",  "and", "de", "del", "der", "des", "di", "die",
                                                "du", "el",  "et", "for", "fur", "in",  "la", "le",
                                                "of", "og",  "on", "the", "to",  "und", "y"};
  return std::binary_search(std::begin(kWords), std::end(kWords), word);
}

/// Each word of `brief` begins its word of `full`, in order, and only small words are left out.
bool abbreviates(const std::vector<std::string_view>& brief, const std::vector<std::string_view>& full) {
  std::size_t at = 0;
  for (const std::string_view word : full) {
    if (at < brief.size() && word.substr(0, brief[at].size()) == brief[at])
      ++at;
    else if (!isLeftOut(word))
      return false;
  }
  return at == brief.size();
}

}  // namespace

bool isShouting(std::string_view text) {
  constexpr std::ptrdiff_t kFewLetters = 8, kStray = 10;
  const auto letters = std::count_if(text.begin(), text.end(), isLetter);
  const auto small = std::count_if(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  return letters >= kFewLetters && small * kStray < letters;
}

bool isDamaged(std::string_view text) {
  if (text.find("\xEF\xBF\xBD") != std::string_view::npos) return true;
  for (std::size_t at = text.find('?', 1); at != std::string_view::npos; at = text.find('?', at + 1))
    if (at + 1 < text.size() && isLetterByte(text[at - 1]) && isLetterByte(text[at + 1])) return true;
  return false;
}

std::optional<Completeness> listCompleteness(const std::vector<NamedPerson>& own,
                                             const std::vector<NamedPerson>& other) {
  const std::vector<std::string> wanted = nameWords(own, false), there = nameWords(other, true);
  if (!std::includes(there.begin(), there.end(), wanted.begin(), wanted.end())) return std::nullopt;
  Completeness measure{};
  for (const NamedPerson& p : other) {
    if (p.family.empty() && isEtAl(formats::foldForMatching(p.literal))) continue;
    ++measure[0];
    measure[1] += p.family.empty() ? 0 : 1;
    measure[2] += std::count_if(p.given.begin(), p.given.end(), isLetterByte);
  }
  return measure;
}

std::optional<Completeness> titleCompleteness(std::string_view own, std::string_view other) {
  if (isShouting(other) && !own.empty() && !isShouting(own)) return std::nullopt;
  const std::string_view ownTitle = withoutTails(own), otherTitle = withoutTails(other);
  const bool saysTheSame = own.data() != other.data() && ownTitle == otherTitle;
  if (saysTheSame) return std::nullopt;  // most pairs; spares the folding
  const std::string a = formats::foldForMatching(ownTitle), b = formats::foldForMatching(otherTitle);
  const bool isVersion = own.empty() || beginsWithWords(b, a) || (isDamaged(own) && differByDamage(own, other));
  if (!isVersion) return std::nullopt;
  return Completeness{!isDamaged(other), !isShouting(other), static_cast<std::int64_t>(wordsOf(b).size())};
}

std::optional<Completeness> abstractCompleteness(std::string_view own, std::string_view other) {
  const std::string_view a = withoutNotice(own), b = withoutNotice(other);
  const bool isVersion = own.empty() || own == other || (b.size() > a.size() && isSameText(a, b));
  if (!isVersion) return std::nullopt;
  return Completeness{characters(b)};
}

std::optional<Completeness> journalCompleteness(std::string_view own, std::string_view other) {
  if (isShouting(other) && !own.empty() && !isShouting(own)) return std::nullopt;
  const std::string a = formats::foldForMatching(own), b = formats::foldForMatching(other);
  if (!own.empty() && !abbreviates(wordsOf(a), wordsOf(b))) return std::nullopt;
  return Completeness{!isShouting(other), characters(b)};
}

std::optional<Completeness> pageCompleteness(std::string_view own, std::string_view other) {
  const bool isRange = other.find('-') != std::string_view::npos;
  const bool isVersion =
      own.empty() || own == other ||
      (isRange && other.size() > own.size() + 1 && other.substr(0, own.size()) == own && other[own.size()] == '-');
  if (!isVersion) return std::nullopt;
  return Completeness{isRange};
}

std::optional<Completeness> typeCompleteness(std::string_view own, std::string_view other) {
  const bool isVersion = own.empty() || own == other || own == "document";
  if (!isVersion) return std::nullopt;
  return Completeness{other != "document"};
}

}  // namespace winnow::engine
