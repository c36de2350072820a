// TeX as it stands in bibliographies, as plain Unicode text. Pure functions; any thread.
#pragma once

#include <string>
#include <string_view>

namespace winnow::bibtex {

/// Accents, letters, dashes, quotes, Greek and common mathematics become Unicode; formatting commands go and leave
/// their text; unknown commands go and leave their arguments; blanks are collapsed. Linear in time, no recursion.
std::string plainText(std::string_view tex);
/// For addresses and identifiers: \_ \% \& \# \~ unescaped, braces away, "~" and "--" as they stand.
std::string verbatim(std::string_view tex);
/// The address in a field: that of \href or \url if there is one, else the whole as verbatim().
std::string addressIn(std::string_view tex);

}  // namespace winnow::bibtex
