#include <gtest/gtest.h>

#include <winnow/testing.hpp>

using winnow::testing::MockHost;
using winnow::testing::TestRecord;

namespace {
const winnow::testing::SettingList kSettings{{"reasons.school and education", "school*"},
                                             {"reasons.school and education", "pupil*"},
                                             {"reasons.finance or industry", "bank*"},
                                             {"reasons.other", ""},
                                             {"unless", "mental health"},
                                             {"unless", "peer support"}};
winnow::testing::TestVerdict judge(const TestRecord& record) {
  MockHost host;
  return host.judge(winnow_plugin_v1.stage(0), {record}, kSettings).at(0);
}
}  // namespace

TEST(TopicFilter, DropsWithItsEvidence) {
  const auto v = judge({{"title", "Reading in Schools"}, {"abstract", "Children read."}});
  EXPECT_EQ(v.reason, "topic.school-and-education");
  EXPECT_EQ(v.evidence, "Schools");
}

TEST(TopicFilter, AProtectingTermAnywhereKeeps) {
  EXPECT_EQ(judge({{"title", "School-based mental health"}, {"abstract", "x"}}).action,
            static_cast<std::uint32_t>(WINNOW_KEEP));
  EXPECT_EQ(judge({{"title", "Schools"}, {"abstract", "x"}, {"keyword", "Peer Support"}}).action,
            static_cast<std::uint32_t>(WINNOW_KEEP));
}

TEST(TopicFilter, AbsenceOfWordsNeverExcludes) {
  EXPECT_EQ(judge({{"title", "Rivers"}, {"abstract", "Water flows."}}).action, static_cast<std::uint32_t>(WINNOW_KEEP));
  EXPECT_EQ(judge({{"title", "Rivers"}}).reason, "topic.no-abstract");
  EXPECT_EQ(judge({{"title", "Schools"}}).reason, "topic.no-abstract");
}

TEST(TopicFilter, TwoFieldsAreUndecided) {
  EXPECT_EQ(judge({{"title", "Banks and schools"}, {"abstract", "x"}}).reason, "topic.several");
}
