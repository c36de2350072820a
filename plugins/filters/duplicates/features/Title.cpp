#include "Title.hpp"

#include <algorithm>
#include <iterator>

#include <xxhash.h>

#include "Fold.hpp"
#include "TitleTails.hpp"
#include "Words.hpp"
#include "words/KnownWords.hpp"

namespace winnow::duplicates {

namespace {

constexpr std::uint32_t kFewestContentWords = 3;

/// True if a part of the raw title ends at `i`: ": ", " - ", "? ", ". " or a long dash.
bool isBreak(std::string_view text, std::size_t i) {
  const char c = text[i];
  const bool spaceFollows = text[i + 1] == ' ';
  if (c == ':' || c == '?' || c == '!' || c == ';') return spaceFollows;
  if (c == '-') return spaceFollows && text[i - 1] == ' ';
  if (c == '.')
    return spaceFollows && text[i + 2] >= 'A' && text[i + 2] <= 'Z' && text[i - 2] != '.' && text[i - 2] != ' ';
  return text.substr(i, 3) == "\xE2\x80\x93" || text.substr(i, 3) == "\xE2\x80\x94";
}

/// Where the part that begins at `from` ends.
std::size_t endOfPart(std::string_view text, std::size_t from) {
  constexpr std::size_t kShortestPart = 4;
  for (std::size_t i = from + kShortestPart; i + 2 < text.size(); ++i)
    if (isBreak(text, i)) return i;
  return text.size();
}

/// "non smokers" is one word, as others write it.
std::size_t endOfWord(std::string_view folded) {
  const std::size_t end = std::min(folded.find(' '), folded.size());
  return folded.substr(0, end) == "non" && end < folded.size() ? std::min(folded.find(' ', end + 1), folded.size())
                                                               : end;
}

/// Splits folded text into words, with numbers as digits, and appends them to the title.
void appendWords(std::string_view folded, Title& title) {
  std::string joined;
  std::string_view previous;
  while (!folded.empty()) {
    const std::size_t end = endOfWord(folded);
    std::string_view found = folded.substr(0, end);
    if (found.size() > 4 && found.substr(0, 4) == "non ") {
      joined = "non";
      joined.append(found.substr(4));
      found = joined;
    }
    const std::string_view word = plainNumber(found, previous);
    previous = folded.substr(0, end);
    folded.remove_prefix(std::min(end + 1, folded.size()));
    if (word.empty()) continue;
    if (!title.text.empty()) title.text.push_back(' ');
    Word entry;
    entry.begin = static_cast<std::uint32_t>(title.text.size());
    entry.size = static_cast<std::uint32_t>(word.size());
    entry.hash = hashWord(word);
    const bool isLetter = word.size() == 1 && (word[0] < '0' || word[0] > '9');
    entry.isContent = !isLetter && !isStopWord(word);
    title.contentWords += entry.isContent ? 1u : 0u;
    title.text.append(word);
    title.letters.append(word);
    title.words.push_back(entry);
  }
}

struct Phrase {
  std::string_view words;
  Notice notice;
};

// A title that begins like this is about another work.
constexpr Phrase kNoticeStarts[] = {{"erratum", Notice::erratum},
                                    {"errata", Notice::erratum},
                                    {"corrigendum", Notice::erratum},
                                    {"corrigenda", Notice::erratum},
                                    {"correction to ", Notice::erratum},
                                    {"corrections to ", Notice::erratum},
                                    {"author correction", Notice::erratum},
                                    {"publisher correction", Notice::erratum},
                                    {"addendum", Notice::erratum},
                                    {"retraction notice", Notice::retraction},
                                    {"retraction of ", Notice::retraction},
                                    {"notice of retraction", Notice::retraction},
                                    {"retraction note", Notice::retraction},
                                    {"expression of concern", Notice::retraction},
                                    {"reply", Notice::reply},
                                    {"in reply", Notice::reply},
                                    {"authors reply", Notice::reply},
                                    {"author reply", Notice::reply},
                                    {"response to ", Notice::reply},
                                    {"in response", Notice::reply},
                                    {"authors response", Notice::reply},
                                    {"author response", Notice::reply},
                                    {"comment on ", Notice::reply},
                                    {"comments on ", Notice::reply},
                                    {"commentary on ", Notice::reply},
                                    {"letter to the editor", Notice::reply},
                                    {"letter re ", Notice::reply},
                                    {"re ", Notice::reply},
                                    {"invited commentary", Notice::reply},
                                    {"editorial comment", Notice::reply},
                                    {"letter regarding ", Notice::reply},
                                    {"letter concerning ", Notice::reply},
                                    {"comments regarding ", Notice::reply},
                                    {"discussion of ", Notice::reply},
                                    {"decision letter for ", Notice::reply},
                                    {"review for ", Notice::reply},
                                    {"peer review of ", Notice::reply},
                                    {"faculty opinions recommendation", Notice::reply},
                                    {"faculty of 1000 evaluation", Notice::reply},
                                    {"summary of ", Notice::reply},
                                    {"plain language summary", Notice::reply},
                                    {"data from ", Notice::reply},
                                    {"supplementary material for ", Notice::reply},
                                    {"supplemental material for ", Notice::reply},
                                    {"additional file ", Notice::reply},
                                    {"retraction statement", Notice::retraction},
                                    {"withdrawal notice", Notice::retraction},
                                    {"withdrawal of ", Notice::retraction}};

// A title that ends like this, behind a mark that separates it from the rest, is about another work.
constexpr Phrase kNoticeEnds[] = {
    {"reply", Notice::reply},         {"authors reply", Notice::reply},    {"the authors reply", Notice::reply},
    {"response", Notice::reply},      {"authors response", Notice::reply}, {"comment", Notice::reply},
    {"commentary", Notice::reply},    {"a commentary", Notice::reply},     {"a reply", Notice::reply},
    {"a response", Notice::reply},    {"erratum", Notice::erratum},        {"correction", Notice::erratum},
    {"corrigendum", Notice::erratum}, {"addendum", Notice::erratum},       {"retraction", Notice::retraction}};

// Sections that an issue of a journal has once, by their beginning.
constexpr std::string_view kEditorials[] = {"editorial",
                                            "editors comment",
                                            "editors comments",
                                            "editors note",
                                            "editors page",
                                            "editors choice",
                                            "guest editorial",
                                            "editors introduction",
                                            "from the editor",
                                            "in this issue",
                                            "this issue",
                                            "introduction",
                                            "preface",
                                            "foreword",
                                            "table of contents",
                                            "front matter",
                                            "back matter",
                                            "message from the",
                                            "a word from",
                                            "contents",
                                            "cover"};

// Sections that an issue may have several times.
constexpr std::string_view kSections[] = {
    "letter",      "letters",      "book review", "book reviews",      "abstracts",
    "index",       "news",         "obituary",    "announcement",      "correspondence",
    "commentary",  "comment",      "reply",       "response",          "authors reply",
    "erratum",     "corrigendum",  "correction",  "meeting abstract",  "special issue",
    "case report", "image of the", "in memoriam", "conference report", "call for papers",
    "acknowledg"};

bool isNoticeStart(std::string_view text, const Phrase& phrase) {
  if (!text.starts_with(phrase.words)) return false;
  return phrase.words.back() == ' ' || text.size() == phrase.words.size() || text[phrase.words.size()] == ' ';
}

/// What stands before the first colon: "Correction: ..." is a notice, "Correction of vision ..." is not.
Notice noticeOfHead(const Title& title) {
  if (title.parts.empty()) return Notice::none;
  const std::string_view head = std::string_view(title.letters).substr(0, title.parts.front());
  if (head == "correction" || head == "corrections") return Notice::erratum;
  if (head == "withdrawal" || head == "retraction") return Notice::retraction;
  return head == "letter" || head == "editorial" || head == "comment" || head == "commentary" ? Notice::reply
                                                                                              : Notice::none;
}

/// The folded text behind the last mark that may part a title from a remark, if it is short: "X: Y - Reply".
std::string lastRemark(std::string_view raw) {
  constexpr std::size_t kLongest = 24;
  const std::size_t mark = raw.find_last_of(":-.?", raw.size() < 2 ? 0 : raw.size() - 2);
  if (mark == std::string_view::npos || raw.size() - mark > kLongest) return {};
  return fold(raw.substr(mark + 1));
}

Notice noticeOf(const Title& title, const BareTitle& bare) {
  if (bare.hasCitation) return Notice::erratum;
  if (const Notice head = noticeOfHead(title); head != Notice::none) return head;
  for (const Phrase& phrase : kNoticeStarts)
    if (isNoticeStart(title.text, phrase)) return phrase.notice;
  const std::string remark = lastRemark(bare.text);
  if (remark.empty() || remark.size() == title.text.size()) return Notice::none;
  for (const Phrase& phrase : kNoticeEnds)
    if (remark == phrase.words) return phrase.notice;
  return Notice::none;
}

template <std::size_t size>
bool beginsWithOne(const Title& title, const std::string_view (&sections)[size]) {
  return std::any_of(std::begin(sections), std::end(sections),
                     [&](std::string_view section) { return title.text.starts_with(section); });
}

/// "Editor's comments: growth".
bool isHeadedByEditorial(const Title& title) {
  if (title.parts.empty()) return false;
  const std::string_view head = std::string_view(title.letters).substr(0, title.parts.front());
  return std::any_of(std::begin(kEditorials), std::end(kEditorials), [&](std::string_view section) {
    std::string letters(section);
    letters.erase(std::remove(letters.begin(), letters.end(), ' '), letters.end());
    return head == letters;
  });
}

}  // namespace

std::uint32_t hashWord(std::string_view word) {
  return static_cast<std::uint32_t>(XXH3_64bits(word.data(), word.size()));
}

Title parseTitle(std::string_view raw) {
  const BareTitle bare = bareTitle(raw);
  Title title;
  title.isTranslated = bare.isTranslated;
  title.text.reserve(bare.text.size());
  title.letters.reserve(bare.text.size());
  title.words.reserve(bare.text.size() / 6);
  std::string folded;
  for (std::size_t at = 0; at < bare.text.size();) {
    const std::size_t end = endOfPart(bare.text, at);
    folded.clear();
    foldInto(bare.text.substr(at, end - at), folded);
    if (!title.letters.empty() && !folded.empty())
      title.parts.push_back(static_cast<std::uint32_t>(title.letters.size()));
    appendWords(folded, title);
    at = end == bare.text.size() ? end : end + 1;
  }
  for (const Word& word : title.words)
    if (word.isContent) title.subject += (word.hash ^ (word.hash >> 15)) * 0x9E3779B97F4A7C15ull;
  title.notice = noticeOf(title, bare);
  constexpr std::uint32_t kMostOfSection = 3;  // content words of a title that is only the name of a section
  const bool isShort = title.contentWords <= kMostOfSection;
  const bool namesEditorial = isShort && beginsWithOne(title, kEditorials);
  title.isEditorial = namesEditorial || isHeadedByEditorial(title);
  title.isSectionName = namesEditorial || (isShort && beginsWithOne(title, kSections));
  title.isGeneric = title.isSectionName || title.contentWords < kFewestContentWords;
  return title;
}

double englishShare(const Title& title) {
  constexpr std::uint32_t kShortest = 4;
  std::size_t known = 0, all = 0;
  for (std::size_t i = 0; i < title.words.size(); ++i) {
    if (title.words[i].size < kShortest) continue;
    ++all;
    known += isKnownWord(title.word(i)) ? 1 : 0;
  }
  return all == 0 ? 1 : static_cast<double>(known) / static_cast<double>(all);
}

bool areOtherLanguages(const Title& a, const Title& b) {
  constexpr double kEnglish = 0.66, kForeign = 0.45;  // languages share words: "position", "chronic", "hepatitis"
  const double shareA = englishShare(a), shareB = englishShare(b);
  return std::max(shareA, shareB) >= kEnglish && std::min(shareA, shareB) <= kForeign;
}

}  // namespace winnow::duplicates
