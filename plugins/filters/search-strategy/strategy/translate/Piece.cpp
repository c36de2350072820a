#include "Piece.hpp"

namespace winnow::search {

namespace {

Piece joined(const std::vector<Piece>& pieces, const std::string& word, Exactness missing) {
  Piece all;
  std::size_t written = 0;
  for (const Piece& piece : pieces) {
    all.loss.add(piece.loss);
    if (piece.empty()) {
      all.loss.exactness = all.loss.exactness | missing;
      continue;
    }
    if (++written == 1) {
      all.text = piece.text;
      all.whole = piece.whole;
      continue;
    }
    if (written == 2) all.text = all.whole ? all.text : "(" + all.text + ")";
    all.text += " " + word + " " + piece.operand();
    all.whole = false;
  }
  return all;
}

}  // namespace

Piece either(const Dialect& dialect, const std::vector<Piece>& pieces) {
  return joined(pieces, dialect.orText, Exactness::Subset);
}
Piece both(const Dialect& dialect, const std::vector<Piece>& pieces) {
  return joined(pieces, dialect.andText, Exactness::Superset);
}

Piece without(const Dialect& dialect, const Piece& a, const Piece& b) {
  Piece all;
  all.loss.add(a.loss);
  for (const TranslationWarning& warning : b.loss.warnings) all.loss.warn(warning);
  all.loss.exactness = all.loss.exactness | negated(b.loss.exactness);
  if (a.empty()) return all;
  if (b.empty()) {
    all.text = a.text;
    all.whole = a.whole;
    all.loss.exactness = all.loss.exactness | Exactness::Superset;
    return all;
  }
  all.text = a.operand() + " " + dialect.notText + " " + b.operand();
  all.whole = false;
  return all;
}

}  // namespace winnow::search
