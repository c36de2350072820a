// UTF-8 as code points, so that columns are what an editor shows.
#pragma once

#include <string>
#include <string_view>

namespace winnow::search {

/// Decodes; every byte that is no UTF-8 becomes U+FFFD.
std::u32string decode(std::string_view text);
/// True if decode() replaces nothing.
bool isUtf8(std::string_view text);
/// Encodes; what is no code point becomes U+FFFD.
std::string encode(std::u32string_view text);
void appendUtf8(std::string& out, char32_t c);

/// Blanks as they stand in strategies: space, tab, no-break space.
constexpr bool isBlank(char32_t c) {
  return c == U' ' || c == U'\t' || c == 0xA0 || c == U'\r' || c == 0x200B || c == 0x2009 || c == 0x202F || c == 0xFEFF;
}
constexpr bool isDigit(char32_t c) { return c >= U'0' && c <= U'9'; }
constexpr bool isAsciiLetter(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }
constexpr char32_t lowerAscii(char32_t c) { return c >= U'A' && c <= U'Z' ? c + 32 : c; }
/// Curly and guillemet double quotes.
constexpr bool isCurlyQuote(char32_t c) {
  return c == 0x201C || c == 0x201D || c == 0x201E || c == 0x201F || c == 0xAB || c == 0xBB || c == 0x2033;
}
constexpr bool isQuote(char32_t c) { return c == U'"' || isCurlyQuote(c); }
/// Hyphens and dashes that stand between two numbers.
constexpr bool isDash(char32_t c) { return c == U'-' || (c >= 0x2010 && c <= 0x2014) || c == 0x2212; }

/// ASCII letters in lower case, all else as it is.
std::string lower(std::string_view text);
std::string_view trimmed(std::string_view text);
/// Runs of blanks as one space, none at the ends.
std::string squeezed(std::string_view text);

}  // namespace winnow::search
