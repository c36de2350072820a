#include "AuthorComparison.hpp"

#include <algorithm>
#include <array>

#include "EditDistance.hpp"
#include "features/Fold.hpp"

namespace winnow::duplicates {

namespace {

constexpr std::size_t kShortestMisspelt = 5;  // shorter families must be equal: Li and Lu are two people

/// A family without the particles before it.
std::string_view withoutParticles(std::string_view family) {
  while (true) {
    const std::size_t space = family.find(' ');
    if (space == std::string_view::npos || space > 4) return family;
    bool isParticle = false;
    for (const std::string_view particle :
         {"de",  "del", "der", "den", "des", "di",  "da", "dos", "du", "la", "le", "van", "von", "vande", "ter",
          "ten", "el",  "al",  "st",  "san", "mac", "mc", "d",   "l",  "o",  "zu", "af",  "av",  "bin"})
      isParticle = isParticle || family.substr(0, space) == particle;
    if (!isParticle) return family;
    family.remove_prefix(space + 1);
  }
}

std::string withoutSpaces(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (c != ' ') out.push_back(c);
  return out;
}

/// "ms" and "m" may be one person; "ms" and "jk" not. A letter that is first in one and second in the other is left
/// to be the same person: databases differ in which name they put first.
bool initialsFit(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty() || a[0] == b[0]) return true;
  if (a[0] == kJoker || b[0] == kJoker) return true;
  return (a.size() > 1 && a[1] == b[0]) || (b.size() > 1 && b[1] == a[0]);
}

/// One word of a family of several stands for all of it: "garcia lopez" and "garcia".
bool isPartOf(std::string_view part, std::string_view whole) {
  constexpr std::size_t kShortestPart = 4;
  if (part.size() < kShortestPart || whole.size() <= part.size()) return false;
  const bool isBegin = whole.substr(0, part.size()) == part && whole[part.size()] == ' ';
  const bool isEnd = whole.substr(whole.size() - part.size()) == part && whole[whole.size() - part.size() - 1] == ' ';
  return isBegin || isEnd;
}

/// Two neighbouring letters exchanged: "hollis" and "holils".
bool isSwapped(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  const auto [left, right] = std::mismatch(a.begin(), a.end(), b.begin());
  if (a.end() - left < 2) return false;
  return left[0] == right[1] && left[1] == right[0] && std::equal(left + 2, a.end(), right + 2);
}

bool sameFamily(const std::string& a, const std::string& b) {
  if (a == b) return true;
  const std::string_view coreA = withoutParticles(a), coreB = withoutParticles(b);
  if (coreA == coreB || isPartOf(coreA, coreB) || isPartOf(coreB, coreA)) return true;
  const bool hasSpace = a.find(' ') != std::string::npos || b.find(' ') != std::string::npos;
  if (hasSpace && withoutSpaces(a) == withoutSpaces(b)) return true;
  const std::size_t longer = std::max(coreA.size(), coreB.size());
  const std::size_t shorter = std::min(coreA.size(), coreB.size());
  constexpr std::size_t kShortestDamaged = 3;
  const bool isDamaged = coreA.find(kJoker) != std::string_view::npos || coreB.find(kJoker) != std::string_view::npos;
  if (isDamaged && shorter >= kShortestDamaged && editDistance(coreA, coreB) <= 1) return true;  // "ue" for "?"
  if (shorter < kShortestMisspelt || longer - shorter > 2) return false;
  const std::size_t allowed = longer >= 8 ? 2 : 1;  // "ue" for "ü" and one error more in long names
  return editDistance(coreA, coreB) <= allowed || isSwapped(coreA, coreB);
}

/// Given and family name exchanged: "Hollis, M" and "Mara, H".
bool areExchanged(const Author& a, const Author& b) {
  return a.initials.size() == 1 && b.initials.size() == 1 && a.family[0] == b.initials[0] &&
         b.family[0] == a.initials[0];
}

bool areAllBodies(const Authors& authors) {
  return std::all_of(authors.list.begin(), authors.list.end(), [](const Author& a) { return a.isBody; });
}

/// Some order of two lists, so that matching is the same from both sides.
bool precedes(const Authors& a, const Authors& b) {
  const auto byName = [](const Author& one, const Author& other) {
    return one.family != other.family ? one.family < other.family : one.initials < other.initials;
  };
  return std::lexicographical_compare(a.list.begin(), a.list.end(), b.list.begin(), b.list.end(), byName);
}

}  // namespace

bool samePerson(const Author& a, const Author& b) {
  if (a.isBody != b.isBody) return false;
  if (a.isBody) {
    const bool isNamedInside = isPartOf(a.family, b.family) || isPartOf(b.family, a.family);
    return isNamedInside || editSimilarity(a.family, b.family, 0.8) >= 0.8;
  }
  if (initialsFit(a.initials, b.initials) && sameFamily(a.family, b.family)) return true;
  return areExchanged(a, b);
}

AuthorComparison compareAuthors(const Authors& a, const Authors& b) {
  AuthorComparison result;
  if (a.empty() || b.empty() || areAllBodies(a) != areAllBodies(b)) return result;  // a group and its members
  result.isMissing = false;
  const bool aComesFirst = a.list.size() != b.list.size() ? a.list.size() < b.list.size() : precedes(a, b);
  const Authors& shorter = aComesFirst ? a : b;
  const Authors& longer = aComesFirst ? b : a;
  result.sameFirst = samePerson(a.list.front(), b.list.front());
  result.isOpen = a.isOpen || b.isOpen;
  result.sameCount = !a.isOpen && !b.isOpen && a.list.size() == b.list.size();
  std::array<bool, Authors::kMost> used{};
  for (std::size_t i = 0; i < shorter.list.size(); ++i) {
    for (std::size_t step = 0; step < longer.list.size(); ++step) {
      const std::size_t k = (i + step) % longer.list.size();  // the same place first
      if (used[k] || !samePerson(shorter.list[i], longer.list[k])) continue;
      used[k] = true;
      ++result.matched;
      break;
    }
  }
  result.share = static_cast<double>(result.matched) / static_cast<double>(shorter.list.size());
  return result;
}

}  // namespace winnow::duplicates
