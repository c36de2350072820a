#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <winnow/testing.hpp>

using testing::ElementsAre;
using testing::IsEmpty;
using winnow::testing::MockHost;

namespace {

const winnow_stage* xml() { return winnow_plugin_v1.stage(0); }

std::string trial(const std::string& number, const std::string& title = "Walking") {
  return "<Trial><TrialID>" + number + "</TrialID><Public_title>" + title + "</Public_title></Trial>";
}
std::string file(const std::string& trials) {
  return "<?xml version=\"1.0\"?>\n<Trials_downloaded_from_ICTRP>\n" + trials + "\n</Trials_downloaded_from_ICTRP>\n";
}
std::vector<std::string> codesOf(const MockHost& host) {
  std::vector<std::string> codes;
  for (const auto& d : host.diagnostics) codes.push_back(d.code);
  return codes;
}

}  // namespace

TEST(XmlImporter, MixedTextEntitiesAndCdata) {
  MockHost host;
  const auto records =
      host.read(xml(), file(trial("A1", "One <i>two</i> <b>three</b> &amp; four<![CDATA[ < five]]>"))).records;
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(records[0].first("title"), "One two three & four < five");
  EXPECT_THAT(codesOf(host), IsEmpty());
}

TEST(XmlImporter, ADamagedRecordTakesNoOtherAlong) {
  MockHost host;
  const auto records = host.read(xml(), file(trial("A1") + "\n<Trial><TrialID>A2</TrialID><Public_title>Cut\n" +
                                             trial("A3") + "\n" + trial("A4", "Salt & pepper")))
                           .records;
  ASSERT_EQ(records.size(), 4u);
  EXPECT_EQ(records[1].first("id.accession"), "A2");
  EXPECT_EQ(records[3].first("title"), "Salt & pepper");
  EXPECT_THAT(codesOf(host), ElementsAre("xml.missing-close", "xml.bare-ampersand"));
}

TEST(XmlImporter, FieldsHaveTheirLinesAndPaths) {
  MockHost host;
  const auto records =
      host.read(xml(), file("<Trial n=\"1\">\n <TrialID>A1</TrialID>\n <Public_title>W</Public_title></Trial>"))
          .records;
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(records[0].first("raw:TrialID"), "A1");
  EXPECT_EQ(records[0].first("raw:@n"), "1");
  EXPECT_EQ(records[0].at.line, 3u);
}

TEST(XmlImporter, OtherXmlIsNotClaimed) {
  for (const std::string text : {"<xml><records><record><titles><title>A</title></titles></record></records></xml>",
                                 "<html></html>", "<Trial><x/></Trial>", "<rec/>", "no XML"}) {
    MockHost host;
    EXPECT_EQ(host.probe(xml(), text).first, 0u) << text;
    EXPECT_EQ(host.read(xml(), text).status, WINNOW_FAILED);
    EXPECT_EQ(codesOf(host).back(), "xml.unknown");
  }
}
