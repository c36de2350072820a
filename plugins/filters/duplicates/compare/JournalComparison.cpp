#include "JournalComparison.hpp"

#include <algorithm>

#include "EditDistance.hpp"
#include "features/Words.hpp"

namespace winnow::duplicates {

namespace {

std::string_view nextWord(std::string_view& rest) {
  const std::size_t end = std::min(rest.find(' '), rest.size());
  const std::string_view word = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return word;
}

/// The next word that is no stop word; empty at the end.
std::string_view nextContentWord(std::string_view& rest) {
  while (!rest.empty()) {
    const std::string_view word = nextWord(rest);
    if (!isStopWordOrElision(word)) return word;
  }
  return {};
}

/// "clin" of "clinical", "natl" of "national", "jpn" of "japanese": same first letter, the others in order.
bool abbreviatesWord(std::string_view shorter, std::string_view longer) {
  if (shorter.size() > longer.size() || shorter.empty() || shorter[0] != longer[0]) return false;
  std::size_t at = 0;
  for (const char c : longer)
    if (at < shorter.size() && shorter[at] == c) ++at;
  return at == shorter.size();
}

/// "jama" of "journal american medical association".
bool isAcronym(std::string_view acronym, std::string_view name) {
  constexpr std::size_t kShortest = 3, kLongest = 7;
  if (acronym.size() < kShortest || acronym.size() > kLongest || acronym.find(' ') != std::string_view::npos)
    return false;
  std::size_t at = 0;
  while (!name.empty()) {
    const std::string_view word = nextContentWord(name);
    if (word.empty()) break;
    if (at == acronym.size() || acronym[at++] != word[0]) return false;
  }
  return at == acronym.size();
}

/// "Journal of Physics A" and "Journal of Physics B": sections of one journal, each with volumes and pages of its own.
bool areOtherSections(std::string_view a, std::string_view b) {
  const auto section = [](std::string_view name) {
    return name.size() > 2 && name[name.size() - 2] == ' ' ? name.back() : '\0';
  };
  return section(a) != '\0' && section(b) != '\0' && section(a) != section(b);
}

bool namesFit(std::string_view a, std::string_view b) {
  constexpr double kNearlyEqual = 0.9;
  if (areOtherSections(a, b)) return false;
  if (abbreviates(a, b) || abbreviates(b, a) || isAcronym(a, b) || isAcronym(b, a)) return true;
  return editSimilarity(a, b, kNearlyEqual) >= kNearlyEqual && a[0] == b[0];
}

}  // namespace

bool abbreviates(std::string_view shorter, std::string_view longer) {
  while (true) {
    const std::string_view shortWord = nextContentWord(shorter);
    const std::string_view longWord = nextContentWord(longer);
    if (shortWord.empty() || longWord.empty()) return shortWord.empty() && longWord.empty();
    if (!abbreviatesWord(shortWord, longWord) && !abbreviatesWord(longWord, shortWord)) return false;
  }
}

Agreement compareJournals(const Journal& a, const Journal& b) {
  for (const std::uint64_t issn : a.issns)
    if (std::binary_search(b.issns.begin(), b.issns.end(), issn)) return Agreement::equal;
  if (a.names.empty() || b.names.empty()) return Agreement::empty;
  for (const std::string& name : a.names)
    if (std::find(b.names.begin(), b.names.end(), name) != b.names.end()) return Agreement::equal;
  for (const std::string& nameA : a.names)
    for (const std::string& nameB : b.names)
      if (namesFit(nameA, nameB)) return Agreement::compatible;
  return Agreement::contradiction;
}

}  // namespace winnow::duplicates
