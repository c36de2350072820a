#include <gtest/gtest.h>

#include <winnow/testing.hpp>

using winnow::testing::MockHost;
using winnow::testing::TestRecord;

namespace {
std::string judge(const TestRecord& record, const winnow::testing::SettingList& settings = {}) {
  MockHost host;
  const auto v = host.judge(winnow_plugin_v1.stage(0), {record}, settings).at(0);
  return v.action == WINNOW_KEEP ? "keep" : v.reason;
}
}  // namespace

TEST(PublicationTypeFilter, FourReasonsCountedApart) {
  EXPECT_EQ(judge({{"publication-type", "editorial"}}), "publication-type.editorial");
  EXPECT_EQ(judge({{"publication-type", "report"}}), "publication-type.report");
  EXPECT_EQ(judge({{"publication-type", "comment"}}), "publication-type.opinion");
  EXPECT_EQ(judge({{"publication-type", "conference-abstract"}}), "publication-type.conference");
}

TEST(PublicationTypeFilter, ATypeBesideAnArticleIsUndecided) {
  EXPECT_EQ(judge({{"publication-type", "article"}, {"publication-type", "editorial"}}),
            "publication-type.beside-article");
  EXPECT_EQ(judge({{"publication-type", "article"}}), "keep");
}

TEST(PublicationTypeFilter, TypesThatTheStepDoesNotNameStay) {
  for (const char* type : {"thesis", "chapter", "review", "preprint", "protocol", "letter", "note", "other"})
    EXPECT_EQ(judge({{"publication-type", type}}), "keep") << type;
}

TEST(PublicationTypeFilter, WithoutATypeItIsUndecided) {
  EXPECT_EQ(judge({{"type", "article-journal"}, {"title", "Peers"}}), "publication-type.unknown");
  EXPECT_EQ(judge({{"type", "article-journal"}, {"title", "Editorial: peers"}}), "publication-type.by-title");
  EXPECT_EQ(judge({{"type", "paper-conference"}}), "publication-type.conference");
  EXPECT_EQ(judge({}), "publication-type.unknown");
}

TEST(PublicationTypeFilter, OnlyTheListedLeave) {
  EXPECT_EQ(judge({{"publication-type", "report"}}, {{"exclude", "editorial"}}), "keep");
}
