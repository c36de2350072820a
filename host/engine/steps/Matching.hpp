// The matcher at work: blocks of records in, pairs out; groups of pairs in, those that stand out. Each on its own, so
// that the blocks and the groups of one set may be divided among several processes.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "Blocks.hpp"
#include "FoundPairs.hpp"

namespace winnow::engine {

/// Place of each record in the durable order, by record.
std::vector<Place> placesOf(const std::vector<RecordId>& order);

/// Shows the matcher block after block and adds the pairs that it finds. `blocks` are finished.
void matchBlocks(plugins::Instance& matcher, const MatchInput& input, Blocks& blocks,
                 const std::function<void(std::uint64_t, std::uint64_t)>& progress, FoundPairs& pairs);

/// Asks the matcher which pairs of each group stand, and gives all of them away, group by group. Groups that share no
/// sure pair may be settled apart.
void settleGroups(plugins::Instance& matcher, const MatchInput& input, FoundPairs& pairs,
                  const std::function<void(const ledger::PairRow&)>& each);

}  // namespace winnow::engine
