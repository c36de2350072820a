// What became of every record, kept for the next run to compare with.
#pragma once

#include <string>
#include <vector>

#include "engine/Evaluation.hpp"

namespace winnow::engine {

/// "included", "excluded at title (wrong population)", "waiting at full-text", "duplicate of r:...".
std::string fateText(const Evaluation& evaluation, RecordId id);

/// The fates of all records as the ledger keeps them: every text once, 12 bytes a record.
std::string packedFates(const Evaluation& evaluation);

/// A record that came out differently.
struct FateChange {
  std::string record;  ///< key; of a record that is gone "a record that is gone"
  std::string before, after;
};

/// What differs between two packed fates, in the order of the records of the evaluation, then what is gone. Throws
/// ledger::Damaged if one of them is none.
std::vector<FateChange> changesBetween(const std::string& before, const std::string& after,
                                       const Evaluation& evaluation);

}  // namespace winnow::engine
