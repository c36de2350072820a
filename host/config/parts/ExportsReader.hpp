// The part `exports`: files to write.
#pragma once

#include "../Problems.hpp"
#include "../Review.hpp"
#include "../StageDeclarations.hpp"
#include "../YamlDocument.hpp"

namespace winnow::config {

/// Reads the exports into `review`; steps must have been read before.
void readExports(const YamlNode& node, const StageDeclarations& stages, Review& review, Problems& problems);

}  // namespace winnow::config
