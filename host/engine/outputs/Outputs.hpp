// The exports of a review.
#pragma once

#include <string>
#include <vector>

#include "OutputWriter.hpp"
#include "engine/Evaluation.hpp"
#include "engine/flow/ProvenFlow.hpp"

namespace winnow::engine {

/// All that an exporter may ask for (docs/documents.md).
Documents documentsOf(const Workspace& work, const Evaluation& evaluation, const ProvenFlow& flow);

/// All exports of the configuration. Skips a file whose inputs are what they were.
std::vector<OutputReport> writeExports(const Workspace& work, const Evaluation& evaluation, const ProvenFlow& flow);

}  // namespace winnow::engine
