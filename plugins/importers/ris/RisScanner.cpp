#include "RisScanner.hpp"

#include <algorithm>
#include <array>

#include <winnow/blank.hpp>
#include <winnow/formats/publication_types.hpp>
#include <winnow/formats/signs.hpp>
#include <winnow/formats/text.hpp>

namespace winnow::ris {

namespace {

bool isCapital(char c) { return c >= 'A' && c <= 'Z'; }
bool isSmall(char c) { return c >= 'a' && c <= 'z'; }
bool isTagCharacter(char c) { return isCapital(c) || (c >= '0' && c <= '9'); }

/// The tags of the specification (Thomson Reuters 2011) and of RefMan before it, and DOI's, EndNote's and Ovid's more.
constexpr std::string_view kKnownTags[] = {
    "A1", "A2", "A3", "A4", "AB", "AD", "AN", "AU", "AV", "BT", "C1", "C2", "C3", "C4", "C5", "C6", "C7",
    "C8", "CA", "CN", "CP", "CT", "CY", "DA", "DB", "DO", "DP", "ED", "EP", "ER", "ET", "H1", "H2", "ID",
    "IS", "J1", "J2", "JA", "JF", "JO", "KW", "L1", "L2", "L3", "L4", "LA", "LB", "LG", "LK", "M1", "M2",
    "M3", "N1", "N2", "NV", "OP", "PB", "PP", "PT", "PY", "RI", "RN", "RP", "SE", "SN", "SP", "ST", "T1",
    "T2", "T3", "TA", "TI", "TT", "TY", "U1", "U2", "U3", "U4", "U5", "UR", "VL", "VO", "Y1", "Y2"};

/// The known tag of two characters, whatever their case; empty if it is none.
std::string_view knownTag(std::string_view tag) {
  const char upper[2] = {isSmall(tag[0]) ? static_cast<char>(tag[0] - 32) : tag[0],
                         isSmall(tag[1]) ? static_cast<char>(tag[1] - 32) : tag[1]};
  const std::string_view wanted(upper, 2);
  const auto found = std::lower_bound(std::begin(kKnownTags), std::end(kKnownTags), wanted);
  return found != std::end(kKnownTags) && *found == wanted ? *found : std::string_view{};
}

/// Bytes of the blank at the beginning of `text`: space, TAB or no-break space.
std::size_t blankSize(std::string_view text) {
  if (text.empty()) return 0;
  if (text[0] == ' ' || text[0] == '\t') return 1;
  return text.substr(0, 2) == "\xC2\xA0" ? 2 : 0;
}

/// Bytes of a dash (U+2010 to U+2015, U+2212); 0 for anything else.
std::size_t dashSize(std::string_view text) {
  if (text.size() < 3 || text[0] != '\xE2') return 0;
  const bool isDash =
      text[1] == '\x80' && static_cast<unsigned char>(text[2]) >= 0x90 && static_cast<unsigned char>(text[2]) <= 0x95;
  return isDash || text.substr(1, 2) == "\x88\x92" ? 3 : 0;
}

/// The value behind the hyphen; false if what follows it is neither a blank nor the end, as in "TI  -x".
bool takeValue(std::string_view behind, TagLine& out) {
  const std::size_t blank = blankSize(behind);
  out.value = behind.substr(blank);
  return blank > 0 || behind.empty();
}

/// What a word processor or a careless program made of "TY  - JOUR": small letters, a dash, no-break spaces. Only tags
/// of the specification, because all this stands in plain text as well.
bool parseChanged(std::string_view line, std::size_t begin, TagLine& out) {
  if (line.size() < begin + 4) return false;
  const std::string_view tag = knownTag(line.substr(begin, 2));
  if (tag.empty()) return false;
  std::string_view rest = line.substr(begin + 2);
  std::size_t blanks = 0;
  for (std::size_t size; blanks < 3 && (size = blankSize(rest)) != 0; ++blanks) rest.remove_prefix(size);
  const std::size_t dash = dashSize(rest);
  out.isSmall = isSmall(line[begin]) || isSmall(line[begin + 1]);
  if (blanks == 0 || blanks > 2 || (out.isSmall && blanks != 2)) return false;
  if (dash == 0 && (rest.empty() || rest[0] != '-')) return false;
  const bool isClean = takeValue(rest.substr(std::max<std::size_t>(dash, 1)), out);
  if (!isClean && (out.isSmall || dash != 0)) return false;
  out.tag = tag;
  out.column = static_cast<std::uint32_t>(begin + 1);
  out.indented = begin > 0;
  out.oddSpacing = dash != 0 || blanks == 1 || !isClean;
  return true;
}

}  // namespace

bool isKnownTag(std::string_view tag) { return tag.size() == 2 && knownTag(tag) == tag; }

bool parseTagLine(std::string_view line, TagLine& out) {
  const std::size_t begin = !line.empty() && isCapital(line[0]) ? 0 : skipBlank(line);
  if (begin + 3 >= line.size()) return false;
  if (!isCapital(line[begin])) return isSmall(line[begin]) && parseChanged(line, begin, out);
  std::size_t end = begin;
  while (end < line.size() && end - begin < 5 && isTagCharacter(line[end])) ++end;
  const std::size_t length = end - begin;
  if (length < 2 || length > 4) return length == 1 && parseChanged(line, begin, out);
  std::size_t hyphen = end;
  while (hyphen < line.size() && line[hyphen] == ' ' && hyphen - end < 3) ++hyphen;
  const std::size_t blanks = hyphen - end;
  if (hyphen >= line.size() || line[hyphen] != '-') return length == 2 && parseChanged(line, begin, out);
  // Words such as "BMJ - British Medical Journal" are text; longer tags are only known with two blanks, but for PMID.
  const bool isPmid = line.substr(begin, length) == "PMID";
  if (blanks == 0 || blanks > 2 || (length > 2 && blanks != 2 && !isPmid)) return false;
  const bool isClean = takeValue(line.substr(hyphen + 1), out);
  if (!isClean && blanks != 2) return false;
  out.tag = line.substr(begin, length);
  out.column = static_cast<std::uint32_t>(begin + 1);
  out.indented = begin > 0;
  out.oddSpacing = blanks == 1 || !isClean;
  out.isSmall = false;
  return true;
}

bool parseTightLine(std::string_view line, TagLine& out) {
  if (line.size() < 3 || line[2] != '-' || !isKnownTag(line.substr(0, 2))) return false;
  out = {line.substr(0, 2), line.substr(3), 1, false, true, false};
  return true;
}

namespace {

/// "ER  - %0 Journal Article": the record of another format behind the end of ours.
std::size_t gluedForeign(std::string_view line) {
  TagLine end;
  if (line.size() < 2 || line[0] != 'E' || line[1] != 'R' || !parseTagLine(line, end) ||
      skipBlank(end.value) == end.value.size())
    return 0;
  const std::string_view rest = end.value.substr(skipBlank(end.value));
  return formats::signOf(rest) != formats::Sign::None ? static_cast<std::size_t>(rest.data() - line.data()) : 0;
}

}  // namespace

std::size_t gluedTag(std::string_view line) {
  if (const std::size_t foreign = gluedForeign(line); foreign != 0) return foreign;
  // What ends in neither a hyphen nor a type of RIS nor a blank beyond ASCII is no such line: nearly all are none.
  std::size_t end = line.size();
  while (end > 0 && (line[end - 1] == ' ' || line[end - 1] == '\t')) --end;
  if (end == 0) return 0;
  const char last = line[end - 1];
  if (last != '-' && !isCapital(last) && static_cast<unsigned char>(last) < 0x80) return 0;
  constexpr std::size_t kTail = 16;  // "TY  - MANSCPT" and blanks
  std::string_view text = line;
  while (!text.empty() && blankSize(text.substr(text.size() - 1)) != 0) text.remove_suffix(1);
  const std::size_t from = text.size() - std::min(text.size(), kTail);
  const std::size_t inTail = text.substr(from).rfind("  -");
  if (inTail == std::string_view::npos || from + inTail < 3) return 0;
  const std::size_t hyphen = from + inTail;
  const std::string_view tag = text.substr(hyphen - 2, 2), value = text.substr(hyphen + 3);
  if (formats::isBlank(text.substr(0, hyphen - 2))) return 0;
  if (tag == "ER") return value.empty() ? hyphen - 2 : 0;
  return tag == "TY" && formats::isRisType(value) ? hyphen - 2 : 0;
}

}  // namespace winnow::ris
