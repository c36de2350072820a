#include "JournalComparison.hpp"

#include <algorithm>
#include <vector>

#include "EditDistance.hpp"
#include "features/Words.hpp"

namespace winnow::duplicates {

namespace {

/// "jama" of "journal american medical association".
bool isAcronym(std::string_view acronym, const Tokens& name) {
  constexpr std::size_t kShortest = 3, kLongest = 7;
  if (acronym.size() < kShortest || acronym.size() > kLongest || acronym.size() != name.size()) return false;
  for (std::size_t i = 0; i < name.size(); ++i)
    if (name[i][0] != acronym[i]) return false;
  return true;
}

bool isAcronymOf(const Tokens& a, const Tokens& b) { return a.size() == 1 && isAcronym(a.front(), b); }

bool isSubsequence(std::string_view part, std::string_view whole) {
  std::size_t at = 0;
  for (const char c : whole)
    if (at < part.size() && part[at] == c) ++at;
  return at == part.size();
}

/// "ecor" of "european conference on orchard robotics": initials in order, those of the subject complete.
bool isMeetingAcronymOf(const ContainerName& a, const ContainerName& b) {
  constexpr std::size_t kShortest = 3;
  if (a.subject.size() != 1 || b.subject.size() < 2 || a.subject.front().size() < kShortest) return false;
  std::string subject;
  for (const std::string& word : b.subject) subject.push_back(word[0]);
  return isSubsequence(subject, a.subject.front()) && isSubsequence(a.subject.front(), b.initials);
}

/// "Journal of Physics A" and "Journal of Physics B": sections of one journal, each with volumes and pages of its own.
bool areOtherSections(std::string_view a, std::string_view b) {
  const auto section = [](std::string_view name) {
    return name.size() > 2 && name[name.size() - 2] == ' ' ? name.back() : '\0';
  };
  return section(a) != '\0' && section(b) != '\0' && section(a) != section(b);
}

/// Words of `a` that `b` has as well, spelt out or abbreviated.
Tokens common(const Tokens& a, const Tokens& b) {
  Tokens both;
  for (const std::string& word : a)
    if (std::any_of(b.begin(), b.end(), [&](std::string_view other) { return isFormOf(word, other); }))
      both.push_back(word);
  return both;
}

/// What `all` has besides `part`.
Tokens without(const Tokens& all, const Tokens& part) {
  Tokens rest;
  for (const std::string& word : all)
    if (std::none_of(part.begin(), part.end(), [&](std::string_view other) { return isFormOf(word, other); }))
      rest.push_back(word);
  return rest;
}

/// The words that one name adds are the society or the acronym before it: "ACM ORCHREC Record", "ECOR European ...".
bool isSocietyOrAcronym(const Tokens& extra) {
  return !extra.empty() &&
         std::all_of(extra.begin(), extra.end(), [](const std::string& word) { return looksLikeAcronym(word); });
}

/// Two meetings, or a meeting and a name that does not say what it is.
Agreement compareMeetings(const ContainerName& a, const ContainerName& b) {
  if (a.subject.empty() || b.subject.empty()) return Agreement::empty;  // "Conference proceedings"
  if (isMeetingAcronymOf(a, b) || isMeetingAcronymOf(b, a)) return Agreement::compatible;
  const Tokens inA = common(a.subject, b.subject), inB = common(b.subject, a.subject);
  const Tokens onlyA = without(a.subject, inA), onlyB = without(b.subject, inB);
  const bool aFits = onlyA.empty() || isSocietyOrAcronym(onlyA), bFits = onlyB.empty() || isSocietyOrAcronym(onlyB);
  if (!inA.empty() && aFits && bFits && (onlyA.empty() || onlyB.empty())) return Agreement::compatible;
  if (!inA.empty()) return Agreement::empty;
  // Nothing in common: an acronym on one side and words on the other may be one meeting; two acronyms are two.
  const auto hasAcronym = [](const Tokens& t) {
    return std::any_of(t.begin(), t.end(), [](const std::string& word) { return looksLikeAcronym(word); });
  };
  return hasAcronym(a.subject) != hasAcronym(b.subject) ? Agreement::empty : Agreement::contradiction;
}

/// "Brain" and "Brain Research": the first may be the second with less said, or another journal.
bool isBeginning(const Tokens& part, const Tokens& whole) {
  return !part.empty() && part.size() < whole.size() &&
         std::equal(part.begin(), part.end(), whole.begin(),
                    [](std::string_view a, std::string_view b) { return isFormOf(a, b); });
}

/// True if `a` abbreviates `b` in the manner of ISO 4: word by word in order, each by its beginning, without its vowels
/// or without its middle; small words are left out, and of long names later words too.
bool abbreviates(const Tokens& a, const Tokens& b) {
  constexpr std::size_t kFewestOfCutName = 3;
  if (a.empty() || a.size() > b.size() + 1) return false;
  std::size_t next = 0, leftOut = 0;
  bool isShortened = false;
  for (const std::string& word : a) {
    while (true) {
      if (next == b.size()) return false;
      const std::string_view full = b[next++];
      if (isFormOf(word, full)) {
        isShortened = isShortened || word.size() < full.size();
        break;
      }
      // "dendropomol" of "dendro pomologique"
      if (next < b.size() && word.size() > full.size() && isFormOf(word, std::string(full) + b[next])) {
        ++next;
        isShortened = true;
        break;
      }
      if (&word == &a.front()) return false;
      ++leftOut;
    }
  }
  leftOut += b.size() - next;
  return leftOut == 0 || (isShortened && a.size() >= kFewestOfCutName);
}

Agreement compareNames(const std::string& nameA, const ContainerName& a, const std::string& nameB,
                       const ContainerName& b) {
  constexpr double kNearlyEqual = 0.9;
  if (areOtherSections(nameA, nameB)) return Agreement::contradiction;
  if (abbreviates(a.words, b.words) || abbreviates(b.words, a.words)) return Agreement::compatible;
  if (isAcronymOf(a.words, b.words) || isAcronymOf(b.words, a.words)) return Agreement::compatible;
  if (nameA[0] == nameB[0] && editSimilarity(nameA, nameB, kNearlyEqual) >= kNearlyEqual) return Agreement::compatible;
  const bool isMeeting = a.kind == ContainerKind::meeting || b.kind == ContainerKind::meeting;
  if (isMeeting && (a.kind == ContainerKind::serial || b.kind == ContainerKind::serial))
    return Agreement::contradiction;
  if (isMeeting) return compareMeetings(a, b);
  const Tokens onlyA = without(a.words, common(a.words, b.words)), onlyB = without(b.words, common(b.words, a.words));
  if ((onlyA.empty() && isSocietyOrAcronym(onlyB)) || (onlyB.empty() && isSocietyOrAcronym(onlyA)))
    return Agreement::compatible;
  return Agreement::contradiction;
}

bool isPartOfOther(const std::string& nameA, const ContainerName& a, const std::string& nameB, const ContainerName& b) {
  if (areOtherSections(nameA, nameB)) return false;
  if (a.kind == ContainerKind::meeting || b.kind == ContainerKind::meeting) return false;
  return isBeginning(a.words, b.words) || isBeginning(b.words, a.words);
}

int rank(Agreement agreement) {
  return agreement == Agreement::equal        ? 3
         : agreement == Agreement::compatible ? 2
         : agreement == Agreement::empty      ? 1
                                              : 0;
}

}  // namespace

JournalComparison compareJournals(const Journal& a, const Journal& b) {
  for (const std::uint64_t issn : a.issns)
    if (std::binary_search(b.issns.begin(), b.issns.end(), issn)) return {Agreement::equal, false};
  if (a.names.empty() || b.names.empty()) return {};
  for (const std::string& name : a.names)
    if (std::find(b.names.begin(), b.names.end(), name) != b.names.end()) return {Agreement::equal, false};
  JournalComparison best{Agreement::contradiction, false};
  for (std::size_t i = 0; i < a.names.size(); ++i)
    for (std::size_t k = 0; k < b.names.size(); ++k) {
      if (best.agreement == Agreement::compatible) return best;
      const Agreement next = compareNames(a.names[i], a.parsed[i], b.names[k], b.parsed[k]);
      if (rank(next) > rank(best.agreement)) best.agreement = next;
      best.isPart =
          best.isPart || (contradicts(next) && isPartOfOther(a.names[i], a.parsed[i], b.names[k], b.parsed[k]));
    }
  if (contradicts(best.agreement) && best.isPart) best.agreement = Agreement::empty;
  return best;
}

}  // namespace winnow::duplicates
