// The set-wise step: keys, blocks, pairs, clusters. The plugin judges pairs; grouping, joining and people's say are
// here.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "engine/people/PairDecisions.hpp"
#include "engine/records/Records.hpp"
#include "engine/records/Views.hpp"
#include "io/Diagnostic.hpp"
#include "plugins/Instance.hpp"

namespace winnow::engine {

/// A batch of records by their ids, however they are stored; valid until the next call.
using BatchSource = std::function<const winnow_batch&(const std::vector<RecordId>&)>;

/// Place of a record in the durable order. Ids tell when a ledger learned of records, which must not show.
using Place = std::uint32_t;

/// What the set-wise step needs to know of each record, besides its fields.
struct MatchInput {
  const std::vector<RecordId>& order;              ///< all records, in durable order; fewer than 2^31
  std::function<std::size_t(RecordId)> wave;       ///< of its first sighting
  std::function<std::uint64_t(RecordId)> content;  ///< hash of its bytes: order within a block
  BatchSource batch;
  std::size_t memory = std::size_t{1} << 25;  ///< bytes that keys, blocks or pairs take; more of them is on disk
};

/// Runs keys, match and settle over all records and gives the pairs, each once and the earlier record first; `stands`
/// tells whether settle() left it. Their order follows from the set alone. Memory: about 12 bytes a record and a few
/// times input.memory, whatever hangs together. Blocks above the cap are reported, never skipped silently.
void findPairs(plugins::Instance& matcher, const MatchInput& input, const io::DiagnosticSink& tell,
               const std::function<void(std::uint64_t, std::uint64_t)>& progress,
               const std::function<void(const ledger::PairRow&)>& each);

/// Puts pairs into the durable order of their records.
void orderPairs(std::vector<ledger::Pair>& pairs, const std::vector<RecordId>& order);

/// Joins records by standing pairs, strongest first, wave after wave: a later wave never joins two groups of an earlier
/// one. Pairs that were refused come back with stands = false and maybe = true. Returns representatives by record id.
std::vector<RecordId> cluster(const MatchInput& input, std::vector<ledger::Pair>& pairs,
                              const std::vector<PairDecision>& decisions, std::size_t idLimit);

}  // namespace winnow::engine
