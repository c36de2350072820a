// As host/io/Sha256.cpp: what EVP sets up fails badly where memory runs out.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "HashOrder.hpp"

#include <openssl/sha.h>

namespace winnow::sample {

std::string orderKey(std::string_view seed, std::string_view id) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text(seed);
  text += '\n';
  text += id;
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256_CTX state;
  SHA256_Init(&state);
  SHA256_Update(&state, text.data(), text.size());
  SHA256_Final(digest, &state);
  std::string out;
  for (const unsigned char byte : digest) out += {kDigits[byte >> 4], kDigits[byte & 15]};
  return out;
}

}  // namespace winnow::sample
