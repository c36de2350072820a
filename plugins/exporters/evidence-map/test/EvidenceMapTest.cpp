#include <gtest/gtest.h>

#include <regex>

#include <chrono>
#include <nlohmann/json.hpp>

#include "Map.hpp"
#include "MapPage.hpp"
#include "winnow/testing.hpp"

namespace {

using winnow::testing::MockHost;
using winnow::testing::SettingList;
using winnow::testing::TestRecord;

constexpr const char* kForm = R"({"format":"winnow-form/1","items":[
  {"id":"1","label":"Design","type":"one-of","values":["RCT","survey","others"]},
  {"id":"2","label":"Outcome","type":"any-of","values":["cost","health"]},
  {"id":"3","label":"Paid","type":"yes-no"}]})";

TestRecord study(const std::string& key, const std::string& year, const std::string& design,
                 const std::vector<std::string>& outcomes, const std::string& wave = "first") {
  TestRecord record{{"record.key", key},       {"type", "article-journal"}, {"title", "Title of " + key},
                    {"author.family", "Berg"}, {"issued.year", year},       {"id.doi", "10.5555/" + key},
                    {"record.wave", wave},     {"record.source", "MEDLINE"}};
  if (!design.empty()) record.fields.push_back({"chart.1", design, 0, 0, {}, {}});
  for (const std::string& outcome : outcomes) record.fields.push_back({"chart.2", outcome, 0, 0, {}, {}});
  return record;
}

const std::vector<TestRecord> kStudies{study("a", "2019", "RCT", {"cost", "health"}),
                                       study("b", "2020", "RCT", {"health"}),
                                       study("c", "2021", "survey", {"health"}, "update"), study("d", "2021", "", {})};

std::pair<winnow_status, std::string> run(MockHost& host, const std::vector<TestRecord>& records,
                                          const SettingList& settings) {
  host.documents["form"] = kForm;
  host.documents["review"] = R"({"format": "winnow-review/1", "title": "Peers & <work>", "question": "Who?"})";
  host.documents["search"] = R"({"sources": [{"searched": "2020-08-31"}, {"searched": "2020-12"}]})";
  return host.write(winnow_plugin_v1.stage(0), records, settings);
}
std::string written(const SettingList& settings, const std::vector<TestRecord>& records = kStudies) {
  MockHost host;
  const auto [status, text] = run(host, records, settings);
  EXPECT_EQ(status, WINNOW_OK) << (host.diagnostics.empty() ? "" : host.diagnostics[0].message);
  return text;
}
bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

nlohmann::json dataOf(const std::string& page) {
  const std::string begin = "<script type=\"application/json\" id=\"data\">";
  const std::size_t at = page.find(begin) + begin.size();
  return nlohmann::json::parse(page.substr(at, page.find("</script>", at) - at));
}

TEST(EvidenceMap, CountsEqualTheTable) {
  EXPECT_EQ(
      written({{"format", "markdown"}}),
      "**Design by Outcome: number of studies**\n\n| Design | cost | health | not reported | Studies |\n| --- | ---: | "
      "---: | ---: | ---: |\n"
      "| RCT | 1 | 2 | 0 | 2 |\n| survey | 0 | 1 | 0 | 1 |\n| others | 0 | 0 | 0 | 0 |\n| not reported | 0 | 0 | 1 | 1 "
      "|\n"
      "| Studies | 1 | 3 | 1 | 4 |\n\n4 studies, 5 mentions: a study with several answers stands in several cells.\n"
      "\nGaps (3), no study: survey × cost; others × cost; others × health.\n");
}

TEST(EvidenceMap, ThePictureHasEveryCellAndItsGaps) {
  const std::string svg = written({{"format", "svg"}, {"colour", "Paid"}});
  EXPECT_TRUE(has(svg, "<title>RCT × health: 2 studies (not reported 2)</title>"));
  EXPECT_TRUE(has(svg, "<title>survey × cost: no study</title>"));
  EXPECT_TRUE(has(svg, "<title id=\"title\">Peers &amp; &lt;work&gt;</title>"));
  EXPECT_TRUE(has(svg, ">Paid:<"));  // what the colours are of
  EXPECT_TRUE(has(svg, "RCT: cost 1, health 2. survey: health 1. others: no study."));
  EXPECT_EQ(svg, written({{"format", "svg"}, {"colour", "Paid"}}));
  EXPECT_TRUE(has(written({{"format", "svg"}, {"draw", "heat"}}), "fill=\"#08519c\""));
  EXPECT_EQ(written({{"format", "pdf"}}).substr(0, 5), "%PDF-");
}

TEST(EvidenceMap, WavesStandOneBelowTheOtherToTheSameScale) {
  const std::string svg = written({{"format", "svg"}, {"per_wave", "true"}});
  EXPECT_TRUE(has(svg, ">Wave: first</text>"));
  EXPECT_TRUE(has(svg, ">Wave: update</text>"));
  EXPECT_TRUE(has(svg, "<title>survey × health: 1 study</title>"));
  EXPECT_TRUE(has(svg, "<title>survey × health: no study</title>"));
}

TEST(EvidenceMap, ThePageHoldsEveryStudyWithItsValues) {
  const std::string page = written({{"format", "html"}, {"colour", "wave"}});
  const auto data = dataOf(page);
  EXPECT_EQ(data["studies"].size(), 4u);
  EXPECT_EQ(data["dimensions"][0]["n"], "Design");
  EXPECT_EQ(data["studies"][0]["c"], "Berg 2019");
  EXPECT_EQ(data["studies"][0]["v"][1], nlohmann::json({0, 1}));
  EXPECT_EQ(data["rows"], 0);
  EXPECT_EQ(data["columns"], 1);
  EXPECT_TRUE(has(data["studies"][0]["ris"].get<std::string>(), "DO  - 10.5555/a"));
  EXPECT_TRUE(has(page, "<h2 id=\"gaps-head\">Gaps (<span id=\"gap-count\">3</span>)</h2>"));
  EXPECT_TRUE(has(page, "<li>survey × cost</li>"));
  EXPECT_TRUE(has(page, "<th scope=\"row\">RCT</th><td class=\"cell\">1</td><td class=\"cell\">2</td>"))
      << "without scripts the table is there";
}

TEST(EvidenceMap, APageMakesNoRequestAndRunsNothingButItsScript) {
  std::vector<TestRecord> hostile = kStudies;
  hostile.push_back(study("e</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</td><script>",
                          {"\"><svg onload=alert(1)>"}));
  const std::string page = written({{"title", "</title><script>alert(2)</script>"}}, hostile);
  EXPECT_FALSE(has(page, "<script>alert"));
  EXPECT_FALSE(has(page, "<img"));
  EXPECT_FALSE(has(page, "<svg onload"));
  EXPECT_FALSE(std::regex_search(page, std::regex("<[a-z][^>]* src="))) << "words of data may say so, tags may not";
  EXPECT_TRUE(has(page, "default-src 'none'"));
  std::size_t scripts = 0;
  for (std::size_t at = page.find("<script"); at != std::string::npos; at = page.find("<script", at + 1)) ++scripts;
  EXPECT_EQ(scripts, 2u) << "the data and the program";
}

TEST(EvidenceMap, ACellBecomesRisAndTheBeginOfAReview) {
  const std::string ris = written({{"format", "ris"}, {"row", "rct"}, {"column", "health"}});
  EXPECT_TRUE(has(ris, "TI  - Title of a") && has(ris, "TI  - Title of b") && !has(ris, "Title of c")) << ris;
  const std::string review = written({{"format", "review"}, {"row", "RCT"}, {"column", "health"}});
  EXPECT_TRUE(has(review, "title: 'RCT × health'"));
  EXPECT_TRUE(has(review, "searched: 2020-12\n"));
  EXPECT_TRUE(has(review, "{files: 'rct-health.ris', reported: 2}")) << review;
  EXPECT_EQ(written({{"format", "ris"}, {"row", "others"}, {"column", "cost"}}), "");
}

TEST(EvidenceMap, WhatThereIsNotIsNamed) {
  const auto refusal = [](const SettingList& settings) {
    MockHost host;
    EXPECT_EQ(run(host, kStudies, settings).first, WINNOW_FAILED);
    return host.diagnostics.empty() ? std::string() : host.diagnostics[0].message;
  };
  EXPECT_EQ(refusal({{"rows", "Colour"}}),
            "the charting form has no item 'Colour'; studies can be sorted by 'Design', 'Outcome', 'Paid', "
            "any other item of the form, year, wave, source");
  EXPECT_EQ(refusal({{"format", "ris"}, {"row", "RTC"}, {"column", "cost"}}),
            "'Design' has no value 'RTC'; it has 'RCT', 'survey', 'others', 'not reported'");
  MockHost host;
  EXPECT_EQ(host.write(winnow_plugin_v1.stage(0), {}).first, WINNOW_FAILED);
  EXPECT_EQ(host.diagnostics[0].code, "map.form");
}

TEST(EvidenceMap, WithoutAStudyEverythingIsAGap) {
  EXPECT_TRUE(has(written({{"format", "svg"}}, {}), "others × health: no study"));
  EXPECT_TRUE(has(written({{"format", "html"}}, {}), "<span id=\"gap-count\">6</span>"));
}

TEST(EvidenceMap, TwoThousandStudiesAreDrawnInASecond) {
  std::vector<TestRecord> many;
  for (int i = 0; i < 2000; ++i)
    many.push_back(study("s" + std::to_string(i), std::to_string(1950 + i % 70), i % 3 == 0 ? "RCT" : "survey",
                         {i % 2 == 0 ? "cost" : "health"}));
  const auto begin = std::chrono::steady_clock::now();
  const std::string page = written({{"format", "html"}}, many),
                    svg = written({{"format", "svg"}, {"columns", "year"}}, many);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10))
      << "a second in a release build; tests may be sanitized";
  EXPECT_TRUE(has(svg, ">Studies</text>"));
  EXPECT_LT(page.size() - dataOf(page).dump().size(), 900u * 1024);
}

}  // namespace
