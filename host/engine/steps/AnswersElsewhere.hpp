// Answers that stages gave elsewhere (`winnow stage` on other machines, docs/scale.md): a folder of streams, each named
// by its hash, and a manifest that says which of them are the whole answer of one stage. Taken over where they are
// about exactly what a step is handed, and nowhere else.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "StepResult.hpp"
#include "engine/stages/Workspace.hpp"
#include "plugins/Instance.hpp"

namespace winnow::engine {

/// The stage of a step that asks whether somebody answered for it.
struct AskingStage {
  const plugins::StageEntry& entry;
  const std::string& key;                       ///< stageKey()
  const std::vector<plugins::Reason>& reasons;  ///< of its instance
};

/// Calls `each` with every answer about a record of the step as it is now: its place in `in`, and the row as a run
/// would have kept it. `views` as in RecalledAnswers. Answers about other records are counted and reported. Throws
/// UsageError for a folder in which a manifest, hash, count or line is not as it must be.
void takeVerdicts(const Workspace& work, const AskingStage& stage, const Records& records,
                  const std::vector<RecordId>& in, const std::vector<std::uint64_t>& views,
                  const std::function<void(std::size_t, const ledger::VerdictRow&)>& each);

/// Calls `each` with the pairs that a matcher found in the set whose hash is `set`, settled. False if nobody answered
/// about that set. Throws as takeVerdicts().
bool takePairs(const Workspace& work, const AskingStage& stage, const Records& records, const std::vector<RecordId>& in,
               const std::string& set, const std::function<void(const ledger::PairRow&)>& each);

}  // namespace winnow::engine
