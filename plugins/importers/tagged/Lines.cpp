#include "Lines.hpp"

#include <algorithm>

#include <winnow/blank.hpp>
#include <winnow/formats/ascii.hpp>
#include <winnow/formats/signs.hpp>
#include <winnow/formats/text.hpp>

namespace winnow::tagged {

namespace {

using Kind = TagLine::Kind;

bool isCapital(char c) { return c >= 'A' && c <= 'Z'; }
using formats::isDigit;
bool isBlankCharacter(char c) { return c == ' ' || c == '\t'; }

/// Length of a tag of capitals and digits at the beginning of the line; 0 if there is none of 2 to `most`.
std::size_t tagLength(std::string_view line, std::size_t most) {
  if (line.empty() || !isCapital(line[0])) return 0;
  std::size_t length = 1;
  while (length < line.size() && (isCapital(line[length]) || isDigit(line[length]))) ++length;
  return length >= 2 && length <= most ? length : 0;
}

/// "<12. >", "<1337>", "<1336>  ": how Ovid numbers its records.
bool isNumber(std::string_view line) {
  line = formats::trim(line);
  if (line.size() < 3 || line.front() != '<' || line.back() != '>') return false;
  std::string_view inside = formats::trim(line.substr(1, line.size() - 2));
  if (!inside.empty() && inside.back() == '.') inside.remove_suffix(1);
  return !inside.empty() && inside.find_first_not_of("0123456789") == std::string_view::npos;
}

std::string_view withoutOneBlank(std::string_view value) {
  if (!value.empty() && isBlankCharacter(value.front())) value.remove_prefix(1);
  return value;
}

/// "TI  - value", "VN - value", "PMID- value", "SCORE  - value".
bool hyphen(std::string_view line, std::size_t most, TagLine& out) {
  const std::size_t length = tagLength(line, most);
  if (length == 0) return false;
  std::size_t at = length;
  while (at < line.size() && line[at] == ' ' && at - length < 4) ++at;
  if (at >= line.size() || line[at] != '-' || (at == length && length != 4)) return false;
  if (at + 1 < line.size() && !isBlankCharacter(line[at + 1])) return false;
  out = {Kind::Tag, line.substr(0, length), withoutOneBlank(line.substr(at + 1))};
  return true;
}

/// "TI value", "ER".
bool blank(std::string_view line, std::size_t most, TagLine& out) {
  const std::size_t length = tagLength(line, most);
  if (length == 0 || (length < line.size() && !isBlankCharacter(line[length]))) return false;
  out = {Kind::Tag, line.substr(0, length), withoutOneBlank(line.substr(length))};
  return true;
}

/// "%A value".
bool percent(std::string_view line, TagLine& out) {
  if (line.size() < 2 || line[0] != '%' || isBlankCharacter(line[1]) || static_cast<unsigned char>(line[1]) > 126)
    return false;
  if (line.size() > 2 && !isBlankCharacter(line[2])) return false;
  out = {Kind::Tag, line.substr(0, 2), withoutOneBlank(line.substr(2))};
  return true;
}

constexpr std::size_t kLongestLabel = 60;

/// "TI: value", "Document Type: value".
bool colon(std::string_view line, TagLine& out) {
  const std::size_t end = line.substr(0, kLongestLabel).find(':');
  if (end == std::string_view::npos || end < 2 || isBlankCharacter(line[0])) return false;
  if (end + 1 < line.size() && !isBlankCharacter(line[end + 1])) return false;
  out = {Kind::Tag, line.substr(0, end), withoutOneBlank(line.substr(end + 1))};
  return true;
}

/// "{Title}: value".
bool brace(std::string_view line, TagLine& out) {
  const std::size_t end = line.substr(0, kLongestLabel).find("}:");
  if (end == std::string_view::npos || line[0] != '{' || end < 2) return false;
  out = {Kind::Tag, line.substr(1, end - 1), withoutOneBlank(line.substr(end + 2))};
  return true;
}

bool isSeparator(std::string_view line, const Table& table) {
  for (const std::string& text : table.separators)
    if (line.substr(0, text.size()) == text) return true;
  return false;
}

/// A line that begins at the margin is a label, an indented one a value.
TagLine label(std::string_view line) {
  if (isBlankCharacter(line.front()) || line.size() > kLongestLabel) return {Kind::Value, {}, formats::trim(line)};
  return {Kind::Tag, formats::trim(line), {}};
}

bool isTagLine(std::string_view line, const Table& table, TagLine& out) {
  switch (table.shape) {
    case Shape::Hyphen:
      return hyphen(line, table.longestTag, out);
    case Shape::Blank:
      return blank(line, table.longestTag, out);
    case Shape::Percent:
      return percent(line, out);
    case Shape::Colon:
      return colon(line, out);
    case Shape::Brace:
      return brace(line, out);
    case Shape::Label:
      break;
  }
  return false;
}

}  // namespace

TagLine lookAt(std::string_view line, const Table& table) {
  if (formats::isBlank(line)) return {Kind::Blank, {}, {}};
  if ((table.numbered && isNumber(line)) || isSeparator(line, table)) return {Kind::Number, {}, {}};
  if (table.shape == Shape::Label) return label(line);
  TagLine out;
  return isTagLine(line, table, out) && (!table.knownOnly || isKnown(table, out.tag)) ? out
                                                                                      : TagLine{Kind::Value, {}, line};
}

namespace {

/// "ERPT J", "EF FN Clarivate", "EF@article{key,": behind a tag that ends something stands one that begins something.
std::size_t behindEnd(std::string_view line, const Table& table) {
  for (const auto* ends : {&table.ends, &table.outsideTags})
    for (const std::string& end : *ends) {
      if (line.empty() || line[0] != end[0] || line.substr(0, end.size()) != end) continue;
      const std::size_t at = skipBlank(line, end.size());
      TagLine rest;
      if (formats::signOf(line.substr(at)) != formats::Sign::None) return at;
      if (at < line.size() && blank(line.substr(at), table.longestTag, rest) && !rest.value.empty() &&
          (isOneOf(table.begins, rest.tag) || isOneOf(table.outsideTags, rest.tag)))
        return at;
    }
  return 0;
}

}  // namespace

std::size_t gluedRecord(std::string_view line, const Table& table) {
  if (table.numbered && !line.empty() && line.back() == '>') {
    const std::size_t at = line.rfind('<');
    return at != std::string_view::npos && !formats::isBlank(line.substr(0, at)) && isNumber(line.substr(at)) ? at : 0;
  }
  if (const std::size_t at = formats::gluedSign(line); at != 0) return at;
  if (table.shape == Shape::Blank && !table.ends.empty()) return behindEnd(line, table);
  for (const std::string& begin : table.begins) {
    if (table.shape == Shape::Brace) {
      const std::size_t brace = line.rfind("{" + begin + "}:");
      if (brace != std::string_view::npos && !formats::isBlank(line.substr(0, brace))) return brace;
      continue;
    }
    const std::size_t at = line.rfind(begin + " ");
    if (at == std::string_view::npos || at < 3) continue;
    const formats::Sign sign = formats::signOf(line.substr(at));
    const bool isRecord = sign == formats::Sign::Refer || sign == formats::Sign::RefWorks;
    if (isRecord && line[at - 1] != ' ' && !formats::isBlank(line.substr(0, at))) return at;
  }
  return 0;
}

std::size_t marginOf(std::string_view line) { return std::min(line.find_first_not_of(' '), line.size()); }

std::string_view withoutMargin(std::string_view line, std::size_t margin) {
  return line.substr(std::min(marginOf(line), margin));
}

}  // namespace winnow::tagged
