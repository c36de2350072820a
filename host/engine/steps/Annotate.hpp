// Lets the review's annotators work: each reads what it has not read before.
#pragma once

#include <vector>

#include "StepContext.hpp"

namespace winnow::engine {

/// Gives context.annotations what the review's annotators find in those of `ids` that they were not asked about yet.
/// Answers of earlier runs about the same view of a record stand in the ledger. Throws winnow::Error when one fails.
void annotate(StepContext& context, const std::vector<RecordId>& ids);

}  // namespace winnow::engine
