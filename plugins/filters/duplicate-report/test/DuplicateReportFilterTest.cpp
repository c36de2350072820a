#include <gtest/gtest.h>

#include <winnow/testing.hpp>

using winnow::testing::MockHost;
using winnow::testing::TestRecord;

namespace {
std::string judge(const TestRecord& record) {
  MockHost host;
  const auto v = host.judge(winnow_plugin_v1.stage(0), {record}).at(0);
  return v.action == WINNOW_KEEP ? "keep" : v.reason;
}
}  // namespace

TEST(DuplicateReportFilter, WhatTheDatabaseSays) {
  EXPECT_EQ(judge({{"title", "Peers"}, {"raw:RPF", "J Peers. 2001;5(3):1-9. PMID: 22222"}}),
            "duplicate-report.republished");
  EXPECT_EQ(judge({{"title", "Peers"}, {"publication-type.raw", "Duplicate Publication"}}), "duplicate-report.marked");
  EXPECT_EQ(judge({{"title", "Peers"}, {"raw:CRI", "J Peers. 2002;6(1):1-9"}}), "duplicate-report.corrected");
}

// The original and the corrected version are what a review wants to read.
TEST(DuplicateReportFilter, TheOriginalAndTheCorrectedVersionStay) {
  EXPECT_EQ(judge({{"title", "Peers"}, {"raw:RPI", "J Reprints. 2003;1:2"}}), "keep");
  EXPECT_EQ(judge({{"title", "Peers"}, {"raw:CRF", "J Peers. 2001;5(3):1-9"}}), "keep");
  EXPECT_EQ(judge({{"title", "Peers"}, {"publication-type.raw", "Corrected and Republished Article"}}), "keep");
}

TEST(DuplicateReportFilter, TitlesAndNotesOnlyPropose) {
  for (const char* title : {"Reprint of: Peers at work", "Republished paper: peers at work", "Peers at work [Reprint].",
                            "Peers at work (reprinted from Work, 2001)", "REPUBLISHED: Peers at work"})
    EXPECT_EQ(judge({{"title", title}}), "duplicate-report.by-title") << title;
  EXPECT_EQ(judge({{"title", "Peers"}, {"note", "Reprinted from Work 12 (2001)"}}), "duplicate-report.by-note");
}

TEST(DuplicateReportFilter, WordsAboutReprintsAreNoReprint) {
  for (const char* title : {"Reprint requests and their fate", "Reprints in psychiatry (a survey)", "Peers (PSW)", "",
                            "Peers at work: a reprint of ideas", "Reprinting peers: a study"})
    EXPECT_EQ(judge({{"title", title}}), "keep") << title;
  EXPECT_EQ(judge({{"note", "Reprints are available from the author"}}), "keep");
}
