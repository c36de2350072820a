#include "io/FolderEntries.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

namespace winnow::io {

namespace fs = std::filesystem;

class FolderEntriesTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "folder-entries-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    fs::create_directories(folder_ / "below/deeper");
    for (const char* name : {"b.csv", "a.csv", "below/c.csv", "below/deeper/d.csv"})
      std::ofstream(folder_ / name) << "x";
    fs::create_symlink("a.csv", folder_ / "link.csv");
    fs::create_directory_symlink(".", folder_ / "around");
    fs::create_symlink("nowhere", folder_ / "broken");
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::vector<std::string> names(const std::vector<fs::path>& files) const {
    std::vector<std::string> list;
    for (const fs::path& file : files) list.push_back(file.lexically_relative(folder_).string());
    return list;
  }
  fs::path folder_;
};

TEST_F(FolderEntriesTest, FilesAreSortedAndFoldersLeftOut) {
  EXPECT_EQ(names(filesIn(folder_)), (std::vector<std::string>{"a.csv", "b.csv", "link.csv"}));
}

TEST_F(FolderEntriesTest, LinksToFoldersAreNotFollowedBelow) {
  EXPECT_EQ(names(filesBelow(folder_)),
            (std::vector<std::string>{"a.csv", "b.csv", "link.csv", "below/c.csv", "below/deeper/d.csv"}));
}

TEST_F(FolderEntriesTest, WhatCannotBeReadHoldsNothing) {
  EXPECT_TRUE(filesIn(folder_ / "none").empty());
  EXPECT_TRUE(filesBelow(folder_ / "a.csv").empty());
}

}  // namespace winnow::io
