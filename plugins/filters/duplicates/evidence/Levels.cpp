#include "Levels.hpp"

#include <iterator>

namespace winnow::duplicates {

namespace {

struct Scale {
  std::string_view field;
  std::array<std::string_view, kMostLevels> levels;
};

// The order is the one of Field, and of weights.inc.
constexpr Scale kScales[] = {
    {"title", {"", "equal, long", "equal", "equal, short", "misprint", "cut", "near", "similar", "other"}},
    {"authors", {"", "three or more", "two", "one", "most", "some", "none"}},
    {"year", {"", "same", "next", "near", "other"}},
    {"journal", {"", "equal", "fits", "other"}},
    {"volume", {"", "equal", "fits", "other"}},
    {"issue", {"", "equal", "fits", "other"}},
    {"pages", {"", "all", "first", "fit", "slip", "other"}},
    {"DOI", {"", "equal", "other"}},
    {"abstract", {"", "same", "near", "some", "other"}}};
static_assert(std::size(kScales) == kFieldCount);

std::uint8_t titleLevel(const Comparison& c) {
  constexpr std::uint32_t kLong = 8, kShort = 4;
  const TitleComparison& t = c.title;
  if (t.isMissing) return 0;
  if (t.equal()) return c.contentWords >= kLong ? 1 : c.contentWords > kShort ? 2 : 3;
  const bool hasForeign = t.foreignInShorter > 0 || t.foreignInLonger > 0;
  if (t.similarity >= 0.85 && !hasForeign && !t.hasDoubtfulWord && t.harmless()) return 4;
  if (t.isContained) return 5;
  if (t.similarity >= 0.85) return 6;
  return t.similarity >= 0.6 ? 7 : 8;
}

std::uint8_t authorsLevel(const Comparison& c) {
  const AuthorComparison& a = c.authors;
  if (a.isMissing) return 0;
  if (a.matched == 0) return 6;
  if (a.share >= 0.95) return a.matched >= 3 ? 1 : a.matched == 2 ? 2 : 3;
  return a.share >= 0.6 ? 4 : 5;
}

std::uint8_t yearLevel(const Comparison& c) {
  constexpr int kWrongYear = 3;
  const bool issueTells = agrees(c.journal) && agrees(c.volume) && agrees(c.issue) && c.yearGap <= kWrongYear;
  if (c.yearGap == Comparison::kNoYear || (c.yearGap > 0 && issueTells)) return 0;  // one issue appears in one year
  return c.yearGap == 0 ? 1 : c.yearGap == 1 ? 2 : c.yearGap <= 3 ? 3 : 4;
}

std::uint8_t levelOf(Agreement agreement) {
  return agreement == Agreement::empty ? 0 : agreement == Agreement::equal ? 1 : contradicts(agreement) ? 3 : 2;
}

std::uint8_t pagesLevel(const Comparison& c) {
  if (c.pages == Agreement::empty) return 0;
  if (c.isSameRange) return 1;
  if (c.pages == Agreement::equal) return 2;
  if (c.pages == Agreement::compatible) return 3;
  return c.isPageSlip ? 4 : 5;
}

std::uint8_t abstractLevel(const Comparison& c) {
  if (c.abstract < 0) return 0;
  return c.abstract >= 0.9 ? 1 : c.abstract >= 0.5 ? 2 : c.abstract >= 0.1 ? 3 : 4;
}

}  // namespace

Levels levelsOf(const Comparison& c) {
  const std::uint8_t doi = c.doi == Agreement::empty ? std::uint8_t{0} : std::uint8_t(contradicts(c.doi) ? 2 : 1);
  return {titleLevel(c),    authorsLevel(c), yearLevel(c), levelOf(c.journal), levelOf(c.volume),
          levelOf(c.issue), pagesLevel(c),   doi,          abstractLevel(c)};
}

std::string_view nameOf(Field field) { return kScales[static_cast<std::size_t>(field)].field; }

std::string_view nameOf(Field field, std::uint8_t level) {
  return kScales[static_cast<std::size_t>(field)].levels[level];
}

std::size_t levelCount(Field field) {
  std::size_t count = 1;
  while (count < kMostLevels && !nameOf(field, static_cast<std::uint8_t>(count)).empty()) ++count;
  return count;
}

}  // namespace winnow::duplicates
