// The part `synthesis`: whether effects are pooled, and which.
#pragma once

#include "../Problems.hpp"
#include "../Review.hpp"
#include "../YamlDocument.hpp"

namespace winnow::config {

/// Reads the part into `review`; reviewers and charting forms must have been read before.
void readSynthesis(const YamlNode& node, Review& review, Problems& problems);

}  // namespace winnow::config
