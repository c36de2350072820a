#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ctime>

#include <winnow/testing.hpp>

using testing::ElementsAre;
using winnow::testing::MockHost;

namespace {
const winnow_stage* xml() { return winnow_plugin_v1.stage(0); }
std::string file(const std::string& records) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xml><records>\n" + records + "</records></xml>\n";
}
const std::string kStyled =
    "<record><rec-number>7</rec-number><ref-type name=\"Journal "
    "Article\">17</ref-type><contributors><authors><author><style face=\"normal\">Berg, Anna</style></author>"
    "<author><style>Lund, B.</style></author></authors></contributors><titles><title><style "
    "face=\"normal\">H</style><style face=\"subscript\">2</style><style>O and peers</style></title>"
    "<secondary-title><style>Journal of "
    "Peers</style></secondary-title></titles><pages><style>943-7</style></pages><volume>4</volume><number>2</"
    "number><dates><year>2019</year>"
    "<pub-dates><date>Mar 3</date></pub-dates></dates><isbn>1532-1827 (Electronic)&#xD;0007-0920 "
    "(Linking)</isbn><electronic-resource-num>https://doi.org/10.5555/x.1</electronic-resource-num>"
    "<language>eng</language><work-type>Editorial</work-type></record>\n";
}  // namespace

TEST(EndnoteXmlImporter, StyledRecord) {
  MockHost host;
  const auto records = host.read(xml(), file(kStyled)).records;
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(records[0].first("title"), "H2O and peers");
  EXPECT_EQ(records[0].first("type"), "article-journal");
  EXPECT_THAT(records[0].all("author.family"), ElementsAre("Berg", "Lund"));
  EXPECT_EQ(records[0].first("container.title"), "Journal of Peers");
  EXPECT_EQ(records[0].first("page"), "943-947");
  EXPECT_EQ(records[0].first("issued.month"), "3");
  EXPECT_THAT(records[0].all("id.issn"), ElementsAre("1532-1827", "0007-0920"));
  EXPECT_EQ(records[0].first("id.doi"), "10.5555/x.1");
  EXPECT_EQ(records[0].first("publication-type"), "editorial");
  EXPECT_EQ(records[0].at.line, 3u);
  EXPECT_TRUE(host.diagnostics.empty());
}

TEST(EndnoteXmlImporter, EveryChunkSizeGivesTheSame) {
  for (const std::size_t chunk : {std::size_t{1}, std::size_t{13}, std::size_t{4096}}) {
    MockHost host;
    host.chunk = chunk;
    const auto records = host.read(xml(), file(kStyled + kStyled + kStyled)).records;
    ASSERT_EQ(records.size(), 3u) << chunk;
    EXPECT_EQ(records[2].first("title"), "H2O and peers");
    EXPECT_EQ(records[2].at.line, 5u);
  }
}

TEST(EndnoteXmlImporter, DamageCostsNothingBesides) {
  struct Case {
    std::string title, code, expected;
  };
  const Case cases[] = {{"A & B", "xml.bare-ampersand", "A & B"},
                        {"p < 0.05", "xml.bare-less-than", "p < 0.05"},
                        {"a&nbsp;b", "xml.undefined-entity", "a b"},
                        {"a\x01"
                         "b",
                         "xml.control-char", "ab"},
                        {"a&#x1;b", "xml.control-char", "ab"}};
  for (const Case& c : cases) {
    MockHost host;
    const auto records =
        host.read(xml(), file(kStyled + "<record><titles><title>" + c.title + "</title></titles></record>\n" + kStyled))
            .records;
    ASSERT_EQ(records.size(), 3u) << c.code;
    EXPECT_EQ(records[1].first("title"), c.expected);
    ASSERT_EQ(host.diagnostics.size(), 1u) << c.code;
    EXPECT_EQ(host.diagnostics[0].code, c.code);
    EXPECT_EQ(host.diagnostics[0].line, 4u);
  }
}

TEST(EndnoteXmlImporter, AMissingEndTagAndATruncatedFile) {
  MockHost host;
  auto records = host.read(xml(), file("<record><titles><title>One</title></titles>\n" + kStyled)).records;
  ASSERT_EQ(records.size(), 2u);
  EXPECT_EQ(records[0].first("title"), "One");
  EXPECT_EQ(host.diagnostics[0].code, "xml.missing-close");
  const std::string whole = file(kStyled + kStyled);
  records = host.read(xml(), whole.substr(0, whole.size() - 200)).records;
  EXPECT_EQ(records.size(), 2u);
}

TEST(EndnoteXmlImporter, EntitiesAreRefused) {
  MockHost host;
  auto result = host.read(xml(), "<?xml version=\"1.0\"?>\n<!DOCTYPE xml [<!ENTITY a \"aaaa\">]>\n<xml><records>" +
                                     kStyled + "</records></xml>");
  EXPECT_EQ(result.status, WINNOW_FAILED);
  EXPECT_EQ(result.records.size(), 0u);
  EXPECT_EQ(host.diagnostics[0].code, "xml.entity-bomb");
  EXPECT_EQ(host.diagnostics[0].line, 2u);
  result = host.read(xml(), "<!DOCTYPE xml [<!ENTITY a SYSTEM \"file:///etc/hostname\">]>\n<xml><records>" + kStyled +
                                "</records></xml>");
  EXPECT_EQ(host.diagnostics[1].code, "xml.external-entity");
}

TEST(EndnoteXmlImporter, EntitiesAreRefusedWhereverAChunkEnds) {
  const std::string text =
      "<?xml version=\"1.0\"?>\n<!DOCTYPE xml [<!ENTITY a SYSTEM \"file:///etc/hostname\">]>\n<xml><records>" +
      kStyled + "</records></xml>";
  for (std::size_t chunk = 1; chunk < 120; ++chunk) {
    MockHost host;
    host.chunk = chunk;
    EXPECT_EQ(host.read(xml(), text).status, WINNOW_FAILED) << chunk;
    ASSERT_EQ(host.diagnostics.size(), 1u) << chunk;
    EXPECT_EQ(host.diagnostics[0].code, "xml.external-entity") << chunk;
    EXPECT_EQ(host.diagnostics[0].line, 2u) << chunk;
    EXPECT_EQ(host.diagnostics[0].column, 16u) << chunk;
  }
}

TEST(EndnoteXmlImporter, AnEntityBombCostsNothing) {
  std::string bomb = "<?xml version=\"1.0\"?>\n<!DOCTYPE xml [<!ENTITY e0 \"" + std::string(1 << 20, 'a') + "\">\n";
  for (int i = 1; i < 100; ++i) {
    const std::string before = "&e" + std::to_string(i - 1) + ";";
    bomb += "<!ENTITY e" + std::to_string(i) + " \"" + before + before + before + before + "\">\n";
  }
  bomb += "]>\n<xml><records><record><titles><title>&e99;</title></titles></record></records></xml>";
  MockHost host;
  const std::clock_t begin = std::clock();
  EXPECT_EQ(host.read(xml(), bomb).status, WINNOW_FAILED);
  EXPECT_LT(static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC, 2);  // expanded it would never end
  ASSERT_EQ(host.diagnostics.size(), 1u);
  EXPECT_EQ(host.diagnostics[0].code, "xml.entity-bomb");
  EXPECT_EQ(host.diagnostics[0].line, 2u);
}

TEST(EndnoteXmlImporter, ARecordWithoutAnEndIsCut) {
  MockHost host;
  const std::string endless =
      "<record><titles><title>Endless</title></titles><abstract>" + std::string(20 << 20, 'x') + "</abstract>\n";
  const auto records = host.read(xml(), file(kStyled + endless + kStyled)).records;
  ASSERT_EQ(records.size(), 3u);
  EXPECT_EQ(records[1].first("title"), "Endless");
  EXPECT_EQ(records[1].first("abstract"), "");
  EXPECT_EQ(records[2].first("title"), "H2O and peers");
  ASSERT_EQ(host.diagnostics.size(), 1u);
  EXPECT_EQ(host.diagnostics[0].code, "xml.record-too-large");
  EXPECT_EQ(host.diagnostics[0].line, 4u);
}

TEST(EndnoteXmlImporter, ADefectBehindStylesHasItsOwnPlace) {
  MockHost host;
  const auto records =
      host.read(xml(), file(kStyled +
                            "<record><titles><title><style face=\"normal\">One</style></title></titles><pages>\n<style "
                            "face=\"normal\">1</style></page></record>\n" +
                            kStyled))
          .records;
  ASSERT_EQ(records.size(), 3u);
  EXPECT_EQ(records[1].first("title"), "One");
  ASSERT_EQ(host.diagnostics.size(), 1u);
  EXPECT_EQ(host.diagnostics[0].code, "xml.not-well-formed");
  EXPECT_EQ(host.diagnostics[0].line, 5u);
  EXPECT_EQ(host.diagnostics[0].column, 38u);
}

TEST(EndnoteXmlImporter, TextAroundAnUnknownElementIsKept) {
  MockHost host;
  const auto records =
      host.read(xml(), file("<record><titles><title>One <i>two</i> three</title></titles></record>\n")).records;
  ASSERT_EQ(records.size(), 1u);
  EXPECT_THAT(records[0].all("raw:titles/title"), ElementsAre("One", "three"));
  EXPECT_THAT(records[0].all("raw:titles/title/i"), ElementsAre("two"));
}

TEST(EndnoteXmlImporter, ProbeByContent) {
  MockHost host;
  EXPECT_EQ(host.probe(xml(), file(kStyled)).first, 95u);
  EXPECT_EQ(host.probe(xml(), "TY  - JOUR\n").first, 0u);
  EXPECT_EQ(host.probe(xml(), "").first, 0u);
}

TEST(EndnoteXmlImporter, OurIdComesBackFromWhereEndNotePutsIt) {
  MockHost host;
  const auto records =
      host.read(xml(), file("<record><custom8>winnow:{\"id\":\"medline:1\",\"replace\":[]}</custom8></"
                            "record><record><notes>seen | winnow-id: scopus:2 | more</notes></record>"))
          .records;
  ASSERT_EQ(records.size(), 2u);
  EXPECT_EQ(records[0].first("id.winnow"), "medline:1");
  EXPECT_EQ(records[1].first("id.winnow"), "scopus:2");
}
