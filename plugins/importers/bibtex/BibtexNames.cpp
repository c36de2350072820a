#include "BibtexNames.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <winnow/formats/text.hpp>

#include "TexText.hpp"

namespace winnow::bibtex {

namespace {

bool isBlankOrTie(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '~'; }

/// Parts between `separator` outside of braces.
std::vector<std::string_view> splitOutside(std::string_view tex, char separator) {
  std::vector<std::string_view> parts;
  std::size_t depth = 0, begin = 0;
  for (std::size_t i = 0; i < tex.size(); ++i) {
    if (tex[i] == '{') ++depth;
    if (tex[i] == '}' && depth > 0) --depth;
    if (tex[i] != separator || depth > 0) continue;
    parts.push_back(formats::trim(tex.substr(begin, i - begin)));
    begin = i + 1;
  }
  parts.push_back(formats::trim(tex.substr(begin)));
  return parts;
}

/// Words between blanks outside of braces.
std::vector<std::string_view> words(std::string_view tex) {
  std::vector<std::string_view> list;
  std::size_t depth = 0, begin = 0;
  for (std::size_t i = 0; i <= tex.size(); ++i) {
    const bool isEnd = i == tex.size() || (depth == 0 && isBlankOrTie(tex[i]) && !(i > 0 && tex[i - 1] == '\\'));
    if (isEnd) {
      if (i > begin) list.push_back(tex.substr(begin, i - begin));
      begin = i + 1;
      continue;
    }
    if (tex[i] == '{') ++depth;
    if (tex[i] == '}' && depth > 0) --depth;
  }
  return list;
}

bool isWholeGroup(std::string_view tex) {
  if (tex.size() < 2 || tex.front() != '{' || tex.back() != '}' || tex[1] == '\\') return false;
  std::size_t depth = 0;
  for (std::size_t i = 0; i + 1 < tex.size(); ++i) {
    if (tex[i] == '{') ++depth;
    if (tex[i] == '}' && --depth == 0) return false;
  }
  return true;
}

/// BibTeX: a word is part of "von" if its first letter outside of braces is small.
bool isParticle(std::string_view word) {
  const std::size_t letter = word.find_first_not_of("'`-");
  return letter != std::string_view::npos && word[letter] >= 'a' && word[letter] <= 'z';
}

std::string joined(const std::vector<std::string_view>& list, std::size_t begin, std::size_t end) {
  std::string text;
  for (std::size_t i = begin; i < end; ++i) text += (text.empty() ? "" : " ") + std::string(list[i]);
  return plainText(text);
}

bool isInParts(std::string_view tex) {
  const std::size_t equals = tex.find('=');
  if (equals == std::string_view::npos) return false;
  const std::string name = formats::lower(formats::trim(tex.substr(0, equals)));
  return name == "family" || name == "given" || name == "prefix" || name == "suffix" || name == "given-i" ||
         name == "useprefix";
}

formats::PersonName parseParts(std::string_view tex) {
  formats::PersonName name;
  std::string prefix;
  for (std::string_view part : splitOutside(tex, ',')) {
    if (isWholeGroup(part)) part = part.substr(1, part.size() - 2);
    const std::size_t equals = part.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string key = formats::lower(formats::trim(part.substr(0, equals)));
    const std::string value = plainText(part.substr(equals + 1));
    if (key == "family") name.family = value;
    if (key == "given") name.given = value;
    if (key == "suffix") name.suffix = value;
    if (key == "prefix") prefix = value;
  }
  if (!prefix.empty()) name.family = prefix + " " + name.family;
  if (name.family.empty()) name.literal = std::exchange(name.given, {});
  return name;
}

/// "Jr", "III": between two commas; other things there are given names that someone parted by a comma.
bool isSuffix(std::string_view text) {
  std::string word = formats::lower(text);
  word.erase(std::remove(word.begin(), word.end(), '.'), word.end());
  for (const std::string_view known :
       {"jr", "sr", "junior", "senior", "ii", "iii", "iv", "v", "vi", "2nd", "3rd", "md", "phd", "esq"})
    if (word == known) return true;
  return false;
}

formats::PersonName withoutComma(std::string_view tex) {
  formats::PersonName name;
  const std::vector<std::string_view> list = words(tex);
  if (list.size() <= 1) {
    name.literal = plainText(tex);
    return name;
  }
  std::size_t last = list.size() - 1;
  std::size_t von = 1;
  while (von < last && !isParticle(list[von])) ++von;
  if (isParticle(list[0])) von = 0;
  std::size_t familyBegin = std::min(von, last);
  // "Martin Luther King Jr.": the suffix is not the family name.
  if (last > 1 && isSuffix(list[last])) {
    name.suffix = plainText(list[last]);
    --last;
    familyBegin = std::min(familyBegin, last);
  }
  name.given = joined(list, 0, familyBegin);
  name.family = joined(list, familyBegin, last + 1);
  return name;
}

}  // namespace

std::vector<std::string_view> splitNames(std::string_view tex) {
  std::vector<std::string_view> names;
  std::size_t depth = 0, begin = 0;
  const auto add = [&](std::size_t end) {
    const std::string_view name = formats::trim(tex.substr(begin, end - begin));
    if (!name.empty() && name != "," && !formats::equalsIgnoringCase(name, "others")) names.push_back(name);
  };
  for (std::size_t i = 0; i < tex.size(); ++i) {
    if (tex[i] == '{') ++depth;
    if (tex[i] == '}' && depth > 0) --depth;
    const bool isAnd = depth == 0 && isBlankOrTie(tex[i]) && i + 4 < tex.size() &&
                       formats::equalsIgnoringCase(tex.substr(i + 1, 3), "and") && isBlankOrTie(tex[i + 4]);
    if (!isAnd) continue;
    add(i);
    begin = i + 4;
    i += 3;
  }
  add(tex.size());
  if (names.size() == 1 && tex.find(';') != std::string_view::npos && tex.find('&') == std::string_view::npos) {
    names.clear();
    for (const std::string_view part : splitOutside(tex, ';'))
      if (!part.empty()) names.push_back(part);
  }
  return names;
}

formats::PersonName parseName(std::string_view tex) {
  formats::PersonName name;
  tex = formats::trim(tex);
  if (isWholeGroup(tex)) {
    name.literal = plainText(tex);
    return name;
  }
  if (isInParts(tex)) return parseParts(tex);
  std::vector<std::string_view> parts = splitOutside(tex, ',');
  while (parts.size() > 1 && parts.back().empty()) parts.pop_back();
  if (parts.size() == 1) return withoutComma(parts[0]);
  name.family = plainText(parts[0]);
  if (parts.size() == 2)
    name.given = plainText(parts[1]);
  else if (isSuffix(parts[1])) {
    name.suffix = plainText(parts[1]);
    name.given = plainText(parts[2]);
  } else {
    name.given = plainText(parts[1]);
    if (isSuffix(parts[2]))
      name.suffix = plainText(parts[2]);
    else
      name.given += " " + plainText(parts[2]);
  }
  if (name.family.empty()) name.literal = std::exchange(name.given, {});
  return name;
}

}  // namespace winnow::bibtex
