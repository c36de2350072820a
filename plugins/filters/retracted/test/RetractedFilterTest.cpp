#include <gtest/gtest.h>

#include <stdexcept>

#include <winnow/testing.hpp>

using winnow::testing::MockHost;
using winnow::testing::SettingList;
using winnow::testing::TestRecord;

namespace {

// Columns of Retraction Watch's list; invented papers.
constexpr const char* kList =
    "Record ID,Title,Journal,RetractionDate,RetractionDOI,RetractionPubMedID,OriginalPaperDate,OriginalPaperDOI,"
    "OriginalPaperPubMedID,RetractionNature,Reason\n"
    "1,\"Peers, parks and rivers in one town\",J,5/1/2020 0:00,10.5555/Notice.1,0,1/1/2019 0:00,10.5555/PAPER.1,900001,"
    "Retraction,+Error;\n"
    "2,A second paper about peer work,J,6/1/2020 0:00,unavailable,0,1/1/2019 0:00,10.5555/paper.2,0,"
    "Expression of concern,+Doubt;\n"
    "3,A third paper about peer work,J,6/1/2020 0:00,10.5555/notice.3,900033,1/1/2019 0:00,10.5555/paper.3,900003,"
    "Retraction,+Error;\n"
    "4,A third paper about peer work,J,6/1/2021 0:00,10.5555/notice.4,0,1/1/2019 0:00,10.5555/paper.3,900003,"
    "Reinstatement,+Error;\n"
    "5,Reply,J,6/1/2021 0:00,unavailable,0,1/1/2019 0:00,unavailable,0,Retraction,+Error;\n";

winnow::testing::TestVerdict judge(const TestRecord& record, const std::string& list = kList,
                                   SettingList settings = {{"natures", "Retraction"}}) {
  MockHost host;
  if (!list.empty()) settings.emplace_back("list", list);
  return host.judge(winnow_plugin_v1.stage(0), {record}, settings).at(0);
}
std::string said(const TestRecord& record, const std::string& list = kList) {
  const auto v = judge(record, list);
  return v.action == WINNOW_KEEP ? "keep" : v.reason;
}

}  // namespace

TEST(RetractedFilter, ListedByDoiOrPmid) {
  EXPECT_EQ(said({{"id.doi", "10.5555/paper.1"}}), "retracted.listed");
  EXPECT_EQ(said({{"id.pmid", "900001"}}), "retracted.listed");
  EXPECT_EQ(said({{"id.doi", "10.5555/paper.9"}, {"id.pmid", "900001"}}), "retracted.listed");
  EXPECT_EQ(said({{"id.doi", "10.5555/paper.9"}}), "keep");
  EXPECT_EQ(judge({{"id.doi", "10.5555/paper.1"}}).note, "row 2 of the list, Retraction, 5/1/2020 0:00");
}

// 0 and "unavailable" stand for nothing in the list: a record without an identifier never meets them.
TEST(RetractedFilter, WhatStandsForNothingMatchesNothing) {
  EXPECT_EQ(said({{"id.pmid", "0"}}), "keep");
  EXPECT_EQ(said({{"id.doi", "unavailable"}}), "keep");
  EXPECT_EQ(said({}), "keep");
}

TEST(RetractedFilter, OnlyTheNaturesThatCount) {
  EXPECT_EQ(said({{"id.doi", "10.5555/paper.2"}}), "keep");
  EXPECT_EQ(judge({{"id.doi", "10.5555/paper.2"}}, kList, {{"natures", "Expression of concern"}}).reason,
            "retracted.listed");
}

TEST(RetractedFilter, ATitleAloneIsUndecidedAndAShortOneNothing) {
  const auto v = judge({{"title", "Peers, Parks, and Rivers in One Town."}});
  EXPECT_EQ(v.reason, "retracted.same-title");
  EXPECT_EQ(v.note, "row 2 of the list");
  EXPECT_EQ(said({{"title", "Reply"}}), "keep");
}

TEST(RetractedFilter, NoticesAndReinstatementsAreUndecided) {
  EXPECT_EQ(said({{"id.doi", "10.5555/notice.1"}}), "retracted.notice");
  EXPECT_EQ(said({{"id.pmid", "900033"}}), "retracted.notice");
  EXPECT_EQ(said({{"id.doi", "10.5555/paper.3"}}), "retracted.reinstated");
}

TEST(RetractedFilter, MarksOfPublishersCountWithoutAList) {
  for (const char* title : {"RETRACTED: Peers and parks", "Retracted Article: Peers and parks",
                            "[Retracted] Peers and parks", "WITHDRAWN: Peers and parks"})
    EXPECT_EQ(said({{"title", title}}, ""), "retracted.marked") << title;
  for (const char* title : {"Retracted papers and peers", "Retraction: what peers say", "Peers: retracted and kept"})
    EXPECT_EQ(said({{"title", title}}, ""), "keep") << title;
  EXPECT_EQ(said({{"publication-type.raw", "Retracted Publication"}}, ""), "retracted.marked");
}

TEST(RetractedFilter, AListOfItsOwnColumns) {
  EXPECT_EQ(said({{"id.doi", "10.5555/paper.7"}}, "doi;title\r\nhttps://doi.org/10.5555/Paper.7;x\r\n"),
            "retracted.listed");
}

TEST(RetractedFilter, AFileThatIsNoListIsRefused) {
  EXPECT_THROW(said({}, "name,year\na,b\n"), std::runtime_error);
  EXPECT_THROW(said({}, "doi,title\n10.5555/x,\"open\n"), std::runtime_error);
}
