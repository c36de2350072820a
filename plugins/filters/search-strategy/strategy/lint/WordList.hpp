// The words of a language or of a set of records, that a strategy's words are looked up in.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace winnow::search::lint {

/// Immutable; any thread.
class WordList {
 public:
  WordList() = default;
  /// The first word of every line: a list of words, or of words with their counts.
  explicit WordList(std::string_view text);
  bool empty() const noexcept { return words_.empty(); }
  /// True if the word, in lower case, is in the list; with `asBeginning`, if any word begins so.
  bool has(const std::string& word, bool asBeginning) const;

 private:
  std::vector<std::string> words_;  ///< sorted
};

}  // namespace winnow::search::lint
