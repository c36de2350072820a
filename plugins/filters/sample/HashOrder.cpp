#include "HashOrder.hpp"

#include <openssl/evp.h>

#include <stdexcept>

namespace winnow::sample {

std::string orderKey(std::string_view seed, std::string_view id) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text(seed);
  text += '\n';
  text += id;
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  if (EVP_Digest(text.data(), text.size(), digest, &size, EVP_sha256(), nullptr) != 1)
    throw std::runtime_error("SHA-256 is not available in this OpenSSL");
  std::string out;
  for (unsigned i = 0; i < size; ++i) out += {kDigits[digest[i] >> 4], kDigits[digest[i] & 15]};
  return out;
}

}  // namespace winnow::sample
