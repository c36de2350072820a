#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <winnow/testing.hpp>

#include "Overlap.hpp"
#include "OverlapPicture.hpp"

using testing::ElementsAre;
using testing::HasSubstr;
using winnow::testing::MockHost;
using winnow::testing::SettingList;
using winnow::testing::TestRecord;

namespace {

const std::vector<TestRecord> kWorks = {{{"record.source", "MEDLINE"}, {"record.source", "Scopus"}},
                                        {{"record.source", "Scopus"}, {"record.source", "MEDLINE"}},
                                        {{"record.source", "Scopus"}},
                                        {{"record.source", "Scopus"}, {"record.source", "Scopus"}},
                                        {{"record.source", "A & <B>"}}};

std::string written(const SettingList& settings) {
  MockHost host;
  auto [status, text] = host.write(winnow_plugin_v1.stage(0), kWorks, settings);
  EXPECT_EQ(status, WINNOW_OK);
  return text;
}

}  // namespace

TEST(Overlap, CountsWorksBySource) {
  winnow::overlap::Overlap overlap;
  overlap.add({"a", "b"});
  overlap.add({"b", "a", "a"});
  overlap.add({"b"});
  overlap.add({});
  ASSERT_EQ(overlap.sources().size(), 2u);
  EXPECT_EQ(overlap.sources()[0].name, "b");
  EXPECT_EQ(overlap.sources()[0].works, 3u);
  EXPECT_EQ(overlap.sources()[0].onlyHere, 1u);
  EXPECT_EQ(overlap.shared(0, 1), 2u);
  EXPECT_EQ(overlap.works(), 4u);
  EXPECT_EQ(overlap.unsourced(), 1u);
  EXPECT_THAT(overlap.combinations().front().first, ElementsAre(0u, 1u));
}

TEST(Overlap, EveryWorkIsInOneCombination) {
  winnow::overlap::Overlap overlap;
  for (int i = 0; i < 500; ++i) {
    std::vector<std::string_view> sources;
    for (const auto& [bit, name] : {std::pair{1, "a"}, {2, "b"}, {4, "c"}, {8, "d"}})
      if ((i * 7 / 3) & bit) sources.push_back(name);
    overlap.add(sources);
  }
  std::uint64_t sum = overlap.unsourced();
  for (const auto& [members, works] : overlap.combinations()) sum += works;
  EXPECT_EQ(sum, overlap.works());
}

TEST(OverlapExporter, TableOfSources) {
  EXPECT_EQ(written({{"format", "csv"}}),
            "\xEF\xBB\xBFsource,works,only here,shared with Scopus,shared with MEDLINE,shared with A & <B>\r\n"
            "Scopus,4,2,,2,0\r\nMEDLINE,2,0,2,,0\r\nA & <B>,1,1,0,0,\r\n");
}

TEST(OverlapExporter, PictureNamesWhatItCounts) {
  const std::string svg = written({});
  EXPECT_THAT(svg, HasSubstr("Scopus + MEDLINE: 2"));
  EXPECT_THAT(svg, HasSubstr("A &amp; &lt;B&gt;: 1"));
  EXPECT_EQ(svg, written({}));
  EXPECT_THAT(written({{"most", "1"}}), HasSubstr("3 more works in 2 smaller combinations"));
}

/// Left and right edge of every count above a column.
std::vector<std::pair<double, double>> countsOverColumns(const std::string& svg) {
  std::vector<std::pair<double, double>> edges;
  const std::string middle = "text-anchor=\"middle\" x=\"";
  for (std::size_t at = svg.find(middle); at != std::string::npos; at = svg.find(middle, at + 1)) {
    const double x = std::stod(svg.substr(at + middle.size()));
    const std::size_t text = svg.find('>', at) + 1;
    const double half =
        winnow::picture::textWidth(svg.substr(text, svg.find('<', text) - text), 11, winnow::picture::Weight::Regular) /
        2;
    edges.emplace_back(x - half, x + half);
  }
  return edges;
}

TEST(OverlapPicture, CountsOfFiveDigitsDoNotTouch) {
  winnow::overlap::Overlap overlap;
  for (int i = 0; i < 45000; ++i) {
    std::vector<std::string_view> sources;
    for (const auto& [bit, name] : {std::pair{1, "MEDLINE"}, {2, "Scopus"}, {4, "Embase"}})
      if (i % 3 == 0 || ((i % 7) & bit)) sources.push_back(name);
    overlap.add(sources);
  }
  const auto drawing = winnow::overlap::draw(overlap, 20, "");
  const auto edges = countsOverColumns(drawing.scene.svg(drawing.page));
  ASSERT_EQ(edges.size(), 7u);
  for (std::size_t i = 1; i < edges.size(); ++i) EXPECT_LT(edges[i - 1].second + 2, edges[i].first);
  EXPECT_THAT(drawing.scene.svg(drawing.page), HasSubstr(">15\u202F000</text>"));
}

TEST(OverlapExporter, FilesForPrint) {
  EXPECT_EQ(written({{"format", "pdf"}}).substr(0, 5), "%PDF-");
  EXPECT_EQ(written({{"format", "png"}}).substr(1, 3), "PNG");
  EXPECT_THAT(written({{"title", "Where <found>"}}), HasSubstr("Where &lt;found&gt;</text>"));
}
