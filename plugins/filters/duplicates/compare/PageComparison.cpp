#include "PageComparison.hpp"

#include <algorithm>
#include <string>

#include "EditDistance.hpp"

namespace winnow::duplicates {

namespace {

/// One page alone that lies in the range of the other side: "488" and "487-488".
bool isInside(const Pages& one, const Pages& range) {
  return one.last == 0 && range.last != 0 && one.first > range.first && one.first <= range.last &&
         one.prefix == range.prefix;
}

bool isRoman(const Pages& pages) { return pages.prefix == "roman"; }

bool prefixFits(const Pages& a, const Pages& b) { return a.prefix == b.prefix || a.prefix.empty() || b.prefix.empty(); }

}  // namespace

Agreement comparePages(const Pages& a, const Pages& b) {
  if (a.empty() || b.empty()) return Agreement::empty;
  if (a.first == b.first && prefixFits(a, b)) {
    const bool lastDiffers = a.last != 0 && b.last != 0 && a.last != b.last;
    if (a.kind == PageKind::generic || b.kind == PageKind::generic)
      return a.kind == b.kind && !lastDiffers ? Agreement::compatible : Agreement::empty;  // page 1 says little
    return a.prefix == b.prefix ? Agreement::equal
                                : Agreement::compatible;  // discussions and typing shift the last page
  }
  if (isRoman(a) != isRoman(b) && a.kind != PageKind::electronic && b.kind != PageKind::electronic)
    return Agreement::contradiction;  // front matter is counted apart
  if (a.kind != b.kind || a.kind == PageKind::generic) return Agreement::empty;
  if (isInside(a, b) || isInside(b, a)) return Agreement::compatible;
  const bool sameLast = a.last != 0 && a.last == b.last && a.kind == PageKind::print;
  return sameLast ? Agreement::compatible : Agreement::contradiction;
}

bool isPageSlip(const Pages& a, const Pages& b) {
  if (a.kind != PageKind::print || b.kind != PageKind::print || a.prefix != b.prefix) return false;
  const bool areRanges = a.last > a.first && b.last > b.first;
  if (areRanges && a.first <= b.last && b.first <= a.last) return true;  // they overlap
  if (areRanges && a.last - a.first != b.last - b.first) return false;
  std::string digitsA = std::to_string(a.first), digitsB = std::to_string(b.first);
  const bool isLastDigit = digitsA.size() == digitsB.size() && a.first / 10 == b.first / 10;  // neighbours, not a slip
  if (!isLastDigit && editDistance(digitsA, digitsB) <= 1) return true;
  std::sort(digitsA.begin(), digitsA.end());
  std::sort(digitsB.begin(), digitsB.end());
  return !isLastDigit && digitsA == digitsB;
}

Agreement compareVolumes(const Numbering& a, const Numbering& b) {
  if (a.empty() || b.empty()) return Agreement::empty;
  if (a.number == b.number) return a.isSupplement == b.isSupplement ? Agreement::equal : Agreement::compatible;
  if (a.number == 0 || b.number == 0) return Agreement::compatible;
  return Agreement::contradiction;
}

Agreement compareIssues(const Numbering& a, const Numbering& b) {
  constexpr std::uint32_t kMostIssues = 60;  // weekly journals have 52 and a few extra ones
  const Agreement agreement = compareVolumes(a, b);
  const bool counted = a.number <= kMostIssues && b.number <= kMostIssues;
  return agreement == Agreement::contradiction && !counted ? Agreement::empty : agreement;
}

}  // namespace winnow::duplicates
