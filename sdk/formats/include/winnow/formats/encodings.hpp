// winnow/formats/encodings.hpp: what bytes that are no UTF-8 are likely to be, and text that was encoded twice. They
// only advise people: nothing is decoded by a guess. Pure functions; any thread.
#pragma once

#include <cstddef>
#include <string_view>

namespace winnow::formats {

/// What bytes look like when they are no Windows-1252.
struct EncodingHint {
  std::string_view language;  ///< "Chinese"; empty: no Western text, and nothing more can be said
  std::string_view charset;   ///< a name for --encoding: "gb18030"; empty if several are alike
};

/// True if `bytes`, which are no UTF-8, read like text in another encoding than Windows-1252; `hint` says which.
/// Western text has letters beyond ASCII one at a time between others; East Asian and Cyrillic text has them in runs.
/// Mac Roman puts letters where Windows-1252 has signs.
bool isOtherEncoding(std::string_view bytes, EncodingHint& hint);

/// The first place where well-formed UTF-8 shows that it was UTF-8 before, read as Windows-1252 and encoded once more
/// ("Ã¸" for "ø", "â€™" for "’"); npos if there is none. "Ã" before a capital letter (Portuguese) is none.
std::size_t findDoubleEncoded(std::string_view text);

}  // namespace winnow::formats
