// How two values of one field stand to each other.
#pragma once

#include <cstdint>

namespace winnow::duplicates {

enum class Agreement : std::uint8_t {
  empty,         ///< one side says nothing: neither helps nor hurts
  equal,         ///< the same
  compatible,    ///< may well be the same: abbreviated, another way of counting
  contradiction  ///< different
};

constexpr bool agrees(Agreement a) { return a == Agreement::equal || a == Agreement::compatible; }
constexpr bool contradicts(Agreement a) { return a == Agreement::contradiction; }

}  // namespace winnow::duplicates
