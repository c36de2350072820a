#include "io/StoredZip.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>

#include "io/AtomicFile.hpp"
#include "io/Error.hpp"

namespace {

namespace fs = std::filesystem;
using namespace winnow::io;

class StoredZip : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "winnow-zip-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { fs::remove_all(folder_); }

  /// An archive of three members; gives its bytes.
  std::string archive(const fs::path& target) {
    writeFile(folder_ / "source.txt", std::string(70000, 'x'));
    AtomicFile file(target);
    StoredZipWriter zip(file);
    zip.add("a.txt", "one");
    zip.addFile("folder/b.txt", folder_ / "source.txt");
    zip.add("søk/c d.txt", "");
    zip.finish();
    file.commit();
    return readFile(target);
  }
  std::string unpacking(const std::string& bytes) {
    writeFile(folder_ / "changed.zip", bytes);
    fs::remove_all(folder_ / "out");
    try {
      unpackStoredZip(folder_ / "changed.zip", folder_ / "out");
    } catch (const winnow::Error& error) {
      return error.what();
    }
    return {};
  }
  fs::path folder_;
};

TEST_F(StoredZip, GivesBackWhatWentIn) {
  const std::string bytes = archive(folder_ / "a.zip");
  EXPECT_EQ(unpackStoredZip(folder_ / "a.zip", folder_ / "out"),
            (std::vector<std::string>{"a.txt", "folder/b.txt", "søk/c d.txt"}));
  EXPECT_EQ(readFile(folder_ / "out/a.txt"), "one");
  EXPECT_EQ(readFile(folder_ / "out/folder/b.txt"), std::string(70000, 'x'));
  EXPECT_EQ(readFile(folder_ / "out/søk/c d.txt"), "");
  EXPECT_EQ(archive(folder_ / "b.zip"), bytes) << "the same members are the same bytes";
}

TEST_F(StoredZip, OneChangedByteAnywhereIsFound) {
  const std::string bytes = archive(folder_ / "a.zip");
  for (std::size_t at = 0; at<bytes.size(); at += at> 200 && at + 400 < bytes.size() ? 997 : 1) {
    std::string changed = bytes;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    EXPECT_NE(unpacking(changed), "") << "byte " << at;
  }
}

TEST_F(StoredZip, WhatIsCutOrGluedIsFound) {
  const std::string bytes = archive(folder_ / "a.zip");
  for (const std::size_t size : {std::size_t{0}, std::size_t{3}, std::size_t{40}, bytes.size() - 1})
    EXPECT_NE(unpacking(bytes.substr(0, size)), "") << size;
  EXPECT_NE(unpacking(bytes + "x"), "");
  EXPECT_EQ(unpacking(bytes), "");
}

TEST_F(StoredZip, NoNameLeadsOut) {
  for (const char* name : {"../evil", "/etc/passwd", "a/../../b", "a\\b", "./a", ""}) {
    AtomicFile file(folder_ / "evil.zip");
    StoredZipWriter zip(file);
    zip.add(name, "x");
    zip.finish();
    file.commit();
    EXPECT_NE(unpacking(readFile(folder_ / "evil.zip")), "") << name;
  }
}

}  // namespace
