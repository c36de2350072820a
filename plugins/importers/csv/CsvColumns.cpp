#include "CsvColumns.hpp"

#include <algorithm>
#include <utility>

#include <winnow/formats/text.hpp>

namespace winnow::csv {

namespace {

using Entry = std::pair<std::string_view, Column>;

// Headings as exports of databases and reference managers write them, folded.
constexpr Entry kColumns[] = {
    {"title", Column::Title}, {"article title", Column::Title}, {"document title", Column::Title}, {"titles", Column::Title}, {"primary title", Column::Title}, {"ti", Column::Title},
    {"authors", Column::Authors}, {"author", Column::Authors}, {"author s", Column::Authors}, {"author names", Column::Authors}, {"first authors", Column::Authors}, {"au", Column::Authors},
    {"author full names", Column::FullAuthors}, {"author s full names", Column::FullAuthors}, {"editors", Column::Editors}, {"editor", Column::Editors},
    {"year", Column::Year}, {"publication year", Column::Year}, {"py", Column::Year}, {"year of publication", Column::Year}, {"date published", Column::Date}, {"publication date", Column::Date}, {"date", Column::Date},
    {"journal", Column::Journal}, {"source title", Column::Journal}, {"publication title", Column::Journal}, {"journal book", Column::Journal}, {"publication", Column::Journal}, {"secondary title", Column::Journal}, {"jo", Column::Journal},
    {"abbreviated source title", Column::JournalAbbreviation}, {"journal abbreviation", Column::JournalAbbreviation},
    {"volume", Column::Volume}, {"issue", Column::Issue}, {"number", Column::Issue}, {"issue number", Column::Issue}, {"pages", Column::Pages}, {"page start", Column::FirstPage}, {"start page", Column::FirstPage},
    {"page end", Column::LastPage}, {"end page", Column::LastPage}, {"art no", Column::ArticleNumber}, {"article number", Column::ArticleNumber},
    {"doi", Column::Doi}, {"pmid", Column::Pmid}, {"pubmed id", Column::Pmid}, {"pubmed", Column::Pmid}, {"medline pmid", Column::Pmid}, {"pmcid", Column::Pmcid}, {"pmc id", Column::Pmcid},
    {"isbn issn", Column::SerialNumber}, {"issn isbn", Column::SerialNumber}, {"issn", Column::Issn}, {"issns", Column::Issn}, {"isbn", Column::Isbn}, {"isbns", Column::Isbn},
    {"accession", Column::Accession}, {"accession number", Column::Accession}, {"eid", Column::Accession}, {"pui", Column::Accession}, {"record id", Column::LocalId}, {"key", Column::LocalId}, {"id", Column::LocalId}, {"lens id", Column::LocalId},
    {"database", Column::Database}, {"abstract", Column::Abstract}, {"abstract note", Column::Abstract}, {"ab", Column::Abstract}, {"abstracts", Column::Abstract},
    {"keywords", Column::Keywords}, {"author keywords", Column::Keywords}, {"manual tags", Column::Keywords}, {"index keywords", Column::IndexKeywords}, {"automatic tags", Column::IndexKeywords},
    {"language", Column::Language}, {"language of original document", Column::Language}, {"type", Column::Type}, {"item type", Column::Type}, {"type of reference", Column::Type}, {"publication type", Column::PublicationType},
    {"document type", Column::PublicationType}, {"url", Column::Url}, {"link", Column::Url}, {"urls", Column::Url}, {"source url", Column::Url}, {"pdf link", Column::Url}, {"publisher", Column::Publisher}, {"place", Column::Place}, {"location", Column::Place},
    {"edition", Column::Edition}, {"notes", Column::Notes}, {"note", Column::Notes}, {"month", Column::Month}, {"day", Column::Day}};

bool has(const std::vector<std::string>& headings, std::string_view name) {
  return std::any_of(headings.begin(), headings.end(), [&](const std::string& h) { return formats::equalsIgnoringCase(h, name); });
}

std::string joined(std::string_view folded) {
  std::string out(folded);
  out.erase(std::remove(out.begin(), out.end(), ' '), out.end());
  return out;
}

}  // namespace

Column columnOf(std::string_view heading) {
  const std::string folded = joined(formats::foldForMatching(heading));
  for (const auto& [name, column] : kColumns)
    if (joined(name) == folded) return column;
  return Column::Unknown;
}

std::size_t knownColumns(const std::vector<std::string>& headings) {
  return static_cast<std::size_t>(std::count_if(headings.begin(), headings.end(), [](const std::string& h) { return columnOf(h) != Column::Unknown; }));
}

std::string_view dialectOf(const std::vector<std::string>& headings) {
  if (has(headings, "EID") && (has(headings, "Source title") || has(headings, "Title"))) return "scopus";
  if (has(headings, "key") && has(headings, "pubmed_id") && has(headings, "issn")) return "rayyan";
  if (has(headings, "Key") && has(headings, "Item Type")) return "zotero";
  if (has(headings, "PMID") && has(headings, "Citation")) return "pubmed";
  if (has(headings, "Lens ID")) return "lens";
  if (has(headings, "Document Title") && has(headings, "Publication Title")) return "ieee";
  if (has(headings, "PUI") || has(headings, "Author Names")) return "embase";
  if (has(headings, "Authors") && has(headings, "Publication") && has(headings, "Publisher")) return "scholar";
  return {};
}

}  // namespace winnow::csv
