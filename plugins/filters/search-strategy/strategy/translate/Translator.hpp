// A strategy written for another platform, line by line.
#pragma once

#include <string>
#include <vector>

#include "../Ast.hpp"
#include "../mesh/Tree.hpp"
#include "Dialect.hpp"
#include "Piece.hpp"

namespace winnow::search {

/// One line for the platform. No text: nothing of it can be searched there; the warnings say why.
struct LineTranslation {
  const Line* source = nullptr;  ///< of the strategy that was translated
  std::string text;
  Loss loss;

  /// "exact", "superset", "subset", "unknown", or "none" without text.
  std::string_view exactness() const { return text.empty() ? std::string_view("none") : nameOf(loss.exactness); }
};

struct Translation {
  std::vector<LineTranslation> lines;  ///< one for every line of the strategy
  LineTranslation single;  ///< the final set with its references written out; source null if there is no line
};

/// Translates. `tree` (may be null) writes headings below out where the platform cannot explode. `final`: the number of
/// the set that `single` means, 0: the highest. The result points into `strategy`. Never throws for any tree. Pure.
Translation translate(const Strategy& strategy, const Dialect& dialect, const mesh::Tree* tree,
                      std::uint32_t final = 0);

}  // namespace winnow::search
