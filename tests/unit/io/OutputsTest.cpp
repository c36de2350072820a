// Where outputs may go, and that they appear whole.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "io/AtomicFile.hpp"
#include "io/Cancel.hpp"
#include "io/Error.hpp"
#include "io/FolderLock.hpp"
#include "io/OutputPolicy.hpp"

namespace winnow::io {
namespace {

namespace fs = std::filesystem;

class Outputs : public ::testing::Test {
 protected:
  Outputs() {
    std::string pattern = (fs::temp_directory_path() / "winnow-outputs-XXXXXX").string();
    folder = fs::canonical(::mkdtemp(pattern.data()));
  }
  ~Outputs() override { fs::remove_all(folder); }
  void put(const fs::path& file, const std::string& text) { std::ofstream(folder / file) << text; }
  std::string at(const fs::path& file) { return readFile(folder / file); }
  mode_t modeOf(const fs::path& file) {
    struct stat about {};
    ::stat((folder / file).c_str(), &about);
    return about.st_mode & 07777;
  }
  std::string refused(const fs::path& target, FileRole own = FileRole::Nothing) {
    return policy.refusal(folder / target, NamedBy::CommandLine, own);
  }
  fs::path folder;
  OutputPolicy policy;
};

using AtomicFiles = Outputs;

TEST_F(AtomicFiles, KeepsThePermissionsOfWhatItReplaces) {
  put("a", "old");
  ::chmod((folder / "a").c_str(), 0600);
  writeFile(folder / "a", "new");
  EXPECT_EQ(at("a"), "new");
  EXPECT_EQ(modeOf("a"), 0600u);
}

TEST_F(AtomicFiles, RelativeNamesBeginInTheCurrentFolder) {
  const fs::path before = fs::current_path();
  fs::current_path(folder);
  writeFile("a", "new");
  writeFile("sub/b", "new");
  policy.protect("in.ris", FileRole::Input);
  EXPECT_NE(policy.refusal("./in.ris", NamedBy::CommandLine), "");
  fs::current_path(before);
  EXPECT_EQ(at("a") + at("sub/b"), "newnew");
}

TEST_F(AtomicFiles, GivesNoRightsOfThePrivilegedKindToNewContent) {
  put("a", "old");
  ::chmod((folder / "a").c_str(), 04755);
  writeFile(folder / "a", "new");
  EXPECT_EQ(modeOf("a"), 0755u);
}

TEST_F(AtomicFiles, RefusesAReadOnlyTarget) {
  put("a", "old");
  ::chmod((folder / "a").c_str(), 0444);
  EXPECT_THROW(AtomicFile(folder / "a"), Error);
  EXPECT_EQ(at("a"), "old");
}

TEST_F(AtomicFiles, WritesThroughALink) {
  put("real", "old");
  fs::create_symlink("real", folder / "link");
  writeFile(folder / "link", "new");
  EXPECT_TRUE(fs::is_symlink(folder / "link"));
  EXPECT_EQ(at("real"), "new");
  fs::create_symlink("missing", folder / "dangling");
  writeFile(folder / "dangling", "new");
  EXPECT_EQ(at("missing"), "new");
  fs::create_symlink("circle", folder / "circle");
  EXPECT_THROW(AtomicFile(folder / "circle"), Error);
}

TEST_F(AtomicFiles, WritesThroughAPipe) {
  ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
  std::string got;
  std::thread reader([&] { got = readFile(folder / "pipe"); });
  writeFile(folder / "pipe", std::string(1 << 20, 'x'));
  reader.join();
  EXPECT_EQ(got.size(), 1u << 20);
  EXPECT_TRUE(fs::is_fifo(folder / "pipe"));
}

TEST_F(AtomicFiles, AFullDeviceIsAnError) {
  EXPECT_THROW(writeFile("/dev/full", "x"), Error);
  EXPECT_TRUE(fs::is_character_file("/dev/full"));
  writeFile("/dev/null", "x");
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
}

TEST_F(AtomicFiles, NeverWritesThroughAPlantedTemporaryFile) {
  put("victim", "mine");
  fs::create_symlink("victim", folder / "a.part");
  writeFile(folder / "a", "new");
  EXPECT_EQ(at("victim"), "mine");
  fs::create_hard_link(folder / "victim", folder / "a.part");
  writeFile(folder / "a", "newer");
  EXPECT_EQ(at("victim"), "mine");
  ASSERT_EQ(::mkfifo((folder / "a.part").c_str(), 0600), 0);
  writeFile(folder / "a", "newest");
  EXPECT_EQ(at("a"), "newest");
}

TEST_F(AtomicFiles, TwoWritersOfOneFileDoNotMix) {
  AtomicFile first(folder / "a");
  EXPECT_THROW(AtomicFile(folder / "a"), Error);
  first.write("first");
  first.commit();
  EXPECT_EQ(at("a"), "first");
  put("b.part", "left by a killed program");
  writeFile(folder / "b", "new");
  EXPECT_EQ(at("b"), "new");
  EXPECT_FALSE(fs::exists(folder / "b.part"));
}

TEST_F(AtomicFiles, AWaitForAPipeCanBeCancelled) {
  ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
  cancelRequested() = true;
  EXPECT_THROW(AtomicFile(folder / "pipe"), Error);
  EXPECT_THROW(readFile(folder / "pipe"), Error);
  cancelRequested() = false;
}

TEST_F(Outputs, NothingGoesOverWhatIsReadByAnyName) {
  put("in.ris", "x");
  fs::create_directory(folder / "sub");
  fs::create_symlink("in.ris", folder / "symbolic");
  fs::create_hard_link(folder / "in.ris", folder / "hard");
  fs::create_directory_symlink(".", folder / "around");
  policy.protect(folder / "in.ris", FileRole::Input);
  for (const char* name :
       {"in.ris", "./in.ris", "sub/../in.ris", "symbolic", "hard", "around/in.ris", "around/around/hard"})
    EXPECT_NE(refused(name), "") << name;
  EXPECT_EQ(refused("out.ris"), "");
  put("o.part", "an input of an unlucky name");
  policy.protect(folder / "o.part", FileRole::Input);
  EXPECT_NE(refused("o"), "");
}

TEST_F(Outputs, WhatIsNotThereYetIsProtectedToo) {
  policy.protect(folder / "review.lock", FileRole::Lock);
  EXPECT_NE(refused("review.lock"), "");
  EXPECT_EQ(refused("review.lock", FileRole::Lock), "");
  EXPECT_NE(refused("review.lock", FileRole::Decisions), "");
}

TEST_F(Outputs, OneFileIsWrittenOnce) {
  const auto first = policy.open(folder / "a", NamedBy::CommandLine);
  EXPECT_NE(refused("a"), "");
  EXPECT_NE(refused("./a"), "");
  EXPECT_NE(refused("a.part"), "");
  first->commit();
  fs::create_hard_link(folder / "a", folder / "also-a");
  EXPECT_NE(refused("also-a"), "");
  EXPECT_THROW(policy.open(folder / "a", NamedBy::CommandLine), UsageError);
  policy.write("/dev/null", "x");
  policy.write("/dev/null", "a device takes several");
}

TEST_F(Outputs, AConfigurationStaysInItsFolder) {
  const fs::path review = folder / "review";
  fs::create_directory(review);
  fs::create_directory(folder / "elsewhere");
  fs::create_directory_symlink(folder / "elsewhere", review / "out");
  fs::create_symlink(folder / "elsewhere/file", review / "link");
  policy.confine(review);
  const auto by = [&](const char* name) {
    return policy.refusal(name, NamedBy::Configuration, FileRole::Nothing, review);
  };
  EXPECT_EQ(by("a.csv"), "");
  EXPECT_EQ(by("new/folder/a.csv"), "");
  EXPECT_EQ(by("x/../a.csv"), "");
  for (const char* name : {"../a.csv", "/tmp/a.csv", "out/a.csv", "link", "x/../../a.csv", "/dev/null"})
    EXPECT_NE(by(name), "") << name;
  EXPECT_EQ(policy.refusal(folder / "elsewhere/a.csv", NamedBy::CommandLine), "");
  policy.allow(folder / "elsewhere");
  EXPECT_EQ(by("out/a.csv"), "");
  EXPECT_EQ(by("link"), "");
  EXPECT_NE(by("../a.csv"), "");
}

TEST_F(Outputs, OneProgramAtATimeInAFolder) {
  const FolderLock lock(folder / "out");
  fs::create_directory_symlink("out", folder / "also");
  EXPECT_THROW(FolderLock(folder / "out"), Error);
  EXPECT_THROW(FolderLock(folder / "also"), Error);
  EXPECT_TRUE(fs::is_empty(folder / "out"));
}

}  // namespace
}  // namespace winnow::io
