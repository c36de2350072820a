#include <gtest/gtest.h>

#include <winnow/testing.hpp>

using winnow::testing::MockHost;
using winnow::testing::TestRecord;

namespace {
std::string judge(const TestRecord& record, const winnow::testing::SettingList& settings = {{"fewest_words", "5"}}) {
  MockHost host;
  const auto v = host.judge(winnow_plugin_v1.stage(0), {record}, settings).at(0);
  return v.action == WINNOW_KEEP ? "keep" : v.reason;
}
}  // namespace

TEST(NoAbstractFilter, NothingAndWhatStandsForNothing) {
  EXPECT_EQ(judge({{"title", "Peers"}}), "no-abstract.none");
  EXPECT_EQ(judge({{"abstract", " \n"}}), "no-abstract.none");
  for (const char* text : {"[No abstract available]", "Abstract not available.", "N/A", "No Abstract", "Abstract:"})
    EXPECT_EQ(judge({{"abstract", text}}), "no-abstract.none") << text;
}

TEST(NoAbstractFilter, AFewWordsAreUndecided) {
  EXPECT_EQ(judge({{"abstract", "Peers work here."}}), "no-abstract.short");
  EXPECT_EQ(judge({{"abstract", "Peers work here."}}, {{"fewest_words", "3"}}), "keep");
  EXPECT_EQ(judge({{"abstract", "We asked twelve peer workers."}}), "keep");
}

// A merged record holds the abstracts of its members: one real one is enough.
TEST(NoAbstractFilter, OneAbstractIsEnough) {
  TestRecord record;
  record.fields = {{"abstract", "No abstract available", 0, 0, {}, {}},
                   {"abstract", "We asked twelve peer workers.", 0, 0, {}, {}}};
  EXPECT_EQ(judge(record), "keep");
}

TEST(NoAbstractFilter, OtherScriptsAreMeasuredByTheirLetters) {
  EXPECT_EQ(judge({{"abstract", "同伴支持工作者在公共服务中的角色研究"}}), "keep");
}
