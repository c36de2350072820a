// Nettle's functions take no memory and need nothing set up: a hash also works where memory runs out.
#include "Sha256.hpp"

#include <nettle/sha2.h>

#include <vector>

#include "Error.hpp"
#include "Waiting.hpp"

namespace winnow::io {

Sha256::Sha256() : state_(std::make_unique<sha256_ctx>()) { sha256_init(state_.get()); }

Sha256::~Sha256() = default;

Sha256& Sha256::add(std::string_view bytes) {
  sha256_update(state_.get(), bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()));
  return *this;
}

Digest Sha256::finish() {
  Digest digest{};
  sha256_digest(state_.get(), digest.size(), digest.data());  // and begins anew
  return digest;
}

std::string hex(const Digest& digest) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  text.reserve(2 * digest.size());
  for (const std::uint8_t byte : digest) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

std::string sha256Hex(std::string_view bytes) { return hex(Sha256().add(bytes).finish()); }

std::uint64_t prefix64(const Digest& digest) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < 8; ++i) value = value << 8 | digest[i];
  return value;
}

std::pair<std::string, std::uint64_t> sha256File(const std::filesystem::path& file) {
  const Descriptor descriptor = openForReading(file);
  Sha256 hash;
  std::vector<char> buffer(1 << 20);
  std::uint64_t size = 0;
  while (const std::size_t got = readSome(descriptor.get(), buffer.data(), buffer.size(), file.string())) {
    hash.add({buffer.data(), got});
    size += got;
  }
  return {hex(hash.finish()), size};
}

}  // namespace winnow::io
