#include "Authors.hpp"

#include <algorithm>
#include <utility>

#include "Fold.hpp"

#include <winnow/formats/ascii.hpp>

namespace winnow::duplicates {

namespace {

constexpr std::size_t kMostInitials = 4;

using formats::isHigh;
using formats::isLower;
using formats::isUpper;
bool isLetterOfAnyScript(char c) { return isUpper(c) || isLower(c) || isHigh(c); }

/// True if the semicolon at `at` ends an entity: "B&#252;rch".
bool endsEntity(std::string_view text, std::size_t at) {
  constexpr std::size_t kLongest = 8;
  const std::size_t mark = text.substr(0, at).rfind('&');
  if (mark == std::string_view::npos || at - mark < 3 || at - mark > kLongest) return false;
  return text.substr(mark, at - mark).find_first_of(" ,.;") == std::string_view::npos;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kEdge = " \t\r\n,;*\"";
  const std::size_t begin = text.find_first_not_of(kEdge);
  if (begin == std::string_view::npos) return {};
  std::size_t end = text.find_last_not_of(kEdge) + 1;
  if (end < text.size() && text[end] == ';' && endsEntity(text, end)) ++end;
  return text.substr(begin, end - begin);
}

/// True if the word is one to three capital letters: "RE", "J.", "JAM". Initials, not a name.
bool isInitials(std::string_view word) {
  std::size_t letters = 0;
  for (const char c : word) {
    if (isLower(c) || isHigh(c)) return false;
    letters += isUpper(c) ? 1 : 0;
  }
  return letters >= 1 && letters <= 3;
}

/// A part of the family that was left with the given names: "de Holm, Ada Van".
bool isParticle(std::string_view folded) {
  for (const std::string_view particle :
       {"van", "von", "de", "der", "den", "del", "della", "di", "da", "dos", "la", "le", "ter"})
    if (folded == particle) return true;
  return false;
}

/// First letters of given names; a word of capitals gives all its letters.
std::string initialsOf(std::string_view given) {
  std::string initials;
  std::size_t at = 0;
  while (at < given.size() && initials.size() < kMostInitials) {
    if (!isLetterOfAnyScript(given[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < given.size() && (isLetterOfAnyScript(given[end]) || given[end] == '\'')) ++end;
    const std::string_view word = given.substr(at, end - at);
    const std::string folded = fold(word);
    if (isInitials(word))
      initials.append(folded, 0, kMostInitials - initials.size());
    else if (!folded.empty() && !isParticle(folded))
      initials.push_back(folded[0]);
    at = end;
  }
  return initials;
}

bool isOpenEnd(std::string_view folded) { return folded == "et al" || folded == "others" || folded == "and others"; }

bool namesBody(std::string_view folded) {
  for (const std::string_view word : {"group", "consortium", "collaborat", "committee", "investigators", "society",
                                      "network", "association", "organization", "organisation", "department",
                                      "institute", "anonymous", "corporat", "university", " team", "corporate "})
    if (folded.find(word) != std::string_view::npos) return true;
  return false;
}

/// Position behind the dot where "Holm K.Fern G. F." begins its next name, or npos.
std::size_t runTogether(std::string_view text) {
  bool familySeen = false;
  std::size_t wordLetters = 0;
  for (std::size_t i = 0; i + 2 < text.size(); ++i) {
    if (isLetterOfAnyScript(text[i])) {
      ++wordLetters;
      familySeen = familySeen || wordLetters >= 2;
      continue;
    }
    const bool endsInitial = text[i] == '.' && wordLetters == 1 && isUpper(text[i - 1]);
    if (endsInitial && familySeen && isLetterOfAnyScript(text[i + 1]) &&
        (isLetterOfAnyScript(text[i + 2]) || text[i + 2] == '\''))
      return i + 1;
    wordLetters = 0;
  }
  return std::string_view::npos;
}

std::size_t nextSemicolon(std::string_view text) {
  std::size_t at = text.find(';');
  while (at != std::string_view::npos && endsEntity(text, at)) at = text.find(';', at + 1);
  return at;
}

/// Position of the mark between two names of one text, and its size.
std::pair<std::size_t, std::size_t> separator(std::string_view text) {
  const std::size_t semicolon = nextSemicolon(text);
  const std::size_t conjunction = text.find(" and ");
  if (semicolon < conjunction) return {semicolon, 1};
  if (conjunction != std::string_view::npos) return {conjunction, 5};
  const std::size_t next = runTogether(text);
  return {next, 0};
}

/// "Holm RE" and "Fern G. F.": how many bytes stand before the initials that end the text; all if none do.
std::size_t sizeBeforeTrailingInitials(std::string_view text) {
  std::size_t end = text.size();
  while (true) {
    const std::size_t space = text.substr(0, end).find_last_of(' ');
    if (space == std::string_view::npos || !isInitials(text.substr(space + 1, end - space - 1))) return end;
    end = space;
    while (end > 0 && text[end - 1] == ' ') --end;
  }
}

/// True for a family with its initials: "Smith A", "de la Cruz MJ". Generations are no initials.
bool isWholeName(std::string_view name) {
  const std::size_t space = name.find_last_of(' ');
  if (space == std::string_view::npos || space < 2) return false;
  const std::string_view last = name.substr(space + 1);
  for (const std::string_view generation : {"II", "III", "IV"})
    if (last == generation) return false;
  const bool hasSmallLetters = std::any_of(name.begin(), name.begin() + static_cast<std::ptrdiff_t>(space), isLower);
  return isInitials(last) && last.find('.') == std::string_view::npos && hasSmallLetters;
}

/// "wright jr" is "wright": generations are given or not as it comes.
void dropGeneration(std::string& family) {
  for (const std::string_view mark : {" jr", " sr", " ii", " iii", " iv", " 2nd", " 3rd"})
    if (family.size() > mark.size() + 1 && std::string_view(family).substr(family.size() - mark.size()) == mark) {
      family.resize(family.size() - mark.size());
      return;
    }
}

/// "s holm" is "holm": an initial that slipped into the cell of the family. "d", "l" and "o" are particles.
void dropInitials(std::string& family) {
  constexpr std::size_t kShortestRest = 2;
  while (family.size() >= kShortestRest + 2 && family[1] == ' ' &&
         std::string_view("dlo").find(family[0]) == std::string_view::npos)
    family.erase(0, 2);
}

}  // namespace

void Authors::addPerson(std::string_view family, std::string_view given) {
  if (list.size() == kMost) {
    isOpen = true;
    return;
  }
  Author author;
  foldInto(family, author.family);
  if (author.family.empty()) return;
  dropGeneration(author.family);
  dropInitials(author.family);
  if (isOpenEnd(author.family)) {
    isOpen = true;
    return;
  }
  author.initials = initialsOf(given);
  author.isBody = given.empty() && namesBody(author.family);
  list.push_back(std::move(author));
}

void Authors::addParts(std::string_view family, std::string_view given) {
  if (!isWholeName(trimmed(family))) return addPerson(family, given);
  addUnsplit(trimmed(family), false);
  addText(given);
}

void Authors::addUnsplit(std::string_view name, bool isBody) {
  if (isOpenEnd(fold(name))) {
    isOpen = true;
    return;
  }
  const std::size_t before = sizeBeforeTrailingInitials(name);
  if (before < name.size()) return addPerson(name.substr(0, before), name.substr(before));
  while (!name.empty() && name.back() == '.') name.remove_suffix(1);
  const std::size_t last = name.find_last_of(" .");
  if (last == std::string_view::npos || isBody) return addPerson(name, {});
  addPerson(name.substr(last + 1), name.substr(0, last));
}

void Authors::addText(std::string_view text) {
  text = trimmed(text);
  while (!text.empty()) {
    const bool isBody = text.find(',') == std::string_view::npos && namesBody(fold(text));
    const auto [at, size] = isBody ? std::pair<std::size_t, std::size_t>{std::string_view::npos, 0} : separator(text);
    const std::string_view name = trimmed(text.substr(0, at));
    text = at == std::string_view::npos ? std::string_view{} : trimmed(text.substr(at + size));
    const std::size_t comma = name.find(',');
    if (comma != std::string_view::npos)
      addParts(name.substr(0, comma), name.substr(comma + 1));
    else
      addUnsplit(name, isBody);
  }
}

}  // namespace winnow::duplicates
