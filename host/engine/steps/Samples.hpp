// Who reads what in a screening step: everything, or a sample that is drawn once and stays.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "StepContext.hpp"

namespace winnow::engine {

/// The readers of each record of the step. Readers of a share read what was drawn for them; records that are in no draw
/// yet are drawn from as soon as no record of their wave waits in an earlier step, and until then have `undrawn` set.
struct Readers {
  std::map<RecordId, std::vector<std::string>> of;       ///< by record, in the order of the step's readers
  std::map<RecordId, std::vector<std::string>> undrawn;  ///< readers for whom a draw has still to say
};

/// Fills the result's screening (samples and new draws) and the open work of each reader.
Readers assignReaders(StepContext& context, StepResult& result);

}  // namespace winnow::engine
