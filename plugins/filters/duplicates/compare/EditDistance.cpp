#include "EditDistance.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "features/Fold.hpp"

namespace winnow::duplicates {

namespace {

constexpr std::size_t kLongest = 1024;
constexpr std::size_t kBits = 64;
constexpr std::size_t kBlocks = kLongest / kBits;

/// Vertical differences of one 64-row block of the distance matrix.
struct Block {
  std::uint64_t plus = ~std::uint64_t{0}, minus = 0;
};

/// Advances one block by one column; takes and gives the horizontal difference at its top and bottom.
int advance(Block& block, std::uint64_t equal, int in, std::uint64_t bottom) {
  const std::uint64_t inMinus = in < 0 ? 1u : 0u;
  const std::uint64_t x = equal | block.minus;
  equal |= inMinus;
  const std::uint64_t d = (((equal & block.plus) + block.plus) ^ block.plus) | equal;
  std::uint64_t horizontalPlus = block.minus | ~(d | block.plus);
  std::uint64_t horizontalMinus = block.plus & d;
  const int out = (horizontalPlus & bottom) != 0 ? 1 : (horizontalMinus & bottom) != 0 ? -1 : 0;
  horizontalPlus = (horizontalPlus << 1) | (in > 0 ? 1u : 0u);
  horizontalMinus = (horizontalMinus << 1) | inMinus;
  block.plus = horizontalMinus | ~(x | horizontalPlus);
  block.minus = horizontalPlus & x;
  return out;
}

/// Where each byte occurs in the pattern, one bit a position.
class Positions {
 public:
  explicit Positions(std::string_view pattern) : blocks_((pattern.size() + kBits - 1) / kBits) {
    for (std::size_t i = 0; i < pattern.size(); ++i) {
      const std::uint64_t bit = std::uint64_t{1} << (i % kBits);
      if (pattern[i] == kJoker)
        jokers_[i / kBits] |= bit;
      else
        at(static_cast<unsigned char>(pattern[i]))[i / kBits] |= bit;
    }
  }
  std::size_t blocks() const { return blocks_; }
  std::uint64_t of(char c, std::size_t block) const {
    if (c == kJoker) return ~std::uint64_t{0};
    const std::uint8_t slot = slot_[static_cast<unsigned char>(c)];
    return (slot == 0 ? 0 : bits_[slot - 1u][block]) | jokers_[block];
  }

 private:
  std::array<std::uint64_t, kBlocks>& at(unsigned char c) {
    if (slot_[c] == 0) {
      slot_[c] = ++used_;
      std::fill_n(bits_[used_ - 1u].begin(), blocks_, 0);
    }
    return bits_[slot_[c] - 1u];
  }
  std::size_t blocks_;
  std::uint8_t used_ = 0;
  std::array<std::uint8_t, 256> slot_{};
  std::array<std::uint64_t, kBlocks> jokers_{};
  std::array<std::array<std::uint64_t, kBlocks>, 255> bits_;  // a slot is cleared when it is first used
};

}  // namespace

std::size_t editDistance(std::string_view a, std::string_view b) {
  a = a.substr(0, kLongest);
  b = b.substr(0, kLongest);
  while (!a.empty() && !b.empty() && a.front() == b.front()) {
    a.remove_prefix(1);
    b.remove_prefix(1);
  }
  while (!a.empty() && !b.empty() && a.back() == b.back()) {
    a.remove_suffix(1);
    b.remove_suffix(1);
  }
  if (a.size() > b.size()) std::swap(a, b);
  if (a.empty()) return b.size();
  const Positions positions(a);
  std::array<Block, kBlocks> blocks;
  const std::size_t last = positions.blocks() - 1;
  const std::uint64_t lastBottom = std::uint64_t{1} << ((a.size() - 1) % kBits);
  std::size_t distance = a.size();
  for (const char c : b) {
    int carry = 1;
    for (std::size_t i = 0; i <= last; ++i)
      carry = advance(blocks[i], positions.of(c, i), carry, i == last ? lastBottom : std::uint64_t{1} << (kBits - 1));
    distance = carry > 0 ? distance + 1 : carry < 0 ? distance - 1 : distance;
  }
  return distance;
}

double editSimilarity(std::string_view a, std::string_view b, double floor) {
  const std::size_t longer = std::max(a.size(), b.size());
  if (longer == 0) return 1;
  const std::size_t gap = longer - std::min(a.size(), b.size());
  constexpr double kRounding = 1e-9;
  if (static_cast<double>(gap) > (1 - floor) * static_cast<double>(longer) + kRounding) return 0;
  const std::size_t counted = std::min(longer, kLongest);
  return 1 - static_cast<double>(editDistance(a, b)) / static_cast<double>(counted);
}

}  // namespace winnow::duplicates
