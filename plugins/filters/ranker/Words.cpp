#include "Words.hpp"

#include <algorithm>
#include <array>

#include <winnow/formats/text.hpp>

namespace winnow::ranker {

namespace {

/// The closed word classes of English, sorted.
constexpr std::array kStopWords = std::to_array<std::string_view>(
    {"about",     "above",     "across",     "after",        "again",   "against",    "all",       "almost",
     "along",     "already",   "also",       "although",     "always",  "am",         "among",     "an",
     "and",       "another",   "any",        "anyone",       "are",     "around",     "as",        "at",
     "be",        "because",   "been",       "before",       "behind",  "being",      "below",     "beside",
     "besides",   "between",   "beyond",     "both",         "but",     "by",         "can",       "cannot",
     "could",     "did",       "do",         "does",         "doing",   "done",       "down",      "due",
     "during",    "each",      "either",     "else",         "etc",     "even",       "ever",      "every",
     "few",       "for",       "from",       "further",      "had",     "has",        "have",      "having",
     "he",        "hence",     "her",        "here",         "hers",    "herself",    "him",       "himself",
     "his",       "how",       "however",    "if",           "in",      "indeed",     "into",      "is",
     "it",        "its",       "itself",     "least",        "less",    "may",        "me",        "might",
     "mine",      "more",      "moreover",   "most",         "mostly",  "much",       "must",      "my",
     "myself",    "neither",   "never",      "nevertheless", "no",      "nobody",     "none",      "nor",
     "not",       "nothing",   "now",        "of",           "off",     "often",      "on",        "once",
     "one",       "only",      "onto",       "or",           "other",   "others",     "otherwise", "our",
     "ours",      "ourselves", "out",        "over",         "own",     "per",        "perhaps",   "rather",
     "same",      "several",   "shall",      "she",          "should",  "since",      "so",        "some",
     "something", "sometimes", "still",      "such",         "than",    "that",       "the",       "their",
     "theirs",    "them",      "themselves", "then",         "there",   "thereby",    "therefore", "these",
     "they",      "this",      "those",      "though",       "through", "throughout", "thus",      "to",
     "together",  "too",       "toward",     "towards",      "under",   "until",      "up",        "upon",
     "us",        "very",      "via",        "was",          "we",      "well",       "were",      "what",
     "whatever",  "when",      "where",      "whereas",      "whether", "which",      "while",     "who",
     "whole",     "whom",      "whose",      "why",          "will",    "with",       "within",    "without",
     "would",     "yet",       "you",        "your",         "yours",   "yourself",   "yourselves"});

static_assert(std::is_sorted(kStopWords.begin(), kStopWords.end()));

bool isUnspaced(char32_t code) {
  return (code >= 0x3041 && code <= 0x30FF) || (code >= 0x3400 && code <= 0x9FFF) ||
         (code >= 0xF900 && code <= 0xFAFF) || (code >= 0x20000 && code <= 0x2FA1F);
}

/// A run of signs without blanks: overlapping pairs; a single one is a word of its own.
void addPairs(const std::vector<std::string>& signs, std::vector<std::string>& words) {
  if (signs.size() == 1) words.push_back(signs[0]);
  for (std::size_t i = 1; i < signs.size(); ++i) words.push_back(signs[i - 1] + signs[i]);
}

/// A folded run of letters and digits that holds signs of scripts without blanks.
void addUnspaced(std::string_view word, std::vector<std::string>& words) {
  std::vector<std::string> signs;
  std::string spaced;
  const auto flush = [&] {
    if (spaced.size() > 1) words.push_back(spaced);
    spaced.clear();
  };
  for (std::size_t at = 0; at < word.size();) {
    const std::size_t begin = at;
    const char32_t code = formats::nextCodePoint(word, at);
    if (isUnspaced(code)) {
      flush();
      signs.emplace_back(word.substr(begin, at - begin));
      continue;
    }
    addPairs(signs, words);
    signs.clear();
    spaced.append(word.substr(begin, at - begin));
  }
  addPairs(signs, words);
  flush();
}

bool isAscii(std::string_view word) {
  return std::all_of(word.begin(), word.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool hasTwoSigns(std::string_view word) {
  std::size_t at = 0;
  formats::nextCodePoint(word, at);
  return at < word.size();
}

}  // namespace

std::vector<std::string> wordsOf(std::string_view text) {
  const std::string folded = formats::foldForMatching(text);
  std::vector<std::string> words;
  for (std::size_t begin = 0; begin < folded.size();) {
    const std::size_t end = std::min(folded.find(' ', begin), folded.size());
    const std::string_view word = std::string_view(folded).substr(begin, end - begin);
    if (isAscii(word)) {
      if (word.size() > 1) words.emplace_back(word);
    } else if (hasTwoSigns(word)) {
      addUnspaced(word, words);
    }
    begin = end + 1;
  }
  return words;
}

bool isStopWord(std::string_view word) { return std::binary_search(kStopWords.begin(), kStopWords.end(), word); }

}  // namespace winnow::ranker
