// SHA-256 (FIPS 180-4) through Nettle: identity of files and records, trust in plugins.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

struct sha256_ctx;

namespace winnow::io {

using Digest = std::array<std::uint8_t, 32>;

/// Hashes bytes piece by piece. One thread.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  Sha256& add(std::string_view bytes);
  /// The digest of all bytes since the last finish(); the hash then begins anew.
  Digest finish();

 private:
  std::unique_ptr<sha256_ctx> state_;
};

/// Lower-case hexadecimal.
std::string hex(const Digest& digest);
/// Lower-case hexadecimal digest of a text.
std::string sha256Hex(std::string_view bytes);
/// The first eight bytes as a big-endian number: 16 hexadecimal digits of sha256sum.
std::uint64_t prefix64(const Digest& digest);
/// Digest of a file's bytes and their number. Throws winnow::Error with the path.
std::pair<std::string, std::uint64_t> sha256File(const std::filesystem::path& file);

}  // namespace winnow::io
