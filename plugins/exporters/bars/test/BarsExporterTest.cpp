#include <gtest/gtest.h>

#include "winnow/testing.hpp"

namespace {

using winnow::testing::MockHost;
using winnow::testing::SettingList;
using winnow::testing::TestRecord;

const std::vector<TestRecord> kStudies{{{"record.key", "a"}, {"issued.year", "2019"}, {"chart.1", "Norway; Denmark"}},
                                       {{"record.key", "b"}, {"issued.year", "2021"}, {"chart.1", "Norway"}},
                                       {{"record.key", "c"}, {"chart.1", "<b>=1+1"}}};

std::string written(const SettingList& settings, MockHost& host) {
  host.documents["form"] = R"({"items": [{"id": "1", "label": "Country", "type": "text"}]})";
  return host.write(winnow_plugin_v1.stage(0), kStudies, settings).second;
}
std::string written(const SettingList& settings) {
  MockHost host;
  return written(settings, host);
}
bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(Bars, YearsKeepTheirGapsAndTheUndatedHaveTheirOwn) {
  const std::string svg = written({});
  for (const char* title : {"2019: 1", "2020: 0", "2021: 1", "not reported: 1"})
    EXPECT_TRUE(has(svg, "<title>" + std::string(title) + "</title>")) << title;
  EXPECT_TRUE(has(svg, ">no year</text>"));
}

TEST(Bars, OtherItemsBeginWithTheMostFrequent) {
  const std::string csv = written({{"by", "country"}, {"format", "csv"}});
  EXPECT_TRUE(has(csv, "Norway,2,66.7 %\r\n<b>=1+1,1,33.3 %\r\nDenmark,1,33.3 %\r\n")) << csv;
  const std::string svg = written({{"by", "country"}, {"title", "Where"}});
  EXPECT_TRUE(has(svg, "&lt;b&gt;=1+1: 1"));
  EXPECT_TRUE(has(svg, "3 studies, 4 mentions"));
  EXPECT_TRUE(has(svg, ">Where</text>"));
}

TEST(Bars, FilesForPrint) {
  EXPECT_EQ(written({{"format", "pdf"}}).substr(0, 5), "%PDF-");
  EXPECT_EQ(written({{"format", "docx"}}).substr(0, 2), "PK");
}

TEST(Bars, AnUnknownItemIsNamed) {
  MockHost host;
  EXPECT_EQ(written({{"by", "colour"}}, host), "");
  EXPECT_EQ(host.diagnostics.at(0).code, "bars.unknown-item");
}

}  // namespace
