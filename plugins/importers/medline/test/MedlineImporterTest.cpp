#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <winnow/testing.hpp>

using testing::ElementsAre;
using winnow::testing::MockHost;

namespace {
const winnow_stage* medline() { return winnow_plugin_v1.stage(0); }
const std::string kRecord =
    "PMID- 31000001\nOWN - NLM\nIS  - 1532-1827 (Electronic)\nVI  - 4\nIP  - 2\nDP  - 2020 Jul-Aug\nTI  - Peers at "
    "work in the\n      public services.\nPG  - 943-7\nLID - 10.5555/m.1 [doi]\n"
    "AB  - First line\n      and second.\nFAU - Berg, Anna\nAU  - Berg A\nCN  - The Peer Group\nLA  - eng\nPT  - "
    "Journal Article\nPT  - Editorial\nTA  - J Peers\nJT  - Journal of peers\n"
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
  const auto records =
      host.read(medline(), "PMID- 1\nTI  - [Peers at work].\nTT  - Likepersoner i arbeid.\nSO  - x\n").records;
  EXPECT_EQ(records[0].first("title"), "Peers at work");
  EXPECT_EQ(records[0].first("title.original"), "Likepersoner i arbeid.");
}

TEST(MedlineImporter, ProbeByContent) {
  MockHost host;
  EXPECT_EQ(host.probe(medline(), kRecord).first, 95u);
  EXPECT_EQ(host.probe(medline(), "TY  - JOUR\nTI  - x\nER  - \n").first, 0u);
  EXPECT_EQ(host.read(medline(), "no record\n").status, WINNOW_FAILED);
}

TEST(MedlineImporter, WhatIsKnownOfAPersonStandsInTheirGroup) {
  MockHost host;
  const auto records = host.read(medline(),
                                 "PMID- 1\nFAU - Berg, Anna\nAU  - Berg A\nAUID- ORCID: 0000000218250097\nAD  - "
                                 "Oslo.\nCN  - The Peer Group\n"
                                 "FAU - Dahl, Ola\nAU  - Dahl O\nAD  - Bergen.\nAU  - Zhang YW\nFIR - Lie, Per\nIR  - "
                                 "Lie P\nAD  - Paris.\nSO  - x\n\n")
                           .records;
  ASSERT_EQ(records.size(), 1u);
  std::vector<std::string> lines;
  for (const auto& f : records[0].fields)
    if (f.tag.rfind("author.", 0) == 0)
      lines.push_back(std::to_string(f.group) + " " + f.tag.substr(7) + " " + f.value);
  EXPECT_THAT(lines, ElementsAre("1 family Berg", "1 given Anna", "1 orcid 0000-0002-1825-0097", "1 affiliation Oslo.",
                                 "2 literal The Peer Group", "3 family Dahl", "3 given Ola", "3 affiliation Bergen.",
                                 "4 family Zhang", "4 given YW"));
}

TEST(MedlineImporter, EricHasItsOwnWays) {
  MockHost host;
  const auto records =
      host.read(
              medline(),
              "OWN - ERIC\nTI  - One\nJT  - Journal of Peers\nOID - EJ1208101\nISSN - EISSN-0028-0836\nPT  - Reports - "
              "Research\n\n"
              "OWN - ERIC\nTI  - Two\nJT  - Peer Press\nOID - ED529121\nISBN - ISBN-978-3-16-148410-0\nPT  - Books\n\n"
              "OWN - ERIC\nTI  - Three\nOID - ED600000\nPT  - Dissertations/Theses - Doctoral Dissertations\n")
          .records;
  ASSERT_EQ(records.size(), 3u);
  EXPECT_EQ(records[0].first("type"), "article-journal");
  EXPECT_EQ(records[0].first("id.issn"), "0028-0836");
  EXPECT_EQ(records[0].first("id.accession"), "EJ1208101");
  EXPECT_EQ(records[0].first("container.title"), "Journal of Peers");
  EXPECT_EQ(records[1].first("type"), "book");
  EXPECT_EQ(records[1].first("publisher"), "Peer Press");
  EXPECT_EQ(records[1].first("container.title"), "");
  EXPECT_EQ(records[1].first("id.isbn"), "9783161484100");
  EXPECT_EQ(records[2].first("type"), "thesis");
  EXPECT_EQ(records[2].first("publication-type"), "thesis");
}

TEST(MedlineImporter, BatchesKeepTheLineBetweenThem) {
  std::string text;
  for (int i = 1; i <= 600; ++i)
    text += "PMID- " + std::to_string(i) + "\nTI  - Title " + std::to_string(i) + "\nSO  - x\n\n";
  MockHost host;
  host.chunk = 13;
  const auto records = host.read(medline(), text).records;
  ASSERT_EQ(records.size(), 600u);
  for (std::size_t i = 0; i < records.size(); ++i) {
    ASSERT_EQ(records[i].first("id.pmid"), std::to_string(i + 1));
    ASSERT_EQ(text.substr(records[i].at.byte, 5), "PMID-");
  }
  EXPECT_TRUE(host.diagnostics.empty());
}

TEST(MedlineImporter, ALineBehindABlankOneIsNoOtherFormat) {
  MockHost host;
  const auto records = host.read(medline(), "PMID- 1\nTI  - Walking.\nAB  - First part.\n\nA second part.\n").records;
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(records[0].first("abstract"), "First part. A second part.");
}

TEST(MedlineImporter, TagsWithoutTheBlankBehind) {
  MockHost host;
  const auto records =
      host.read(medline(), "PMID-31000001\nTI  -Peers at work\nAB  - one\nABCD-efgh\nSO  - x\n").records;
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(records[0].first("id.pmid"), "31000001");
  EXPECT_EQ(records[0].first("title"), "Peers at work");
  EXPECT_EQ(records[0].first("abstract"), "one ABCD-efgh");
}

TEST(MedlineImporter, OnlyACutLineIsATruncation) {
  MockHost host;
  const std::string cut = "PMID- 1\nTI  - One\nAB  - x\nFAU - Berg, Anna\nAD  - Institute of Sys";
  host.read(medline(), cut + "tems\n");
  EXPECT_TRUE(host.diagnostics.empty());
  EXPECT_EQ(host.read(medline(), cut).records.size(), 1u);
  ASSERT_EQ(host.diagnostics.size(), 1u);
  EXPECT_EQ(host.diagnostics[0].message, "the last record ends in the middle");
  EXPECT_EQ(host.diagnostics[0].line, 5u);
}

TEST(MedlineImporter, BytesThatAreNoText) {
  MockHost host;
  std::string text = "PMID- 1\nTI  - caf\xE9\nAB  - a@b\nSO  - x\n";
  text[text.find('@')] = '\0';
  const auto records = host.read(medline(), text).records;
  EXPECT_EQ(records[0].first("title"), "caf\xC3\xA9");
  EXPECT_EQ(records[0].first("abstract"), "ab");
  ASSERT_EQ(host.diagnostics.size(), 2u);
  EXPECT_EQ(host.diagnostics[0].code, "text.cp1252");
  EXPECT_EQ(host.diagnostics[0].column, 10u);
  EXPECT_EQ(host.diagnostics[1].code, "text.nul");
  EXPECT_EQ(host.diagnostics[1].line, 3u);
  EXPECT_EQ(host.diagnostics[1].column, 8u);
}
