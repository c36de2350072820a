// Sorting on disk gives what sorting in memory gives, leaves nothing behind, and says when the disk is full.
#include "io/SpillingSort.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "io/Error.hpp"

namespace winnow::io {

namespace {

struct Entry {
  std::uint64_t key = 0;
  std::uint32_t record = 0;
  bool operator<(const Entry& other) const { return key != other.key ? key < other.key : record < other.record; }
  bool operator==(const Entry&) const = default;
};

std::vector<Entry> someEntries(std::size_t count) {
  std::mt19937_64 random(7);
  std::vector<Entry> entries;
  for (std::size_t i = 0; i < count; ++i)
    entries.push_back({random() % (count / 3 + 1), static_cast<std::uint32_t>(i)});
  return entries;
}

std::vector<Entry> sorted(const std::vector<Entry>& entries, std::size_t most, const std::filesystem::path& folder) {
  SpillingSort<Entry> sort(most, folder);
  for (const Entry& entry : entries) sort.add(entry);
  std::vector<Entry> out;
  for (Entry entry; sort.next(entry);) out.push_back(entry);
  return out;
}

class SpillingSortTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "spill-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path folder_;
};

}  // namespace

TEST_F(SpillingSortTest, GivesTheSameWhateverFitsInMemory) {
  for (const std::size_t count : {0u, 1u, 2u, 3u, 100u, 20000u}) {
    const std::vector<Entry> entries = someEntries(count);
    std::vector<Entry> expected = entries;
    std::sort(expected.begin(), expected.end());
    for (const std::size_t most : {0u, 2u, 99u, 100u, 101u, 6000u, 1000000u}) {
      if (most < 99 && count > 1000) continue;  // thousands of runs
      EXPECT_EQ(sorted(entries, most, folder_), expected) << count << " entries, " << most << " in memory";
    }
  }
}

TEST_F(SpillingSortTest, NothingIsInTheFolderWhileItSorts) {
  SpillingSort<Entry> sort(10, folder_);
  for (const Entry& entry : someEntries(1000)) sort.add(entry);
  EXPECT_TRUE(std::filesystem::is_empty(folder_)) << "a killed process would leave a file behind";
}

TEST_F(SpillingSortTest, AFullDiskIsAnErrorThatNamesTheFolder) {
  // A limit of the size of files stands for the full disk; it holds for the whole process, so another one takes it.
  const ::pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    const ::rlimit limit{4096, 4096};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    try {
      sorted(someEntries(5000), 1000, folder_);
    } catch (const Error& error) {
      const std::string message = error.what();
      ::_exit(message.find(folder_.string()) != std::string::npos && message.find("TMPDIR") != std::string::npos ? 0
                                                                                                                 : 2);
    }
    ::_exit(1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0) << "1: no error, 2: the error does not say where";
}

TEST(SpillingSort, AFolderThatIsNotThereIsAnError) {
  SpillingSort<Entry> sort(2, "/nowhere/to/be/found");
  EXPECT_THROW(for (const Entry& entry : someEntries(10)) sort.add(entry), Error);
}

}  // namespace winnow::io
