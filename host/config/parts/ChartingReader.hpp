// The part `charting`: forms with their items.
#pragma once

#include "../Problems.hpp"
#include "../Review.hpp"
#include "../YamlDocument.hpp"

namespace winnow::config {

/// Reads the forms into `review`; reviewers must have been read before.
void readForms(const YamlNode& node, Review& review, Problems& problems);
/// A form that no step charts is an error: nobody would fill it in.
void tellUnusedForms(const Review& review, Problems& problems);

}  // namespace winnow::config
