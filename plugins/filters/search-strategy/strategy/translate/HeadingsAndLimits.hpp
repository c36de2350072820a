// Subject headings and limits in the platform's language.
#pragma once

#include <vector>

#include "../Ast.hpp"
#include "../mesh/Tree.hpp"
#include "Dialect.hpp"
#include "Piece.hpp"

namespace winnow::search {

/// A heading; `tree` may be null.
Piece headingPiece(const Dialect& dialect, const Node& heading, const mesh::Tree* tree);

/// Every limit of a limit line; what the platform lacks is empty and has a warning.
std::vector<Piece> limitPieces(const Dialect& dialect, const std::vector<Limit>& limits);

}  // namespace winnow::search
