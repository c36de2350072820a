#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include <winnow/testing.hpp>

using testing::ElementsAre;
using winnow::testing::MockHost;

namespace {

const winnow_stage* stage(std::string_view id) {
  for (std::size_t i = 0; const winnow_stage* s = winnow_plugin_v1.stage(i); ++i)
    if (winnow::view(s->id) == id) return s;
  return nullptr;
}

auto read(MockHost& host, std::string_view id, std::string_view text) { return host.read(stage(id), text).records; }

constexpr std::string_view kWos =
    "FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Berg, A\n   Dahl, KM\nAF Berg, Anna\n   Dahl, Kari "
    "Marie\nTI Peers at work: a\n"
    "   study\nSO JOURNAL OF PEERS\nLA English\nDT Article\nCR Foreign A, 2001, DOI 10.5555/not.mine\nSN 1234-567X\nPD "
    "MAR 2\nPY 2019\nVL 4\n"
    "BP 943\nEP 947\nDI 10.5555/ab.1\nER\n\nPT J\nDT Article; Book Chapter\nTI A chapter\nSO A book\nPY "
    "2020\nER\n\nEF\n";

}  // namespace

TEST(TaggedImporter, WebOfScienceFieldsComeFromTheTable) {
  MockHost host;
  const auto records = read(host, "importers.wos", kWos);
  ASSERT_EQ(records.size(), 2u);
  EXPECT_EQ(records[0].first("title"), "Peers at work: a study");
  EXPECT_THAT(records[0].all("author.given"), ElementsAre("Anna", "Kari Marie"));
  EXPECT_EQ(records[0].first("issued.month"), "3");
  EXPECT_EQ(records[0].first("page"), "943-947");
  EXPECT_EQ(records[0].first("id.doi"), "10.5555/ab.1");
  EXPECT_EQ(records[0].first("raw:CR"), "Foreign A, 2001, DOI 10.5555/not.mine");
  EXPECT_EQ(records[0].at.line, 3u);
  EXPECT_EQ(records[1].first("type"), "chapter");
  EXPECT_EQ(records[1].first("container.title"), "A book");
  EXPECT_TRUE(host.diagnostics.empty());
}

TEST(TaggedImporter, EveryLineEndAndChunkGivesTheSame) {
  for (const std::string end : {"\n", "\r\n", "\r"})
    for (const std::size_t chunk : {std::size_t{1}, std::size_t{7}, std::size_t{4096}}) {
      std::string text;
      for (const char c : kWos) text += c == '\n' ? end : std::string(1, c);
      MockHost host;
      host.chunk = chunk;
      const auto records = read(host, "importers.wos", text);
      ASSERT_EQ(records.size(), 2u);
      EXPECT_EQ(records[0].first("title"), "Peers at work: a study");
      EXPECT_EQ(text.substr(records[1].at.byte, 4), "PT J");
    }
}

TEST(TaggedImporter, CutAnywhereItKeepsWhatIsWhole) {
  const std::size_t secondBegins = kWos.find("PT J\nDT");
  for (std::size_t size = 0; size <= kWos.size(); ++size) {
    MockHost host;
    const auto records = read(host, "importers.wos", kWos.substr(0, size));
    if (size < secondBegins)
      EXPECT_LE(records.size(), 1u);
    else
      EXPECT_GE(records.size(), 1u);
  }
}

TEST(TaggedImporter, AMissingEndIsToldWhereTheNextRecordBegins) {
  MockHost host;
  EXPECT_EQ(read(host, "importers.wos", "PT J\nTI One\nPT J\nTI Two\nER\n").size(), 2u);
  ASSERT_EQ(host.diagnostics.size(), 1u);
  EXPECT_EQ(host.diagnostics[0].code, "tagged.missing-end");
  EXPECT_EQ(host.diagnostics[0].line, 3u);
}

TEST(TaggedImporter, BytesThatAreNoUtf8AndNulAreTold) {
  MockHost host;
  const auto records = read(host, "importers.wos", std::string("PT J\nTI Caf\xE9\nSO A\0B\nER\n", 23));
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(records[0].first("title"), "Café");
  EXPECT_EQ(records[0].first("container.title"), "AB");
  ASSERT_EQ(host.diagnostics.size(), 2u);
  EXPECT_EQ(host.diagnostics[0].code, "text.cp1252");
  EXPECT_EQ(host.diagnostics[1].code, "text.nul");
}

TEST(TaggedImporter, RefWorksTextGoesOnWithoutIndent) {
  MockHost host;
  const auto records = read(host, "importers.refworks",
                            "RT Book, Section\nA1 Berg,Anna\nT1 Peers\nAB First line\nUS readers\nYR 2019\n\nRT "
                            "Journal Article\nT1 Second\n");
  ASSERT_EQ(records.size(), 2u);
  EXPECT_EQ(records[0].first("abstract"), "First line US readers");
  EXPECT_EQ(records[0].first("type"), "chapter");
  EXPECT_EQ(records[1].first("type"), "article-journal");
}

TEST(TaggedImporter, OvidSourceIsTakenApart) {
  MockHost host;
  const auto records =
      read(host, "importers.ovid",
           "<1. >\nVN  - Ovid Technologies\nTI  - Peers.\nSO  - Journal of Peers. 12(3):327-334, November 15, 2019.\n"
           "AU  - Dahl, Kari MD, PhD 1\n");
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(records[0].first("title"), "Peers");
  EXPECT_EQ(records[0].first("container.title"), "Journal of Peers");
  EXPECT_EQ(records[0].first("volume"), "12");
  EXPECT_EQ(records[0].first("issue"), "3");
  EXPECT_EQ(records[0].first("page"), "327-334");
  EXPECT_EQ(records[0].first("issued.year"), "2019");
  EXPECT_EQ(records[0].first("author.given"), "Kari");
}

TEST(TaggedImporter, TheLinkResolverSaysWhatTheSourceDoesNot) {
  MockHost host;
  const auto records =
      read(host, "importers.ovid",
           "<1. >\nVN  - Ovid Technologies\nTI  - Peers.\nSO  - Hydro Letters. 2007 15 June; 433-441.\n"
           "XL  - http://resolver.example/?sid=OVID&issn=0018-8158&volume=584&pages=433-441&title=Hydro+Letters\n");
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(records[0].first("volume"), "584");
  EXPECT_EQ(records[0].first("page"), "433-441");
}

TEST(TaggedImporter, OvidLabelsHaveTheirValuesBelow) {
  MockHost host;
  const auto records = read(host, "importers.ovid",
                            "<8>\nAuthor\n  Berg, Anna 1;  Dahl, Kari MD 2\nTitle\n  Peers at work.[Article]\nSource\n "
                            " Journal of Peers. 4(2):10-12, May 2019.\n"
                            "Language\n  English.\n");
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(records[0].first("title"), "Peers at work");
  EXPECT_THAT(records[0].all("author.given"), ElementsAre("Anna", "Kari"));
  EXPECT_EQ(records[0].first("language"), "en");
  EXPECT_EQ(records[0].first("page"), "10-12");
}

TEST(TaggedImporter, ReferTextGoesOnBehindABlankLine) {
  MockHost host;
  const auto records =
      read(host, "importers.refer", "%T One\n%0 Journal Article\n%X First\n\nthird\n\n%0 Book\n%T Two\n");
  ASSERT_EQ(records.size(), 2u);
  EXPECT_EQ(records[0].first("raw:%X"), "First\nthird");
  ASSERT_EQ(host.diagnostics.size(), 2u);
  EXPECT_EQ(host.diagnostics[0].code, "tagged.text-after-blank");
  EXPECT_EQ(host.diagnostics[0].line, 5u);
}

TEST(TaggedImporter, ReferRecordsWithoutABlankLineBetween) {
  MockHost host;
  EXPECT_EQ(read(host, "importers.refer", "%0 Book\n%T One\n%0 Book\n%T Two\n").size(), 2u);
  ASSERT_EQ(host.diagnostics.size(), 1u);
  EXPECT_EQ(host.diagnostics[0].code, "tagged.no-blank-line");
}

TEST(TaggedImporter, CochranePlainText) {
  const std::string text =
      "Record #1 of 2\nID: CN-09000001\nAU: Hansen K\nAU: van der Moe O\nTI: Walking in parks: a trial.\nSO: Journal "
      "of "
      "Walks\nYR: 2021\nVL: 7\nNO: 2\nPG: 11-19\nPM: PUBMED 30000001\nPT: Journal article\nKW: Walking; Parks\nDOI: "
      "10.5555/walk.1\nAB: Aim: walks help.\nUS: https://walks.example/1\n\n\nRecord #2 of 2\nID: CN-09000002\nTI: "
      "Singing\n"
      "YR: 2020\n";
  MockHost host;
  EXPECT_EQ(host.probe(stage("importers.cochrane"), text).first, 95u);
  const auto records = read(host, "importers.cochrane", text);
  ASSERT_EQ(records.size(), 2u);
  EXPECT_EQ(records[0].first("title"), "Walking in parks: a trial");
  EXPECT_THAT(records[0].all("author.family"), ElementsAre("Hansen", "van der Moe"));
  EXPECT_EQ(records[0].first("id.pmid"), "30000001");
  EXPECT_EQ(records[0].first("abstract"), "Aim: walks help.");
  EXPECT_EQ(records[0].first("url"), "https://walks.example/1");
  EXPECT_EQ(records[0].first("page"), "11-19");
  EXPECT_EQ(records[1].first("id.accession"), "CN-09000002");
  EXPECT_TRUE(host.diagnostics.empty());
}

TEST(TaggedImporter, NoteExpress) {
  const std::string text =
      "{Reference Type}: Journal Article\n{Title}: 公园散步\n{Author}: 张三；李四；Wang, Li\n{Journal}: "
      "散步杂志\n{Year}: "
      "2021\n{Issue}: 02\n{Pages}: 11-19\n{Keywords}: 散步;公园\n{ISBN/ISSN}: 1234-5679\n\n{Reference Type}: "
      "Thesis\n{Title}: "
      "Singing\n{Author}: van der Moe Ola\n{Author}: zu Moe Kari\n{Year}: 2020\n";
  MockHost host;
  EXPECT_EQ(host.probe(stage("importers.noteexpress"), text).first, 95u);
  const auto records = read(host, "importers.noteexpress", text);
  ASSERT_EQ(records.size(), 2u);
  EXPECT_EQ(records[0].first("title"), "公园散步");
  EXPECT_THAT(records[0].all("author.literal"), ElementsAre("张三", "李四"));
  EXPECT_THAT(records[0].all("author.family"), ElementsAre("Wang"));
  EXPECT_EQ(records[0].first("container.title"), "散步杂志");
  EXPECT_THAT(records[0].all("keyword"), ElementsAre("散步", "公园"));
  EXPECT_EQ(records[1].first("type"), "thesis");
  EXPECT_THAT(records[1].all("author.family"), ElementsAre("van der Moe", "zu Moe"));
  EXPECT_TRUE(host.diagnostics.empty());
}
