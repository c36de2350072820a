// Which records are compared: blocks of records that share a key.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "Duplicates.hpp"
#include "io/SpillingBytes.hpp"
#include "io/SpillingSort.hpp"

namespace winnow::engine {

/// The largest block whose pairs are compared.
inline constexpr std::size_t kLargestBlock = 512;

/// Sets of places whose least member stands for them.
class Union {
 public:
  explicit Union(std::size_t size);
  Place root(Place place);
  void join(Place a, Place b);

 private:
  std::vector<Place> parent_;
};

/// 64 bits of (space, value): equal keys have the same, in every process. Two other keys that have it, too, are
/// compared once more.
std::uint64_t keyHash(std::uint32_t space, std::string_view value);

/// The space of a block whose kind of key nobody asks for; no matcher's.
inline constexpr std::uint32_t kNoSpace = UINT32_MAX;

/// Records that share a key.
struct SharedKey {
  std::uint32_t space = 0;
  std::vector<Place> records;  ///< each once, ascending
};

/// The keys of a set of records, sorted on disk where they are many: which records meet follows from the keys alone,
/// whatever order they come in.
class SortedKeys {
 public:
  /// `memory`: bytes.
  explicit SortedKeys(std::size_t memory) : keys_(memory / sizeof(Key)) {}
  void add(std::uint32_t space, std::string_view value, Place record);
  /// Calls `each` for every key that two records or more have. Once, after all came in.
  void forEachShared(const std::function<void(const SharedKey&)>& each);

 private:
  struct Key {
    std::uint64_t hash = 0;
    Place record = 0;
    std::uint32_t space = 0;

    bool operator<(const Key& other) const {
      return std::tie(hash, record, space) < std::tie(other.hash, other.record, other.space);
    }
  };
  io::SpillingSort<Key> keys_;
};

/// Keys that too many records share, by their kind.
class LargeBlocks {
 public:
  void add(std::uint32_t space, std::size_t records);
  void report(const io::DiagnosticSink& tell) const;

 private:
  std::map<std::uint32_t, std::pair<std::uint64_t, std::size_t>> found_;  ///< keys, records of the largest
};

/// Blocks of two or more records, as places in ascending order. They come out once each, and those of one
/// neighbourhood (records that hang together by keys, a few hundred) one behind the other, so that a record is read
/// for many of its blocks at once. Memory: 4 bytes a record, and twice the given limit.
class Blocks {
 public:
  using Block = std::span<const Place>;

  /// `records`: how many there are in all; `memory`: bytes, what is more is on disk.
  Blocks(std::size_t records, std::size_t memory);

  /// First add() all, then finish(), then next() until it is false.
  void add(Block block);
  void finish();
  /// Gives the next block and whether it begins another neighbourhood.
  bool next(std::vector<Place>& block, bool& isElsewhere);
  /// Blocks that come out.
  std::uint64_t count() const noexcept { return count_; }

 private:
  /// Two members, and where the others are.
  struct Entry {
    std::uint32_t group = 0;  ///< first a hash of the members, then the neighbourhood
    Place first = 0, second = 0;
    std::uint32_t size = 0;
    std::uint64_t others = 0;  ///< place of the members behind the second one

    bool operator<(const Entry& other) const;
  };

  std::vector<Place> membersOf(const Entry& entry) const;
  bool isSame(const Entry& a, const Entry& b) const;
  Place neighbourhood(Place place);
  void bringTogether(Place a, Place b);

  io::SpillingBytes others_;
  io::SpillingSort<Entry> entries_, ordered_;
  std::vector<std::int32_t> near_;  ///< by place: another of its neighbourhood, or minus the size of it
  std::uint64_t count_ = 0;
  std::uint32_t last_ = UINT32_MAX;
};

/// Calls `each` with every key that the matcher gives a record.
void forEachKey(plugins::Instance& matcher, const MatchInput& input,
                const std::function<void(std::uint64_t, std::uint64_t)>& progress,
                const std::function<void(std::uint32_t space, std::string_view value, Place)>& each);

/// Adds the records of a key to those that are compared, or to what is reported where they are more than the cap.
void addBlock(const SharedKey& shared, Blocks& blocks, LargeBlocks& large);

/// Asks the matcher for the keys of all records, shows it the blocks that it surveys, and gives the blocks to compare.
/// What takes more than input.memory is sorted on disk. Blocks above the cap are reported as diagnostics.
Blocks findBlocks(plugins::Instance& matcher, const MatchInput& input, const io::DiagnosticSink& tell,
                  const std::function<void(std::uint64_t, std::uint64_t)>& progress);

/// Orders records by content, so that the order of files cannot matter.
void byContent(std::vector<Place>& places, const MatchInput& input);

}  // namespace winnow::engine
