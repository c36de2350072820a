// winnow/blank.hpp: bytes that show nothing. They belong to no record and need not be declared: white space (Unicode
// White_Space), control characters, and the marks that exports carry along when people join files or paste text
// (U+FEFF byte order mark: Unicode 15, 23.8; zero-width characters).
#pragma once

#include <cstddef>
#include <string_view>

namespace winnow {

/// Bytes of the blank character at `at`; 0 if what stands there shows something, or at the end.
inline std::size_t blankSize(std::string_view text, std::size_t at) noexcept {
  const auto byte = [&](std::size_t i) {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : static_cast<unsigned char>(0);
  };
  if (at >= text.size()) return 0;
  if (byte(0) <= 0x20 || byte(0) == 0x7F) return 1;
  if (byte(0) == 0xC2) return byte(1) == 0xA0 || byte(1) == 0x85 ? 2 : 0;
  if (byte(0) == 0xEF) return byte(1) == 0xBB && byte(2) == 0xBF ? 3 : 0;
  if (byte(0) == 0xE3) return byte(1) == 0x80 && byte(2) == 0x80 ? 3 : 0;
  if (byte(0) != 0xE2) return 0;
  if (byte(1) == 0x80) return (byte(2) >= 0x80 && byte(2) <= 0x8F) || (byte(2) >= 0xA8 && byte(2) <= 0xAF) ? 3 : 0;
  return byte(1) == 0x81 && (byte(2) == 0x9F || (byte(2) >= 0xA0 && byte(2) <= 0xA4)) ? 3 : 0;
}

/// The first byte at or behind `at` that shows something; text.size() if none does.
inline std::size_t skipBlank(std::string_view text, std::size_t at = 0) noexcept {
  for (std::size_t size; (size = blankSize(text, at)) != 0;) at += size;
  return at;
}

/// Where what shows something ends: behind it there are only blanks. 0 if nothing does.
inline std::size_t endOfShown(std::string_view text) noexcept {
  std::size_t end = 0;
  for (std::size_t at = skipBlank(text); at < text.size(); at = skipBlank(text, end)) end = at + 1;
  return end;
}

}  // namespace winnow
