#include <gtest/gtest.h>

#include "winnow/testing.hpp"

namespace {

using winnow::testing::MockHost;
using winnow::testing::SettingList;
using winnow::testing::TestRecord;

std::string written(MockHost& host, const std::vector<TestRecord>& records,
                    const SettingList& settings = {{"reviewer", "kari"}}) {
  auto [status, text] = host.write(winnow_plugin_v1.stage(0), records, settings);
  EXPECT_EQ(status, WINNOW_OK);
  return text;
}

const TestRecord kRecord{{"record.key", "medline:1"},
                         {"record.wave", "2020"},
                         {"title", "Peers, paid"},
                         {"author.family", "Berg"},
                         {"author.given", "Anna"},
                         {"author.literal", "The Peer Group"},
                         {"issued.year", "2019"},
                         {"container.title", "Journal of Examples"},
                         {"keyword", "peers"},
                         {"keyword", "work"},
                         {"abstract", "One."},
                         {"proposal.decision", "exclude"},
                         {"proposal.reason", "Not written in an accepted language"},
                         {"proposal.evidence", "=lang: de"}};

TEST(ScreeningSheet, decisionSheet) {
  MockHost host;
  TestRecord record = kRecord;
  record.fields.push_back({"id.doi", "10.5555/a", 0, 0, {}, {}});
  EXPECT_EQ(
      written(host, {record}),
      "\xEF\xBB\xBF"
      "decision,reason,note,proposal,proposal_reason,evidence,title,year,authors,abstract,doi,pmid,number,journal,"
      "keywords,wave,reviewer,record\r\n"
      ",,,exclude,Not written in an accepted language,'=lang: de,\"Peers, paid\",2019,\"Berg, Anna; The Peer "
      "Group\",One.,https://doi.org/10.5555/a,,,Journal of Examples,peers; work,2020,kari,medline:1\r\n");
  EXPECT_TRUE(host.diagnostics.empty());
}

TEST(ScreeningSheet, categorySheetWithFewerColumns) {
  MockHost host;
  EXPECT_EQ(
      written(
          host, {kRecord},
          {{"reviewer", "kari"}, {"kind", "category"}, {"columns", "title"}, {"columns", "year"}, {"separator", ";"}}),
      "\xEF\xBB\xBF"
      "category;note;title;year;wave;reviewer;record\r\n;;Peers, paid;2019;2020;kari;medline:1\r\n");
}

// A row is a line: an abstract in paragraphs does not break it.
TEST(ScreeningSheet, aRowIsALine) {
  MockHost host;
  const TestRecord record{{"record.key", "r:1"}, {"abstract", "One.\nTwo."}, {"abstract", "Three."}};
  const std::string text = written(host, {record}, {{"reviewer", "kari"}, {"columns", "abstract"}});
  EXPECT_NE(text.find("One. Two. Three."), std::string::npos) << text;
}

TEST(ScreeningSheet, theReadersOwnWordsAreFilledIn) {
  MockHost host;
  host.documents["sheet"] =
      R"({"format":"winnow-sheet/1","proposals":false,"criteria_columns":true,"confirmed":["first"]})";
  host.documents["review"] = R"({"format":"winnow-review/1","criteria":[{"id":"role","kind":"in","text":"a role"}]})";
  TestRecord record{{"record.key", "r:1"}, {"record.wave", "first"}, {"criterion.role", "no"}};
  const auto vote = [&](std::uint16_t group, const char* reader, const char* decision, const char* reason) {
    record.fields.push_back({"vote.reviewer", reader, group, 0, {}, {}});
    record.fields.push_back({"vote.decision", decision, group, 0, {}, {}});
    record.fields.push_back({"vote.reason", reason, group, 0, {}, {}});
    record.fields.push_back({"vote.note", std::string(reader) + "'s note", group, 0, {}, {}});
  };
  vote(1, "ola", "include", "");
  vote(2, "kari", "exclude", "role");
  EXPECT_EQ(written(host, {record}, {{"reviewer", "kari"}, {"columns", "title"}}),
            "\xEF\xBB\xBF"
            "decision,reason,note,role?,title,wave,reviewer,record\r\n"
            "confirm,,,,,first,kari,*\r\n"
            "exclude,role,kari's note,no,,first,kari,r:1\r\n");
}

TEST(ScreeningSheet, noVoteLeaks) {
  // Every field that carries what somebody decided holds a mark; no byte of a mark may reach the sheet.
  MockHost host;
  TestRecord record = kRecord;
  for (const char* tag :
       {"vote.reviewer", "vote.decision", "vote.reason", "vote.note", "resolution.by", "resolution.decision",
        "resolution.reason", "resolution.note", "map.value", "fate", "fate.step", "fate.reason", "fate.by",
        "cell.decision", "cell.note", "chart.1", "vote.assigned"})
    for (int i = 0; i < 2; ++i) record.fields.push_back({tag, "LEAK", static_cast<std::uint16_t>(90 + i), 0, {}, {}});
  record.fields.push_back({"vote.assigned", "kari", 0, 0, {}, {}});
  for (const char* kind : {"decision", "category"}) {
    const std::string text = written(host, {record}, {{"reviewer", "kari"}, {"kind", kind}});
    EXPECT_EQ(text.find("LEAK"), std::string::npos) << text;
    EXPECT_EQ(text, written(host, {kRecord}, {{"reviewer", "kari"}, {"kind", kind}}));
  }
}

TEST(ScreeningSheet, recordsOfOtherReadersStayOut) {
  MockHost host;
  TestRecord others = kRecord;
  others.fields.push_back({"vote.assigned", "ola", 1, 0, {}, {}});
  const std::string text = written(host, {others});
  EXPECT_EQ(text.find("medline:1"), std::string::npos);
  ASSERT_EQ(host.diagnostics.size(), 1u);
  EXPECT_EQ(host.diagnostics[0].code, "sheet.not-assigned");
  EXPECT_EQ(host.diagnostics[0].message, "1 record is not assigned to \"kari\"");
  EXPECT_EQ(host.diagnostics[0].action, "left out of the sheet");
}

TEST(ScreeningSheet, missingValuesAreEmptyCells) {
  MockHost host;
  const std::string text = written(host, {{{"record.key", "k"}}});
  EXPECT_EQ(text.substr(text.find("\r\n") + 2), ",,,,,,,,,,,,,,,,kari,k\r\n");
}

TEST(ScreeningSheet, refusals) {
  const auto refusal = [](const SettingList& settings) -> std::string {
    MockHost host;
    try {
      host.write(winnow_plugin_v1.stage(0), {}, settings);
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return "(accepted)";
  };
  EXPECT_EQ(refusal({}), "\"reviewer\" is missing: a sheet belongs to one reader");
  EXPECT_EQ(refusal({{"reviewer", "kari"}, {"columns", "vote.decision"}}), "\"columns\" cannot show \"vote.decision\"");
}

}  // namespace
