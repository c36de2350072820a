// Which records are compared: blocks of records that share a key, and components of blocks that share a record.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "Duplicates.hpp"

namespace winnow::engine {

/// The largest block whose pairs are compared.
inline constexpr std::size_t kLargestBlock = 512;

/// Place of a record in the durable order. Ids tell when a ledger learned of records, which must not show.
using Place = std::uint32_t;

/// Sets whose least member stands for them.
class Union {
 public:
  explicit Union(std::size_t size);
  Place root(Place place);
  void join(Place a, Place b);

 private:
  std::vector<Place> parent_;
};

/// Blocks of two or more records, as places in ascending order. About 16 bytes a block and 4 a member.
class Blocks {
 public:
  using Block = std::span<const Place>;

  /// `records`: how many there are in all.
  explicit Blocks(std::size_t records) : sets_(records) {}

  void add(Block block);
  /// Drops blocks that repeat another and orders the rest by component. Once, after the last add().
  void finish();

  std::size_t count() const noexcept { return blocks_.size(); }
  Block operator[](std::size_t index) const { return {members_.data() + blocks_[index].begin, blocks_[index].size}; }
  /// True if the next block is of another component, or there is none.
  bool endsComponent(std::size_t index);

 private:
  struct Range {
    std::uint64_t begin;
    std::uint32_t size;
  };
  std::vector<Place> members_;
  std::vector<Range> blocks_;
  Union sets_;
};

/// Asks the matcher for the keys of all records, shows it the blocks that it surveys, and gives the blocks to compare.
/// Keys beyond input.keysInMemory are sorted on disk. Blocks above the cap are told as diagnostics.
Blocks findBlocks(plugins::Instance& matcher, const MatchInput& input, const io::DiagnosticSink& tell,
                  const std::function<void(std::uint64_t, std::uint64_t)>& progress);

/// Orders records by content, so that the order of files cannot matter.
void byContent(std::vector<Place>& places, const MatchInput& input);

}  // namespace winnow::engine
