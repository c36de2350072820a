#include <gtest/gtest.h>

#include "winnow/testing.hpp"

namespace {

using winnow::testing::MockHost;
using winnow::testing::TestRecord;

TestRecord voted(const char* decision) {
  TestRecord record{{"record.key", "r:1"},     {"title", "Peers, paid"}, {"abstract", "One.\nTwo."},
                    {"author.family", "Berg"}, {"author.given", "Anna"}, {"issued.year", "2019"},
                    {"id.doi", "10.5555/a"},   {"keyword", "peers"},     {"keyword", "work"}};
  record.fields.push_back({"vote.reviewer", "KA", 1, 0, {}, {}});
  record.fields.push_back({"vote.decision", decision, 1, 0, {}, {}});
  record.fields.push_back({"vote.reviewer", "ON", 2, 0, {}, {}});
  record.fields.push_back({"vote.decision", "exclude", 2, 0, {}, {}});
  return record;
}

TEST(AsreviewExporter, RecordsWithTheirKey) {
  MockHost host;
  const auto [status, text] = host.write(winnow_plugin_v1.stage(0), {voted("include")});
  EXPECT_EQ(status, WINNOW_OK);
  EXPECT_EQ(text,
            "winnow_id,title,abstract,keywords,year,doi,url,journal,pubmed_id,accession_number,authors\r\n"
            "r:1,\"Peers, paid\",One. Two.,peers; work,2019,10.5555/a,,,,,\"Berg, Anna\"\r\n");
}

TEST(AsreviewExporter, LabelsOfOneReader) {
  const auto label = [](const char* decision) {
    MockHost host;
    const std::string text = host.write(winnow_plugin_v1.stage(0), {voted(decision)}, {{"reviewer", "KA"}}).second;
    const std::size_t end = text.rfind("\r\n");
    return text.substr(text.rfind(',', end) + 1, end - text.rfind(',', end) - 1);
  };
  EXPECT_EQ(label("include"), "1");
  EXPECT_EQ(label("exclude"), "0");
  EXPECT_EQ(label("maybe"), "");
}

}  // namespace
