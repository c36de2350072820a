// An UpSet plot: a column a combination of sources, a row a source.
#pragma once

#include <string>

#include "Overlap.hpp"

namespace winnow::overlap {

/// The plot as SVG, the same bytes for the same counts. At most `most` combinations are drawn, the largest; how many
/// works the others hold is said below. A. Lex et al., "UpSet: Visualization of Intersecting Sets", IEEE TVCG 2014.
std::string draw(const Overlap& overlap, std::size_t most);

}  // namespace winnow::overlap
