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
  if (a.kind != b.kind || a.kind == PageKind::generic) return Agreement::empty;
  if (isInside(a, b) || isInside(b, a)) return Agreement::compatible;
  const bool sameLast = a.last != 0 && a.last == b.last && a.kind == PageKind::print;
  return sameLast ? Agreement::compatible : Agreement::contradiction;
}

bool isPageSlip(const Pages& a, const Pages& b) {
  constexpr std::uint32_t kNear = 5;
  if (a.empty() || b.empty() || a.kind != b.kind || a.prefix != b.prefix) return false;
  const std::uint64_t lastA = std::max(a.first, a.last), lastB = std::max(b.first, b.last);
  if (a.first <= lastB + kNear && b.first <= lastA + kNear) return true;
  std::string digitsA = std::to_string(a.first), digitsB = std::to_string(b.first);
  if (editDistance(digitsA, digitsB) <= 1) return true;
  std::sort(digitsA.begin(), digitsA.end());
  std::sort(digitsB.begin(), digitsB.end());
  return digitsA == digitsB;
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
