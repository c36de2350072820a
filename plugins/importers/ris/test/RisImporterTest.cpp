#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <winnow/testing.hpp>

using testing::ElementsAre;
using winnow::testing::MockHost;

namespace {

const winnow_stage* ris() { return winnow_plugin_v1.stage(0); }

std::vector<winnow::testing::TestRecord> read(MockHost& host, std::string_view text) { return host.read(ris(), text).records; }

}  // namespace

TEST(RisImporter, ReadsOneRecord) {
  MockHost host;
  const auto records = read(host, "TY  - JOUR\nTI  - Peers at work\nAU  - Berg, Anna\nPY  - 2019/03/02/\nT2  - Journal of Peers\nVL  - 4\nIS  - 2\n"
                                  "SP  - 943\nEP  - 7\nDO  - https://doi.org/10.5555/Ab.1\nSN  - 1234567X\nLA  - eng\nKW  - work\nER  - \n");
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(records[0].first("type"), "article-journal");
  EXPECT_EQ(records[0].first("title"), "Peers at work");
  EXPECT_EQ(records[0].first("author.family"), "Berg");
  EXPECT_EQ(records[0].first("issued.year"), "2019");
  EXPECT_EQ(records[0].first("issued.day"), "2");
  EXPECT_EQ(records[0].first("container.title"), "Journal of Peers");
  EXPECT_EQ(records[0].first("page"), "943-947");
  EXPECT_EQ(records[0].first("id.doi"), "10.5555/Ab.1");
  EXPECT_EQ(records[0].first("id.issn"), "1234-567X");
  EXPECT_EQ(records[0].first("language"), "en");
  EXPECT_TRUE(host.diagnostics.empty());
}

TEST(RisImporter, EveryLineEndAndChunkGivesTheSame) {
  const std::string lf = "TY  - JOUR\nTI  - One\nER  - \nTY  - JOUR\nTI  - Two\nER  - \n";
  for (const std::string end : {"\n", "\r\n", "\r"})
    for (const std::size_t chunk : {std::size_t{1}, std::size_t{7}, std::size_t{4096}}) {
      std::string text;
      for (const char c : lf) text += c == '\n' ? end : std::string(1, c);
      MockHost host;
      host.chunk = chunk;
      const auto records = read(host, text);
      ASSERT_EQ(records.size(), 2u);
      EXPECT_EQ(records[1].first("title"), "Two");
      EXPECT_EQ(records[1].at.line, 4u);
      EXPECT_EQ(text.substr(records[1].at.byte, 2), "TY");
    }
}

TEST(RisImporter, KeepsRecordsWithoutAnEnd) {
  MockHost host;
  const auto records = read(host, "TY  - JOUR\nTI  - One\nTY  - JOUR\nTI  - Two\n");
  ASSERT_EQ(records.size(), 2u);
  ASSERT_EQ(host.diagnostics.size(), 2u);
  EXPECT_EQ(host.diagnostics[0].code, "ris.missing-er");
  EXPECT_EQ(host.diagnostics[0].line, 3u);
  EXPECT_EQ(host.diagnostics[1].message, "the last record has no ER line");
}

TEST(RisImporter, TextThatLooksLikeAnEndIsText) {
  MockHost host;
  const auto records = read(host, "TY  - JOUR\nTI  - One\nAB  - first\nERROR rates were low\nER  - \n");
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(records[0].first("abstract"), "first ERROR rates were low");
}

TEST(RisImporter, WhatStandsBetweenRecordsIsNoRecord) {
  MockHost host;
  const auto records = read(host, "1.\nTY  - JOUR\nTI  - One\nER  - \nNL  - x\n\nLink to the Ovid Full Text\n\n<2. >\nTY  - JOUR\nTI  - Two\nER  - \n");
  EXPECT_EQ(records.size(), 2u);
}

TEST(RisImporter, EbscoKeepsLanguageTypeAndDoiElsewhere) {
  MockHost host;
  const auto records = read(host, "TY  - JOUR\nID  - 1\nT1  - One\nL3  - 10.5555/x.9\nN1  - Accession Number: 116. Language: English. Entry Date: 2016. "
                                  "Publication Type: Case Study; pictorial. Journal Subset: Peers.\nDP  - EBSCOhost\nAB  - text\nAB  - Copyright of X is the property of Y\nER  - \n");
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(records[0].first("id.doi"), "10.5555/x.9");
  EXPECT_EQ(records[0].first("language"), "en");
  EXPECT_THAT(records[0].all("publication-type"), ElementsAre("case-report", "other"));
  EXPECT_EQ(records[0].first("abstract"), "text");
  EXPECT_EQ(records[0].first("abstract.copyright"), "Copyright of X is the property of Y");
}

TEST(RisImporter, PrimoSubtitleAndOvidTestAuthors) {
  MockHost host;
  auto records = read(host, "TY  - BOOK\nT1  - Music\nT1  -  an ethnology\nUR  - https://x.primo.org/1\nER  - \n");
  EXPECT_EQ(records[0].first("title"), "Music: an ethnology");
  records = read(host, "TY  - JOUR\nTI  - One.\nA2  - Tester, T\nDB  - APA PsycInfo <2021>\nER  - \n");
  EXPECT_EQ(records[0].first("title"), "One");
  EXPECT_TRUE(records[0].all("editor.family").empty());
}

TEST(RisImporter, OneRecordInWindows1252) {
  MockHost host;
  const auto records = read(host, "TY  - JOUR\nTI  - caf\xE9\nER  - \nTY  - JOUR\nTI  - café\nER  - \n");
  EXPECT_EQ(records[0].first("title"), "café");
  EXPECT_EQ(records[1].first("title"), "café");
  ASSERT_EQ(host.diagnostics.size(), 1u);
  EXPECT_EQ(host.diagnostics[0].code, "text.cp1252");
  EXPECT_EQ(host.diagnostics[0].line, 2u);
  EXPECT_EQ(host.diagnostics[0].column, 10u);
}

TEST(RisImporter, AYearThatCannotBeReadIsNone) {
  MockHost host;
  const auto records = read(host, "TY  - JOUR\nTI  - One\nPY  - 10 15\nER  - \n");
  EXPECT_EQ(records[0].first("issued.year"), "");
  ASSERT_EQ(host.diagnostics.size(), 1u);
  EXPECT_EQ(host.diagnostics[0].message, "'10 15' tells no year");
  EXPECT_EQ(host.diagnostics[0].line, 3u);
}

TEST(RisImporter, ProbeKnowsItsOwn) {
  MockHost host;
  EXPECT_EQ(host.probe(ris(), "TY  - JOUR\nTI  - One\nER  - \n").first, 95u);
  EXPECT_EQ(host.probe(ris(), "TY  - JOUR\nDB  - Scopus\nER  - \n").second, "scopus");
  EXPECT_EQ(host.probe(ris(), "PMID- 1\nTI  - One\n").first, 0u);
  EXPECT_EQ(host.probe(ris(), "").first, 0u);
}

TEST(RisImporter, NothingButBlanksIsAnError) {
  MockHost host;
  const auto result = host.read(ris(), "no record here\n");
  EXPECT_EQ(result.status, WINNOW_FAILED);
  EXPECT_EQ(host.diagnostics.back().code, "ris.no-record");
}
