#include <gtest/gtest.h>

#include "winnow/testing.hpp"

namespace {

using winnow::testing::MockHost;
using winnow::testing::SettingList;

constexpr const char* kFlow = R"({"format": "winnow-flow/1",
 "db": {"identified": {"Medline": 80, "Scopus": ["a", "b"]}, "registers": [],
        "removed": {"duplicates": 12, "automation": 0, "other": 0}, "screened": 70,
        "stages": [{"id": "language", "in": 70, "excluded": {"not English": {"n": 10, "records": []}, "=cmd": 1},
                    "by": {"human": 2, "automation": 9}, "undecided": 7, "out": 59},
                   {"id": "topic", "in": 59, "label": "topic", "excluded": {"school": 36}, "waiting": 4, "out": 19}],
        "sought": 19, "not_retrieved": 1, "assessed": 18, "excluded_reports": {"no role": 8}, "included_reports": 10},
 "other": {"identified": {"Experts": 2}, "sought": 2, "not_retrieved": 0, "assessed": 2, "excluded_reports": {},
           "included_reports": 2},
 "included": {"studies": 11, "reports": 12}})";

std::string written(MockHost& host, const SettingList& settings = {}) {
  auto [status, text] = host.write(winnow_plugin_v1.stage(0), {}, settings);
  EXPECT_EQ(status, WINNOW_OK);
  return text;
}

TEST(Funnel, oneRowAStep) {
  MockHost host;
  host.documents["flow"] = kFlow;
  EXPECT_EQ(written(host),
            "\xEF\xBB\xBF"
            "step,in,excluded,reasons,categories,by human,by automation,undecided,waiting,out\r\n"
            "identified,82,12,duplicates: 12; automation: 0; other: 0,Medline: 80; Scopus: 2,,,,,70\r\n"
            "language,70,11,not English: 10; =cmd: 1,,2,9,7,,59\r\n"
            "topic,59,36,school: 36,,,,,4,19\r\n"
            "reports sought,19,1,not retrieved: 1,,,,,,18\r\n"
            "reports assessed,18,8,no role: 8,,,,,,10\r\n"
            "other methods: identified,2,,,Experts: 2,,,,,2\r\n"
            "other methods: reports sought,2,0,not retrieved: 0,,,,,,2\r\n"
            "other methods: reports assessed,2,,,,,,,,2\r\n"
            "included,,,,studies: 11; reports: 12,,,,,12\r\n");
}

TEST(Funnel, stepsGiveLabelsAndCategories) {
  MockHost host;
  host.documents["flow"] = kFlow;
  host.documents["steps"] = R"({"format":"winnow-steps/1","steps":[
    {"id":"language","label":"-language","verb":"remove"},
    {"id":"design","label":"study design","verb":"map","categories":[{"name":"rct","n":3},{"name":"interview","n":16}]},
    {"id":"chart","label":"charting","verb":"chart"}]})";
  const std::string text = written(host);
  EXPECT_NE(text.find("\r\n'-language,70,"), std::string::npos);
  EXPECT_NE(
      text.find("topic,59,36,school: 36,,,,,4,19\r\nstudy design,,,,rct: 3; interview: 16,,,,,\r\nreports sought,"),
      std::string::npos)
      << text;
  EXPECT_EQ(text.find("charting"), std::string::npos);
}

TEST(Funnel, excludedWithoutStages) {
  MockHost host;
  host.documents["flow"] = R"({"db": {"identified": {"A": 5}, "removed": {}, "screened": 5, "excluded": {"topic": 2},
    "excluded_by": {"human": 2, "automation": 0}, "sought": 3}})";
  EXPECT_NE(written(host).find("screened,5,2,topic: 2,,2,0,,,3\r\n"), std::string::npos);
}

TEST(Funnel, aWaveHasItsColumns) {
  MockHost host;
  host.documents["flow"] =
      R"({"db": {"identified": {"A": 5}, "stages": [{"id": "x", "in": 5, "excluded": {"no": 2}, "out": 3}]},
    "waves": [{"id": "2020", "db": {"identified": {"A": 4}, "stages": [{"id": "x", "in": 4, "excluded": {"no": 1}, "out": 3}]}},
              {"id": "2021", "db": {"identified": {"A": 1}}}]})";
  const std::string text = written(host, {{"format", "markdown"}});
  EXPECT_NE(
      text.find("| out | in (2020) | excluded (2020) | out (2020) | in (2021) | excluded (2021) | out (2021) |\n"),
      std::string::npos);
  EXPECT_NE(text.find("| x | 5 | 2 | no: 2 | | | | | | 3 | 4 | 1 | 3 | | | |\n"), std::string::npos) << text;
}

TEST(Funnel, aPaperGetsTheColumnsThatSaySomething) {
  MockHost host;
  host.documents["flow"] = kFlow;
  host.documents["review"] =
      R"({"format": "winnow-review/1", "criteria": [{"id": "no role", "kind": "out", "text": "without a role"}]})";
  const std::string text = written(host, {{"format", "html"}, {"number", "3"}});
  EXPECT_NE(text.find("<b>Table 3.</b> <span>Selection of the studies, step by step</span>"), std::string::npos);
  EXPECT_NE(text.find("<th scope=\"col\" class=\"n\">Waiting</th>"), std::string::npos);
  EXPECT_NE(text.find("excluded: without a role: 8"), std::string::npos);
  EXPECT_NE(text.find("excluded: duplicates: 12</td>"), std::string::npos) << "zeros are no news";
  host.documents["flow"] =
      R"({"db": {"identified": {"A": 5}, "stages": [{"id": "x", "in": 5, "excluded": {"no": 2}, "out": 3}]}})";
  EXPECT_EQ(written(host, {{"format", "html"}}).find("Waiting"), std::string::npos);
  for (const char* format : {"docx", "xlsx"}) EXPECT_EQ(written(host, {{"format", format}}).substr(0, 2), "PK");
}

TEST(Funnel, thePictureAddsTheLanes) {
  MockHost host;
  host.documents["flow"] = kFlow;
  const std::string svg = written(host, {{"format", "svg"}, {"title", "Funnel & <more>"}});
  EXPECT_NE(svg.find("<title>identified: 84, 12 removed</title>"), std::string::npos);
  EXPECT_NE(svg.find("<title>topic: 59, 36 excluded, 4 waiting</title>"), std::string::npos);
  EXPECT_NE(svg.find("<title>reports sought: 21, 1 excluded</title>"), std::string::npos);
  EXPECT_NE(svg.find(">Funnel &amp; &lt;more&gt;</text>"), std::string::npos);
  EXPECT_EQ(svg, written(host, {{"format", "svg"}, {"title", "Funnel & <more>"}}));
  EXPECT_EQ(written(host, {{"format", "pdf"}}).substr(0, 5), "%PDF-");
}

void expectRefusal(const char* name, const char* text, const std::string& message) {
  MockHost host;
  host.documents["flow"] = "{}";
  host.documents[name] = text;
  const auto [status, bytes] = host.write(winnow_plugin_v1.stage(0), {});
  EXPECT_EQ(status, WINNOW_FAILED);
  EXPECT_TRUE(bytes.empty());
  ASSERT_EQ(host.diagnostics.size(), 1u);
  EXPECT_EQ(host.diagnostics[0].message, message);
  EXPECT_EQ(host.diagnostics[0].action, "no table was written");
}

TEST(Funnel, badDocumentsAreNamed) {
  expectRefusal("flow", "", "this run has no document \"flow\"");
  expectRefusal("flow", "{\"db\": ", "document \"flow\" is no JSON at byte 8");
  expectRefusal("flow", "[]", "document \"flow\" is not as its format says: the document is no object");
  expectRefusal("flow", R"({"db": {"identified": {"A": "5"}}})",
                "document \"flow\" is not as its format says: \"db/identified/A\" is no number");
  expectRefusal("flow", R"({"db": {"stages": [{"in": 1}]}})",
                "document \"flow\" is not as its format says: \"db/stages/0/id\" is no text");
  expectRefusal("flow", R"({"waves": {}})", "document \"flow\" is not as its format says: \"waves\" is no list");
  expectRefusal("steps", R"({"steps": [{"id": 1}]})",
                "document \"steps\" is not as its format says: \"steps/0/id\" is no text");
}

}  // namespace
