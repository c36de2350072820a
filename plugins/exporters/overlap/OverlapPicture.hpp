// An UpSet plot: a column a combination of sources, a row a source.
#pragma once

#include <string>

#include "Overlap.hpp"
#include "picture/Scene.hpp"

namespace winnow::overlap {

struct Drawing {
  picture::Scene scene;
  picture::Page page;
};

/// The plot, the same for the same counts. At most `most` combinations are drawn, the largest; how many works the
/// others hold is said below. A. Lex et al., "UpSet: Visualization of Intersecting Sets", IEEE TVCG 2014.
Drawing draw(const Overlap& overlap, std::size_t most, const std::string& title);

}  // namespace winnow::overlap
