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

constexpr const char* kInvented = "winnow:{\"replace\":[\"type.raw\",\"publication-type\",\"publication-type.raw\"";

TEST(RisExporter, writesAnArticle) {
  MockHost host;
  const std::string text = written(host, {{{"type", "article-journal"},
                                           {"title", "Peers at work"},
                                           {"author.family", "Berg"},
                                           {"author.given", "Anna"},
                                           {"author.literal", "The Peer Group"},
                                           {"issued.year", "2019"},
                                           {"issued.month", "3"},
                                           {"issued.day", "12"},
                                           {"container.title", "Journal of Examples"},
                                           {"volume", "4"},
                                           {"issue", "2"},
                                           {"page", "12-19"},
                                           {"id.doi", "10.1000/pw1"},
                                           {"id.issn", "1234-567X"},
                                           {"abstract", "One line."},
                                           {"keyword", "peers"},
                                           {"keyword", "work, paid"}}});
  EXPECT_EQ(text, std::string("TY  - JOUR\nAU  - Berg, Anna\nAU  - The Peer Group,\nTI  - Peers at work\n"
                              "T2  - Journal of Examples\nPY  - 2019\nDA  - 2019/03/12/\nVL  - 4\nIS  - 2\nSP  - 12\n"
                              "EP  - 19\nDO  - 10.1000/pw1\nSN  - 1234-567X\nAB  - One line.\nKW  - peers\n"
                              "KW  - work, paid\nC8  - ") +
                      kInvented + ",\"issued.raw\",\"id.local\"],\"fields\":[]}\nER  - \n");
  EXPECT_TRUE(host.diagnostics.empty());
}

TEST(RisExporter, recordsAreParted) {
  MockHost host;
  const std::string text = written(host, {{{"type", "book"}}, {{"type", "book"}}});
  EXPECT_NE(text.find("ER  - \n\nTY  - BOOK\n"), std::string::npos);
  EXPECT_EQ(written(host, {}), "");
}

TEST(RisExporter, newlineAndMark) {
  MockHost host;
  const std::string text = written(host, {{{"type", "book"}}}, {{"newline", "crlf"}, {"bom", "true"}});
  EXPECT_EQ(text.substr(0, 15), "\xEF\xBB\xBFTY  - BOOK\r\n");
  EXPECT_EQ(text.find('\n'), text.find("\r\n") + 1);
}

TEST(RisExporter, paragraphsAreIndentedAndNeverLookLikeTags) {
  MockHost host;
  const std::string text = written(host, {{{"type", "book"}, {"abstract", "Aim: x\n\nER  - not an end\nResults: y"}}});
  EXPECT_NE(text.find("AB  - Aim: x ER  - not an end\n      Results: y\n"), std::string::npos) << text;
  EXPECT_NE(text.find("{\"abstract\":\"Aim: x\\n\\nER  - not an end\\nResults: y\"}"), std::string::npos);
}

TEST(RisExporter, aLineEndInAValueCannotForgeATag) {
  MockHost host;
  const std::string text = written(host, {{{"type", "book"}, {"title", "a\nER  - \nTY  - JOUR"}}});
  EXPECT_NE(text.find("TI  - a ER  - TY  - JOUR\n"), std::string::npos);
  EXPECT_EQ(text.find("\nTY  - "), std::string::npos);
}

TEST(RisExporter, whatRisCannotSayStandsInTheWinnowLine) {
  MockHost host;
  const std::string text = written(host, {{{"type", "figure"},
                                           {"id.pmid", "31234567"},
                                           {"publication-type", "trial"},
                                           {"publication-type.raw", "Randomized Controlled Trial"},
                                           {"page", "S12-S20"},
                                           {"title", "Peers <i>at</i> work"}}});
  EXPECT_NE(text.find("TY  - FIGURE\n"), std::string::npos);
  EXPECT_NE(text.find("M3  - Randomized Controlled Trial\n"), std::string::npos);
  EXPECT_NE(text.find("SP  - S12-S20\n"), std::string::npos);
  for (const char* field : {"{\"type\":\"figure\"}", "{\"id.pmid\":\"31234567\"}", "{\"publication-type\":\"trial\"}",
                            "{\"page\":\"S12-S20\"}", "{\"title\":\"Peers <i>at</i> work\"}"})
    EXPECT_NE(text.find(field), std::string::npos) << field;
  EXPECT_TRUE(host.diagnostics.empty());
}

TEST(RisExporter, votesAndHostFieldsStayOutButTheKeyGoesAlong) {
  MockHost host;
  const std::string text =
      written(host, {{{"type", "book"}, {"vote.reviewer", "kari"}, {"record.key", "medline:1"}, {"fate", "included"}}});
  for (const char* word : {"kari", "included", "record.key"}) EXPECT_EQ(text.find(word), std::string::npos) << word;
  EXPECT_NE(text.find("C8  - winnow:{\"id\":\"medline:1\","), std::string::npos);
}

TEST(RisExporter, fieldsWithoutANameAreReported) {
  MockHost host;
  written(host, {{{"type", "book"}, {"x.own", "1"}}});
  ASSERT_EQ(host.diagnostics.size(), 1u);
  EXPECT_EQ(host.diagnostics[0].message, "1 field of 1 record with tags outside the vocabulary have no place in RIS");
}

}  // namespace
