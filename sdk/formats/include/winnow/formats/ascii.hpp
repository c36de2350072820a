// Classes of bytes that mean the same in every encoding that we read, and in every locale (those of <cctype> do not).
#pragma once

namespace winnow::formats {

constexpr bool isDigit(char c) noexcept { return c >= '0' && c <= '9'; }
constexpr bool isUpper(char c) noexcept { return c >= 'A' && c <= 'Z'; }
constexpr bool isLower(char c) noexcept { return c >= 'a' && c <= 'z'; }
/// One of the 52 letters of ASCII.
constexpr bool isLetter(char c) noexcept { return isUpper(c) || isLower(c); }
constexpr bool isLetterOrDigit(char c) noexcept { return isLetter(c) || isDigit(c); }
/// A capital of ASCII as its small letter, any other byte as it is.
constexpr char lower(char c) noexcept { return isUpper(c) ? static_cast<char>(c | 0x20) : c; }
/// Part of a character outside ASCII in UTF-8.
constexpr bool isHigh(char c) noexcept { return static_cast<unsigned char>(c) >= 0x80; }

/// A byte of UTF-8 that goes on with a character.
constexpr bool isContinuation(char c) noexcept { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

}  // namespace winnow::formats
