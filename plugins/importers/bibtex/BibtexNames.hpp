// Names of people as BibTeX writes them.
#pragma once

#include <string_view>
#include <vector>

#include <winnow/formats/names.hpp>

namespace winnow::bibtex {

/// The names of a field, still TeX: split at "and" outside of braces, whatever its case; where none stands, at ";". The
/// word "others" is no name.
std::vector<std::string_view> splitNames(std::string_view tex);
/// "First von Last", "von Last, First", "von Last, Jr, First" (BibTeXing, 4); a name wholly in braces is a body; names
/// in parts ("family=Berg, given=Anna": biblatex manual, 2.3.3). The particle belongs to the family name.
formats::PersonName parseName(std::string_view tex);

}  // namespace winnow::bibtex
