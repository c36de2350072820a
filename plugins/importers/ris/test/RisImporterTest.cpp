#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include <winnow/testing.hpp>

using testing::ElementsAre;
using winnow::testing::MockHost;

namespace {

const winnow_stage* ris() { return winnow_plugin_v1.stage(0); }

std::vector<winnow::testing::TestRecord> read(MockHost& host, std::string_view text) {
  return host.read(ris(), text).records;
}

}  // namespace

TEST(RisImporter, OfTwoTitlesTIStandsWhateverComesFirst) {
  MockHost host;
  for (const char* lines :
       {"TI  - Peers at work\nT1  - Likemenn i arbeid\n", "T1  - Likemenn i arbeid\nTI  - Peers at work\n"}) {
    const auto records = host.read(ris(), "TY  - JOUR\n" + std::string(lines) + "ER  - \n").records;
    ASSERT_EQ(records.size(), 1u);
    EXPECT_EQ(records[0].first("title"), "Peers at work") << lines;
    EXPECT_EQ(records[0].first("title.translated"), "Likemenn i arbeid") << lines;
  }
}

TEST(RisImporter, OfSeveralDatesTheYearOfPublicationCounts) {
  MockHost host;
  const auto yearOf = [&](const std::string& lines) {
    return host.read(ris(), "TY  - JOUR\n" + lines + "ER  - \n").records.at(0).first("issued.year");
  };
  EXPECT_EQ(yearOf("Y1  - 2017/05/01\nDA  - 2018/01/02\nPY  - 2019\n"), "2019");
  EXPECT_EQ(yearOf("Y1  - 2017/05/01\nDA  - 2018/01/02\n"), "2018");
  EXPECT_EQ(yearOf("Y1  - 2017/05/01\n"), "2017");
}

TEST(RisImporter, ARecordThatShowsNoDialectIsReadInTheFirstOfItsFile) {
  const std::string ebsco = "TY  - JOUR\nDP  - EBSCOhost\nER  - \n",
                    proquest = "TY  - JOUR\nDB  - ProQuest Central\nER  - \n",
                    plain = "TY  - JOUR\nN1  - PMID: 31000001\nER  - \n";
  MockHost host;
  EXPECT_EQ(host.read(ris(), ebsco + proquest + plain).records.at(2).first("id.pmid"), "31000001");
  EXPECT_EQ(host.read(ris(), proquest + ebsco + plain).records.at(2).first("id.pmid"), "");
}

TEST(RisImporter, ReadsOneRecord) {
  MockHost host;
  const auto records = read(
      host,
      "TY  - JOUR\nTI  - Peers at work\nAU  - Berg, Anna\nPY  - 2019/03/02/\nT2  - Journal of Peers\nVL  - 4\nIS  - 2\n"
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
  const auto records = read(host,
                            "1.\nTY  - JOUR\nTI  - One\nER  - \nNL  - x\n\nLink to the Ovid Full Text\n\n<2. >\nTY  - "
                            "JOUR\nTI  - Two\nER  - \n");
  EXPECT_EQ(records.size(), 2u);
}

TEST(RisImporter, EbscoKeepsLanguageTypeAndDoiElsewhere) {
  MockHost host;
  const auto records = read(host,
                            "TY  - JOUR\nID  - 1\nT1  - One\nL3  - 10.5555/x.9\nN1  - Accession Number: 116. Language: "
                            "English. Entry Date: 2016. "
                            "Publication Type: Case Study; pictorial. Journal Subset: Peers.\nDP  - EBSCOhost\nAB  - "
                            "text\nAB  - Copyright of X is the property of Y\nER  - \n");
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

TEST(RisImporter, AValueOfManyLinesIsReadInLinearTime) {
  // One copy a line would need some 11 GB here.
  constexpr std::size_t kLines = 40000;
  const std::string line = "a line that goes on with the text";
  std::string text = "TY  - JOUR\nAB  - begin\n";
  for (std::size_t i = 0; i < kLines; ++i) text += line + "\n";
  MockHost host;
  const auto records = read(host, text + "ER  - \n");
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(records[0].first("raw:AB").size(), 5 + kLines * (line.size() + 1));
}

TEST(RisImporter, BatchesKeepTheTextOfTheLineBetweenThem) {
  for (const bool ends : {true, false}) {
    std::string text;
    for (int i = 0; i < 600; ++i)
      text += "TY  - JOUR" + std::to_string(i) + "\nTI  - Title " + std::to_string(i) + "\n" + (ends ? "ER  - \n" : "");
    MockHost host;
    host.chunk = 13;
    const auto records = read(host, text);
    ASSERT_EQ(records.size(), 600u);
    for (std::size_t i = 0; i < records.size(); ++i) {
      ASSERT_EQ(records[i].first("raw:TY"), "JOUR" + std::to_string(i));
      ASSERT_EQ(records[i].first("title"), "Title " + std::to_string(i));
      ASSERT_EQ(text.substr(records[i].at.byte, 2), "TY");
    }
    EXPECT_EQ(host.diagnostics.size(), ends ? 0u : 600u);
  }
}

TEST(RisImporter, ACutFileKeepsItsCompleteRecords) {
  const std::string record = "TY  - JOUR\nTI  - Caf\xC3\xA9\nAU  - Berg, Anna\nKW  - a\nb\nPY  - 2019//\nER  - \n\n";
  const std::string text = record + record + record;
  for (std::size_t cut = 12; cut < text.size(); ++cut) {
    MockHost host;
    const auto records = read(host, text.substr(0, cut));
    const std::size_t complete = (cut + 2) / record.size();  // without the blank line and the line end before it
    ASSERT_GE(records.size(), complete) << cut;
    for (std::size_t i = 0; i < complete; ++i) ASSERT_EQ(records[i].first("title"), "Caf\xC3\xA9") << cut;
  }
}

TEST(RisImporter, OfSeveralTypesTheLastThatSaysSomethingCounts) {
  MockHost host;
  const auto records = read(host, "TY  - JOUR\nTY  - BOOK\nTY  - \nTI  - One\nER  - \n");
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(records[0].first("type"), "book");
  EXPECT_THAT(records[0].all("raw:TY"), ElementsAre("JOUR", "BOOK", ""));
  EXPECT_TRUE(host.diagnostics.empty());
}

TEST(RisImporter, OddTagsAreReadAndTold) {
  MockHost host;
  const auto records = read(host, "  TY  - JOUR\n  TI  - One\n  KW - a\n  PMID - 31000001\n  ER  - \n");
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(records[0].first("keyword"), "a");
  EXPECT_EQ(records[0].first("id.pmid"), "31000001");
  ASSERT_EQ(host.diagnostics.size(), 2u);
  EXPECT_EQ(host.diagnostics[0].message, "tags of this record are indented");
  EXPECT_EQ(host.diagnostics[0].line, 1u);
  EXPECT_EQ(host.diagnostics[1].message, "tag 'KW' is not followed by two blanks, a hyphen and a blank");
  EXPECT_EQ(host.diagnostics[1].line, 3u);
  EXPECT_EQ(host.diagnostics[1].column, 5u);
}

TEST(RisImporter, BytesThatAreNoText) {
  MockHost host;
  std::string text = "TY  - JOUR\nTI  - a@b\nAB  - \xC3\xA9 and \xE9\nER  - \n";
  text[text.find('@')] = '\0';
  const auto records = read(host, text);
  EXPECT_EQ(records[0].first("title"), "ab");
  ASSERT_EQ(host.diagnostics.size(), 2u);
  EXPECT_EQ(host.diagnostics[0].message, "the value holds NUL bytes");
  EXPECT_EQ(host.diagnostics[0].line, 2u);
  EXPECT_EQ(host.diagnostics[0].column, 8u);
  EXPECT_EQ(host.diagnostics[1].message, "this record is not UTF-8");
  EXPECT_EQ(host.diagnostics[1].line, 3u);
  EXPECT_EQ(host.diagnostics[1].column, 14u);
}

TEST(RisImporter, EbscoLabelsThatRunTogether) {
  MockHost host;
  const auto records =
      read(host,
           "TY  - JOUR\nT1  - One\nN1  - Accession Number: 2023-1. PMID: 31000001 Partial author list: x. Original "
           "Language: x. "
           "Publication Type: Journal (0100), Peer Reviewed Journal (0110). Format Covered: Electronic. "
           "Document Type: Editorial. Language: GermanMajor Descriptor: Peers; Work. Classification: x.\nDP  - "
           "EBSCOhost\nER  - \n");
  EXPECT_EQ(records[0].first("id.accession"), "2023-1");
  EXPECT_EQ(records[0].first("id.pmid"), "31000001");
  EXPECT_THAT(records[0].all("language"), ElementsAre("de"));
  EXPECT_THAT(records[0].all("publication-type.raw"),
              ElementsAre("Journal (0100)", "Peer Reviewed Journal (0110)", "Editorial"));
  EXPECT_THAT(records[0].all("publication-type"), ElementsAre("article", "article", "editorial"));
}

TEST(RisImporter, DialectsHaveTheirHabits) {
  MockHost host;
  auto records =
      read(host,
           "TY  - JOUR\nAN  - rayyan-7\nTI  - One\nAU  - S, Choudhary\nY1  - 2013\nY2  - 5\nY3  - 2\nCY  - A street\n"
           "UR  - https://example.org/1     U2  - L20\nER  - \n");
  EXPECT_EQ(records[0].first("author.family"), "Choudhary");
  EXPECT_EQ(records[0].first("issued.month"), "5");
  EXPECT_EQ(records[0].first("issued.day"), "2");
  EXPECT_EQ(records[0].first("publisher.place"), "");
  EXPECT_EQ(records[0].first("url"), "https://example.org/1");
  records = read(host, "TY  - JOUR\nA1  - Berg A.\nT1  - One\nN2  - x\nU2  - L643471147\nM1  - Oslo\nER  - \n");
  EXPECT_EQ(records[0].first("id.accession"), "L643471147");
  EXPECT_EQ(records[0].first("issue"), "");
  records = read(host, "TY  - JOUR\nTI  - One\nM1  - 4\nER  - \n");
  EXPECT_EQ(records[0].first("issue"), "4");
  records = read(
      host, "TY  -  JOUR\nT1  -  One\nC3  -  PUBMED 31000001\nUR  -  https://www.cochranelibrary.com/1\nER  -  \n");
  EXPECT_EQ(records[0].first("id.pmid"), "31000001");
  records = read(host, "TY  - JOUR\nT1  - One\nM3  - Cognitive Therapy [3311]\nDB  - APA PsycInfo <2021>\nER  - \n");
  EXPECT_TRUE(records[0].all("publication-type").empty());
}

TEST(RisImporter, OurOwnRecordsAreInNoDialect) {
  MockHost host;
  const auto records = read(host,
                            "TY  - CHAP\nTI  - One.\nA2  - Berg, Anna\nDB  - APA PsycInfo <2021>\n"
                            "C8  - winnow:{\"replace\":[\"edition\"],\"fields\":[{\"edition\":\"2\"}]}\nER  - \n");
  EXPECT_EQ(records[0].first("title"), "One.");
  EXPECT_EQ(records[0].first("editor.family"), "Berg");
  EXPECT_EQ(records[0].first("edition"), "2");
}

TEST(RisImporter, TheDialectIsToldFromContent) {
  const std::pair<std::string, std::string> kSigns[] = {
      {"DB  - Ovid MEDLINE(R) <2022>", "ovid"},
      {"L2  - http://ovidsp.ovid.com/x", "ovid"},
      {"DP  - EBSCOhost", "ebsco"},
      {"UR  - https://www.embase.com/x", "embase"},
      {"DB  - Scopus", "scopus"},
      {"AN  - WOS:000082252000006", "wos"},
      {"UR  - https://search.proquest.com/x", "proquest"},
      {"UR  - https://www.cochranelibrary.com/x", "cochrane"},
      {"ID  - OSLO_ALMA2117197772", "primo"},
      {"DB  - /z-wcorg/", "worldcat"},
      {"T1  - One\nA1  - Berg, Anna\nJO  - Peers\nY1  - 2019", "scholar"},
      {"AU  - Berg, Anna\nST  - One\nTI  - One\nID  - 1", "endnote"},
      {"AN  - rayyan-14431", "rayyan"},
      {"TI  - One\nAU  - Berg, Anna\nDA  - 2019/05/02/\nPY  - 2019", "zotero"},
      {"TI  - One\nPY  - 2019", ""}};
  MockHost host;
  for (const auto& [lines, dialect] : kSigns)
    EXPECT_EQ(host.probe(ris(), "TY  - JOUR\n" + lines + "\nER  - \n").second, dialect) << lines;
  EXPECT_EQ(host.probe(ris(), "TY  - JOUR\nDB  - Scopus\nER  - \n", "x", {{"dialect", "wos"}}).second, "wos");
}

TEST(RisImporter, NumbersStandOnceARecord) {
  MockHost host;
  const auto records =
      read(host, "TY  - JOUR\nSN  - 0028-0836\nSN  - 00280836 (ISSN)\nLA  - eng\nLA  - English\nER  - \n");
  EXPECT_THAT(records[0].all("id.issn"), ElementsAre("0028-0836"));
  EXPECT_THAT(records[0].all("language"), ElementsAre("en"));
}

TEST(RisImporter, AWrongCheckDigitIsKeptAndSaysSo) {
  MockHost host;
  const auto records = read(host, "TY  - JOUR\nSN  - 0028-0835\nSN  - 0028-0836\nER  - \n");
  EXPECT_THAT(records[0].all("id.issn"), ElementsAre("0028-0835", "0028-0836"));
  for (const auto& field : records[0].fields)
    if (field.tag == "id.issn") {
      EXPECT_EQ(field.rule, field.value == "0028-0835" ? "wrong-check-digit" : "ris.tag");
    }
}

TEST(RisImporter, NorwegianIsNoPlaceholder) {
  MockHost host;
  for (const std::string code : {"no", "NO", "No", "nor", "Norwegian"})
    EXPECT_EQ(read(host, "TY  - JOUR\nLA  - " + code + "\nER  - \n")[0].first("language"), "no") << code;
  const auto records = read(host, "TY  - JOUR\nSP  - No\nEP  - Specified\nVL  - nan\nLA  - und\nER  - \n");
  EXPECT_EQ(records[0].first("page"), "");
  EXPECT_EQ(records[0].first("volume"), "");
  EXPECT_EQ(records[0].first("language"), "");
}
