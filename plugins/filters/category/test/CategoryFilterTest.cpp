#include <gtest/gtest.h>

#include <winnow/testing.hpp>

using winnow::testing::MockHost;
using winnow::testing::TestRecord;

namespace {
const winnow::testing::SettingList kSettings{
    {"categories.interview study", "interview*"}, {"categories.RCT", "randomi*"}, {"categories.opinion paper", ""}};
}

TEST(CategoryFilter, PeopleFirstThenTerms) {
  MockHost host;
  const auto v =
      host.judge(winnow_plugin_v1.stage(0),
                 {TestRecord{{"title", "Interviews"}, {"map.value", "Opinion paper"}},
                  TestRecord{{"title", "Interviews with peers"}}, TestRecord{{"title", "A randomised interview"}},
                  TestRecord{{"title", "Peers"}}, TestRecord{{"map.value", "cohort"}}},
                 kSettings);
  EXPECT_EQ(v[0].reason, "category.opinion-paper");
  EXPECT_EQ(v[1].reason, "category.interview-study");
  EXPECT_EQ(v[1].evidence, "Interviews");
  EXPECT_EQ(v[2].reason, "category.several");
  EXPECT_EQ(v[2].note, "RCT or interview study");
  EXPECT_EQ(v[3].reason, "category.none");
  EXPECT_EQ(v[4].reason, "category.unknown-value");
  EXPECT_TRUE(host.diagnostics.empty());  // the host names the row of the sheet
}
