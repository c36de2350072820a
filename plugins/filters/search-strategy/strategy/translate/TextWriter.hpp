// Words, phrases and distances: the free text of a query in the platform's language.
#pragma once

#include <vector>

#include "../Ast.hpp"
#include "Dialect.hpp"
#include "Piece.hpp"
#include "Words.hpp"

namespace winnow::search {

/// True for trees of words, phrases, or and adj: what a field or a distance can govern.
bool isFreeText(const Node& node);

/// Writes free text for one field. Pure; lives no longer than the dialect and the rule.
class TextWriter {
 public:
  TextWriter(const Dialect& dialect, const FieldRule& field) : d_(dialect), field_(field) {}

  /// The text with its field. `node` is free text.
  Piece write(const Node& node) const;

 private:
  /// An operand of a chain and the distance before it (0: in order).
  struct Step {
    std::uint32_t n;
    const Node* node;
  };

  Piece text(const Node& node) const;
  Piece chain(const Node& node) const;
  Piece ordered(const std::vector<const Node*>& operands) const;
  Piece near(const std::vector<Step>& steps) const;
  Piece split(const std::vector<Step>& steps) const;
  Piece pair(const Node& a, const Node& b, std::uint32_t n) const;
  Piece asAnd(const std::vector<const Node*>& operands) const;
  Piece values(const Node& node) const;
  Piece value(const std::string& text) const;

  /// All word sequences that a node stands for; empty: too many, or distances where the platform has none for them.
  std::vector<Sequence> sequences(const Node& node, std::size_t most, bool loose, Loss& loss) const;
  std::vector<Sequence> chainSequences(const Node& node, std::size_t most, bool loose, Loss& loss) const;
  bool isPhrase(const Sequence& sequence) const;
  Piece sequence(const Sequence& sequence) const;
  Piece looseSequence(const Sequence& sequence) const;
  Piece word(const Word& word) const;
  Piece alternatives(const std::vector<Sequence>& sequences, const Loss& loss) const;
  Piece leaf(std::string text, const Loss& loss) const;
  std::string quoted(const std::string& text) const;
  bool needsQuotes(const std::string& word) const;
  bool canStandNear(const Node& node) const;

  const Dialect& d_;
  const FieldRule& field_;
};

/// The pattern filled with a piece, in brackets where it needs them.
std::string around(const std::string& pattern, const Piece& piece);

}  // namespace winnow::search
