// The one spelling in which texts are compared: lower-case words without accents, one space between them.
#pragma once

#include <string>
#include <string_view>

namespace winnow::duplicates {

/// Stands for a letter that an export destroyed ("for?ts", U+FFFD inside a word).
inline constexpr char kJoker = '?';

/// Appends the folded form of `text` to `out`: case, accents, ligatures, full-width forms and super- and subscript
/// digits are folded, Greek letters are named, HTML tags and entities resolved, `&` is "and", an apostrophe joins and
/// any other sign separates words. Letters of other scripts stay as they are. A space comes first if `out` is not
/// empty and does not end in one. Ill-formed UTF-8 counts as a destroyed letter. Linear in the size. Thread: any.
void foldInto(std::string_view text, std::string& out);

/// As foldInto(), as a value.
std::string fold(std::string_view text);

}  // namespace winnow::duplicates
