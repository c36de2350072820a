#include "Sha256.hpp"

#include <openssl/evp.h>

#include <vector>

#include "Error.hpp"
#include "Waiting.hpp"

namespace winnow::io {

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
  if (context_ == nullptr || EVP_DigestInit_ex(context_, EVP_sha256(), nullptr) != 1)
    throw Error("SHA-256 is not available in this OpenSSL");
}

Sha256::~Sha256() { EVP_MD_CTX_free(context_); }

Sha256& Sha256::add(std::string_view bytes) {
  EVP_DigestUpdate(context_, bytes.data(), bytes.size());
  return *this;
}

Digest Sha256::finish() {
  Digest digest{};
  EVP_DigestFinal_ex(context_, digest.data(), nullptr);
  EVP_DigestInit_ex(context_, nullptr, nullptr);
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
