#include "HashOrder.hpp"

#include <nettle/sha2.h>

#include <array>

namespace winnow::sample {

std::string orderKey(std::string_view seed, std::string_view id) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text(seed);
  text += '\n';
  text += id;
  std::array<std::uint8_t, SHA256_DIGEST_SIZE> digest;
  sha256_ctx state;
  sha256_init(&state);
  sha256_update(&state, text.size(), reinterpret_cast<const std::uint8_t*>(text.data()));
  sha256_digest(&state, digest.size(), digest.data());
  std::string out;
  for (const std::uint8_t byte : digest) out += {kDigits[byte >> 4], kDigits[byte & 15]};
  return out;
}

}  // namespace winnow::sample
