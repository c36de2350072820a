// Every rule that forbids: a pair that would be joined but for it, and the exception it makes.
#include <gtest/gtest.h>

#include "Bench.hpp"
#include "rules/Decision.hpp"

namespace winnow::duplicates::test {
namespace {

TEST(Vetoes, notice) {
  for (const char* heading : {"Erratum: ", "Correction to: ", "Reply to: ", "Comment on: ", "Retraction notice to: "}) {
    const std::string title = heading + article().first("title");
    EXPECT_EQ(answer(article(), article({{"title", title}})), "distinct") << heading;
  }
  const std::string cited = article().first("title") + " (vol 3, pg 4, 2001)";
  EXPECT_EQ(answer(article(), article({{"title", cited}, {"page", "400"}, {"issue", "9"}})), "distinct")
      << "a correction";
  EXPECT_EQ(answer(article(), article({{"title", cited}, {"issue", ""}})), "merge duplicates.title-and-place")
      << "at one place only a remark";
}

TEST(Vetoes, numbers) {
  const FieldList one = {{"title", "Sleep quality and memory in shift workers. Part 1"}, {"page", ""}};
  const FieldList two = {{"title", "Sleep quality and memory in shift workers. Part 2"}, {"page", ""}};
  EXPECT_EQ(answer(article(one), article(two)), "distinct");
  const FieldList years = {{"title", "Sleep quality and memory in shift workers: 1981-1985"}, {"page", ""}};
  const FieldList bare = {{"title", "Sleep quality and memory in shift workers"}};
  EXPECT_EQ(answer(article(years), article(bare)), "merge duplicates.title-and-journal")
      << "the same issue, and only years";
  EXPECT_EQ(answer(article({{"title", "Effects of p16 on sleep and memory of shift workers"}}),
                   article({{"title", "Effects of p6 on sleep and memory of shift workers"}})),
            "merge duplicates.title-and-place")
      << "thirteen pages hold one article";
}

TEST(Vetoes, meaning) {
  const FieldList women = {{"title", "Sleep quality and memory consolidation in retired women"}, {"page", "S30"}};
  const FieldList men = {{"title", "Sleep quality and memory consolidation in retired men"}, {"page", "S30"}};
  EXPECT_EQ(answer(article(women), article(men)), "distinct");
}

TEST(Vetoes, foreignWords) {
  const FieldList repair = {{"title", "Squamous cells associated with atypical repair in liquid smears of nurses"},
                            {"page", "100A"}};
  const FieldList atrophy = {{"title", "Squamous cells associated with atypical atrophy in liquid smears of nurses"},
                             {"page", "100A"}};
  EXPECT_EQ(answer(article(repair), article(atrophy)), "maybe duplicates.maybe")
      << "two abstracts of one team on one page";
  const std::string tail = " workers: a cohort study of four hundred volunteers who were followed for several years";
  const FieldList shop = {{"title", "Sleep quality and memory in retired shop" + tail}, {"page", ""}};
  const FieldList night = {{"title", "Sleep quality and memory in retired night" + tail}, {"page", ""}};
  EXPECT_EQ(answer(article(shop), article(night)), "maybe duplicates.other-words");
}

TEST(Vetoes, otherDoi) {
  const FieldList a = {{"id.doi", "10.1234/a"}};
  EXPECT_EQ(answer(article(a), article({{"id.doi", "10.1234/b"}, {"page", ""}, {"issue", ""}})),
            "maybe duplicates.other-doi");
  EXPECT_EQ(answer(article(a), article({{"id.doi", "10.1234/b"}})), "merge duplicates.title-and-place")
      << "a mistaken DOI at one place";
}

TEST(Vetoes, otherNumber) {
  const FieldList a = {{"id.pmid", "111"}};
  EXPECT_EQ(answer(article(a), article({{"id.pmid", "222"}})), "maybe duplicates.other-number");
  EXPECT_EQ(answer(article({{"id.pmid", "111"}, {"id.doi", "10.1234/a"}}),
                   article({{"id.pmid", "222"}, {"id.doi", "10.1234/a"}})),
            "merge duplicates.doi-and-title");
  const FieldList first = {{"database", "Embase"}, {"id.accession", "1"}};
  EXPECT_EQ(answer(article(first), article({{"database", "Embase"}, {"id.accession", "2"}})),
            "merge duplicates.title-and-place")
      << "registers keep doublets";
  EXPECT_EQ(answer(article(first), article({{"database", "Embase"}, {"id.accession", "2"}, {"page", ""}})),
            "maybe duplicates.other-number");
  EXPECT_EQ(answer(article(first), article({{"database", "Scopus"}, {"id.accession", "2"}, {"page", ""}})),
            "merge duplicates.title-and-journal");
}

TEST(Vetoes, otherTrial) {
  EXPECT_EQ(answer(article({{"id.accession", "NCT00000001"}}), article({{"id.accession", "NCT00000002"}})), "distinct");
}

TEST(Vetoes, kindAndPreprint) {
  const FieldList preprint = {{"container.title", "medRxiv"}, {"volume", ""}, {"issue", ""}, {"page", ""}};
  EXPECT_EQ(answer(article({{"container.title", ""}}), article(preprint)), "maybe duplicates.preprint");
  const FieldList thesis = {{"type", "thesis"}, {"container.title", ""}, {"volume", ""}, {"issue", ""}, {"page", ""}};
  EXPECT_EQ(answer(article({{"type", "article-journal"}}), article(thesis)), "maybe duplicates.other-kind");
  const FieldList meeting = {{"container.title", "Journal of Applied Sleep Science. Conference: Third Sleep Days"},
                             {"page", ""}};
  EXPECT_EQ(answer(article({{"type", "article-journal"}, {"page", ""}}), article(meeting)),
            "merge duplicates.title-and-journal")
      << "one volume of one journal";
}

TEST(Vetoes, version) {
  const FieldList two = {{"id.doi", "10.1002/14651858.CD1.pub2"}};
  EXPECT_EQ(answer(article(two), article({{"id.doi", "10.1002/14651858.CD1.pub3"}})), "maybe duplicates.other-version");
  const FieldList cochrane = {
      {"container.title", "Cochrane Database of Systematic Reviews"}, {"page", "CD006273"}, {"volume", ""}};
  FieldList later = cochrane;
  later.emplace_back("issued.year", "2018");
  EXPECT_NE(answer(article(cochrane), article(later)).substr(0, 5), "merge");
}

TEST(Vetoes, section) {
  const FieldList first = {{"title", "Editor's Comments"}, {"author.literal", "Hollis, M"}, {"page", ""}};
  FieldList second = first;
  second.emplace_back("issue", "4");
  EXPECT_EQ(answer(article(first), article(second)), "distinct") << "an issue has one";
  EXPECT_EQ(
      answer(article(first), article({{"title", "EDITOR'S COMMENTS"}, {"author.literal", "Hollis"}, {"page", ""}}))
          .substr(0, 5),
      "merge");
  const FieldList reply = {{"title", "Authors' reply"}, {"author.literal", "Hollis, M"}, {"page", ""}};
  EXPECT_EQ(answer(article(reply), article({{"title", "Authors' reply"},
                                            {"author.literal", "Hollis, M"},
                                            {"page", ""},
                                            {"id.doi", "10.1234/x"}})),
            "distinct")
      << "an issue may have several";
  const FieldList brief = {{"title", "Empyema thoracis"}, {"page", "01-Aug"}};
  EXPECT_EQ(
      answer(article(brief), article({{"title", "Empyema thoracis"}, {"page", "1-8"}, {"issue", ""}})).substr(0, 5),
      "merge")
      << "short, but volume, journal and authors agree";
}

TEST(Vetoes, conferenceAbstractIsNotTheArticle) {
  const FieldList abstract = {{"container.title", "Sleep Meeting Supplements"},
                              {"volume", "7"},
                              {"issue", "Suppl 1"},
                              {"page", "S12"},
                              {"issued.year", "2013"}};
  EXPECT_EQ(answer(article(), article(abstract)), "distinct");
  const FieldList twoJournals = {{"container.title", "Archives of Rest"}, {"volume", "7"}, {"page", "401"}};
  EXPECT_EQ(answer(article(), article(twoJournals)), "distinct") << "printed in two journals";
}

TEST(Apart, plainContradictionsKeepGroupsApart) {
  Policy policy;
  policy.off.resize(kRuleCount);
  const Features whole = featuresFor(article());
  EXPECT_FALSE(areApart(compare(whole, featuresFor(article({{"page", ""}}))), policy));
  EXPECT_TRUE(areApart(compare(whole, featuresFor(article({{"page", "1999"}, {"volume", "77"}}))), policy));
  EXPECT_TRUE(areApart(compare(whole, featuresFor(article({{"title", "Erratum: sleep quality and memory"}}))), policy));
}

}  // namespace
}  // namespace winnow::duplicates::test
