// The lines of a RIS file: tag, value, and what is odd about how they stand there.
// Format: Reference Manager RIS as Thomson Reuters described it (2011), "TY  - JOUR", and as exports really write it.
#pragma once

#include <cstdint>
#include <string_view>

namespace winnow::ris {

/// Two to four characters of a tag as one number, so that tags compare as integers.
constexpr std::uint32_t code(std::string_view tag) {
  std::uint32_t value = 0;
  for (const char c : tag) value = value << 8 | static_cast<unsigned char>(c);
  return value;
}

/// A tagged line. `column` is the 1-based byte column of the tag.
struct TagLine {
  std::string_view tag, value;
  std::uint32_t column = 1;
  bool indented = false;
  bool oddSpacing = false;  ///< one blank instead of two, or none after the hyphen
};

/// True if the line is "TAG  - value": a tag of two to four capitals and digits, one or two blanks, a hyphen, then a
/// blank or the end. Leading blanks are accepted.
bool parseTagLine(std::string_view line, TagLine& out);

}  // namespace winnow::ris
