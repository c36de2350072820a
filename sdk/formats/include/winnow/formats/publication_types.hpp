// winnow/formats/publication_types.hpp: types of records in one vocabulary. Pure functions; any thread.
#pragma once

#include <string_view>
#include <vector>

namespace winnow::formats {

/// The controlled value (tags.hpp) of what a database calls a publication type: "Journal Article" -> "article",
/// "Conference Abstract" -> "conference-abstract". "other" for words that say something else (study designs, support
/// types); empty for blank text.
std::string_view publicationType(std::string_view words);
/// The types in a field: at ';' and line ends; at commas where every part is a known type ("Journal, Peer Reviewed
/// Journal" but not "Research Support, N.I.H."). Views into `list`, trimmed, in order.
std::vector<std::string_view> publicationTypeWords(std::string_view list);

/// The CSL 1.0.2 item type of a RIS TY code ("JOUR" -> "article-journal"); "document" for what it does not know.
std::string_view cslTypeOfRis(std::string_view ty);
/// True for a type of RIS, in capitals or small letters: the specification's list and those that exports add.
bool isRisType(std::string_view code);
/// The CSL type of a reference-type name of EndNote, Zotero or a CSV ("Journal Article", "Book Section",
/// "conferencePaper"); empty for a name it does not know.
std::string_view cslTypeOfName(std::string_view name);
/// All item types of CSL 1.0.2 (https://docs.citationstyles.org/en/stable/specification.html#appendix-iii-types).
const std::vector<std::string_view>& cslTypes();

}  // namespace winnow::formats
