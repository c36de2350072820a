// Looks ahead in the query of one line: words, field suffixes, headings, notes. Nothing here has a memory.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace winnow::search::mesh {
class Tree;
}

namespace winnow::search::ovid {

/// A field suffix: ".ti,ab." and how it was written.
struct Suffix {
  std::size_t end = 0;              ///< behind it
  std::vector<std::string> fields;  ///< empty: the code is unknown
  bool closed = true;               ///< with the final "."
  bool dotted = false;              ///< a "." separates fields
};

/// A subject heading.
struct HeadingText {
  std::size_t end = 0;
  std::u32string name;
  std::size_t nameAt = 0;
  bool explode = false, focus = false, holdsOperator = false;
  std::vector<std::string> subheadings;
};

/// A view of the points of one line; the query begins at `begin`.
class Scanner {
 public:
  /// `tree` may be null.
  Scanner(const std::u32string& text, const mesh::Tree* tree) : text_(text), tree_(tree) {}

  std::size_t size() const { return text_.size(); }
  char32_t at(std::size_t i) const { return i < text_.size() ? text_[i] : U'\0'; }
  std::size_t skip(std::size_t i) const;
  /// Behind the word at `i`; stops before a suffix, a bracket, a quote, a "/" that closes a heading.
  std::size_t wordEnd(std::size_t i) const;
  std::string word(std::size_t i) const;
  /// The suffix whose "." stands at `i`.
  std::optional<Suffix> suffix(std::size_t i) const;
  /// The heading at `i`, with "exp" and "*". Nothing if no "/" closes it.
  std::optional<HeadingText> heading(std::size_t i) const;
  /// Behind the "]" of the note at `i`; at the end of the line if it is cut off.
  std::size_t noteEnd(std::size_t i) const;
  /// True if "exp" stands at `i` as a word.
  bool isExp(std::size_t i) const;
  /// Behind `/freq=N` at `i`, with N; nothing if there is none.
  std::optional<std::pair<std::size_t, std::uint32_t>> frequency(std::size_t i) const;
  /// Digits at `i` as a number, at most 7 of them; behind them in `i`.
  std::optional<std::uint32_t> number(std::size_t& i) const;

 private:
  bool endsOperand(std::size_t i) const;
  std::string code(std::size_t i) const;
  std::size_t subheadings(std::size_t i, std::vector<std::string>& codes) const;
  std::optional<std::size_t> slashOf(std::size_t i, bool& holdsOperator) const;
  const std::u32string& text_;
  const mesh::Tree* tree_;
};

}  // namespace winnow::search::ovid
