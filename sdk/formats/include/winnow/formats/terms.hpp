// winnow/formats/terms.hpp: finding words and phrases of a list in a text, with their places.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace winnow::formats {

/// A set of terms, each belonging to a group: "school*", "environmental service*", "peer support". A term is one or
/// more words in their order; `*` at the end of a word stands for any ending. Case, accents, hyphens and punctuation do
/// not matter; words match whole. Immutable after the last add(); find() from any thread.
class TermSet {
 public:
  /// Adds a term to a group. Blank terms are ignored. Throws std::invalid_argument for a `*` elsewhere than at a word's
  /// end.
  void add(std::string_view term, std::size_t group);
  bool empty() const noexcept { return terms_.empty(); }

  struct Hit {
    std::size_t group;
    std::size_t begin, size;  ///< bytes of the text
  };
  /// Every occurrence, in order of place.
  std::vector<Hit> find(std::string_view text) const;

 private:
  struct Word {
    std::string text;
    bool prefix;
  };
  struct Term {
    std::vector<Word> words;
    std::size_t group;
  };
  std::vector<Term> terms_;
  std::unordered_map<std::string, std::vector<std::size_t>> exact_;  ///< terms by their first word
  std::unordered_map<std::string, std::vector<std::size_t>>
      prefix_;  ///< by the first bytes of a first word that ends in *
};

}  // namespace winnow::formats
