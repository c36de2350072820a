// A large desk dictionary with names of countries and medicines: what stands in it is a word, not a misprint.
#pragma once

#include <cstdint>
#include <string_view>

namespace winnow::duplicates {

/// What the list says of a word.
enum class Known : std::uint8_t {
  no,
  word,
  name  ///< of a country or a medicine
};

/// Looks a folded word up in the list that make_words.py compiles (its sources are named there). Words of fewer than
/// four letters are not in it. Binary search over lines of constant data, front coding within a line. Thread: any.
Known lookUp(std::string_view folded);

inline bool isKnownWord(std::string_view folded) { return lookUp(folded) != Known::no; }

}  // namespace winnow::duplicates
