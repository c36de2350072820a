#pragma once

#include <string>
#include <string_view>

namespace winnow::bibliography {

/// True if a reader has no ground to change the text: not empty, one line, no control character, no blank at an end, no
/// two blanks together, no entity or markup, and none of the words ("null", "No", ...) that readers drop.
bool isPlain(std::string_view text);
/// Plain, and no copyright notice, which readers move elsewhere.
bool isPlainAbstract(std::string_view text);
/// Plain, without a comma or another sign or word that splits or turns a name.
bool isPlainName(std::string_view text);
/// A suffix that every reader knows: "Jr.", "III".
bool isPlainSuffix(std::string_view text);
/// Plain, without a sign that splits or marks keywords.
bool isPlainKeyword(std::string_view text);
/// One or more digits.
bool isDigits(std::string_view text);
/// Four digits, 1400 to 2100.
bool isYear(std::string_view text);
/// 1 to 12, without a leading zero.
bool isMonth(std::string_view text);
/// 1 to 31, without a leading zero.
bool isDay(std::string_view text);
/// "12", or "12-19" written out in full: the end is the larger number.
bool isPlainPage(std::string_view text);
/// A bare DOI with nothing that readers trim or decode.
bool isPlainDoi(std::string_view text);
/// "1234-567X".
bool isIssn(std::string_view text);
/// 10 or 13 signs with the right check digit (ISO 2108).
bool isIsbn(std::string_view text);
/// An http or https address without blanks or separators.
bool isPlainUrl(std::string_view text);

/// The text on one line: each run of line ends and tabs becomes a blank, other control characters go away.
std::string oneLine(std::string_view text);
/// As oneLine(), behind what `out` holds.
void appendOneLine(std::string& out, std::string_view text);

}  // namespace winnow::bibliography
