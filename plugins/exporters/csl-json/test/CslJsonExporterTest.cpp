#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "winnow/testing.hpp"

namespace {

using nlohmann::json;
using winnow::testing::MockHost;
using winnow::testing::TestRecord;

std::string written(MockHost& host, const std::vector<TestRecord>& records) {
  auto [status, text] = host.write(winnow_plugin_v1.stage(0), records);
  EXPECT_EQ(status, WINNOW_OK);
  return text;
}

TEST(CslJson, wholeItem) {
  MockHost host;
  const std::string text = written(host, {{{"type", "article-journal"},
                                           {"title", "Peers"},
                                           {"author.family", "Berg"},
                                           {"author.given", "Anna"},
                                           {"author.suffix", "Jr."},
                                           {"author.literal", "The Peer Group"},
                                           {"issued.year", "2019"},
                                           {"issued.month", "3"},
                                           {"container.title", "Journal of Examples"},
                                           {"article-number", "e12"},
                                           {"id.doi", "10.1000/pw1"},
                                           {"id.issn", "1234-567X"},
                                           {"id.issn", "2345-6789"},
                                           {"language", "en"},
                                           {"language", "nb"},
                                           {"keyword", "a"},
                                           {"keyword", "b, c"},
                                           {"url", "https://example.org/1"},
                                           {"publication-type", "trial"},
                                           {"record.key", "medline:1"},
                                           {"record.file", "m.ris"},
                                           {"record.line", "12"},
                                           {"record.byte", "340"},
                                           {"record.importer", "importers.ris"},
                                           {"record.dialect", "ovid"},
                                           {"fate", "excluded"},
                                           {"fate.reason", "not English"}}});
  EXPECT_EQ(
      text,
      "[\n{\"id\":\"medline:1\",\"type\":\"article-journal\",\"title\":\"Peers\",\"author\":[{\"family\":\"Berg\","
      "\"given\":\"Anna\",\"suffix\":\"Jr.\"},{\"literal\":\"The Peer Group\"}],\"issued\":{\"date-parts\":"
      "[[2019,3]]},\"container-title\":\"Journal of Examples\",\"number\":\"e12\",\"DOI\":\"10.1000/pw1\","
      "\"ISSN\":\"1234-567X, 2345-6789\",\"URL\":\"https://example.org/1\",\"language\":\"en\",\"keyword\":"
      "\"a; b, c\",\"custom\":{\"winnow\":{\"key\":\"medline:1\",\"file\":\"m.ris\",\"line\":12,\"byte\":340,"
      "\"importer\":\"importers.ris\",\"dialect\":\"ovid\",\"publication_types\":[\"trial\"],\"languages\":"
      "[\"en\",\"nb\"],\"keywords\":[\"a\",\"b, c\"],\"urls\":[\"https://example.org/1\"],\"fate\":\"excluded\","
      "\"fate_reason\":\"not English\"}}}\n]\n");
  EXPECT_TRUE(host.diagnostics.empty());
}

TEST(CslJson, emptyAndBareRecords) {
  MockHost host;
  EXPECT_EQ(json::parse(written(host, {})), json::array());
  const json items = json::parse(written(host, {{{"title", "a"}}, {{"id.local", "rayyan-7"}}}));
  ASSERT_EQ(items.size(), 2u);
  EXPECT_EQ(items[0]["id"], "record-1");
  EXPECT_EQ(items[0]["type"], "document");
  EXPECT_EQ(items[0]["custom"]["winnow"]["languages"], json::array());
  EXPECT_EQ(items[1]["id"], "rayyan-7");
}

TEST(CslJson, partialDates) {
  MockHost host;
  const json items =
      json::parse(written(host, {{{"issued.month", "3"}, {"issued.raw", "Mar"}},
                                 {{"issued.year", "2019"}, {"issued.day", "3"}, {"issued.season", "Spring"}}}));
  EXPECT_EQ(items[0]["issued"], json({{"raw", "Mar"}}));
  EXPECT_EQ(items[1]["issued"], json({{"date-parts", {{2019}}}, {"season", "Spring"}}));
}

TEST(CslJson, controlCharactersAndBrokenBytesAreJson) {
  MockHost host;
  const json items = json::parse(written(host, {{{"title", "a\x01\"\\\n\xFF"}}}));
  EXPECT_EQ(items[0]["title"], "a\x01\"\\\n\xEF\xBF\xBD");
}

TEST(CslJson, whatHasNoPlaceIsReported) {
  MockHost host;
  written(
      host,
      {{{"title", "a"}, {"title", "b"}, {"author.family", "Berg"}, {"author.orcid", "0000"}, {"id.accession", "1"}}});
  ASSERT_EQ(host.diagnostics.size(), 3u);
  EXPECT_EQ(host.diagnostics[0].message, "tag \"author.orcid\" of 1 record has no place in CSL-JSON");
  EXPECT_EQ(host.diagnostics[1].message, "tag \"id.accession\" of 1 record has no place in CSL-JSON");
  EXPECT_EQ(host.diagnostics[2].message, "tag \"title\" of 1 record has no place in CSL-JSON");
}

TEST(CslJson, votesStayOut) {
  MockHost host;
  EXPECT_EQ(written(host, {{{"title", "a"}, {"vote.note", "secret"}}}).find("secret"), std::string::npos);
}

}  // namespace

TEST(CslJsonExporter, WordsThatNameNoLanguageStandAsTheSourceWroteThem) {
  MockHost host;
  EXPECT_NE(written(host, {{{"language.raw", "Flerspråklig"}}}).find("\"language\":\"Flerspråklig\""),
            std::string::npos);
  EXPECT_EQ(written(host, {{{"language", "nb"}, {"language.raw", "Bokmål"}}}).find("Bokmål"), std::string::npos);
}
