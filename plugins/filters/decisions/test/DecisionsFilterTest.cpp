#include <gtest/gtest.h>

#include <array>

#include <winnow/testing.hpp>

using winnow::testing::MockHost;
using winnow::testing::TestRecord;

namespace {
const winnow::testing::SettingList kCriteria{{"criteria.adults", "18-65 years"}, {"criteria.psw-paid", "PSW are paid"}};

TestRecord votes(const std::vector<std::array<std::string, 3>>& list, const std::vector<std::string>& assigned) {
  TestRecord record;
  for (const std::string& name : assigned) record.fields.push_back({"vote.assigned", name, 0, 0, {}, {}});
  std::uint16_t group = 0;
  for (const auto& [who, what, why] : list) {
    ++group;
    record.fields.push_back({"vote.reviewer", who, group, 0, {}, {}});
    record.fields.push_back({"vote.decision", what, group, 0, {}, {}});
    record.fields.push_back({"vote.reason", why, group, 0, {}, {}});
  }
  return record;
}
TestRecord resolved(TestRecord record, const std::string& decision, const std::string& reason, int people) {
  for (int i = 0; i < people; ++i) record.fields.push_back({"resolution.by", i == 0 ? "KBAA" : "ON", 99, 0, {}, {}});
  record.fields.push_back({"resolution.decision", decision, 99, 0, {}, {}});
  record.fields.push_back({"resolution.reason", reason, 99, 0, {}, {}});
  return record;
}
std::string judge(const TestRecord& record, const winnow::testing::SettingList& settings = kCriteria) {
  MockHost host;
  const auto v = host.judge(winnow_plugin_v1.stage(0), {record}, settings).at(0);
  return v.action == WINNOW_KEEP ? "keep" : v.reason;
}
const std::vector<std::string> kBoth{"KBAA", "ON"};
}  // namespace

TEST(DecisionsFilter, WaitsForEveryAssignedReader) {
  EXPECT_EQ(judge(votes({}, kBoth)), "decisions.waiting");
  EXPECT_EQ(judge(votes({{"KBAA", "include", ""}}, kBoth)), "decisions.waiting");
  EXPECT_EQ(judge(votes({{"KBAA", "include", ""}}, {"KBAA"})), "keep");
}

TEST(DecisionsFilter, AgreementDecides) {
  EXPECT_EQ(judge(votes({{"KBAA", "include", ""}, {"ON", "include", ""}}, kBoth)), "keep");
  EXPECT_EQ(judge(votes({{"KBAA", "exclude", "adults"}, {"ON", "exclude", "psw-paid"}}, kBoth)), "criterion.adults");
  EXPECT_EQ(judge(votes({{"KBAA", "not retrieved", ""}}, {"KBAA"})), "decisions.not-retrieved");
}

TEST(DecisionsFilter, AnExclusionNeedsACriterion) {
  EXPECT_EQ(judge(votes({{"KBAA", "exclude", ""}}, {"KBAA"})), "decisions.no-reason");
  EXPECT_EQ(judge(votes({{"KBAA", "exclude", "adult"}}, {"KBAA"})), "decisions.unknown-reason");
  EXPECT_EQ(judge(votes({{"KBAA", "exclude", ""}}, {"KBAA"}), {}), "decisions.excluded");
}

TEST(DecisionsFilter, MaybeStaysAndIsNoConflictWithInclude) {
  EXPECT_EQ(judge(votes({{"KBAA", "maybe", ""}, {"ON", "include", ""}}, kBoth)), "decisions.maybe");
  EXPECT_EQ(judge(votes({{"KBAA", "maybe", ""}, {"ON", "exclude", "adults"}}, kBoth)), "decisions.conflict");
}

TEST(DecisionsFilter, ConflictsWaitForAJointDecision) {
  const TestRecord differ = votes({{"KBAA", "include", ""}, {"ON", "exclude", "adults"}}, kBoth);
  EXPECT_EQ(judge(differ), "decisions.conflict");
  EXPECT_EQ(judge(resolved(differ, "include", "", 2)), "keep");
  EXPECT_EQ(judge(resolved(differ, "exclude", "adults", 2)), "criterion.adults");
  EXPECT_EQ(judge(resolved(differ, "include", "", 1)), "decisions.conflict");
  EXPECT_EQ(judge(differ, {{"conflicts", "undecided"}}), "decisions.differ");
}
