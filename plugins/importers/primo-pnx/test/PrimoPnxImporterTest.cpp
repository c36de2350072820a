#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <winnow/testing.hpp>

using testing::ElementsAre;
using testing::IsEmpty;
using winnow::testing::MockHost;

namespace {
const winnow_stage* pnx() { return winnow_plugin_v1.stage(0); }
winnow::testing::TestRecord read(MockHost& host, const std::string& display, const std::string& addata) {
  const auto records =
      host.read(pnx(), "<record><display>" + display + "</display><addata>" + addata + "</addata></record>").records;
  return records.size() == 1 ? records[0] : winnow::testing::TestRecord();
}
}  // namespace

TEST(PrimoPnxImporter, AnArticle) {
  MockHost host;
  const auto r = read(host,
                      "<type>article</type><title>Shade : a review / Anna Berg</title><creator>Berg, Anna ; Lund, "
                      "Bo</creator><language>nob;eng</language>",
                      "<au>Berg, A</au><jtitle>Journal of "
                      "Shade</jtitle><date>20190417</date><volume>4</volume><spage>17</spage><epage>29</"
                      "epage><doi>10.5555/pnx.1</doi>");
  EXPECT_EQ(r.first("type"), "article-journal");
  EXPECT_EQ(r.first("title"), "Shade: a review");
  EXPECT_THAT(r.all("author.given"), ElementsAre("Anna", "Bo"));
  EXPECT_THAT(r.all("language"), ElementsAre("nb", "en"));
  EXPECT_EQ(r.first("container.title"), "Journal of Shade");
  EXPECT_EQ(r.first("issued.day"), "17");
  EXPECT_EQ(r.first("page"), "17-29");
  EXPECT_THAT(host.diagnostics, IsEmpty());
}

TEST(PrimoPnxImporter, NamesWithoutDatesRolesAndAuthorityNumbers) {
  MockHost host;
  EXPECT_THAT(read(host, "<creator>Berg, Anna, 1904-1991. $$QBerg, Anna</creator>", "").all("author.given"),
              ElementsAre("Anna"));
  EXPECT_THAT(read(host, "<creator>Верн, Жюль (1828-1905) NLR10::RU</creator>", "").all("author.given"),
              ElementsAre("Жюль"));
  EXPECT_THAT(read(host, "<creator>Lund, Bo B., compiler.$$QLund, Bo B.</creator>", "").all("author.given"),
              ElementsAre("Bo B."));
  EXPECT_THAT(read(host, "<creator>Anna Berg 1893-1972</creator>", "<au>Berg, Anna</au>").all("author.family"),
              ElementsAre("Berg"));
}

TEST(PrimoPnxImporter, ProbeByContent) {
  MockHost host;
  EXPECT_EQ(host.probe(pnx(), "<record xmlns=\"http://www.exlibrisgroup.com/xsd/primo/primo_nm_bib\">").first, 96u);
  EXPECT_EQ(host.probe(pnx(), "<record><titles/></record>").first, 0u);
}
