#include "bibliography/Text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <winnow/formats/ascii.hpp>
#include <winnow/formats/names.hpp>
#include <winnow/formats/pages.hpp>
#include <winnow/formats/text.hpp>

namespace winnow::bibliography {
namespace {

constexpr std::string_view kCopyrightSign = "\xC2\xA9";

using formats::isDigit;
using formats::isLetter;
using formats::lower;
bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }
/// find_first_of() searches the signs anew for each byte of the text.
bool hasAny(std::string_view text, std::string_view signs) {
  std::array<bool, 256> isSign{};
  for (const char c : signs) isSign[static_cast<unsigned char>(c)] = true;
  return std::any_of(text.begin(), text.end(), [&](char c) { return isSign[static_cast<unsigned char>(c)]; });
}

/// U+FFFE or U+FFFF.
bool holdsNoncharacter(std::string_view text) {
  for (std::size_t at = text.find('\xEF'); at != std::string_view::npos; at = text.find('\xEF', at + 1)) {
    const std::string_view code = text.substr(at, 3);
    if (code == "\xEF\xBF\xBE" || code == "\xEF\xBF\xBF") return true;
  }
  return false;
}

/// Words that producers write for "nothing" and readers drop.
bool isNothingWord(std::string_view text) {
  constexpr std::string_view kWords[] = {"no", "none", "null", "nan", "undefined", "unknown", "specified", "n/a"};
  return text.size() <= 9 && std::find(std::begin(kWords), std::end(kWords), lower(text)) != std::end(kWords);
}

bool startsWith(std::string_view text, std::string_view start) { return text.substr(0, start.size()) == start; }
bool endsWith(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

/// An entity ("&amp;", "&#8217;").
bool holdsEntity(std::string_view text) {
  const auto isName = [](char c) { return isLetter(c) || isDigit(c) || c == '#'; };
  for (std::size_t at = text.find('&'); at != std::string_view::npos; at = text.find('&', at + 1)) {
    const std::string_view rest = text.substr(at + 1);
    const auto end = static_cast<std::size_t>(std::find_if_not(rest.begin(), rest.end(), isName) - rest.begin());
    if (end > 0 && rest.substr(end, 1) == ";") return true;
  }
  return false;
}

/// The begin or end of an element ("<i>", "</i>").
bool holdsTag(std::string_view text) {
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    const std::string_view rest = text.substr(at + 1);
    if (!rest.empty() && (isLetter(rest[0]) || rest[0] == '/' || rest[0] == '!')) return true;
  }
  return false;
}

/// "word" in any mixture of capitals and small letters; `word` in small letters.
bool containsIgnoringCase(std::string_view text, std::string_view word) {
  const char capital = static_cast<char>(word[0] - 32);
  for (const char begin : {word[0], capital})
    for (std::size_t at = text.find(begin); at != std::string_view::npos; at = text.find(begin, at + 1))
      if (text.size() - at >= word.size() &&
          std::equal(word.begin() + 1, word.end(), text.begin() + static_cast<std::ptrdiff_t>(at) + 1,
                     [](char a, char b) { return a == lower(b); }))
        return true;
  return false;
}

/// 1 to `most`, at most 99, without a leading zero.
bool isCounted(std::string_view text, int most) {
  if (text.empty() || text.size() > 2 || text.front() == '0' || !std::all_of(text.begin(), text.end(), isDigit))
    return false;
  const int number = text.size() == 1 ? text[0] - '0' : (text[0] - '0') * 10 + (text[1] - '0');
  return number <= most;
}

int isbnSum10(std::string_view text) {
  int sum = 0;
  for (std::size_t i = 0; i < 10; ++i) {
    const bool isTen = text[i] == 'X' && i == 9;
    if (!isTen && !isDigit(text[i])) return -1;
    sum += (isTen ? 10 : text[i] - '0') * static_cast<int>(10 - i);
  }
  return sum;
}

int isbnSum13(std::string_view text) {
  int sum = 0;
  for (std::size_t i = 0; i < 13; ++i) {
    if (!isDigit(text[i])) return -1;
    sum += (text[i] - '0') * (i % 2 == 0 ? 1 : 3);
  }
  return sum;
}

}  // namespace

bool isPlain(std::string_view text) {
  if (text.empty() || isNothingWord(text) || formats::isRemark(text)) return false;
  if (!formats::isCollapsed(text) || formats::findControl(text) != text.size()) return false;
  return !holdsNoncharacter(text) && !holdsEntity(text) && !holdsTag(text) && !startsWith(text, "winnow:");
}

bool isPlainAbstract(std::string_view text) {
  return isPlain(text) && !contains(text, kCopyrightSign) && !containsIgnoringCase(text, "copyright") &&
         !contains(text, "\xE2\x80\xA6");
}

bool isPlainName(std::string_view text) {
  return isPlain(text) && !hasAny(text, ",;&|[](){}\"*/0123456789") && !formats::isNobody(text) &&
         !containsIgnoringCase(text, "anonymous") && !containsIgnoringCase(text, "et al") && !contains(text, " and ");
}

bool isPlainSuffix(std::string_view text) {
  constexpr std::string_view kSuffixes[] = {"Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"};
  return std::find(std::begin(kSuffixes), std::end(kSuffixes), text) != std::end(kSuffixes);
}

bool isPlainKeyword(std::string_view text) { return isPlain(text) && !hasAny(text, ";*") && !endsWith(text, ","); }

bool isDigits(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), isDigit); }

bool isYear(std::string_view text) { return text.size() == 4 && isDigits(text) && text >= "1400" && text <= "2100"; }
bool isMonth(std::string_view text) { return isCounted(text, 12); }
bool isDay(std::string_view text) { return isCounted(text, 31); }

bool isPlainPage(std::string_view text) {
  const std::size_t dash = text.find('-');
  const std::string_view begin = text.substr(0, dash);
  if (!isDigits(begin) || begin.front() == '0') return false;
  if (dash == std::string_view::npos) return true;
  const std::string_view end = text.substr(dash + 1);
  if (!isDigits(end) || end.front() == '0' || end.size() < begin.size()) return false;
  return end.size() > begin.size() || end > begin;
}

bool isPlainDoi(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (!startsWith(text, "10.") || slash == std::string_view::npos || !isPlain(text)) return false;
  if (slash < 7 || slash > 12 || !isDigits(text.substr(3, slash - 3))) return false;
  const bool isAscii = std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7F; });
  return isAscii && !hasAny(text, "%\\{}\"'") && (isDigit(text.back()) || isLetter(text.back()));
}

bool isIssn(std::string_view text) {
  return text.size() == 9 && text[4] == '-' && isDigits(text.substr(0, 4)) && isDigits(text.substr(5, 3)) &&
         (isDigit(text[8]) || text[8] == 'X');
}

bool isIsbn(std::string_view text) {
  if (text.size() == 10) return isbnSum10(text) > 0 && isbnSum10(text) % 11 == 0;
  return text.size() == 13 && isbnSum13(text) > 0 && isbnSum13(text) % 10 == 0;
}

bool isPlainUrl(std::string_view text) {
  return (startsWith(text, "http://") || startsWith(text, "https://")) && isPlain(text) && !hasAny(text, " ;,|");
}

void appendOneLine(std::string& out, std::string_view text) {
  const std::size_t begin = out.size();
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = at + formats::findControl(text.substr(at));
    out.append(text, at, end - at);
    if (end == text.size()) break;
    const char c = text[end];
    if ((c == '\n' || c == '\r' || c == '\t') && out.size() > begin && out.back() != ' ') out += ' ';
    at = end + 1;
  }
  while (out.size() > begin && out.back() == ' ') out.pop_back();
}

std::string oneLine(std::string_view text) {
  std::string line;
  appendOneLine(line, text);
  return line;
}

}  // namespace winnow::bibliography
