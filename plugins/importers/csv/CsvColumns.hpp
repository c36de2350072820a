// What a column of a table means, by its heading.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::csv {

enum class Column {
  Unknown,
  Title,
  ShortTitle,
  TranslatedTitle,
  Authors,
  FullAuthors,
  GroupAuthors,
  Editors,
  Year,
  Date,
  Month,
  Day,
  Journal,
  JournalAbbreviation,
  Source,
  Volume,
  Issue,
  Pages,
  FirstPage,
  LastPage,
  ArticleNumber,
  Citation,
  Doi,
  Pmid,
  Pmcid,
  SerialNumber,
  Issn,
  Isbn,
  Accession,
  LocalId,
  Database,
  Abstract,
  Keywords,
  IndexKeywords,
  Language,
  Type,
  PublicationType,
  Url,
  Publisher,
  Place,
  Edition,
  Notes,
  Count
};

/// The meaning of a heading; case, blanks, '_' and '-' do not matter.
Column columnOf(std::string_view heading);

/// A program or database whose tables are known by their headings.
struct Dialect {
  std::string_view id, title, headings;  ///< headings: those that tell it, "|" between them
};
/// All of them, in the order in which they are tried.
const std::vector<Dialect>& dialects();

/// The dialect of a table with these headings; empty for one that is known by its columns alone.
std::string_view dialectOf(const std::vector<std::string>& headings);

/// How many of the headings are known.
std::size_t knownColumns(const std::vector<std::string>& headings);

}  // namespace winnow::csv
