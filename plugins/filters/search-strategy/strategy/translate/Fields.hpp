// Ovid's field lists in the fields of the platform.
#pragma once

#include <string>
#include <vector>

#include "../Ast.hpp"
#include "Dialect.hpp"
#include "Piece.hpp"

namespace winnow::search {

/// Free text in the fields named (none: the original had no suffix). Fields that the platform lacks are left out with a
/// warning; nothing is written if it lacks all.
Piece inFields(const Dialect& dialect, const std::vector<std::string>& fields, const Node& text);

}  // namespace winnow::search
