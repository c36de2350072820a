#include "Pages.hpp"

#include <algorithm>

#include <winnow/formats/ascii.hpp>

namespace winnow::duplicates {

namespace {

constexpr std::uint32_t kLongestGeneric = 40;      // "1-40": the article's own count
constexpr std::size_t kShortestArticleNumber = 6;  // digits; no volume has 100,000 pages

using formats::isDigit;
using formats::isLetter;
using formats::lower;

/// Letters and the number behind them: "S12", "e0006440". `digits` is empty if there is no number.
struct Mark {
  std::string prefix;
  std::string digits;
};

/// Reads letters, then digits; steps behind them and behind what follows directly.
Mark readMark(std::string_view text, std::size_t& at) {
  Mark mark;
  while (at < text.size() && (text[at] == ' ' || text[at] == '.' || text[at] == ':')) ++at;
  while (at < text.size() && isLetter(text[at])) mark.prefix.push_back(lower(text[at++]));
  while (at < text.size() && (text[at] == '.' || text[at] == ' ')) ++at;
  while (at < text.size() && isDigit(text[at])) mark.digits.push_back(text[at++]);
  return mark;
}

std::uint32_t number(std::string_view digits) {
  std::uint64_t value = 0;
  for (const char c : digits)
    value = std::min<std::uint64_t>(value * 10 + static_cast<std::uint64_t>(c - '0'), 0xFFFFFFFFu);
  return static_cast<std::uint32_t>(value);
}

std::uint32_t monthNumber(std::string_view name) {
  constexpr std::string_view kMonths[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                          "jul", "aug", "sep", "oct", "nov", "dec"};
  for (std::uint32_t i = 0; i < 12; ++i)
    if (name == kMonths[i]) return i + 1;
  return 0;
}

std::uint32_t romanDigit(char c) {
  constexpr std::string_view kDigits = "ivxlc";
  constexpr std::uint32_t kValues[] = {1, 5, 10, 50, 100};
  const std::size_t found = kDigits.find(c);
  return found == std::string_view::npos ? 0 : kValues[found];
}

/// A dash of any kind at `at`; steps behind it (and a second one).
bool readDash(std::string_view text, std::size_t& at) {
  const std::size_t before = at;
  while (at < text.size()) {
    if (text[at] == '-' || text[at] == ' ')
      ++at;
    else if (text.substr(at, 2) == "\xE2\x80" && at + 2 < text.size())
      at += 3;  // U+2010 to U+2015
    else
      break;
  }
  return at > before && text.substr(before, at - before).find_first_not_of(' ') != std::string_view::npos;
}

/// "28" behind "221" is 228.
std::uint32_t expandedLast(const std::string& first, const std::string& last) {
  if (last.empty()) return 0;
  const std::uint32_t value = number(last);
  if (last.size() >= first.size() || value >= number(first)) return value;
  return number(first.substr(0, first.size() - last.size()) + last);
}

/// "01-Jun" and "Jun-06": pages that a spreadsheet took for a date.
bool readSpreadsheetDate(const Mark& first, const Mark& second, Pages& pages) {
  const Mark& day = first.prefix.empty() ? first : second;
  const std::uint32_t month = monthNumber(first.prefix.empty() ? second.prefix : first.prefix);
  if (month == 0 || day.digits.empty()) return false;
  const std::uint32_t number1 = number(day.digits);
  pages.kind = PageKind::generic;
  pages.first = std::min(month, number1);
  pages.last = std::max(month, number1);
  pages.isSpreadsheetDate = true;
  return true;
}

/// True for letters that mark a number of the article, not a page: "e12724", "CD006273", "A4912", "ARTN 17".
bool isLocatorPrefix(std::string_view prefix, std::size_t digits) {
  for (const std::string_view locator :
       {"e", "c", "cd", "d", "f", "h", "k", "o", "artn", "arti", "article", "art", "id"})
    if (prefix == locator) return true;
  return (prefix == "a" || prefix == "b") && digits >= 3;
}

bool isPageWord(std::string_view word) {
  return word == "pp" || word == "pg" || word == "pgs" || word == "page" || word == "pages" || word == "no";
}

PageKind kindOf(const Pages& pages, std::size_t digits) {
  constexpr std::size_t kFewestOfLocatorRange = 4;  // "e12724-e12730"; shorter ranges count pages
  if (isLocatorPrefix(pages.prefix, digits) && (pages.last == 0 || digits >= kFewestOfLocatorRange))
    return PageKind::electronic;
  if (digits >= kShortestArticleNumber) return PageKind::electronic;
  if (pages.first == 1 && pages.prefix.empty() && pages.last <= kLongestGeneric) return PageKind::generic;
  return PageKind::print;
}

}  // namespace

std::uint32_t romanNumber(std::string_view text) {
  constexpr std::size_t kLongest = 8;
  if (text.size() > kLongest) return 0;
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::uint32_t here = romanDigit(text[i]);
    if (here == 0) return 0;
    const std::uint32_t next = i + 1 < text.size() ? romanDigit(text[i + 1]) : 0;
    sum = here < next ? sum - here : sum + here;
  }
  return sum;
}

Pages parsePages(std::string_view raw) {
  Pages pages;
  std::size_t at = 0;
  Mark first = readMark(raw, at);
  if (first.digits.empty()) {
    const std::size_t afterWord = at;
    std::size_t dash = afterWord;
    const bool isRange = readDash(raw, dash);
    if (isRange && monthNumber(first.prefix) != 0) {
      const Mark day = readMark(raw, dash);
      if (readSpreadsheetDate(first, day, pages)) return pages;
    }
    const std::uint32_t roman = romanNumber(first.prefix);
    if (roman == 0) return pages;
    pages.kind = PageKind::print;
    pages.first = roman;
    pages.prefix = "roman";
    return pages;
  }
  Mark second;
  if (readDash(raw, at)) second = readMark(raw, at);
  if (first.prefix.empty() && second.digits.empty() && readSpreadsheetDate(first, second, pages)) return pages;
  pages.first = number(first.digits);
  pages.last = expandedLast(first.digits, second.digits);
  if (!isPageWord(first.prefix)) pages.prefix = first.prefix;
  pages.kind = kindOf(pages, first.digits.size());
  const bool runsBackwards = pages.last != 0 && pages.last < pages.first;  // an ISSN in the cell of the pages
  if (pages.first == 0 || runsBackwards) pages = Pages{};
  return pages;
}

Pages parseArticleNumber(std::string_view raw) {
  Pages pages = parsePages(raw);
  if (!pages.empty()) pages.kind = PageKind::electronic;
  return pages;
}

}  // namespace winnow::duplicates
