#include "UnknownFile.hpp"

#include <algorithm>
#include <vector>

#include <winnow/formats/ascii.hpp>

namespace winnow::engine {

namespace {

using namespace std::string_view_literals;

constexpr std::size_t kLooked = 4096;  // of a text, for its first lines

/// The begin of a file, looked at from several sides.
struct Head {
  explicit Head(std::string_view all)
      : bytes(all), text(all.substr(std::min(all.find_first_not_of(kBlank), all.size()))) {
    text = text.substr(0, kLooked);
    lower = text;
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
      if (end > at) lines.push_back(text.substr(at, end - at));
      at = end + 1;
    }
  }
  bool starts(std::string_view mark) const { return bytes.substr(0, mark.size()) == mark; }
  bool startsLower(std::string_view mark) const { return lower.compare(0, mark.size(), mark) == 0; }
  bool holds(std::string_view mark) const { return text.find(mark) != std::string_view::npos; }
  bool isTagged(char open) const { return !text.empty() && text[0] == open; }

  std::string_view bytes, text;
  std::string lower;
  std::vector<std::string_view> lines;  ///< those that hold something
};

bool isDigits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), formats::isDigit);
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t,;");
  return begin == std::string_view::npos ? std::string_view{}
                                         : text.substr(begin, text.find_last_not_of(" \t,;") - begin + 1);
}

/// All whole lines but the last, which the head may cut.
template <class Fits>
bool allLines(const Head& head, Fits&& fits) {
  if (head.lines.empty()) return false;
  const std::size_t whole = head.text.size() < kLooked ? head.lines.size() : head.lines.size() - 1;
  return whole > 0 && std::all_of(head.lines.begin(), head.lines.begin() + static_cast<std::ptrdiff_t>(whole), fits);
}

bool isHtml(const Head& head) { return head.startsLower("<!doctype html") || head.startsLower("<html"); }
bool isXml(const Head& head) { return head.isTagged('<') && !isHtml(head); }

/// "1. J Peers. 2019 Apr;12(3):101-10. doi: ..." at the beginning and "PMID: 123" below: how PubMed numbers and ends
/// what it writes for people to read.
bool isPubmedText(const Head& head) {
  if (head.lines.empty()) return false;
  const std::string_view first = head.lines.front();
  const std::size_t number = first.find_first_not_of("0123456789");
  const bool isNumbered = number != 0 && number != std::string_view::npos && number <= 6 &&
                          (first.substr(number, 2) == ". " || first.substr(number, 2) == ": ");
  return isNumbered && (head.holds("\nPMID: ") || head.holds("\nDOI: ") || head.holds("PMID: ")) &&
         (head.holds(" doi: ") || head.holds("PMID: "));
}

/// The local name of the first element; empty if there is none.
std::string_view rootOf(const Head& head) {
  for (std::size_t at = head.text.find('<'); at != std::string_view::npos; at = head.text.find('<', at + 1)) {
    if (at + 1 >= head.text.size() || std::string_view("?!").find(head.text[at + 1]) != std::string_view::npos)
      continue;
    std::string_view name = head.text.substr(at + 1);
    name = name.substr(0, name.find_first_of(" \t\r\n/>"));
    return name.substr(std::min(name.find(':') + 1, name.size()));
  }
  return {};
}

/// The first members of an object, or of the first object of a list.
std::string membersOf(const Head& head) {
  std::string names;
  int depth = 0, shown = 0;
  for (std::size_t at = 0; at < head.text.size() && shown < 4; ++at) {
    const char c = head.text[at];
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    if (c != '"') continue;
    const std::size_t end = head.text.find('"', at + 1);
    if (end == std::string_view::npos) break;
    const std::size_t behind = head.text.find_first_not_of(kBlank, end + 1);
    const bool isMember = behind != std::string_view::npos && head.text[behind] == ':';
    if (isMember && depth <= (head.text[0] == '[' ? 2 : 1)) {
      names += (names.empty() ? "'" : ", '") + std::string(head.text.substr(at + 1, end - at - 1)) + "'";
      ++shown;
    }
    at = end;
  }
  return names;
}

/// A sort of file, and how to tell it. The first that fits counts.
struct Sort {
  bool (*fits)(const Head& head);
  const char *code, *message, *action;
};

constexpr const char* kUnpack = "unpack it and name the files that are exports";
constexpr const char* kExportRis = "export again as RIS";

constexpr Sort kSorts[] = {
    {[](const Head& h) { return h.starts("PK\x05\x06"); }, "detect.archive", "this is an empty ZIP archive",
     "export again"},
    {[](const Head& h) { return h.starts("PK\x03\x04") && h.bytes.find("word/") != std::string_view::npos; },
     "detect.office", "this is a Word document, not an export", "export again as RIS"},
    {[](const Head& h) {
       return h.starts("PK\x03\x04") && h.bytes.substr(0, 128).find("mimetype") != std::string_view::npos;
     },
     "detect.office", "this is an OpenDocument file", "save the sheet as .xlsx or CSV"},
    {[](const Head& h) {
       return h.starts("PK\x03\x04") && h.bytes.find("[Content_Types].xml") != std::string_view::npos;
     },
     "detect.office", "this is an office document that is no .xlsx workbook, or is broken",
     "save the sheet as .xlsx or CSV"},
    {[](const Head& h) { return h.starts("PK\x03\x04"); }, "detect.archive",
     "this is a ZIP archive that is broken, or within another one", kUnpack},
    {[](const Head& h) { return h.starts("7z\xBC\xAF\x27\x1C"); }, "detect.archive", "this is a 7z archive", kUnpack},
    {[](const Head& h) { return h.starts("Rar!\x1A\x07"); }, "detect.archive", "this is a RAR archive", kUnpack},
    {[](const Head& h) { return h.bytes.size() > 262 && h.bytes.substr(257, 5) == "ustar"; }, "detect.archive",
     "this is a tar archive", kUnpack},
    {[](const Head& h) {
       return h.starts("BZh") ||
              h.starts(
                  "\xFD"
                  "7zXZ") ||
              h.starts("\x28\xB5\x2F\xFD");
     },
     "detect.archive", "this is a packed file (bzip2, xz or zstd)", "unpack it, or pack it with gzip or zip"},
    {[](const Head& h) { return h.starts("%PDF"); }, "detect.pdf", "this is a PDF, not an export", "export again"},
    {[](const Head& h) { return h.starts("\xD0\xCF\x11\xE0"); }, "detect.office",
     "this is an old Office document (.xls, .doc), or one with a password",
     "open it and save the sheet as .xlsx or CSV"},
    {[](const Head& h) { return h.starts("SQLite format 3"); }, "detect.database",
     "this is a program's own database, not an export", "export from the program that made it"},
    {[](const Head& h) { return h.starts("\x89PNG") || h.starts("\xFF\xD8\xFF") || h.starts("GIF8"); }, "detect.image",
     "this is a picture, not an export", "export again"},
    {[](const Head& h) { return h.starts("{\\rtf"); }, "detect.office", "this is a text of a word processor (RTF)",
     kExportRis},
    {[](const Head& h) {
       return h.lower.find("<table") != std::string::npos &&
              (isHtml(h) || h.startsLower("<table") || h.startsLower("<meta")) &&
              h.lower.find("<form") == std::string::npos;
     },
     "detect.html-table", "this is an HTML table, whatever its name says",
     "open it in a spreadsheet program and save it as .xlsx or CSV"},
    {isHtml, "detect.html", "this is an HTML page, probably a login page", "export again"},
    {[](const Head& h) { return h.bytes.find('\0') != std::string_view::npos; }, "detect.binary", "this is no text",
     "export again"},
    {isPubmedText, "detect.pubmed-text",
     "this is PubMed's Abstract or Summary format, made for reading: it leaves out most fields",
     "save again with the format PubMed (.nbib)"},
    {[](const Head& h) {
       return allLines(h, [](std::string_view l) { return isDigits(trimmed(l)) && trimmed(l).size() < 9; });
     },
     "detect.pmid-list", "this is a list of numbers, such as PubMed's PMID format",
     "search PubMed for the numbers and save with the format PubMed (.nbib)"},
    {[](const Head& h) {
       return allLines(h, [](std::string_view l) {
         return trimmed(l).substr(0, 3) == "10." || l.find("doi.org/10.") != std::string_view::npos;
       });
     },
     "detect.doi-list", "this is a list of DOIs", "export the records themselves"},
    {[](const Head& h) { return !h.lines.empty() && h.startsLower("created_at,user_id") && h.holds("article_id"); },
     "detect.rayyan-log", "this is Rayyan's log: it holds decisions and no records",
     "name it under 'decisions' of a step; the records are in articles.csv"},
    {[](const Head& h) {
       return (h.startsLower("---") || h.startsLower("references:")) && h.holds("\n") && h.holds("title:");
     },
     "detect.csl-yaml", "this is CSL YAML", "export again as CSL JSON or RIS"},
    {[](const Head& h) { return isXml(h) && rootOf(h) == "RDF" && h.holds("zotero.org"); }, "detect.zotero-rdf",
     "this is Zotero RDF", "export again as RIS or CSL JSON"},
    {[](const Head& h) { return isXml(h) && rootOf(h) == "RDF"; }, "detect.rdf", "this is RDF", "export again as RIS"},
    {[](const Head& h) { return isXml(h) && rootOf(h) == "CitaviExchangeData"; }, "detect.citavi-xml",
     "this is Citavi's own XML", "export again as RIS or BibTeX"},
    {[](const Head& h) { return isXml(h) && (rootOf(h) == "feed" || rootOf(h) == "rss"); }, "detect.feed",
     "this is a feed of news (Atom, RSS)", kExportRis},
    {[](const Head& h) { return isXml(h) && (rootOf(h) == "article" || rootOf(h) == "pmc-articleset"); }, "detect.jats",
     "this is the full text of articles (JATS XML)", "export the citations, as RIS or PubMed (.nbib)"},
    {[](const Head& h) {
       return h.lower.find("proquest document id") != std::string::npos ||
              h.lower.find("proquest document link") != std::string::npos;
     },
     "detect.proquest-text", "this is ProQuest's text for reading", kExportRis},
    {[](const Head& h) {
       return h.holds("(https://www.sciencedirect.com/") ||
              h.holds("https://www.sciencedirect.com/science/article/pii/");
     },
     "detect.sciencedirect-text", "this is ScienceDirect's text for reading", "export again as RIS"},
};

}  // namespace

std::vector<NamedFile> namedFiles() {
  constexpr std::string_view kThis = "this is ";
  std::vector<NamedFile> list;
  for (const Sort& sort : kSorts) list.push_back({std::string_view(sort.message).substr(kThis.size()), sort.action});
  return list;
}

UnknownFile describeUnknown(std::string_view bytes) {
  const std::string nothing = "nothing was imported; ";
  if (bytes.empty()) return {"detect.empty", "the file is empty", nothing + "export again"};
  if (bytes.find_first_not_of(kBlank) == std::string_view::npos)
    return {"detect.empty", "the file holds blanks only", nothing + "export again"};
  const Head head(bytes);
  for (const Sort& sort : kSorts)
    if (sort.fits(head)) return {sort.code, sort.message, nothing + sort.action};
  const std::string otherwise = nothing + "export again, or name the format with --from (YAML: from)";
  if (isXml(head))
    return {"detect.unknown", "no importer knows this XML (<" + std::string(rootOf(head)) + ">)", otherwise, false};
  if (head.isTagged('{') || head.isTagged('['))
    if (const std::string members = membersOf(head); !members.empty())
      return {"detect.unknown", "no importer knows this JSON (" + members + ")", otherwise, false};
  return {"detect.unknown", "no importer knows this format", otherwise, false};
}

}  // namespace winnow::engine
