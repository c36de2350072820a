#include "screen/DecisionFile.hpp"

#include <gtest/gtest.h>

#include <stdlib.h>

#include <fstream>

#include "engine/people/PageFile.hpp"
#include "io/AtomicFile.hpp"
#include "io/Error.hpp"
#include "io/WholeRows.hpp"

namespace winnow::screen {
namespace {

class DecisionFileTest : public ::testing::Test {
 protected:
  DecisionFileTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "winnow-test-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    file = folder / "decisions" / "s-KB.csv";
  }
  ~DecisionFileTest() override { std::filesystem::remove_all(folder); }

  static Row row(const std::string& record, const std::string& change, const std::string& note = {}) {
    Row row;
    row.record = record;
    row.reviewer = "KB";
    row.decision = "include";
    row.note = note;
    row.labels = "l";
    row.change = change;
    return row;
  }
  std::string text() const { return io::readFile(file); }
  void put(const std::string& bytes) const { std::ofstream(file, std::ios::binary) << bytes; }

  std::filesystem::path folder, file;
};

TEST_F(DecisionFileTest, IsMadeWithTheFirstRow) {
  DecisionFile decisions(file);
  EXPECT_FALSE(std::filesystem::exists(file));
  decisions.append(row("r:1", "change-1", "=1+1, \"x\"\n"));
  EXPECT_EQ(text().rfind(engine::pageHeading(engine::pageColumns(engine::PageWords::OneReader)), 0), 0u);
  EXPECT_NE(text().find("r:1,KB,include,,,\"'=1+1, \"\"x\"\"\n\",l,,,,,,,2"), std::string::npos) << text();
  EXPECT_EQ(text().substr(text().size() - 11), ",change-1\r\n");
  EXPECT_EQ(decisions.revision("r:1"), 1u);
  EXPECT_EQ(decisions.labels("r:1"), "l");
  EXPECT_EQ(decisions.recordOf("change-1"), "r:1");
  EXPECT_EQ(decisions.recordOf("change-2"), "");
}

TEST_F(DecisionFileTest, CutsOffWhatAKilledProgramLeftWhereverItWasCut) {
  DecisionFile(file).append(row("r:1", "change-1", "two\r\nlines"));
  const std::string first = text();
  DecisionFile(file).append(row("r:2", "change-2", "two\r\nlines, \"quoted\""));
  const std::string both = text();
  for (std::size_t size = first.size(); size < both.size(); ++size) {
    put(both.substr(0, size));
    EXPECT_EQ(io::wholeRowsEnd(text()), first.size());
    EXPECT_EQ(engine::tornRowOf(file).has_value(), size != first.size());
    DecisionFile(file).append(row("r:3", "change-3"));
    EXPECT_EQ(text().substr(0, first.size()), first);
    EXPECT_EQ(text().substr(first.size(), 4), "r:3,") << size;
  }
}

TEST_F(DecisionFileTest, LeavesFilesOfOthersAlone) {
  std::filesystem::create_directories(file.parent_path());
  for (const char* other : {"record,reviewer,decision\nr:1,KB,include\n", "record;reviewer\n", "PK\x03\x04", " ", ""}) {
    put(other);
    EXPECT_FALSE(isPageFile(file));
    EXPECT_THROW(DecisionFile(file).append(row("r:1", "change-1")), Error);
    EXPECT_EQ(text(), other);
  }
  EXPECT_FALSE(engine::tornRowOf(file)) << "the last line of a person's file may lack its end";
}

TEST_F(DecisionFileTest, GoesOnInTheFileThatHasTheNameNow) {
  DecisionFile decisions(file);
  decisions.append(row("r:1", "change-1"));
  const std::string before = text();
  std::filesystem::rename(file, folder / "moved.csv");
  decisions.append(row("r:2", "change-2"));
  EXPECT_EQ(io::readFile(folder / "moved.csv"), before);
  EXPECT_EQ(text().rfind(engine::pageHeading(engine::pageColumns(engine::PageWords::OneReader)) + "r:2,", 0), 0u);
}

TEST_F(DecisionFileTest, WritesNothingWhereItCannot) {
  std::filesystem::create_directories(file);  // a folder of that name
  EXPECT_FALSE(isPageFile(file));
  EXPECT_THROW(DecisionFile(file).append(row("r:1", "change-1")), Error);
}

}  // namespace
}  // namespace winnow::screen
