// What people said about records, step by step: read from their files, checked, remembered in the ledger as events.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "Sheets.hpp"
#include "engine/records/Records.hpp"
#include "engine/records/Views.hpp"

namespace winnow::engine {

/// One person's word on one record in one step.
struct Decision {
  RecordId record = 0;  ///< the representative it counts for
  std::string reviewer;
  std::string value;  ///< "include", "exclude", "maybe", "not retrieved"; in map steps the category
  std::string reason, note;
  std::string file;
  std::uint32_t line = 0;
  std::vector<Decision> earlier{};  ///< what the same person said before, where the file tells the time; in its order
};

/// The joint word of readers who differed.
struct Resolution {
  RecordId record = 0;
  std::vector<std::string> by;
  std::string value, reason, note, file;
  std::uint32_t line = 0;
};

/// Everything people said in one step.
struct StepDecisions {
  std::map<RecordId, std::vector<Decision>> votes;  ///< one a reviewer, in the order of the review's reviewers
  std::map<RecordId, Resolution> resolutions;
  std::map<std::size_t, Decision> confirmed;  ///< by wave: all records without a row of their own
  std::size_t rows = 0, unresolved = 0;       ///< rows read; rows that name no record of the review
};

/// Reads the decision and resolution files of a step. Rows that cannot be used are told (decisions.unknown-record,
/// decisions.ambiguous-record, decisions.unknown-reviewer, decisions.unknown-word, decisions.twice) and left out.
StepDecisions readDecisions(const Workspace& work, const config::Step& step, const Records& records,
                            const Clusters& clusters, const References& references);

/// What was said of pairs in a duplicates step (columns record, other, reviewer, decision same|distinct).
std::vector<std::pair<RecordId, std::pair<RecordId, bool>>> readPairDecisions(const Workspace& work,
                                                                              const config::Step& step,
                                                                              const References& references);

/// Appends to the ledger what is new, changed or withdrawn since the last run. Inside a transaction.
void rememberDecisions(const Workspace& work, const config::Step& step, const StepDecisions& decisions);

}  // namespace winnow::engine
