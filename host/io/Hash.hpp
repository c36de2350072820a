// XXH3, 64 bits: for caches, checks of stored rows and order, never for identity or trust (that is SHA-256).
#pragma once

#include <cstdint>
#include <string_view>

namespace winnow::io {

/// Hash of the bytes, the same on every platform.
std::uint64_t hash64(std::string_view bytes, std::uint64_t seed = 0) noexcept;

/// Two values as one; the order counts.
inline std::uint64_t mix64(std::uint64_t a, std::uint64_t b) noexcept {
  std::uint64_t x = a ^ (b + 0x9E3779B97F4A7C15ull + (a << 6) + (a >> 2));
  x ^= x >> 32;
  x *= 0xD6E8FEB86659FD93ull;
  x ^= x >> 32;
  return x;
}

/// Hashes values of several types, each kept apart from the next: ("ab", "c") is not ("a", "bc").
class ValueHash {
 public:
  explicit ValueHash(std::uint64_t seed = 0) noexcept : value_(seed) {}
  ValueHash& add(std::string_view text) noexcept {
    value_ = hash64(text, mix64(value_, text.size()));
    return *this;
  }
  ValueHash& add(std::uint64_t number) noexcept {
    value_ = mix64(value_, number);
    return *this;
  }
  std::uint64_t value() const noexcept { return value_; }

 private:
  std::uint64_t value_;
};

}  // namespace winnow::io
