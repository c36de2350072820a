#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include <winnow/testing.hpp>

namespace {

using winnow::testing::MockHost;
using winnow::testing::SettingList;
using winnow::testing::TestRecord;
using winnow::testing::TestScore;

TestRecord paper(const std::string& key, const std::string& title) { return {{"record.key", key}, {"title", title}}; }

/// Keys in the order of reading.
std::vector<std::string> order(const std::vector<TestRecord>& records,
                               const std::vector<std::pair<std::uint64_t, bool>>& labels,
                               const SettingList& settings = {}, bool* byChance = nullptr) {
  MockHost host;
  std::vector<TestScore> scores = host.rank(winnow_plugin_v1.stage(0), records, labels, settings);
  std::sort(scores.begin(), scores.end(), [](const TestScore& a, const TestScore& b) { return a.score > b.score; });
  std::vector<std::string> keys;
  for (const TestScore& score : scores) {
    keys.push_back(records[score.record - 1].first("record.key"));
    if (byChance != nullptr) *byChance = score.byChance;
  }
  return keys;
}

const std::vector<TestRecord> kRecords{paper("a", "Railway bridges in winter"),
                                       paper("b", "Paid peers in hospital wards"), paper("c", "Peers on wards"),
                                       paper("d", "Bridges of steel")};

}  // namespace

TEST(RelevanceRanker, LearnsFromWhatWasRead) {
  bool byChance = true;
  EXPECT_EQ(order(kRecords, {{3, true}, {4, false}}, {}, &byChance), (std::vector<std::string>{"b", "a"}));
  EXPECT_FALSE(byChance);
}

TEST(RelevanceRanker, ChanceChoosesUntilSomethingRelevantWasFound) {
  bool byChance = false;
  const auto before = order(kRecords, {{4, false}}, {{"seed", "7"}}, &byChance);
  EXPECT_TRUE(byChance);
  EXPECT_EQ(before, order(kRecords, {{4, false}}, {{"seed", "7"}, {"model", "random"}}));
}

TEST(RelevanceRanker, TheOrderOfRecordsMeansNothing) {
  std::vector<TestRecord> reversed(kRecords.rbegin(), kRecords.rend());
  EXPECT_EQ(order(kRecords, {{3, true}}), order(reversed, {{2, true}}));
}

TEST(RelevanceRanker, EachRecordThatIsLeftHasOneScore) {
  MockHost host;
  EXPECT_EQ(host.rank(winnow_plugin_v1.stage(0), kRecords, {}).size(), 4u);
  EXPECT_EQ(host.rank(winnow_plugin_v1.stage(0), kRecords, {{1, true}, {2, true}, {3, true}, {4, true}}).size(), 0u);
}
