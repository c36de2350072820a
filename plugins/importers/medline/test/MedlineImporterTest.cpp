#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <winnow/testing.hpp>

using testing::ElementsAre;
using winnow::testing::MockHost;

namespace {
const winnow_stage* medline() { return winnow_plugin_v1.stage(0); }
const std::string kRecord =
    "PMID- 31000001\nOWN - NLM\nIS  - 1532-1827 (Electronic)\nVI  - 4\nIP  - 2\nDP  - 2020 Jul-Aug\nTI  - Peers at work in the\n      public services.\nPG  - 943-7\nLID - 10.5555/m.1 [doi]\n"
    "AB  - First line\n      and second.\nFAU - Berg, Anna\nAU  - Berg A\nCN  - The Peer Group\nLA  - eng\nPT  - Journal Article\nPT  - Editorial\nTA  - J Peers\nJT  - Journal of peers\n"
    "MH  - *Peer Group\nSO  - J Peers. 2020;4(2):943-7.\n\n";
}  // namespace

TEST(MedlineImporter, ReadsOneRecord) {
  MockHost host;
  const auto records = host.read(medline(), kRecord).records;
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(records[0].first("title"), "Peers at work in the public services");
  EXPECT_EQ(records[0].first("abstract"), "First line and second.");
  EXPECT_EQ(records[0].first("author.given"), "Anna");
  EXPECT_EQ(records[0].first("author.literal"), "The Peer Group");
  EXPECT_EQ(records[0].first("page"), "943-947");
  EXPECT_EQ(records[0].first("id.doi"), "10.5555/m.1");
  EXPECT_EQ(records[0].first("id.pmid"), "31000001");
  EXPECT_EQ(records[0].first("issued.month"), "7");
  EXPECT_THAT(records[0].all("publication-type"), ElementsAre("article", "editorial"));
  EXPECT_EQ(records[0].first("container.title"), "Journal of peers");
  EXPECT_TRUE(host.diagnostics.empty());
}

TEST(MedlineImporter, RecordsWithoutABlankLineBetween) {
  MockHost host;
  const std::string tight = kRecord.substr(0, kRecord.size() - 1);
  EXPECT_EQ(host.read(medline(), tight + tight).records.size(), 2u);
  EXPECT_EQ(host.read(medline(), "OWN - ERIC\nTI  - One\nPT  - Reports\nOWN - ERIC\nTI  - Two\n").records.size(), 2u);
}

TEST(MedlineImporter, ALostIndentIsTold) {
  MockHost host;
  const auto records = host.read(medline(), "PMID- 1\nTI  - Peers at\nwork\nSO  - x\n").records;
  EXPECT_EQ(records[0].first("title"), "Peers at work");
  ASSERT_EQ(host.diagnostics.size(), 1u);
  EXPECT_EQ(host.diagnostics[0].code, "nbib.lost-indent");
  EXPECT_EQ(host.diagnostics[0].line, 3u);
}

TEST(MedlineImporter, TranslatedTitles) {
  MockHost host;
  const auto records = host.read(medline(), "PMID- 1\nTI  - [Peers at work].\nTT  - Likepersoner i arbeid.\nSO  - x\n").records;
  EXPECT_EQ(records[0].first("title"), "Peers at work");
  EXPECT_EQ(records[0].first("title.original"), "Likepersoner i arbeid.");
}

TEST(MedlineImporter, ProbeByContent) {
  MockHost host;
  EXPECT_EQ(host.probe(medline(), kRecord).first, 95u);
  EXPECT_EQ(host.probe(medline(), "TY  - JOUR\nTI  - x\nER  - \n").first, 0u);
  EXPECT_EQ(host.read(medline(), "no record\n").status, WINNOW_FAILED);
}
