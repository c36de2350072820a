// Who reads how much: the key `by`.
#pragma once

#include <vector>

#include "../Problems.hpp"
#include "../Review.hpp"
#include "../YamlDocument.hpp"
#include "Section.hpp"

namespace winnow::config {

/// Tells a name that is no reviewer of this review.
void checkReviewer(const Written& name, const Review& review, Problems& problems);

/// Reviewers with their shares: one name, a list of names, or a map of names with shares. Unknown names, names that
/// stand twice and shares that are none are reported.
std::vector<Reader> readReaders(const YamlNode& node, const Review& review, Problems& problems);

/// Tells readers that the step's verb cannot use: only a screen step draws a sample, and a removal or a map is decided
/// by one person; somebody must read everything.
void checkReaders(const Step& step, Problems& problems);

}  // namespace winnow::config
