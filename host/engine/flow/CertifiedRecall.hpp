// What a reader of a screening step may claim about recall: which of the records were drawn by chance, and the meter of
// `winnow recall` over them. docs/recall.md says why the claim holds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "Claim.hpp"
#include "engine/Evaluation.hpp"

namespace winnow::engine {

/// A record that a reader has decided about.
struct DecidedRecord {
  RecordId record;
  bool isRelevant;  ///< included, or kept as undecided
};

/// One reader's work in a step.
struct ReadSoFar {
  std::vector<RecordId> byChance;   ///< everything that the reader is to read and can, in the order by chance
  std::vector<DecidedRecord> read;  ///< of these; first decided first, as far as that is known
  std::size_t untimed = 0;          ///< decisions without a time: nothing tells which records were read first
};

struct ReaderRecall {
  std::string reader;
  std::optional<recall::Claim> claim;  ///< none: how many records there are is not known
  std::string why;                     ///< why no more than counting shows can be claimed; empty: more can
};

/// The claim after what was read. `randomFrom` as in config::Step.
///
/// The records before `randomFrom` count as chosen. From the rest, the records that were decided without a gap from the
/// beginning of the order by chance count as draws, whenever they were read; what was read beyond a gap counts as
/// found, and draws nothing. The bound of the meter holds at every number of draws at once, so it does not matter who
/// chose how far to read, or why.
ReaderRecall certified(const ReadSoFar& reading, std::uint64_t randomFrom);

/// Of every reader of a screening step that has an order; empty for other steps.
std::vector<ReaderRecall> recallOf(const Evaluation& evaluation, const StepResult& step);

/// What one reader has done in a step. Words that are not settled count as not read; reports that could not be
/// retrieved are left out.
ReadSoFar readSoFar(const Evaluation& evaluation, const StepResult& step, const std::string& reader);

/// Why nothing can be said about the step yet, whoever reads: records wait in an earlier step. Empty: nothing is in the
/// way.
std::string whyNotYet(const Evaluation& evaluation, const StepResult& step);

/// One line without its end: the bound and what the next step costs, or why there is none.
std::string textOf(const ReaderRecall& recall);

/// `winnow-recall/1` with reader, text, and why, as in the document "steps".
nlohmann::ordered_json jsonOf(const ReaderRecall& recall);

}  // namespace winnow::engine
