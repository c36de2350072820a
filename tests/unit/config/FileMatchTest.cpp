#include "config/parts/FileMatch.hpp"

#include "ReviewFolder.hpp"

namespace winnow::config {

using FileMatch = ReviewFolder;

TEST_F(FileMatch, NamesMatchPatterns) {
  EXPECT_TRUE(matchesName("medline*.ris", "medline.ris"));
  EXPECT_TRUE(matchesName("medline*.ris", "medline-2 of 3.ris"));
  EXPECT_TRUE(matchesName("?.ris", "1.ris"));
  EXPECT_TRUE(matchesName("*a*b", "xaxxbxab"));
  EXPECT_FALSE(matchesName("medline*.ris", "medline.ris.bak"));
  EXPECT_FALSE(matchesName("*.ris", "Medline.RIS"));
  EXPECT_FALSE(matchesName("*", ".hidden"));
  EXPECT_TRUE(matchesName(".h*", ".hidden"));
}

TEST_F(FileMatch, FilesComeSortedAndOnce) {
  write("x/b.ris", "");
  write("x/a.ris", "");
  write("y/a.ris", "");
  write("x/sub.ris/inner.txt", "");
  std::vector<std::string> names;
  for (const auto& file : matchFiles(folder, "*/*.ris")) names.push_back(relativeName(file, folder));
  EXPECT_EQ(names, (std::vector<std::string>{"x/a.ris", "x/b.ris", "y/a.ris"}));
  EXPECT_EQ(matchFiles(folder, "x/../x/a.ris").size(), 1U);
  EXPECT_TRUE(matchFiles(folder, "absent/*.ris").empty());
  EXPECT_TRUE(matchFiles(folder, "x").empty());
  EXPECT_EQ(matchFiles(folder / "y", (folder / "x" / "?.ris").string()).size(), 2U);
}

TEST_F(FileMatch, FolderListsVisibleFiles) {
  write(".gitkeep", "");
  write("sub/x", "");
  EXPECT_EQ(fileNames(folder), std::vector<std::string>{"a.ris"});
}

}  // namespace winnow::config
