// MARC-8, the character set of MARC 21 records that are not in Unicode.
#pragma once

#include <string>
#include <string_view>

namespace winnow::marc {

/// The text as UTF-8, accents composed with their letters (a mark of MARC-8 stands before its letter). Characters of
/// sets other than ASCII and ANSEL (Cyrillic, CJK ...) become U+FFFD, and `isWhole` false. Library of Congress, MARC 21
/// Specifications, Character Sets and Encoding Options: Part 2, and the code tables.
std::string marc8ToUtf8(std::string_view bytes, bool& isWhole);

}  // namespace winnow::marc
