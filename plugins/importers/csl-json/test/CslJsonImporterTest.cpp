#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <winnow/testing.hpp>

using testing::ElementsAre;
using winnow::testing::MockHost;

namespace {
const winnow_stage* csl() { return winnow_plugin_v1.stage(0); }
const std::string kItem =
    R"({"id": 7, "type": "article-journal", "title": "Shade and {peers}", "author": [{"family": "Berg", "given": "Anna", "non-dropping-particle": "van den"}, {"literal": "Tree Council"}],
  "issued": {"date-parts": [["2019", 4]]}, "container-title": ["Journal of Shade"], "volume": 4, "issue": "2", "page": "943-7", "DOI": "https://doi.org/10.5555/x.1",
  "ISSN": ["1234-5679"], "language": "nb-NO", "keyword": "trees; heat", "note": "PMID: 123"})";
}  // namespace

TEST(CslJsonImporter, OneItem) {
  MockHost host;
  const auto records = host.read(csl(), "[\n" + kItem + "\n]\n").records;
  ASSERT_EQ(records.size(), 1u);
  const auto& r = records[0];
  EXPECT_EQ(r.first("type"), "article-journal");
  EXPECT_EQ(r.first("title"), "Shade and {peers}");
  EXPECT_THAT(r.all("author.family"), ElementsAre("van den Berg"));
  EXPECT_THAT(r.all("author.literal"), ElementsAre("Tree Council"));
  EXPECT_EQ(r.first("issued.year"), "2019");
  EXPECT_EQ(r.first("issued.month"), "4");
  EXPECT_EQ(r.first("container.title"), "Journal of Shade");
  EXPECT_EQ(r.first("volume"), "4");
  EXPECT_EQ(r.first("page"), "943-947");
  EXPECT_EQ(r.first("id.doi"), "10.5555/x.1");
  EXPECT_EQ(r.first("id.pmid"), "123");
  EXPECT_EQ(r.first("language"), "nb");
  EXPECT_THAT(r.all("keyword"), ElementsAre("trees", "heat"));
  EXPECT_EQ(r.at.line, 2u);
  EXPECT_EQ(r.at.byte, 2u);
  EXPECT_EQ(r.at.length, kItem.size());
  EXPECT_TRUE(host.diagnostics.empty());
}

TEST(CslJsonImporter, ListsWrappersLinesAndOneAlone) {
  for (const std::string& text :
       {"[" + kItem + "," + kItem + "]", "{\"items\": [" + kItem + "," + kItem + "]}", kItem + "\n" + kItem + "\n"}) {
    for (const std::size_t chunk : {std::size_t{1}, std::size_t{7}, std::size_t{1} << 20}) {
      MockHost host;
      host.chunk = chunk;
      EXPECT_EQ(host.read(csl(), text).records.size(), 2u) << text.substr(0, 20) << chunk;
      EXPECT_TRUE(host.diagnostics.empty());
    }
  }
  MockHost host;
  EXPECT_EQ(host.read(csl(), kItem).records.size(), 1u);
}

TEST(CslJsonImporter, ABrokenItemCostsItselfAndIsLocated) {
  MockHost host;
  const auto records =
      host.read(csl(), "[" + kItem + ",\n {\"type\": \"book\",\n  \"title\": oops},\n" + kItem + "]").records;
  EXPECT_EQ(records.size(), 2u);
  ASSERT_EQ(host.diagnostics.size(), 1u);
  EXPECT_EQ(host.diagnostics[0].code, "json.syntax");
  EXPECT_EQ(host.diagnostics[0].line, 5u);
  EXPECT_EQ(host.diagnostics[0].record, 2u);
}

TEST(CslJsonImporter, ATruncatedFileKeepsWhatIsWhole) {
  MockHost host;
  const auto records = host.read(csl(), "[" + kItem + "," + kItem.substr(0, 60)).records;
  EXPECT_EQ(records.size(), 1u);
  ASSERT_EQ(host.diagnostics.size(), 1u);
  EXPECT_EQ(host.diagnostics[0].code, "json.truncated");
}

TEST(CslJsonImporter, OwnMembersComeBack) {
  MockHost host;
  const auto records =
      host.read(
              csl(),
              R"([{"type":"book","title":"T","language":"en","custom":{"winnow":{"languages":["en","nb"],"publication_types":["review","letter"],"keywords":["a; b","c"],"urls":["http://x.example"]}}}])")
          .records;
  ASSERT_EQ(records.size(), 1u);
  EXPECT_THAT(records[0].all("language"), ElementsAre("en", "nb"));
  EXPECT_THAT(records[0].all("keyword"), ElementsAre("a; b", "c"));
  EXPECT_THAT(records[0].all("publication-type"), ElementsAre("review", "letter"));
}

TEST(CslJsonImporter, ProbeByContent) {
  MockHost host;
  EXPECT_EQ(host.probe(csl(), "[" + kItem + "]").first, 90u);
  EXPECT_EQ(host.probe(csl(), "{\"type\": \"FeatureCollection\", \"features\": []}").first, 0u);
  EXPECT_EQ(host.probe(csl(), "TY  - JOUR\n").first, 0u);
  EXPECT_EQ(host.probe(csl(), "").first, 0u);
}

TEST(CslJsonImporter, DeepNestingIsRefused) {
  MockHost host;
  const auto records = host.read(csl(), "[" + kItem + ",{\"type\":\"book\",\"x\":" + std::string(200'000, '[') +
                                            std::string(200'000, ']') + "}]")
                           .records;
  EXPECT_EQ(records.size(), 1u);
  ASSERT_EQ(host.diagnostics.size(), 1u);
  EXPECT_EQ(host.diagnostics[0].code, "json.syntax");
}

TEST(CslJsonImporter, CutAnywhereItKeepsWhatIsWhole) {
  const std::string text = "[" + kItem + ",\n" + kItem + "]";
  for (std::size_t size = 0; size <= text.size(); ++size) {
    MockHost host;
    const auto result = host.read(csl(), text.substr(0, size));
    const std::size_t whole = (size >= 1 + kItem.size()) + (size >= text.size() - 1);
    EXPECT_EQ(result.records.size(), whole) << size;
    for (const auto& d : host.diagnostics) EXPECT_NE(d.code, "plugin.exception") << d.message;
  }
}
