#include "FirstReview.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include <winnow/formats/ascii.hpp>
#include <winnow/formats/text.hpp>

#include "config/YamlText.hpp"

namespace winnow::cli {

namespace fs = std::filesystem;

namespace {

/// What people call their files, and the database as a paper names it.
constexpr std::pair<std::string_view, std::string_view> kDatabases[] = {
    {"pubmed", "PubMed"},
    {"medline", "MEDLINE"},
    {"embase", "Embase"},
    {"cinahl", "CINAHL"},
    {"psycinfo", "PsycINFO"},
    {"psychinfo", "PsycINFO"},
    {"scopus", "Scopus"},
    {"wos", "Web of Science"},
    {"webofscience", "Web of Science"},
    {"savedrecs", "Web of Science"},
    {"cochrane", "Cochrane Library"},
    {"central", "CENTRAL"},
    {"citation-export", "Cochrane Library"},
    {"eric", "ERIC"},
    {"assia", "ASSIA"},
    {"socindex", "SocINDEX"},
    {"sociologicalabstracts", "Sociological Abstracts"},
    {"amed", "AMED"},
    {"lilacs", "LILACS"},
    {"ase", "Academic Search Elite"},
    {"asc", "Academic Search Complete"},
    {"proquest", "ProQuest"},
    {"oria", "Oria"},
    {"svemed", "SveMed+"},
    {"worldcat", "WorldCat"},
    {"scholar", "Google Scholar"},
    {"googlescholar", "Google Scholar"},
    {"openalex", "OpenAlex"},
    {"dimensions", "Dimensions"},
    {"lens", "Lens"},
    {"europepmc", "Europe PMC"},
    {"ieee", "IEEE Xplore"},
    {"acm", "ACM Digital Library"},
    {"dblp", "DBLP"},
    {"ctgov", "ClinicalTrials.gov"},
    {"clinicaltrials", "ClinicalTrials.gov"},
    {"ictrp", "WHO ICTRP"},
};

/// Dialects that are databases of their own; platforms such as Ovid or EBSCOhost search many.
constexpr std::string_view kOwnDialects[] = {"Scopus",         "Embase.com",  "Google Scholar", "WorldCat",
                                             "Web of Science", "OpenAlex",    "Dimensions",     "Lens",
                                             "PubMed",         "IEEE Xplore", "Europe PMC"};

/// Letters and digits alone, small.
std::string plain(std::string_view text) {
  std::string out;
  for (const char c : formats::lower(text))
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80) out += c;
  return out;
}

/// "cinahl" of "CINAHL_2", "medline" of "medline (1)", "scopus" of "scopus-2024-03-01".
std::string stemOf(const fs::path& file) {
  std::string stem = file.stem().string();
  const std::size_t end = stem.find_last_not_of("0123456789 _-().");
  return end == std::string::npos ? stem : stem.substr(0, end + 1);
}

bool isPlainInYaml(std::string_view text) {
  const auto isSafe = [](char c) {
    return formats::isLetterOrDigit(c) || std::string_view(" ._/-()").find(c) != std::string_view::npos;
  };
  return !text.empty() && formats::isLetter(text[0]) && text.back() != ' ' &&
         std::all_of(text.begin(), text.end(), isSafe);
}

/// A text in YAML as one line, in quotes where it needs them.
std::string inYaml(std::string_view text) {
  std::string line(text);
  for (char& c : line)
    if (c == '\n' || c == '\t') c = ' ';
  return isPlainInYaml(line) ? line : config::quotedInYaml(line);
}

std::string filesInYaml(const std::vector<std::string>& files) {
  if (files.size() == 1) return inYaml(files.front());
  std::string out = "[";
  for (std::size_t i = 0; i < files.size(); ++i) out += (i == 0 ? "" : ", ") + inYaml(files[i]);
  return out + "]";
}

std::string sourcesOf(const FirstReview& review) {
  std::map<std::string, std::map<std::string, std::vector<std::string>>> waves;
  for (const FoundExport& found : review.exports)
    waves[waveOf(found.file)][databaseOf(found)].push_back(found.file.generic_string());
  std::string out = "sources:\n";
  for (auto& [wave, databases] : waves) {
    out += "  - wave: " + inYaml(wave) + "\n    searched: " + review.searched +
           "   # the day of this search\n    databases:   # reported: 812 beside files is the number of hits that the "
           "database showed\n";
    for (auto& [database, files] : databases)
      out += "      " + inYaml(database) + ": {files: " + filesInYaml(files) + "}\n";
  }
  return out;
}

std::string readersOf(const FirstReview& review) {
  std::string out = "reviewers:\n";
  for (const FirstReader& reader : review.readers) out += "  " + inYaml(reader.id) + ": " + inYaml(reader.name) + "\n";
  return out;
}

std::string sharesOf(const FirstReview& review) {
  std::string out;
  for (std::size_t i = 0; i < review.readers.size(); ++i)
    out += (i == 0 ? "{" : ", ") + inYaml(review.readers[i].id) + ": " + (i == 0 ? "all" : review.share);
  return out + "}";
}

std::string stepsOf(const FirstReview& review) {
  const bool isDouble = review.readers.size() > 1;
  const std::string resolved = isDouble ? "      resolutions: decisions/resolutions-" : "";
  std::string out = "selection:\n  defaults:\n    by: " + inYaml(review.readers.front().id) +
                    "\n    on_undecided: include   # what cannot be decided stays\n";
  if (isDouble && review.share != "all")
    out += "    seed: " + review.searched + "   # of the draw that the second reader reads; any text, reported later\n";
  out += "  steps:\n    - remove: duplicates\n      using: duplicates\n      mode: automatic\n";
  for (const auto& [label, id, read] : {std::tuple("title and abstract", "title-and-abstract", ""),
                                        std::tuple("full text", "full-text", "full text")}) {
    out += "    - screen: " + std::string(label) + "\n";
    if (*read != '\0') out += "      read: " + std::string(read) + "\n";
    if (isDouble) out += "      by: " + sharesOf(review) + "\n";
    out += "      decisions: decisions/" + std::string(id) + "*.csv\n";
    if (isDouble) out += resolved + id + "*.csv\n";
  }
  return out;
}

constexpr const char* kCriteria =
    "# Criteria are shown to the readers at every decision, and an exclusion names one. Take off the '#' and write "
    "yours.\n"
    "# eligibility:\n"
    "#   all of:\n"
    "#     participants: adults who ...\n"
    "#     context: public services\n"
    "#   none of:\n"
    "#     protocol: a protocol without results\n";

constexpr const char* kExports =
    "exports:\n"
    "  - {write: out/prisma.svg, using: prisma}\n"
    "  - {write: out/funnel.csv, using: funnel}\n"
    "  - {write: out/included.ris, using: ris}\n";

}  // namespace

std::string databaseOf(const FoundExport& found) {
  const std::string stem = stemOf(found.file), name = plain(stem);
  for (const auto& [word, database] : kDatabases)
    if (plain(word) == name) return std::string(database);
  // "search_medline_ovid": one of its words.
  std::string words = formats::lower(stem);
  std::replace_if(
      words.begin(), words.end(), [](char c) { return c == '_' || c == '-' || c == '.'; }, ' ');
  for (const std::string_view part : formats::split(words, " "))
    for (const auto& [word, database] : kDatabases)
      if (part == word) return std::string(database);
  if (std::find(std::begin(kOwnDialects), std::end(kOwnDialects), found.format) != std::end(kOwnDialects))
    return found.format;
  return stem;
}

std::string waveOf(const fs::path& file) {
  static constexpr std::string_view kPlain[] = {"",       "exports",  "export",  "data",  "sources",
                                                "search", "searches", "records", "import"};
  const std::string folder = file.parent_path().filename().string();
  const bool isPlain = std::find(std::begin(kPlain), std::end(kPlain), formats::lower(folder)) != std::end(kPlain);
  return isPlain ? "first" : folder;
}

std::string initialsOf(std::string_view name) {
  std::string initials;
  for (const std::string_view part : formats::split(name, " -.")) {
    std::size_t size = 1;  // bytes of the first letter
    while (size < part.size() && (static_cast<unsigned char>(part[size]) & 0xC0) == 0x80) ++size;
    initials += part.substr(0, size);
  }
  std::transform(initials.begin(), initials.end(), initials.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return initials;
}

std::string firstReview(const FirstReview& review) {
  return "# Written by winnow init. 'winnow check' tells what is wrong or open, 'winnow run' does what can be done.\n"
         "version: 1\nreview:\n  title: " +
         inYaml(review.title) + "\n  # question: what the review asks, as the protocol words it\n" + readersOf(review) +
         sourcesOf(review) + kCriteria + stepsOf(review) + kExports;
}

}  // namespace winnow::cli
