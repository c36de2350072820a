#include <gtest/gtest.h>

#include <stdexcept>

#include <winnow/testing.hpp>

using winnow::testing::MockHost;
using winnow::testing::SettingList;
using winnow::testing::TestRecord;

namespace {

winnow::testing::TestVerdict judge(std::initializer_list<const char*> years, const SettingList& settings) {
  MockHost host;
  TestRecord record;
  for (const char* year : years) record.fields.push_back({"issued.year", year, 0, 0, {}, {}});
  return host.judge(winnow_plugin_v1.stage(0), {record}, settings).at(0);
}
std::string said(std::initializer_list<const char*> years, const SettingList& settings) {
  const auto v = judge(years, settings);
  return v.action == WINNOW_KEEP ? "keep" : v.reason;
}
const SettingList kRange{{"from", "2000"}, {"to", "2020"}};

}  // namespace

TEST(YearFilter, BothLimitsStay) {
  EXPECT_EQ(said({"2000"}, kRange), "keep");
  EXPECT_EQ(said({"2020"}, kRange), "keep");
  EXPECT_EQ(said({"1999"}, kRange), "year.before");
  EXPECT_EQ(said({"2021"}, kRange), "year.after");
  EXPECT_EQ(judge({"1999"}, kRange).evidence, "1999");
}

TEST(YearFilter, OneSideMayBeOpen) {
  EXPECT_EQ(said({"1803"}, {{"to", "2020"}}), "keep");
  EXPECT_EQ(said({"2199"}, {{"from", "2000"}}), "keep");
}

TEST(YearFilter, WithoutAYearItIsUndecided) {
  EXPECT_EQ(said({}, kRange), "year.missing");
  EXPECT_EQ(said({"in press"}, kRange), "year.missing");
}

TEST(YearFilter, YearsThatDisagreeAreUndecided) {
  EXPECT_EQ(said({"1999", "2000"}, kRange), "year.differ");
  EXPECT_EQ(said({"2000", "1999"}, kRange), "year.differ");
  EXPECT_EQ(said({"1999", "2021"}, kRange), "year.differ");
  EXPECT_EQ(said({"1998", "1999"}, kRange), "year.before");
}

TEST(YearFilter, SettingsThatSayNothingAreRefused) {
  EXPECT_THROW(judge({"2000"}, {}), std::runtime_error);
  EXPECT_THROW(judge({"2000"}, {{"from", "2020"}, {"to", "2000"}}), std::runtime_error);
}
