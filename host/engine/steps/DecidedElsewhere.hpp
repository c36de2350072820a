// Decisions of a step about records that did not come to it: they change nothing, and nobody should have to find that
// out.
#pragma once

#include "StepContext.hpp"

namespace winnow::engine {

/// The decisions in the files of `result`'s step about records that an earlier step took out or still holds, in the
/// order of the files and their rows. What no file says any more is left out: it is reported as such.
std::vector<DecidedElsewhere> decidedElsewhere(const StepContext& context, const StepResult& result);

/// Reports them, one message a file and place of the records (decisions.not-at-step).
void reportElsewhere(const StepContext& context, const StepResult& result);

}  // namespace winnow::engine
