#include <winnow/blank.hpp>
#include <winnow/formats/ascii.hpp>
#include <winnow/formats/publication_types.hpp>
#include <winnow/formats/signs.hpp>
#include <winnow/formats/text.hpp>
#include <winnow/lines.hpp>

#include <algorithm>
#include <string>

namespace winnow::formats {

namespace {

bool startsWith(std::string_view text, std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; }

/// Bytes of a hyphen or of a dash that word processors make of it (U+2010 to U+2015, U+2212); 0 for anything else.
std::size_t dashSize(std::string_view text) {
  if (startsWith(text, "-")) return 1;
  if (text.size() < 3 || text[0] != '\xE2') return 0;
  const bool isDash = text[1] == '\x80' && text[2] >= '\x90' && text[2] <= '\x95';
  return isDash || text.substr(1, 2) == "\x88\x92" ? 3 : 0;
}

std::string_view behindBlanks(std::string_view text) { return text.substr(skipBlank(text)); }

bool isRis(std::string_view line) {
  if (!equalsIgnoringCase(line.substr(0, 2), "TY")) return false;
  std::string_view rest = behindBlanks(line.substr(2));
  const bool isTight = rest.size() + 2 == line.size();
  const std::size_t dash = dashSize(rest);
  if (dash == 0) return false;
  rest = trim(rest.substr(dash));
  if (isTight || line[0] == 't') return isRisType(rest);
  return rest.empty() || isRisType(rest) || std::all_of(rest.begin(), rest.end(), isUpper);
}

bool isMedline(std::string_view line) {
  if (startsWith(line, "PMID")) {
    std::string_view rest = behindBlanks(line.substr(4));
    const std::size_t dash = dashSize(rest);
    rest = trim(rest.substr(dash));
    return dash != 0 && !rest.empty() && std::all_of(rest.begin(), rest.end(), isDigit);
  }
  if (!startsWith(line, "OWN")) return false;
  std::string_view rest = behindBlanks(line.substr(3));
  const std::size_t dash = dashSize(rest);
  rest = trim(rest.substr(dash));
  return dash != 0 && !rest.empty() && std::all_of(rest.begin(), rest.end(), isUpper);
}

bool isBibtex(std::string_view line) {
  std::size_t at = 1;
  while (at < line.size() && isLetter(line[at])) ++at;
  const std::size_t length = at - 1;
  while (at < line.size() && line[at] == ' ') ++at;
  return length >= 2 && at < line.size() && (line[at] == '{' || line[at] == '(');
}

/// "  title = {": of an entry whose first line was lost.
bool isBibtexField(std::string_view line) {
  static constexpr std::string_view kNames[] = {"title", "author", "booktitle", "journal", "abstract"};
  const std::size_t end = std::min(line.find_first_not_of("abcdefghijklmnopqrstuvwxyz"), line.size());
  if (std::find(std::begin(kNames), std::end(kNames), line.substr(0, end)) == std::end(kNames)) return false;
  std::string_view rest = behindBlanks(line.substr(end));
  if (!startsWith(rest, "=")) return false;
  rest = behindBlanks(rest.substr(1));
  return !rest.empty() && (rest[0] == '{' || rest[0] == '"');
}

bool isWos(std::string_view line) {
  if (startsWith(line, "PT ")) {
    const std::string_view type = trim(line.substr(3));
    return type.size() == 1 && isUpper(type[0]);
  }
  return startsWith(line, "FN Clarivate") || startsWith(line, "FN Thomson") || startsWith(line, "FN ISI");
}

/// The reference types of RefWorks' tagged format (RefWorks help, "Tagged format", RT).
bool isRefWorks(std::string_view line) {
  static constexpr std::string_view kTypes[] = {
      "Abstract",     "Artwork",   "Bills",  "Book",    "Case",        "Computer", "Conference",
      "Dissertation", "Generic",   "Grant",  "Hearing", "Journal",     "Laws",     "Magazine",
      "Map",          "Monograph", "Motion", "Music",   "Newspaper",   "Online",   "Patent",
      "Personal",     "Report",    "Sound",  "Thesis",  "Unpublished", "Video",    "Web"};
  const std::string_view type = line.substr(3, line.substr(3).find_first_of(" ,/"));
  return std::find(std::begin(kTypes), std::end(kTypes), type) != std::end(kTypes);
}

bool isOvid(std::string_view line) {
  if (startsWith(line, "VN")) {
    const std::string_view rest = behindBlanks(line.substr(2));
    return startsWith(behindBlanks(rest.substr(dashSize(rest))), "Ovid Technologies");
  }
  line = trim(line);
  if (line.size() < 3 || line.front() != '<' || line.back() != '>') return false;
  const std::string_view inside = trim(line.substr(1, line.size() - 2));
  const std::size_t digits = std::min(inside.find_first_not_of("0123456789"), inside.size());
  return digits > 0 && (digits == inside.size() || inside.substr(digits) == ".");
}

bool isXml(std::string_view line) {
  if (startsWith(line, "<?xml")) return true;
  std::string_view name = line.substr(1, std::min(line.find_first_of(" \t/>", 1), line.size()) - 1);
  if (const std::size_t colon = name.find(':'); colon != std::string_view::npos) name.remove_prefix(colon + 1);
  static constexpr std::string_view kRecords[] = {
      "record",           "records",      "mods", "modsCollection", "PubmedArticle", "PubmedBookArticle",
      "PubmedArticleSet", "primo_nm_bib", "rec",  "Trial"};
  return line.find('>') != std::string_view::npos &&
         std::find(std::begin(kRecords), std::end(kRecords), name) != std::end(kRecords);
}

bool isJson(std::string_view line) {
  std::string_view rest = line;
  if (rest[0] == '[') rest = behindBlanks(rest.substr(1));
  if (rest.empty() || rest == "{") return true;
  if (rest[0] != '{') return false;
  rest = behindBlanks(rest.substr(1));
  if (rest.empty() || rest[0] != '"') return false;
  const std::size_t close = rest.find('"', 1);
  return close != std::string_view::npos && startsWith(behindBlanks(rest.substr(close + 1)), ":");
}

/// Cells of a heading row that are words such as title and authors, and all cells, at the delimiter that gives most.
struct Heading {
  std::size_t known = 0, cells = 0;
};

Heading headingOf(std::string_view line) {
  static constexpr std::string_view kWords[] = {"title",
                                                "article title",
                                                "document title",
                                                "authors",
                                                "author",
                                                "author s",
                                                "author full names",
                                                "year",
                                                "publication year",
                                                "publication date",
                                                "journal",
                                                "journal book",
                                                "source",
                                                "source title",
                                                "publication title",
                                                "volume",
                                                "issue",
                                                "pages",
                                                "doi",
                                                "abstract",
                                                "pmid",
                                                "keywords",
                                                "issn",
                                                "url",
                                                "citation",
                                                "first author",
                                                "publication type",
                                                "document type",
                                                "item type",
                                                "language"};
  if (line.size() > 8192) return {};
  const auto has = [&](std::string_view part) { return line.find(part) != std::string_view::npos; };
  if (!has("itle") && !has("ITLE") && !has("uthor") && !has("UTHOR") && !has("PMID")) return {};
  Heading best;
  for (const char delimiter : {',', ';', '\t'}) {
    Heading heading;
    for (std::string_view cell : split(line, std::string_view(&delimiter, 1))) {
      const std::string word = cell.size() < 40 ? foldForMatching(cell) : std::string();
      heading.known += std::find(std::begin(kWords), std::end(kWords), word) != std::end(kWords) ? 1 : 0;
      ++heading.cells;
    }
    if (heading.known > best.known) best = heading;
  }
  return best;
}

bool isTable(std::string_view line) { return headingOf(line).known >= 3; }

}  // namespace

Sign signOf(std::string_view line) {
  line = behindBlanks(line);
  if (line.size() < 1) return Sign::None;
  switch (line[0]) {
    case 'T':
    case 't':
      if (isRis(line)) return Sign::Ris;
      if (isBibtexField(line)) return Sign::Bibtex;
      break;
    case 'a':
    case 'b':
    case 'j':
      if (isBibtexField(line)) return Sign::Bibtex;
      break;
    case 'P':
      if (isWos(line)) return Sign::Wos;
      if (isMedline(line)) return Sign::Medline;
      break;
    case 'O':
      if (isMedline(line)) return Sign::Medline;
      break;
    case 'F':
      if (isWos(line)) return Sign::Wos;
      break;
    case 'R':
      if (startsWith(line, "RT ") && isRefWorks(line)) return Sign::RefWorks;
      break;
    case '%':
      if (startsWith(line, "%0 ") && line.size() > 3 && isUpper(line[3])) return Sign::Refer;
      break;
    case '@':
      if (isBibtex(line)) return Sign::Bibtex;
      break;
    case 'V':
      if (isOvid(line)) return Sign::Ovid;
      break;
    case '<':
      if (isOvid(line)) return Sign::Ovid;
      return isXml(line) ? Sign::Xml : Sign::None;
    case '[':
    case '{':
      return isJson(line) ? Sign::Json : Sign::None;
    default:
      break;
  }
  return isTable(line) ? Sign::Table : Sign::None;
}

bool isTagOfSign(std::string_view tag) {
  static constexpr std::string_view kTags[] = {"FN", "OWN", "PMID", "PT", "RT", "TY", "VN"};
  return std::find(std::begin(kTags), std::end(kTags), tag) != std::end(kTags);
}

bool isSure(Sign sign, std::string_view line) {
  if (line.empty() || line[0] == ' ' || line[0] == '\t') return false;
  switch (sign) {
    case Sign::None:
      return false;
    case Sign::Json:
      return line.find('"') != std::string_view::npos;
    case Sign::Ovid:
      return line[0] != '<' || line.find('.') != std::string_view::npos;  // "<12. >" stands in no text
    case Sign::Table: {
      const Heading heading = headingOf(line);
      return heading.known * 2 >= heading.cells;
    }
    default:
      return true;
  }
}

std::size_t jointIn(std::string_view line) {
  for (std::size_t at = 1; (at = line.find_first_of("\x1A\f\xEF", at)) != std::string_view::npos; ++at) {
    if (line[at] == '\xEF' && line.substr(at, 3) != "\xEF\xBB\xBF") continue;
    if (signOf(line.substr(at)) != Sign::None) return at;
  }
  return 0;
}

std::size_t gluedSign(std::string_view line) {
  constexpr std::size_t kTail = 20, kOwnHyphen = 4;
  const std::size_t from = line.size() - std::min(line.size(), kTail);
  if (line.find('-', std::max(from, kOwnHyphen + 1)) == std::string_view::npos) return 0;
  for (const std::string_view begin : {std::string_view("TY  - "), std::string_view("PMID-")}) {
    const std::size_t inTail = line.substr(from).rfind(begin), at = from + inTail;
    if (inTail == std::string_view::npos || isBlank(line.substr(0, at))) continue;
    const Sign sign = signOf(line.substr(at));
    if (sign == Sign::Ris || sign == Sign::Medline) return at;
  }
  return 0;
}

Sign firstSign(std::string_view head) {
  Sign found = Sign::None;
  forEachLine(head, [&](std::string_view line) {
    found = signOf(line);
    if (found == Sign::Ovid && trim(line).front() == '<') found = Sign::None;
    return found == Sign::None;
  });
  return found;
}

}  // namespace winnow::formats
