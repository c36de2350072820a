// winnow/formats/signs.hpp: the line at which a record of a known format begins, whoever wrote it. People join files of
// several formats, and an importer must not take the other's records for text. Pure functions; any thread.
#pragma once

#include <cstddef>
#include <string_view>

namespace winnow::formats {

enum class Sign {
  None,
  Ris,       ///< "TY  - JOUR", also in small letters, with a dash of a word processor, or "TY-JOUR"
  Medline,   ///< "PMID- 123", "OWN - ERIC"
  Refer,     ///< "%0 Journal Article"
  Bibtex,    ///< "@article{key,", and "title = {" of an entry whose first line was lost
  Wos,       ///< "PT J", "FN Clarivate Analytics Web of Science"
  RefWorks,  ///< "RT Journal Article"
  Ovid,      ///< "<12. >", "VN  - Ovid Technologies"
  Xml,       ///< "<?xml", or the start tag of a record of one of the XML formats
  Json,      ///< a line of nothing but "[" or "{", or one that opens an object with its first member
  Table      ///< a heading row: three or more cells that are words such as title, authors, year, doi
};

/// The format whose record, or whose file, begins with this line. Blanks before it do not matter. Never Ovid for a line
/// that is only a number.
Sign signOf(std::string_view line);

/// True for the tags by which signs are recognised ("TY", "PMID", "PT" ...): a line with any other tag has no sign.
bool isTagOfSign(std::string_view tag);

/// True if a line with this sign begins a record or a file even where another record is open and nothing parts them: it
/// stands at the margin, and says more than a bracket or a few words with commas would.
bool isSure(Sign sign, std::string_view line);

/// Where files were joined within a line, because the first had no line end: the offset of the byte order mark, 0x1A or
/// form feed behind which a sign stands; 0 if nowhere. A Joint of Lines.
std::size_t jointIn(std::string_view line);

/// Where "TY  - JOUR" or "PMID- 123" stands behind other text at the end of a line, because files were joined without a
/// line end; 0 if nowhere. Both stand alone on their line and are of the two formats that are joined most.
std::size_t gluedSign(std::string_view line);

/// The format with whose record a file begins: the first sign in its head. What decides a format must stand where its
/// records begin: a "@book{" within a cell of a table makes no BibTeX. Numbers alone ("<12. >") tell nothing here.
Sign firstSign(std::string_view head);

}  // namespace winnow::formats
