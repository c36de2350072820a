// Texts that came before, of which only hashes are kept: a work has millions.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "io/Hash.hpp"

namespace winnow::engine {

/// Two hashes of 64 bits each: no two texts of one part ever share both.
class SeenTexts {
 public:
  /// True for a text that did not come before.
  bool add(std::string_view text) { return seen_.insert({io::hash64(text), io::hash64(text, 1)}).second; }

 private:
  using Hashes = std::pair<std::uint64_t, std::uint64_t>;
  struct FirstHash {
    std::size_t operator()(const Hashes& hashes) const noexcept { return hashes.first; }
  };
  std::unordered_set<Hashes, FirstHash> seen_;
};

}  // namespace winnow::engine
