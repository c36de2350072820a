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

namespace {
TestRecord stating(std::initializer_list<const char*> types) {
  TestRecord record;
  for (const char* type : types) record.fields.push_back({"publication-type", type, 0, 0, {}, {}});
  return record;
}
}  // namespace

// Every controlled value of tags.hpp that is a kind of publication can be listed by its word.
TEST(PublicationTypeFilter, EveryControlledTypeCanLeave) {
  const std::pair<const char*, const char*> words[] = {{"editorial", "editorial"},
                                                       {"comment", "opinion paper"},
                                                       {"conference-abstract", "conference abstract"},
                                                       {"systematic-review", "systematic review"},
                                                       {"case-report", "case report"},
                                                       {"conference-paper", "conference paper"},
                                                       {"article", "article"},
                                                       {"review", "review"},
                                                       {"meta-analysis", "meta-analysis"},
                                                       {"letter", "letter"},
                                                       {"note", "note"},
                                                       {"erratum", "erratum"},
                                                       {"retraction", "retraction"},
                                                       {"proceedings", "proceedings"},
                                                       {"book", "book"},
                                                       {"chapter", "chapter"},
                                                       {"report", "report"},
                                                       {"thesis", "thesis"},
                                                       {"preprint", "preprint"},
                                                       {"protocol", "protocol"},
                                                       {"trial", "trial"},
                                                       {"guideline", "guideline"},
                                                       {"news", "news"},
                                                       {"interview", "interview"},
                                                       {"dataset", "dataset"},
                                                       {"patent", "patent"}};
  for (const auto& [type, word] : words) {
    EXPECT_EQ(judge(stating({type}), {{"exclude", word}}).substr(0, 17), "publication-type.") << word;
    EXPECT_EQ(judge(stating({type}), {{"exclude", type == std::string("note") ? "letter" : "note"}}), "keep") << word;
    EXPECT_EQ(judge(stating({"other", type}), {{"exclude", word}}), judge(stating({type}), {{"exclude", word}}));
  }
}

// PubMed writes "Journal Article" beside nearly everything, and "Review" beside "Systematic Review".
TEST(PublicationTypeFilter, AKindOfArticleIsNoContradictionToAnArticle) {
  EXPECT_EQ(judge(stating({"article", "review"}), {{"exclude", "review"}}), "publication-type.review");
  EXPECT_EQ(judge(stating({"article", "retraction"}), {{"exclude", "retraction"}}), "publication-type.retraction");
  EXPECT_EQ(judge(stating({"review", "systematic-review"}), {{"exclude", "review"}}), "publication-type.beside-other");
  EXPECT_EQ(judge(stating({"review", "systematic-review"}), {{"exclude", "review"}, {"exclude", "systematic review"}}),
            "publication-type.review");
  EXPECT_EQ(judge(stating({"letter", "trial"}), {{"exclude", "letter"}}), "publication-type.beside-article");
  EXPECT_EQ(judge(stating({"editorial", "comment"}), {{"exclude", "editorial"}}), "publication-type.editorial");
  EXPECT_EQ(judge(stating({"article", "preprint"}), {{"exclude", "preprint"}}), "publication-type.beside-article");
  EXPECT_EQ(judge(stating({"article", "letter"}), {{"exclude", "article"}}), "publication-type.beside-other");
}

TEST(PublicationTypeFilter, AConferenceAbstractIsCountedWhereItIsListed) {
  EXPECT_EQ(judge(stating({"conference-abstract"}), {{"exclude", "conference paper"}}), "publication-type.conference");
  EXPECT_EQ(
      judge(stating({"conference-abstract"}), {{"exclude", "conference paper"}, {"exclude", "conference abstract"}}),
      "publication-type.conference-abstract");
  EXPECT_EQ(judge(stating({"conference-paper"}), {{"exclude", "conference abstract"}}), "keep");
}

TEST(PublicationTypeFilter, TheKindOfReferenceTellsWhatCanMeanOneThingAlone) {
  EXPECT_EQ(judge({{"type", "thesis"}}, {{"exclude", "thesis"}}), "publication-type.thesis");
  EXPECT_EQ(judge({{"type", "article-newspaper"}}, {{"exclude", "news"}}), "publication-type.news");
  EXPECT_EQ(judge({{"type", "article-journal"}}, {{"exclude", "article"}}), "publication-type.unknown");
}
