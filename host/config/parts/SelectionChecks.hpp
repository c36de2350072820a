// What is doubtful about the steps as a whole.
#pragma once

#include "../Problems.hpp"
#include "../Review.hpp"

namespace winnow::config {

/// Warns where removals stand in another order than that of the protocol: duplicates, language, publication-type,
/// not-public, topic (recognised by filter or id). Another order is possible, but the counts follow it.
void tellStepOrder(const Review& review, Problems& problems);

/// Warns of reviewers whom no step asks. Says nothing while there are errors.
void tellUnusedReviewers(const Review& review, Problems& problems);

}  // namespace winnow::config
