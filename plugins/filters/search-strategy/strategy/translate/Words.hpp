// Ovid's words in the platform's wildcards.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "Dialect.hpp"

namespace winnow::search {

/// One word as the platform writes it.
struct Word {
  std::string text;
  bool wild = false;
};

/// Words that stand next to each other in this order; loose: in any order with at most `between` words among them.
struct Sequence {
  std::vector<Word> words;
  bool loose = false;
  std::uint32_t between = 0;
};

/// The ways to write one word of Ovid (no blanks), several where the platform has no wildcard of that length. Letters
/// that separate words ("co-produc*") give several words. `loss` takes what is lost.
std::vector<Sequence> formsOf(const Dialect& dialect, std::string_view word, Loss& loss);

/// The same for words with blanks between them; empty if there are more than `most`.
std::vector<Sequence> formsOfText(const Dialect& dialect, std::string_view text, std::size_t most, Loss& loss);

/// Every form of `a` followed by every form of `b`; empty if there are more than `most`.
std::vector<Sequence> followed(const std::vector<Sequence>& a, const std::vector<Sequence>& b, std::size_t most);

/// True for letters, digits and everything outside ASCII.
bool isWordByte(char c);

}  // namespace winnow::search
