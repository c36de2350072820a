// The document "mesh" (winnow-mesh/1): the thesaurus that a review names, as the host hands it over.
#pragma once

#include <string_view>

#include "Tree.hpp"

namespace winnow::search::mesh {

/// The tree of the document's text under its file's name; an empty tree for an empty document or a text without
/// headings. Throws std::runtime_error if the document is not as its format says.
Tree readDocument(std::string_view json);

/// What a text without any heading has instead, with its place: "mtrees.html:1:1: ...".
std::string noHeading(const Tree& tree);

}  // namespace winnow::search::mesh
