// Text in the platform's language on its way to a whole line.
#pragma once

#include <string>
#include <vector>

#include "Dialect.hpp"

namespace winnow::search {

struct Piece {
  std::string text;   ///< empty: nothing could be written; `loss` says why
  bool whole = true;  ///< needs no brackets as an operand
  Loss loss;

  bool empty() const { return text.empty(); }
  /// In brackets where it needs them.
  std::string operand() const { return whole ? text : "(" + text + ")"; }
};

/// `a OR b OR c`. Empty operands fall away and lose records.
Piece either(const Dialect& dialect, const std::vector<Piece>& pieces);
/// `a AND b AND c`. Empty operands fall away and let more records in.
Piece both(const Dialect& dialect, const std::vector<Piece>& pieces);
/// `a NOT b`.
Piece without(const Dialect& dialect, const Piece& a, const Piece& b);

}  // namespace winnow::search
