// Text from data on a terminal. A title, a file name or a plugin's message may hold escape sequences that move the
// cursor, hide text or change the window, and characters that turn the direction of writing around; none of them
// reaches people other than as visible text. The only place that decides it.
#pragma once

#include <string>
#include <string_view>

namespace winnow::io {

/// False for what a terminal would act on or people could not see as what it is: control characters (C0, DEL, C1),
/// line and paragraph separators, byte order marks, and the characters that override the direction of writing
/// (U+202A to U+202E, U+2066 to U+2069; see Unicode Technical Standard 55).
bool isShowable(char32_t codePoint);

/// `text` on one line: what isShowable() refuses and bytes that are no UTF-8 as \n, \t, \r, \x1B or \u{202E}.
std::string shown(std::string_view text);

/// As shown(), but line ends and tabs stay: for text that the program laid out itself, as a last line of defence.
std::string shownLines(std::string_view text);

/// JSON text in which nothing beyond ASCII is unshowable: such characters as \u009B. The value stays the same. For JSON
/// made by a serializer, which has escaped the ASCII ones already.
std::string shownJson(std::string_view json);

}  // namespace winnow::io
