#include <winnow/formats/ascii.hpp>
#include <winnow/formats/pages.hpp>
#include <winnow/formats/text.hpp>

#include <algorithm>

namespace winnow::formats {

namespace {

/// Every dash of Unicode as "-", runs as one, blanks around it dropped.
std::string withPlainDashes(std::string_view text) {
  static constexpr std::string_view kDashes[] = {"\xE2\x80\x90", "\xE2\x80\x91", "\xE2\x80\x92", "\xE2\x80\x93",
                                                 "\xE2\x80\x94", "\xE2\x80\x95", "\xE2\x88\x92", "\xEF\xBC\x8D"};
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const bool isAscii = static_cast<unsigned char>(text[i]) < 0x80;
    const auto dash = isAscii ? std::end(kDashes)
                              : std::find_if(std::begin(kDashes), std::end(kDashes),
                                             [&](std::string_view d) { return text.substr(i, 3) == d; });
    const bool isDash = dash != std::end(kDashes) || text[i] == '-';
    if (!isDash) {
      out += text[i++];
      continue;
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    if (out.empty() || out.back() != '-') out += '-';
    i += dash != std::end(kDashes) ? 3 : 1;
    while (i < text.size() && text[i] == ' ') ++i;
  }
  return out;
}

struct PageNumber {
  std::string_view prefix, digits, tail;
};

PageNumber parse(std::string_view page) {
  std::size_t begin = 0;
  while (begin < page.size() && !isDigit(page[begin])) ++begin;
  std::size_t end = begin;
  while (end < page.size() && isDigit(page[end])) ++end;
  return {page.substr(0, begin), page.substr(begin, end - begin), page.substr(end)};
}

/// "943-7": the end lacks the digits it shares with the begin.
std::string expandRange(std::string_view first, std::string_view last) {
  const PageNumber a = parse(first), b = parse(last);
  const bool simple = !a.digits.empty() && !b.digits.empty() && a.tail.empty() &&
                      a.prefix.find(' ') == std::string_view::npos && (b.prefix.empty() || b.prefix == a.prefix);
  if (!simple) return std::string(first) + "-" + std::string(last);
  std::string digits(b.digits);
  if (digits.size() < a.digits.size())
    digits = std::string(a.digits.substr(0, a.digits.size() - digits.size())) + digits;
  if (digits == a.digits && b.tail.empty()) return std::string(first);
  return std::string(first) + "-" + std::string(a.prefix) + digits + std::string(b.tail);
}

}  // namespace

bool isPlaceholder(std::string_view text) {
  static constexpr std::string_view kWords[] = {"nan",     "null", "undefined", "specified", "no specified",
                                                "unknown", "n/a",  "na",        "none",      "-",
                                                "0000",    "+",    "&",         "page(s)",   "pagination"};
  text = trim(text);
  if (text.size() > 12) return false;  // abstracts are asked too
  if (text == "No") return true;       // Ovid's "No Specified" in two tags; "no" is the code of Norwegian
  constexpr std::string_view kFirsts = "nusNUS-0+&pP";  // letters of the words; nearly all texts begin with others
  if (text.empty() || kFirsts.find(text.front()) == std::string_view::npos) return false;
  return std::any_of(std::begin(kWords), std::end(kWords),
                     [&](std::string_view word) { return equalsIgnoringCase(text, word); });
}

bool isRemark(std::string_view text) {
  constexpr std::size_t kLongest = 60;
  text = trim(text);
  if (text.size() < 8 || text.size() > kLongest) return false;
  if (std::string_view("deDE.]nN").find(text.back()) == std::string_view::npos) return false;  // as kEnds end
  if (text.back() == '.') text.remove_suffix(1);
  const bool isBracketed = text.front() == '[' && text.back() == ']';
  if (isBracketed) text = text.substr(1, text.size() - 2);
  if (!text.empty() && text.back() == '.') text.remove_suffix(1);
  const std::string words = lower(text);
  const std::string_view last = std::string_view(words).substr(words.rfind(' ') + 1);
  static constexpr std::string_view kEnds[] = {"available", "listed",   "given",     "provided",
                                               "supplied",  "recorded", "specified", "found"};
  if (std::find(std::begin(kEnds), std::end(kEnds), last) == std::end(kEnds)) return false;
  const bool says = words.substr(0, 3) == "no " || words.find("not " + std::string(last)) != std::string::npos;
  static constexpr std::string_view kWhat[] = {"abstract", "author", "title", "name"};
  return says && (isBracketed || std::any_of(std::begin(kWhat), std::end(kWhat), [&](std::string_view what) {
                    return words.find(what) != std::string::npos;
                  }));
}

std::string normalisePages(std::string_view text) {
  if (text.empty()) return {};
  std::string pages = withPlainDashes(collapsed(text));
  for (const std::string_view label : {"pp.", "pp ", "p."})
    if (startsWithIgnoringCase(pages, label) && pages.size() > label.size())
      pages = std::string(trim(std::string_view(pages).substr(label.size())));
  while (!pages.empty() && (pages.back() == '-' || pages.back() == ',' || pages.back() == '.')) pages.pop_back();
  while (!pages.empty() && pages.front() == '-') pages.erase(0, 1);
  if (isPlaceholder(pages)) return {};
  const std::size_t dash = pages.find('-');
  if (dash == std::string::npos || pages.find('-', dash + 1) != std::string::npos ||
      pages.find_first_of(",;+ ") != std::string::npos)
    return pages;
  return expandRange(std::string_view(pages).substr(0, dash), std::string_view(pages).substr(dash + 1));
}

std::string joinPages(std::string_view first, std::string_view last) {
  first = trim(first);
  last = trim(last);
  if (isPlaceholder(first)) first = {};
  if (isPlaceholder(last)) last = {};
  const std::string begin = normalisePages(first), end = normalisePages(last);
  if (end.empty() || begin == end) return begin;
  if (begin.empty() || (end.size() > begin.size() && end.compare(0, begin.size() + 1, begin + "-") == 0)) return end;
  if (begin.find('-') != std::string::npos) return begin;
  return expandRange(begin, end);
}

}  // namespace winnow::formats
