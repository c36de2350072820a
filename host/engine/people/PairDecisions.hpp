// What people said of pairs of records: the same work or two.
#pragma once

#include <vector>

#include "Sheets.hpp"
#include "engine/records/References.hpp"

namespace winnow::engine {

/// "distinct" cuts, "same" joins.
struct PairDecision {
  RecordId a = 0, b = 0;  ///< a < b
  bool same = false;
};

/// The decisions of a duplicates step (columns record, other, reviewer, decision same|distinct). The last row about a
/// pair counts, so that `winnow split` and `winnow merge` undo each other by appending. Rows that name no pair are
/// reported.
std::vector<PairDecision> readPairDecisions(const Workspace& work, const config::Step& step,
                                            const References& references);

}  // namespace winnow::engine
