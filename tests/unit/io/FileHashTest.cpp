#include "io/FileHash.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "io/AtomicFile.hpp"
#include "io/Error.hpp"
#include "io/Sha256.hpp"

namespace winnow::io {
namespace {

namespace fs = std::filesystem;

TEST(FileHash, AChangedFileIsHashedAgain) {
  std::string pattern = (fs::temp_directory_path() / "winnow-hash-XXXXXX").string();
  const fs::path folder = ::mkdtemp(pattern.data()), file = folder / "in";
  for (const char* text : {"one", "two", "six"}) {  // of one size, and within one tick of the kernel's clock
    writeFile(file, text);
    EXPECT_EQ(sha256OfFile(file), sha256Hex(text));
    EXPECT_EQ(sha256OfFile(file), sha256Hex(text));
  }
  fs::remove_all(folder);
  EXPECT_THROW(sha256OfFile(file), Error);
}

TEST(FileHash, WhatDoesNotChangeGivesTheSame) {
  const fs::path system = "/proc/self/exe";  // settled long ago
  EXPECT_EQ(sha256OfFile(system), sha256File(system).first);
  EXPECT_EQ(sha256OfFile(system), sha256File(system).first);
}

}  // namespace
}  // namespace winnow::io
