// Characters as words are compared: lower case, without accents, compatibility forms as their plain letters.
#pragma once

namespace winnow::search::match {

/// What a code point becomes: up to two letters or digits. count 0: it separates words; `joins`: it is dropped and does
/// not separate (combining marks, soft hyphen).
struct Folded {
  char32_t letters[2] = {0, 0};
  unsigned count = 0;
  bool joins = false;
};

Folded fold(char32_t c);

}  // namespace winnow::search::match
