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
  InitialsLast,  ///< "Yang Z.", "Zhang YW", "Lund B 3rd" (PubMed AU, Scopus and Embase CSV); else a body or a mononym
  GivenFirst     ///< "Yiwen Zhang", "M. M. H. Mia" (IEEE)
};

/// Splits one name. "Ives, Peter," loses its trailing comma; a single word with a trailing comma is a literal ("World
/// Health Organization,": what our own RIS writer does with bodies); "[Anonymous]", "Anon" are literals. Never empty
/// for text that is not blank.
PersonName parseName(std::string_view text, NameStyle style = NameStyle::Comma);

/// Where a field that should hold one name may be parted.
enum class NameList {
  Any,  ///< a field of several names: also at " and ", " & ", line ends, and names that run together ("Adams K.Lewis
        ///< G.")
  Sure  ///< a field of one name: only where no one name has such a form (see splitNames)
};

/// Several names in one field, in order. Always parted: at ';' and '|'; at commas where every part is "Family I."
/// (PubMed) or "I. Family" (Google Scholar, IEEE), and in pairs where every second part is initials ("Berg, A., Lund
/// Jr., B.": Scopus before 2020). A list of Python ("['A', 'B']") is a list. What marks a list as cut is no name: "et
/// al.",
/// "..." at the end. "Ministry of Health and Care" is one name.
std::vector<std::string_view> splitNames(std::string_view text, NameList list = NameList::Any);
/// Pairs of family and given names, all parted by commas ("García Márquez, José Luis, Silva, Ana": SciELO). One name
/// where the parts are no pairs.
std::vector<std::string_view> splitPairs(std::string_view text);

/// "World Health Organization", "Peer Study Group": words that names of bodies hold and names of people do not.
bool isBody(std::string_view text);
/// "et al.", "others", "...": no name of anybody.
bool isNobody(std::string_view text);

}  // namespace winnow::formats
