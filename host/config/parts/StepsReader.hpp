// The part `selection`: defaults and steps.
#pragma once

#include "../Problems.hpp"
#include "../Review.hpp"
#include "../StageDeclarations.hpp"
#include "../YamlDocument.hpp"

namespace winnow::config {

/// Reads the steps into `review`; reviewers, criteria and forms must have been read before.
void readSelection(const YamlNode& node, const StageDeclarations& stages, Review& review, Problems& problems);

}  // namespace winnow::config
