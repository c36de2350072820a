#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <winnow/testing.hpp>

using testing::ElementsAre;
using winnow::testing::MockHost;

namespace {
const winnow_stage* csv() { return winnow_plugin_v1.stage(0); }
const winnow_stage* sheet() { return winnow_plugin_v1.stage(1); }
}  // namespace

TEST(CsvImporter, SeparatorsWithinQuotesSeparateNothing) {
  MockHost host;
  const auto records =
      host.read(csv(), "Title;\"Abstract, as printed, without tables, or figures\";Year\nPeers;One, two;2020\n")
          .records;
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(records[0].first("title"), "Peers");
  EXPECT_EQ(records[0].first("issued.year"), "2020");
}

TEST(CsvImporter, ABackslashThatEscapesNothingSwallowsNoRow) {
  MockHost host;
  const auto records = host.read(csv(),
                                 "Title,Year,Journal\n\"Peers \\\" at work,2019,Journal of Peers\n"
                                 "Second,2020,Journal of Peers\nThird,2021,Journal of Peers\n")
                           .records;
  ASSERT_EQ(records.size(), 3u);
  EXPECT_EQ(records[1].first("title"), "Second");
  EXPECT_EQ(records[2].first("issued.year"), "2021");
}

TEST(CsvImporter, ABackslashThatEscapesNoQuoteStays) {
  MockHost host;
  const auto records = host.read(csv(),
                                 "Title,Year,Journal\n\"Peers, \\\"at\\\" work \\alpha\",2019,Journal of Peers\n"
                                 "Second,2020,Journal of Peers\n")
                           .records;
  ASSERT_EQ(records.size(), 2u);
  EXPECT_EQ(records[0].first("title"), "Peers, \"at\" work \\alpha");
}

TEST(CsvImporter, ScopusWithFullNames) {
  MockHost host;
  const auto records =
      host.read(csv(),
                "\"Authors\",\"Author full names\",\"Title\",\"Year\",\"Source title\",\"Volume\",\"Issue\",\"Art. "
                "No.\",\"Page start\",\"Page end\",\"DOI\","
                "\"Language of Original Document\",\"Document Type\",\"EID\"\n"
                "\"Liu F.; Li C.\",\"Liu, Fang (57); Li, Chen (58)\",\"Peers, \"\"at\"\" work\",\"2020\",\"J "
                "Peers\",\"4\",\"2\",\"\",\"943\",\"7\",\"10.5555/s.1\",\"English\",\"Article\",\"2-s2.0-1\"\n")
          .records;
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(records[0].first("title"), "Peers, \"at\" work");
  EXPECT_THAT(records[0].all("author.family"), ElementsAre("Liu", "Li"));
  EXPECT_THAT(records[0].all("author.given"), ElementsAre("Fang", "Chen"));
  EXPECT_EQ(records[0].first("page"), "943-947");
  EXPECT_EQ(records[0].first("language"), "en");
  EXPECT_EQ(records[0].first("publication-type"), "article");
  EXPECT_EQ(records[0].first("type"), "article-journal");
  EXPECT_TRUE(host.diagnostics.empty());
}

TEST(CsvImporter, DelimitersAndLineBreaksInCells) {
  for (const std::string d : {",", ";", "\t", "|"}) {
    MockHost host;
    const auto records = host.read(csv(), "title" + d + "authors" + d + "year" + d + "abstract\n\"One\nline\"" + d +
                                              "Berg A." + d + "2019" + d + "text\nTwo" + d + "" + d + "2020" + d + "\n")
                             .records;
    ASSERT_EQ(records.size(), 2u) << d;
    EXPECT_EQ(records[0].first("title"), "One line");
    EXPECT_EQ(records[1].first("title"), "Two");
    EXPECT_EQ(records[1].at.line, 4u);
  }
}

TEST(CsvImporter, AnUnclosedQuoteSwallowsNothing) {
  MockHost host;
  const auto records =
      host.read(csv(), "title,authors,year\n\"One,Berg A.,2019\nTwo,Lund B.,2020\nThree,Dahl C.,2021\n").records;
  ASSERT_EQ(records.size(), 3u);
  EXPECT_EQ(records[1].first("title"), "Two");
  ASSERT_FALSE(host.diagnostics.empty());
  EXPECT_EQ(host.diagnostics[0].code, "csv.unclosed-quote");
  EXPECT_EQ(host.diagnostics[0].line, 2u);
}

TEST(CsvImporter, RaggedRowsAndMissingTitles) {
  MockHost host;
  EXPECT_EQ(host.read(csv(), "title,authors,year\nOne,Berg A.\nTwo,Lund B.,2020,more\n").records.size(), 2u);
  ASSERT_EQ(host.diagnostics.size(), 2u);
  EXPECT_EQ(host.diagnostics[0].message, "the row has 2 cells, the heading row 3");
  EXPECT_EQ(host.diagnostics[1].line, 3u);
  MockHost other;
  const auto result = other.read(csv(), "authors,year,journal\nBerg A.,2019,J\n");
  EXPECT_EQ(result.status, WINNOW_FAILED);
  EXPECT_EQ(other.diagnostics[0].message, "the table has no column of titles");
}

TEST(CsvImporter, RunTogetherAuthorsAndRecordIds) {
  MockHost host;
  const auto records = host.read(csv(),
                                 "record_id,type,title,authors,year,journal,isbn_issn\nid_1,,One,Adeli K.Lewis G. "
                                 "F.,2008,J,0957-9672 (Print) 0957-9672\n")
                           .records;
  EXPECT_EQ(records[0].first("id.local"), "id_1");
  EXPECT_THAT(records[0].all("author.family"), ElementsAre("Adeli", "Lewis"));
  EXPECT_THAT(records[0].all("id.issn"), ElementsAre("0957-9672"));
}

TEST(CsvImporter, ProbeByHeadings) {
  MockHost host;
  EXPECT_EQ(host.probe(csv(), "Authors,Title,Year,Source title,EID\n").second, "scopus");
  EXPECT_EQ(host.probe(csv(), "TY  - JOUR\nTI  - a, b, c\n").first, 0u);
  EXPECT_EQ(host.probe(csv(), "").first, 0u);
}

TEST(SheetImporter, CellsByHeading) {
  MockHost host;
  const auto records =
      host.read(sheet(),
                "record,reviewer,decision,note\ndoi:10.5555/1,KBAA,include,\n\ndoi:10.5555/2,ON,exclude,\"a, b\"\n")
          .records;
  ASSERT_EQ(records.size(), 3u);
  EXPECT_THAT(records[0].all("sheet.heading"), ElementsAre("record", "reviewer", "decision", "note"));
  EXPECT_EQ(records[2].first("cell.note"), "a, b");
  EXPECT_EQ(records[2].at.line, 4u);
  EXPECT_EQ(records[2].first("sheet.row"), "4");
  EXPECT_EQ(records[1].all("cell.note").size(), 0u);
}

TEST(SheetImporter, EncodedTwiceIsReadOnce) {
  MockHost host;
  const auto records =
      host.read(sheet(),
                "\u00EF\u00BB\u00BFdecision,record,reviewer\r\ninclude,r:1,K\u00C3\u2026\r\nexclude,r:2,\u00C5se\r\n")
          .records;
  ASSERT_EQ(records.size(), 3u);
  EXPECT_EQ(records[1].first("cell.reviewer"), "K\u00C5");
  EXPECT_EQ(records[2].first("cell.reviewer"), "\u00C5se");  // typed after it was opened
  EXPECT_EQ(host.diagnostics.front().code, "sheet.double-encoded");
}

TEST(CsvImporter, CitationsOfPubMedAndEmbase) {
  MockHost host;
  const auto pubmed =
      host.read(csv(),
                "PMID,Title,Authors,Citation,Journal/Book,Publication Year\n1,One,\"Berg A, Lund B\",\"J Peers. 2021 "
                "Dec 21;12(3 Suppl):943-7. doi: 10.5555/a.\",Journal of Peers,2021\n")
          .records;
  ASSERT_EQ(pubmed.size(), 1u);
  EXPECT_EQ(pubmed[0].first("volume"), "12");
  EXPECT_EQ(pubmed[0].first("issue"), "3 Suppl");
  EXPECT_EQ(pubmed[0].first("page"), "943-947");
  EXPECT_EQ(pubmed[0].first("id.doi"), "10.5555/a");
  EXPECT_EQ(pubmed[0].first("container.title"), "Journal of Peers");
  const auto embase = host.read(csv(),
                                "Title,Author Names,Source\nOne,\"Berg A., Lund B.\",Cancer (2004) 102:4 (253-258). "
                                "Date of Publication: 25 Aug 2004\n")
                          .records;
  ASSERT_EQ(embase.size(), 1u);
  EXPECT_EQ(embase[0].first("container.title"), "Cancer");
  EXPECT_EQ(embase[0].first("issued.year"), "2004");
  EXPECT_EQ(embase[0].first("issue"), "4");
}

TEST(CsvImporter, AQuoteThatClosesRowsLaterIsCut) {
  MockHost host;
  const auto records =
      host.read(csv(), "title,authors,year\n\"One,Berg A.,2019\nTwo,Lund B.,2020\n\"Three\",Dahl C.,2021\n").records;
  ASSERT_EQ(records.size(), 3u);
  EXPECT_EQ(records[1].first("title"), "Two");
  EXPECT_EQ(records[2].first("title"), "Three");
}

TEST(CsvImporter, NamesGivenFirstInACommaList) {
  MockHost host;
  const auto records = host.read(csv(), "title,authors,year\nOne,\"Ada Berg, Bo Lund, Cy van Dahl\",2019\n").records;
  EXPECT_THAT(records[0].all("author.family"), ElementsAre("Berg", "Lund", "van Dahl"));
}

TEST(SheetImporter, RayyansVotesAreGroups) {
  MockHost host;
  const auto records = host.read(sheet(),
                                 "key,title,pubmed_id,notes\nrayyan-1,One,,\"RAYYAN-INCLUSION: {\"\"A, "
                                 "\\\"\"B\\\"\"\"\"=>\"\"Excluded\"\", \"\"c@example.org\"\"=>\"\"Maybe\"\"} | "
                                 "RAYYAN-EXCLUSION-REASONS: x,y\"\n")
                           .records;
  ASSERT_EQ(records.size(), 1u);
  const auto reviewers = records[0].all("cell.reviewer");
  ASSERT_EQ(reviewers.size(), 2u);
  EXPECT_EQ(reviewers[0], "A, \"B\"");
  EXPECT_EQ(reviewers[1].substr(0, 9), "reviewer-");
  EXPECT_EQ(records[0].first("cell.reason"), "x");
  EXPECT_EQ(records[0].first("cell.note"), "reasons also given: y");
}

TEST(CsvImporter, ALongRowInSmallChunksTakesLinearTime) {
  // Looked at anew with every chunk, it would be some 5,000 million bytes here.
  for (const std::string cell : {"a", "\"a\"", "\n"}) {
    std::string text = "Title,Authors,Year\nOne,\"";
    for (int i = 0; i < 100'000; ++i) text += cell;
    MockHost host;
    host.chunk = 1;
    EXPECT_GE(host.read(csv(), text + "\",2019\n").records.size(), 1u);
  }
}

TEST(CsvImporter, NamesOfSpringerLinkRunTogether) {
  MockHost host;
  const auto records =
      host.read(csv(),
                "Item Title,Publication Title,Item DOI,Authors,Publication Year,Content Type\n"
                "One,J,10.5555/s.1,Kari HansenOla McMoeÅse Østby-LieLiv O'NeilJan DeWitt,2021,Article\n"
                "Two,B,10.5555/s.2,Prof. Dr. Cai Moe,2021,Chapter\n")
          .records;
  ASSERT_EQ(records.size(), 2u);
  EXPECT_THAT(records[0].all("author.family"), ElementsAre("Hansen", "McMoe", "Østby-Lie", "O'Neil", "DeWitt"));
  EXPECT_THAT(records[0].all("author.given"), ElementsAre("Kari", "Ola", "Åse", "Liv", "Jan"));
  EXPECT_THAT(records[1].all("author.given"), ElementsAre("Cai"));
  EXPECT_EQ(records[1].first("type"), "chapter");
}

TEST(CsvImporter, PublishOrPerishTellsBodiesFromPeople) {
  MockHost host;
  const auto records = host.read(csv(),
                                 "Cites,Authors,Title,Year,Source,GSRank\n"
                                 "3,\"K Hansen, OB van der Moe...\",One,2021,J,1\n"
                                 "3,Nowhere Walking Association,Two,2021,J,2\n"
                                 "3,\"K Hansen, World Health Organization, O Moe…\",Three,2021,J,3\n")
                           .records;
  ASSERT_EQ(records.size(), 3u);
  EXPECT_THAT(records[0].all("author.family"), ElementsAre("Hansen", "van der Moe"));
  EXPECT_THAT(records[1].all("author.literal"), ElementsAre("Nowhere Walking Association"));
  EXPECT_THAT(records[2].all("author.family"), ElementsAre("Hansen", "Moe"));
  EXPECT_THAT(records[2].all("author.literal"), ElementsAre("World Health Organization"));
}
