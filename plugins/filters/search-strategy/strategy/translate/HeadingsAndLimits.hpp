// Subject headings and limits in the platform's language.
#pragma once

#include "../Ast.hpp"
#include "../mesh/Tree.hpp"
#include "Dialect.hpp"
#include "Piece.hpp"

namespace winnow::search {

/// A heading; `tree` may be null.
Piece headingPiece(const Dialect& dialect, const Node& heading, const mesh::Tree* tree);

/// All limits of a limit line; those that the platform lacks are left out with a warning, empty if it lacks all.
Piece limitsPiece(const Dialect& dialect, const std::vector<Limit>& limits);

}  // namespace winnow::search
