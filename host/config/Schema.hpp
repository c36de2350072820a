// The JSON Schema of review.yaml, made from the tables that the loader reads by.
#pragma once

#include <string>

#include "StageDeclarations.hpp"

namespace winnow::config {

/// JSON Schema (draft 2020-12) as indented text, with the options of every stage given. Deterministic.
std::string reviewSchema(const StageDeclarations& stages);

}  // namespace winnow::config
