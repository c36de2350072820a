// What a column of a table means, by its heading.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace winnow::csv {

enum class Column {
  Unknown, Title, Authors, FullAuthors, Editors, Year, Date, Journal, JournalAbbreviation, Volume, Issue, Pages, FirstPage, LastPage, ArticleNumber, Doi, Pmid, Pmcid,
  SerialNumber, Issn, Isbn, Accession, LocalId, Database, Abstract, Keywords, IndexKeywords, Language, Type, PublicationType, Url, Publisher, Place, Edition, Notes, Month, Day
};

/// The meaning of a heading; case, blanks, '_' and '-' do not matter.
Column columnOf(std::string_view heading);

/// Which program or database wrote a table with these headings: "scopus", "rayyan", "zotero", "pubmed", "scholar", "lens", "ieee",
/// "embase"; empty for a table that is known by its columns alone.
std::string_view dialectOf(const std::vector<std::string>& headings);

/// How many of the headings are known.
std::size_t knownColumns(const std::vector<std::string>& headings);

}  // namespace winnow::csv
