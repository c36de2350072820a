// winnow/formats/names.hpp: one name as exports write it, in its parts. Pure functions; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace winnow::formats {

/// A person's name in parts, or a body (or a name that cannot be split) as `literal`.
struct PersonName {
  std::string family, given, suffix, literal;
  bool empty() const { return family.empty() && given.empty() && literal.empty(); }
};

enum class NameStyle {
  Comma,         ///< "Family, Given, Suffix"; without a comma "Given Family" stays literal unless it ends in initials
                 ///< ("Yang Z.") or begins with them ("M. M. H. Mia")
  InitialsLast,  ///< "Yang Z.", "Zhang YW" (PubMed AU, Scopus and Embase CSV)
  GivenFirst     ///< "Yiwen Zhang", "M. M. H. Mia" (IEEE)
};

/// Splits one name. "Ives, Peter," loses its trailing comma; a single word with a trailing comma is a literal ("World
/// Health Organization,": what our own RIS writer does with bodies); "[Anonymous]", "Anon" are literals. Never empty
/// for text that is not blank.
PersonName parseName(std::string_view text, NameStyle style = NameStyle::Comma);

/// Several names in one field: at ';', at " and " or " & ", at line ends; where none of these stands and every part is
/// "Family I.", at commas; and names run together ("Adeli K.Lewis G. F.").
std::vector<std::string_view> splitNames(std::string_view text);

}  // namespace winnow::formats
