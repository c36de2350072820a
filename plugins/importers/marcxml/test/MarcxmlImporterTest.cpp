#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <winnow/testing.hpp>

using testing::ElementsAre;
using testing::IsEmpty;
using winnow::testing::MockHost;

namespace {
const winnow_stage* marc() { return winnow_plugin_v1.stage(0); }
std::string field(const std::string& tag, const std::string& subfields) {
  std::string text = "<datafield tag=\"" + tag + "\" ind1=\"1\" ind2=\" \">";
  for (std::size_t at = 0; at < subfields.size();) {
    const std::size_t end = std::min(subfields.find('$', at + 1), subfields.size());
    text += "<subfield code=\"" + subfields.substr(at + 1, 1) + "\">" + subfields.substr(at + 2, end - at - 2) +
            "</subfield>";
    at = end;
  }
  return text + "</datafield>\n";
}
std::string record(const std::string& fields, const std::string& leader = "00925nam  22002777a 4500") {
  return "<record><leader>" + leader + "</leader>" + fields + "</record>";
}
}  // namespace

TEST(MarcxmlImporter, ABookWithoutThePunctuationOfItsCard) {
  MockHost host;
  const auto records =
      host.read(marc(), record("<controlfield tag=\"008\">910926s2012    no                  nob  </controlfield>" +
                               field("245", "$aTrær i byen :$ben håndbok /$cAnna Berg.") +
                               field("100", "$aBerg, Anna,$d1970-") + field("700", "$aLund, Bo$4edt") +
                               field("700", "$aPress$4pbl") + field("260", "$aBergen :$bLinden,$c[2012?]") +
                               field("020", "$a9780306406157 (hft.)")))
          .records;
  ASSERT_EQ(records.size(), 1u);
  const auto& r = records[0];
  EXPECT_EQ(r.first("type"), "book");
  EXPECT_EQ(r.first("title"), "Trær i byen: en håndbok");
  EXPECT_THAT(r.all("author.family"), ElementsAre("Berg"));
  EXPECT_THAT(r.all("editor.family"), ElementsAre("Lund"));
  EXPECT_EQ(r.first("issued.year"), "2012");
  EXPECT_EQ(r.first("publisher"), "Linden");
  EXPECT_EQ(r.first("id.isbn"), "9780306406157");
  EXPECT_EQ(r.first("language"), "nb");
  EXPECT_THAT(host.diagnostics, IsEmpty());
}

TEST(MarcxmlImporter, HeadingsWithTheirSubdivisions) {
  MockHost host;
  const auto records = host.read(marc(), record(field("245", "$aShade.") + field("650", "$aTrees$zNorway$y1951-1960.") +
                                                field("610", "$aBergen.$bParks Office$xHistory.") +
                                                field("653", "$ashade") + field("655", "$aStatistics.")))
                           .records;
  EXPECT_THAT(records.at(0).all("keyword"),
              ElementsAre("Bergen. Parks Office--History", "Trees--Norway--1951-1960", "shade", "Statistics"));
}

TEST(MarcxmlImporter, AnArticleInItsHost) {
  MockHost host;
  const auto records =
      host.read(marc(), record(field("245", "$aShade.") +
                                   field("773", "$tJournal of Shade.$x1234-5679$gVol. 24, no. 2 (2000), p. 361-378"),
                               "00925nab  22002777a 4500"))
          .records;
  const auto& r = records.at(0);
  EXPECT_EQ(r.first("type"), "article-journal");
  EXPECT_EQ(r.first("container.title"), "Journal of Shade");
  EXPECT_EQ(r.first("volume"), "24");
  EXPECT_EQ(r.first("issue"), "2");
  EXPECT_EQ(r.first("page"), "361-378");
  EXPECT_EQ(r.first("issued.year"), "2000");
}

TEST(MarcxmlImporter, WrappersAreNoRecordsAndEmptyOnesAreTold) {
  MockHost host;
  const std::string one = record(field("245", "$aOne"));
  const auto records =
      host.read(marc(), "<records>\n<record><recordData>" + one + "</recordData></record>\n<record><recordData>" + one +
                            "</recordData></record>\n<record></record></records>")
          .records;
  ASSERT_EQ(records.size(), 3u);
  ASSERT_EQ(host.diagnostics.size(), 1u);
  EXPECT_EQ(host.diagnostics[0].code, "marc.no-field");
  EXPECT_EQ(host.diagnostics[0].line, 6u);
}

TEST(MarcxmlImporter, ProbeByContent) {
  MockHost host;
  EXPECT_EQ(host.probe(marc(), "<record xmlns=\"http://www.loc.gov/MARC21/slim\">").first, 96u);
  EXPECT_EQ(host.probe(marc(), record(field("245", "$aOne"))).first, 85u);
  EXPECT_EQ(host.probe(marc(), "<xml><records><record></record></records></xml>").first, 0u);
}
