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

inline constexpr std::uint32_t kTy = code("TY"), kEr = code("ER");

/// A tagged line. `tag` in capitals; `column` is the 1-based byte column of the tag.
struct TagLine {
  std::string_view tag, value;
  std::uint32_t column = 1;
  bool indented = false;
  bool oddSpacing = false;  ///< one blank instead of two, none after the hyphen, or a dash instead of it
  bool isSmall = false;     ///< in small letters
};

/// True if the line is "TAG  - value": a tag of two to four capitals and digits, one or two blanks, a hyphen, then a
/// blank or the end. Leading blanks are accepted; for tags of the specification also small letters ("ty  - jour") and
/// the dashes that word processors make of a hyphen.
bool parseTagLine(std::string_view line, TagLine& out);
/// "TY-JOUR", "TI-Title": no blank at all; only tags of the specification. Only where a record is known to be so.
bool parseTightLine(std::string_view line, TagLine& out);
/// True for a tag of the specification, or one that every reference manager knows.
bool isKnownTag(std::string_view tag);

/// Where another tag line begins within a line, because files were joined without a line end: "ER  -TY  - JOUR",
/// "DO  - 10.1/xTY  - JOUR", "PY  - 2019ER  - ". 0 if there is none.
std::size_t gluedTag(std::string_view line);

}  // namespace winnow::ris
