// winnow/formats/text.hpp: bytes to text, and text to what can be compared. All functions are pure; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::formats {

/// True if the bytes are well-formed UTF-8 (no overlong forms, no surrogates: Unicode 15, table 3-7). Otherwise
/// `firstBad` is the offset of the first byte that is not.
bool isUtf8(std::string_view bytes, std::size_t* firstBad = nullptr);
/// Windows-1252 to UTF-8; its five unassigned bytes become the C1 controls of the same number.
std::string cp1252ToUtf8(std::string_view bytes);
/// Well-formed UTF-8 as it is; anything else read as Windows-1252 into `storage`, and `repaired` set.
std::string_view decodeText(std::string_view bytes, std::string& storage, bool& repaired);

/// Without blanks (space, tab, CR, LF, no-break space) at both ends.
std::string_view trim(std::string_view text);
/// Runs of blanks as one space, ends trimmed. Unchanged text is returned as a view of itself.
std::string_view collapse(std::string_view text, std::string& storage);
std::string collapsed(std::string_view text);
/// The text up to `most` bytes, without the part of a character of UTF-8 that would end beyond them.
std::string_view beginning(std::string_view text, std::size_t most) noexcept;
/// True if collapse() would give the text itself: no blank at an end, none but single spaces within.
bool isCollapsed(std::string_view text);
/// The first control character (below 0x20, or 0x7F); text.size() if there is none.
std::size_t findControl(std::string_view text);
bool isBlank(std::string_view text);
/// ASCII lower case.
std::string lower(std::string_view text);
/// Without regard to ASCII case.
bool equalsIgnoringCase(std::string_view a, std::string_view b);
bool startsWithIgnoringCase(std::string_view text, std::string_view prefix);
bool containsIgnoringCase(std::string_view text, std::string_view part);
/// Parts between any of `separators`, trimmed, empty ones left out.
std::vector<std::string_view> split(std::string_view text, std::string_view separators);

/// Decodes the named entities of HTML 4 and numeric references once; unknown ones stay.
std::string decodeEntities(std::string_view text);
/// Removes inline tags (i b u em strong sub sup sc scp span tt inf) and those of paragraphs (p br div sec title,
/// jats:...), which leave a blank; any other '<' stays.
std::string stripMarkup(std::string_view text);

/// For matching: lower case, accents removed (own table U+00C0-U+024F, ligatures, Greek and Cyrillic lowered), every
/// run of anything else than letters and digits one blank, ends trimmed. "Łódź: A-B" -> "lodz a b".
std::string foldForMatching(std::string_view text);
/// One code point of UTF-8 at `at`, which is moved behind it; a broken byte is itself.
char32_t nextCodePoint(std::string_view text, std::size_t& at);
/// Appends a code point as UTF-8.
void appendUtf8(std::string& out, char32_t code);
/// The folded form of one code point: 0 to 3 ASCII letters, a lowered letter of another script, or empty for anything
/// that is no letter or digit.
std::string_view foldedCodePoint(char32_t code, std::string& storage);

}  // namespace winnow::formats
