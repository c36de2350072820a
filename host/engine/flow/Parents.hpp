// Records found by citation searching or in reference lists start from included records; the review says from which.
#pragma once

#include "engine/Evaluation.hpp"

namespace winnow::engine {

/// Tells every parent (`of:`) that names no record of the review, or one that is not included: source.unknown-parent,
/// source.parent-not-included. Gives how many there were.
std::size_t checkParents(const Workspace& work, const Evaluation& evaluation);

}  // namespace winnow::engine
