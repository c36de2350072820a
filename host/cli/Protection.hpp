// What a review must not lose to an output of its own.
#pragma once

#include <string>
#include <vector>

#include "config/Problems.hpp"
#include "config/Review.hpp"
#include "io/OutputPolicy.hpp"

namespace winnow::cli {

/// Protects all that the review reads and keeps, and confines what its configuration names to its folder.
void protectReview(io::OutputPolicy& policy, const config::Review& review);

/// The files that the review reads, as its configuration names them, and that lie outside of its folder.
std::vector<std::string> readOutside(const config::Review& review);

/// Tells which of its outputs may not be written, each with its place; also those that the review would read again as
/// an export or as decisions in its next run. After protectReview().
void checkOutputs(const io::OutputPolicy& policy, const config::Review& review, config::Problems& problems);

}  // namespace winnow::cli
