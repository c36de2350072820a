#include "TitleTails.hpp"

#include <algorithm>
#include <string>

#include "Fold.hpp"

namespace winnow::duplicates {

namespace {

constexpr std::string_view kLanguages[] = {
    "chinese",    "french",     "german",  "spanish",   "italian",   "japanese",       "russian",
    "portuguese", "polish",     "dutch",   "turkish",   "korean",    "czech",          "danish",
    "swedish",    "norwegian",  "finnish", "hungarian", "ukrainian", "serbian",        "croatian",
    "bulgarian",  "romanian",   "slovak",  "slovenian", "persian",   "arabic",         "hebrew",
    "greek",      "lithuanian", "thai",    "english",   "icelandic", "spanish english"};

void trim(std::string_view& text) {
  constexpr std::string_view kEdge = " \t\r\n\"";
  const std::size_t begin = text.find_first_not_of(kEdge);
  if (begin == std::string_view::npos) {
    text = {};
    return;
  }
  text = text.substr(begin, text.find_last_not_of(kEdge) + 1 - begin);
}

/// Position of the bracket that opens the group ending the text, or npos.
std::size_t openingOfLast(std::string_view text, char open, char close) {
  int depth = 0;
  for (std::size_t i = text.size(); i-- > 0;) {
    if (text[i] == close) ++depth;
    if (text[i] == open && --depth == 0) return i;
  }
  return std::string_view::npos;
}

bool isLanguage(std::string_view content) {
  const std::string folded = fold(content);
  for (const std::string_view language : kLanguages)
    if (folded == language) return true;
  return false;
}

/// "(vol 3, pg 4, 2001)" and "(volume 12, page 20)".
bool isCitation(std::string_view content) {
  const std::string folded = fold(content);
  const bool namesVolume = folded.starts_with("vol ") || folded.starts_with("volume ");
  return namesVolume && (folded.find(" pg ") != std::string::npos || folded.find(" page ") != std::string::npos);
}

/// "(review)", "(33 refs)", "(author's transl)".
bool isRemark(std::string_view content) {
  const std::string folded = fold(content);
  return folded == "review" || folded == "authors transl" || folded == "proceedings" || folded == "abstract" ||
         (folded.size() > 4 && folded.substr(folded.size() - 4) == "refs");
}

/// "[Erratum]" and "(correction)" say that this is one; "[Erratum appears in ...]" says that there is one.
bool isCorrection(std::string_view content) {
  const std::string folded = fold(content);
  return folded == "erratum" || folded == "errata" || folded == "corrigendum" || folded == "correction" ||
         folded == "addendum";
}

void dropStops(std::string_view& text) {
  while (!text.empty() && (text.back() == '.' || text.back() == ' ' || text.back() == '"' || text.back() == ';'))
    text.remove_suffix(1);
}

/// Takes one bracketed addition off the end. False if there is none.
bool dropTail(BareTitle& title) {
  std::string_view text = title.text;
  dropStops(text);
  if (text.empty()) return false;
  const bool isSquare = text.back() == ']';
  if (!isSquare && text.back() != ')') return false;
  const std::size_t open = openingOfLast(text, isSquare ? '[' : '(', isSquare ? ']' : ')');
  if (open == std::string_view::npos || open == 0) return false;
  const std::string_view content = text.substr(open + 1, text.size() - open - 2);
  const bool citation = isCitation(content) || isCorrection(content);
  if (!isSquare && !citation && !isRemark(content)) return false;
  title.hasCitation = title.hasCitation || citation;
  title.isTranslated = title.isTranslated || isLanguage(content);
  title.text = text.substr(0, open);
  trim(title.text);
  return true;
}

void dropRetractionMark(std::string_view& text) {
  constexpr std::size_t kLongest = 24;
  const std::size_t colon = text.substr(0, kLongest).find_first_of(":.]");
  if (colon == std::string_view::npos) return;
  const std::string mark = fold(text.substr(0, colon));
  if (mark != "retracted" && mark != "retracted article" && mark != "withdrawn" && mark != "withdrawn article") return;
  text.remove_prefix(colon + 1);
  trim(text);
}

/// "Title <ORIGINAL> Titre" of older exports: the translation stands first.
void dropOriginal(BareTitle& title) {
  const std::size_t at = title.text.find("<ORIGINAL>");
  if (at == std::string_view::npos || at == 0) return;
  title.text = title.text.substr(0, at);
  title.isTranslated = true;
  trim(title.text);
}

}  // namespace

ParallelTitle splitParallelTitle(std::string_view title) {
  constexpr std::ptrdiff_t kFewestSpaces = 3;
  const auto isLong = [](std::string_view text) { return std::count(text.begin(), text.end(), ' ') >= kFewestSpaces; };
  trim(title);
  std::string_view whole = title;
  dropStops(whole);
  if (const std::size_t at = whole.find(" = "); at != std::string_view::npos) {
    const std::string_view first = whole.substr(0, at), second = whole.substr(at + 3);
    return isLong(first) && isLong(second) ? ParallelTitle{first, second} : ParallelTitle{title, {}};
  }
  if (whole.empty() || whole.back() != ']') return {title, {}};
  const std::size_t open = openingOfLast(whole, '[', ']');
  if (open == std::string_view::npos || open == 0) return {title, {}};
  const std::string_view second = whole.substr(open + 1, whole.size() - open - 2);
  const bool isNote = isRemark(second) || isCorrection(second) || fold(second).find(" in ") != std::string::npos;
  return isLong(second) && !isNote ? ParallelTitle{title, second} : ParallelTitle{title, {}};
}

BareTitle bareTitle(std::string_view title) {
  BareTitle bare{title};
  trim(bare.text);
  dropRetractionMark(bare.text);
  dropOriginal(bare);
  while (dropTail(bare)) {
  }
  std::string_view inner = bare.text;
  dropStops(inner);
  if (inner.size() > 2 && inner.front() == '[' && inner.back() == ']' && openingOfLast(inner, '[', ']') == 0) {
    bare.text = inner.substr(1, inner.size() - 2);
    bare.isTranslated = true;
    trim(bare.text);
  }
  return bare;
}

}  // namespace winnow::duplicates
