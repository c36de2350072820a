// Bytes come out of gzip as they went in, however they are asked for, and what is wrong with the packing is said.
#include "io/ByteSource.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "io/Sha256.hpp"

namespace winnow::io {
namespace {

namespace fs = std::filesystem;

std::string gzip(const std::string& text) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string packed(text.size() + 100, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

/// A text that no compressor shortens much: a bomb is something else.
std::string text(std::size_t size) {
  std::string made;
  for (std::uint32_t state = 7; made.size() < size; state = state * 1664525u + 1013904223u)
    made += static_cast<char>('a' + state / 65536u % 26);
  return made;
}

class GzipFile : public ::testing::Test {
 protected:
  GzipFile() {
    std::string pattern = (fs::temp_directory_path() / "winnow-bytes-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  ~GzipFile() override { fs::remove_all(folder_); }

  struct Read {
    std::string text, damage, sha256;
  };
  /// What a file of these bytes gives in pieces of at most `piece`.
  Read read(const std::string& bytes, std::size_t piece = 4096) {
    std::ofstream(folder_ / "in.gz", std::ios::binary | std::ios::trunc) << bytes;
    const auto source = openBytes(folder_ / "in.gz");
    Read got;
    std::string buffer(piece, '\0');
    for (std::size_t n; (n = source->read(buffer.data(), piece)) > 0;) got.text.append(buffer, 0, n);
    EXPECT_EQ(source->bytesRead(), bytes.size());
    EXPECT_EQ(source->read(buffer.data(), piece), 0u) << "the end stays the end";
    got.damage = source->damage();
    got.sha256 = source->sha256();
    return got;
  }

  fs::path folder_;
};

TEST_F(GzipFile, ComesOutAsItWentInHoweverItIsAskedFor) {
  const std::string whole = text(20000), packed = gzip(whole);
  for (const std::size_t piece : {1u, 7u, 4096u, 1u << 20}) {
    const Read got = read(packed, piece);
    EXPECT_EQ(got.text, whole) << piece;
    EXPECT_EQ(got.damage, "") << piece;
    EXPECT_EQ(got.sha256, sha256Hex(packed)) << piece;
  }
  EXPECT_EQ(read(gzip("")).text, "");
}

TEST_F(GzipFile, SeveralMembersAreOneTextAndPaddingIsNone) {
  const std::string two = gzip("first\n") + gzip("second\n");
  for (const std::string& behind : {std::string(), std::string(512, '\0'), std::string("no gzip")}) {
    const Read got = read(two + behind);
    EXPECT_EQ(got.text, "first\nsecond\n");
    EXPECT_EQ(got.damage, "");
    EXPECT_EQ(got.sha256, sha256Hex(two + behind));
  }
}

/// Cut anywhere behind the three bytes that make it a gzip file: what came before is read, and that it is cut is said.
TEST_F(GzipFile, IsSaidToBeCutOff) {
  const std::string whole = text(300), packed = gzip(whole);
  for (std::size_t size = 3; size < packed.size(); ++size) {
    const Read got = read(packed.substr(0, size));
    EXPECT_EQ(got.text, whole.substr(0, got.text.size())) << size;
    EXPECT_NE(got.damage.find("cut off"), std::string::npos) << size << ": " << got.damage;
    EXPECT_EQ(got.sha256, sha256Hex(packed.substr(0, size))) << size;
  }
}

TEST_F(GzipFile, WhatIsBrokenOrABombIsSaid) {
  std::string broken = gzip(text(300));
  broken[broken.size() - 6] = static_cast<char>(broken[broken.size() - 6] ^ 1);  // the checksum
  EXPECT_NE(read(broken).damage.find("broken"), std::string::npos);
  std::ofstream(folder_ / "bomb.gz", std::ios::binary) << gzip(std::string(64 << 20, 'x'));
  const auto source = openBytes(folder_ / "bomb.gz");
  std::string buffer(1 << 20, '\0');
  std::size_t unpacked = 0;
  for (std::size_t n; (n = source->read(buffer.data(), buffer.size())) > 0;) unpacked += n;
  EXPECT_LT(unpacked, std::size_t{64} << 20);
  EXPECT_NE(source->damage().find("attack"), std::string::npos) << source->damage();
}

}  // namespace
}  // namespace winnow::io
