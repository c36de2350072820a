#include <gtest/gtest.h>

#include "winnow/testing.hpp"

namespace {

using winnow::testing::MockHost;
using winnow::testing::SettingList;
using winnow::testing::TestRecord;

std::string written(MockHost& host, const std::vector<TestRecord>& records, const SettingList& settings = {}) {
  auto [status, text] = host.write(winnow_plugin_v1.stage(0), records, settings);
  EXPECT_EQ(status, WINNOW_OK);
  return text;
}

TEST(Csv, defaultColumns) {
  MockHost host;
  const std::string text = written(host, {{{"record.key", "medline:1"},
                                           {"record.source", "medline"},
                                           {"record.source", "scopus"},
                                           {"title", "Peers, paid"},
                                           {"author.family", "Berg"},
                                           {"author.given", "Anna"},
                                           {"author.literal", "The Peer Group"},
                                           {"record.member", "scopus:2"},
                                           {"fate", "excluded"},
                                           {"fate.by", "rule"}}});
  EXPECT_EQ(text,
            "\xEF\xBB\xBF"
            "record.key,record.source,record.wave,type,title,author,issued.year,container.title,volume,issue,page,"
            "article-number,id.doi,id.pmid,id.issn,id.isbn,language,publication-type,keyword,abstract,url,publisher,"
            "database,fate,fate.step,fate.reason,fate.by,record.member\r\n"
            "medline:1,medline; scopus,,,\"Peers, paid\",\"Berg, Anna; The Peer Group\",,,,,,,,,,,,,,,,,,excluded,,,"
            "rule,scopus:2\r\n");
  EXPECT_TRUE(host.diagnostics.empty());
}

TEST(Csv, guardsFormulasUnlessRaw) {
  MockHost host;
  const std::vector<TestRecord> records = {{{"title", "=HYPERLINK(\"x\")"}, {"volume", "-5"}}};
  EXPECT_EQ(written(host, records, {{"columns", "title"}, {"columns", "volume"}}),
            "\xEF\xBB\xBF"
            "title,volume\r\n\"'=HYPERLINK(\"\"x\"\")\",-5\r\n");
  EXPECT_EQ(written(host, records, {{"columns", "title"}, {"columns", "volume"}, {"raw", "true"}}),
            "title,volume\r\n\"=HYPERLINK(\"\"x\"\")\",-5\r\n");
}

TEST(Csv, reportsWhatHasNoColumn) {
  MockHost host;
  written(host,
          {{{"title", "a"},
            {"id.doi", "10.1000/1"},
            {"author.family", "B"},
            {"author.orcid", "0"},
            {"x.a", "1"},
            {"x.b", "1"},
            {"vote.reviewer", "kari"}}},
          {{"columns", "title"}, {"columns", "author"}, {"columns", "x.a"}});
  ASSERT_EQ(host.diagnostics.size(), 3u);
  EXPECT_EQ(host.diagnostics[0].message,
            "tag \"author.orcid\" of 1 record has no place in the columns of the CSV table");
  EXPECT_EQ(host.diagnostics[1].message, "tag \"id.doi\" of 1 record has no place in the columns of the CSV table");
  EXPECT_EQ(host.diagnostics[2].message,
            "1 field of 1 record with tags outside the vocabulary have no place in the columns of the CSV table");
}

TEST(Csv, refusesColumnsThatCannotBe) {
  const auto refusal = [](const SettingList& settings) -> std::string {
    MockHost host;
    try {
      host.write(winnow_plugin_v1.stage(0), {}, settings);
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return "(accepted)";
  };
  EXPECT_EQ(refusal({{"columns", ""}}), "\"columns\" holds an empty name");
  EXPECT_EQ(refusal({{"columns", "title"}, {"columns", "title"}}), "\"columns\" names \"title\" twice");
}

}  // namespace
