// The way of a run: import, evaluate, prove, write.
#pragma once

#include <string>
#include <vector>

#include "Evaluation.hpp"
#include "outputs/Outputs.hpp"
#include "reading/Import.hpp"

namespace winnow::engine {

/// Import and evaluation of a review, before anything is written but machines' answers.
struct Worked {
  ImportReport imported;
  Evaluation evaluation;
};

/// Imports every file and applies the steps up to `until` (empty: all). Throws winnow::Error when a file could not be
/// read whole, or a source starts from a record that the review does not include.
Worked workThrough(const Workspace& work, const std::string& until = {});

/// Proves the numbers, keeps what people said, writes sheets, exports (unless `until` cut the steps short) and the
/// lock. Throws winnow::Error, having written nothing, when a law does not hold.
std::vector<OutputReport> complete(const Workspace& work, const Worked& worked, bool writesExports);

}  // namespace winnow::engine
