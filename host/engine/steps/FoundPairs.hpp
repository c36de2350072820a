// The pairs that a matcher found, sorted on disk where they are many.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "Blocks.hpp"
#include "io/SpillingBytes.hpp"
#include "io/SpillingSort.hpp"

namespace winnow::engine {

/// A pair as it is sorted on disk.
struct Found {
  Place a = 0, b = 0;  ///< the smaller first
  std::uint32_t rule = 0;
  std::uint32_t maybe = 0;
  double score = 0;
  std::uint64_t note = 0;  ///< place of its size and bytes

  /// By records; of several that name the same two the strongest sure one first.
  bool operator<(const Found& other) const {
    if (std::tie(a, b, maybe) != std::tie(other.a, other.b, other.maybe))
      return std::tie(a, b, maybe) < std::tie(other.a, other.b, other.maybe);
    if (score != other.score) return score > other.score;
    return std::tie(rule, note) < std::tie(other.rule, other.note);
  }
};

/// Collects pairs, and gives them back each once, group by group.
class FoundPairs {
 public:
  FoundPairs(std::size_t records, std::size_t memory)
      : memory_(memory), sets_(records), notes_(memory), sorted_(memory / sizeof(Found)) {}

  void add(Found pair, std::string_view note);
  /// Calls `each` with every pair once, ordered by their records. Instead of forEachGroup().
  void forEach(const std::function<void(const Found&)>& each);
  /// Calls `each` with the pairs of every group, ordered by their records; a pair on doubt between two groups goes with
  /// that of its first record. Once, after all came in.
  void forEachGroup(const std::function<void(const std::vector<Found>&)>& each);
  /// True if sure pairs join both records, directly or through others.
  bool isOneGroup(const Found& pair) { return sets_.root(pair.a) == sets_.root(pair.b); }
  /// What people read beside a pair.
  std::string note(const Found& pair) const;

 private:
  std::size_t memory_;
  Union sets_;
  io::SpillingBytes notes_;
  io::SpillingSort<Found> sorted_;
};

}  // namespace winnow::engine
