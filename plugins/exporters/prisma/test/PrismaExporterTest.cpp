#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "winnow/testing.hpp"

namespace {

using winnow::testing::MockHost;
using winnow::testing::SettingList;

constexpr const char* kSmall = R"({"format": "winnow-flow/1",
 "db": {"identified": {"Medline": 80, "Trial register": ["a", "b"]}, "registers": ["Trial register"],
        "removed": {"duplicates": 12, "automation": 0, "other": 0}, "screened": 70,
        "excluded": {"not English": {"n": 2, "records": ["x", "y"]}, "too old": 48}, "sought": 20, "not_retrieved": 0,
        "assessed": 20, "excluded_reports": {"no role, no pay": 5, "a; b": 3, "never": 0}, "included_reports": 12},
 "included": {"studies": 11, "reports": 12}})";

constexpr const char* kOtherStages = R"({"format": "winnow-flow/1",
 "db": {"identified": {"Medline": 50}, "removed": {}, "screened": 50, "excluded": {"not English": 10}, "sought": 40,
        "not_retrieved": 0, "assessed": 40, "excluded_reports": {}, "included_reports": 40},
 "other": {"identified": {"Experts": 30}, "removed": {"duplicates": 2},
           "stages": [{"id": "language", "label": "Language", "in": 28, "excluded": {"not English": 3},
                       "by": {"human": 0, "automation": 3}, "undecided": 1, "out": 25},
                      {"id": "type", "label": "Publication type", "in": 25, "excluded": {},
                       "by": {"human": 0, "automation": 0}, "undecided": 0, "out": 25},
                      {"id": "topic", "label": "Topic", "in": 25, "excluded": {"schools": 5, "banks": 2},
                       "by": {"human": 7, "automation": 0}, "undecided": 0, "waiting": 4, "out": 14}],
           "sought": 14, "not_retrieved": 1, "assessed": 13, "excluded_reports": {"no role": 4}, "included_reports": 9},
 "included": {"studies": 49, "reports": 49}})";

std::string read(const std::string& name) {
  std::ifstream file(std::string(PRISMA_TEST_DATA) + "/" + name, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// In the arrangement of stages, unless the settings say another.
std::string write(MockHost& host, const std::string& flow, SettingList settings = {}) {
  if (std::none_of(settings.begin(), settings.end(), [](const auto& one) { return one.first == "layout"; }))
    settings.emplace_back("layout", "stages");
  host.documents["flow"] = flow;
  auto [status, text] = host.write(winnow_plugin_v1.stage(0), {}, settings);
  EXPECT_EQ(status, WINNOW_OK);
  return text;
}
std::string write(const std::string& flow, const SettingList& settings = {}) {
  MockHost host;
  return write(host, flow, settings);
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::size_t countOf(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++n;
  return n;
}

/// The words of the box with that anchor, lines joined by blanks; empty if there is none.
std::string boxOf(const std::string& svg, const std::string& id) {
  const std::size_t begin = svg.find("id=\"" + id + "\"");
  if (begin == std::string::npos) return {};
  const std::string group = svg.substr(begin, svg.find("</g>", begin) - begin);
  std::string words;
  bool inTag = true;
  for (const char c : group) {
    if (c == '<') inTag = true;
    if (!inTag && c != '\n') words += c;
    if (c != '>') continue;
    inTag = false;
    if (!words.empty() && words.back() != ' ') words += ' ';
  }
  return words;
}

/// Cell `n` of the row `data` of a CSV; the last cell of a line, quoted or not.
std::string cell(const std::string& csv, const std::string& data) {
  std::istringstream lines(csv);
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind(data + ",", 0) != 0) continue;
    if (line.back() != '"') return line.substr(line.rfind(',') + 1);
    const std::size_t begin = line.rfind(",\"") + 2;
    return line.substr(begin, line.size() - 1 - begin);
  }
  return "(no row)";
}

const SettingList kGolden = {{"title", "Shade of street trees"},
                             {"note", "Decisions of rules count as automation until a reader confirms them."}};

SettingList golden(const std::string& format) {
  SettingList settings = kGolden;
  settings.emplace_back("format", format);
  return settings;
}

TEST(PrismaExporter, DiagramIsTheGoldenOneByteForByte) {
  EXPECT_EQ(write(read("flow.json"), kGolden), read("golden.svg"));
}
TEST(PrismaExporter, TheCompactDiagramIsTheGoldenOneByteForByte) {
  SettingList settings = kGolden;
  settings.emplace_back("layout", "compact");
  EXPECT_EQ(write(read("flow.json"), settings), read("compact.svg"));
}
TEST(PrismaExporter, CsvIsTheGoldenOneByteForByte) {
  EXPECT_EQ(write(read("flow.json"), golden("csv")), read("golden.csv"));
}
TEST(PrismaExporter, MarkdownIsTheGoldenOneByteForByte) {
  EXPECT_EQ(write(read("flow.json"), golden("markdown")), read("golden.md"));
}

TEST(PrismaExporter, WithoutAFlowNothingIsWritten) {
  MockHost host;
  const auto [status, text] = host.write(winnow_plugin_v1.stage(0), {});
  EXPECT_EQ(status, WINNOW_FAILED);
  EXPECT_EQ(text, "");
  ASSERT_EQ(host.diagnostics.size(), 1u);
  EXPECT_EQ(host.diagnostics[0].code, "prisma.no-flow");
  EXPECT_EQ(host.diagnostics[0].message, "this run has no flow of records to draw");
  EXPECT_EQ(host.diagnostics[0].action, "nothing was written");
}

TEST(PrismaExporter, AnotherFormatOfFlowIsRefused) {
  for (const char* flow : {R"({"format": "winnow-flow/2"})", R"([1])"}) {
    MockHost host;
    host.documents["flow"] = flow;
    EXPECT_EQ(host.write(winnow_plugin_v1.stage(0), {}).first, WINNOW_FAILED);
    ASSERT_EQ(host.diagnostics.size(), 1u);
    EXPECT_EQ(host.diagnostics[0].code, "prisma.bad-flow");
    EXPECT_EQ(host.diagnostics[0].message, "the document 'flow' is not of the format 'winnow-flow/1'");
  }
}

TEST(PrismaExporter, AFlowWithoutItsNumbersIsRefused) {
  for (const char* flow : {"{", R"({"format": "winnow-flow/1", "db": {}})",
                           R"({"format": "winnow-flow/1", "db": {"identified": {"a": "many"}}})"}) {
    MockHost host;
    host.documents["flow"] = flow;
    EXPECT_EQ(host.write(winnow_plugin_v1.stage(0), {}).first, WINNOW_FAILED) << flow;
    ASSERT_EQ(host.diagnostics.size(), 1u);
    EXPECT_EQ(host.diagnostics[0].code, "prisma.bad-flow");
  }
}

TEST(PrismaExporter, AllFormsOfNumbersAreCounted) {
  const std::string svg = write(kSmall);
  EXPECT_TRUE(has(svg, "Records identified (n\u00A0=\u00A082)"));
  EXPECT_TRUE(has(svg, "Registers (n\u00A0=\u00A02)"));
  EXPECT_TRUE(has(svg, "Databases (n\u00A0=\u00A080)"));
  EXPECT_TRUE(has(svg, "not English (n\u00A0=\u00A02)"));
  EXPECT_TRUE(has(svg, "Records excluded (n\u00A0=\u00A050)"));
}

TEST(PrismaExporter, DescriptionSaysTheFlowInSentences) {
  EXPECT_TRUE(
      has(write(kSmall),
          "<desc id=\"desc\">82 records were identified from 2 databases and registers (Medline 80, Trial "
          "register 2); 12 were removed before screening (Duplicate records 12). 70 records were screened and "
          "50 excluded (not English 2, too old 48). 20 reports were sought and 0 not retrieved; 20 reports were "
          "assessed and 8 excluded (no role, no pay 5, a; b 3). Included: 11 studies in 12 reports.</desc>"));
}

TEST(PrismaExporter, ZeroLinesAndBoxesCanBeHidden) {
  EXPECT_TRUE(has(write(kSmall), "Reports not retrieved (n\u00A0=\u00A00)"));
  EXPECT_TRUE(has(write(kSmall), "never (n\u00A0=\u00A00)"));
  const std::string svg = write(kSmall, {{"hide_zero", "true"}});
  EXPECT_FALSE(has(svg, "(n\u00A0=\u00A00)"));
  EXPECT_FALSE(has(svg, "id=\"db-not-retrieved\""));
  EXPECT_FALSE(has(write(kSmall, {{"hide_zero", "true"}, {"format", "markdown"}}), "never"));
}

TEST(PrismaExporter, BannerIsInEveryFormat) {
  const std::string banner = "Inconsistent numbers: sought in db";
  for (const char* format : {"svg", "csv", "markdown"})
    EXPECT_TRUE(has(write(kSmall, {{"format", format}, {"banner", banner}}), banner)) << format;
  EXPECT_TRUE(has(write(kSmall, {{"banner", banner}}), "fill=\"#a8201a\""));
  EXPECT_FALSE(has(write(kSmall), "#a8201a"));
}

TEST(PrismaExporter, EachWaveCanHaveItsOwnDiagram) {
  const std::string flow = read("flow.json");
  EXPECT_FALSE(has(write(flow), "id=\"wave-1-db-removed\""));
  const std::string svg = write(flow, {{"per_wave", "true"}});
  EXPECT_TRUE(has(svg, "id=\"wave-1-db-removed\""));
  EXPECT_TRUE(has(svg, "id=\"wave-1-other-identified\""));
  EXPECT_TRUE(has(svg, "id=\"wave-2-db-removed\""));
  EXPECT_FALSE(has(svg, "id=\"wave-2-other-identified\""));
  EXPECT_TRUE(has(write(flow, {{"per_wave", "true"}, {"format", "markdown"}}), "\n## Wave autumn\n"));
}

TEST(PrismaExporter, WavesOfANumberAreShownOnlyIfEachWaveStatesIt) {
  auto flow = nlohmann::ordered_json::parse(read("flow.json"));
  EXPECT_TRUE(has(write(flow.dump()), "(n\u00A0=\u00A0332:\u00A0310\u00A0+\u00A022)"));
  flow["waves"][1]["db"].erase("identified");
  flow["waves"][1].erase("db");
  EXPECT_TRUE(has(write(flow.dump()), "(n\u00A0=\u00A0332:\u00A0310\u00A0+\u00A00)"));
  flow["waves"].erase(1);
  EXPECT_TRUE(has(write(flow.dump()), "(n\u00A0=\u00A0332)"));
}

TEST(PrismaExporter, RecordsThatWaitMakeTheDiagramProvisional) {
  auto flow = nlohmann::ordered_json::parse(kSmall);
  flow["db"]["waiting"] = 4;
  EXPECT_TRUE(has(write(flow.dump()), "Waiting for a decision (n\u00A0=\u00A04)"));
  EXPECT_TRUE(has(write(flow.dump()), "Provisional: 4 still wait for a decision."));
  EXPECT_FALSE(has(write(kSmall), "Provisional"));
  flow["provisional"] = {{{"step", "title"}, {"label", "title and abstract"}, {"records", 1}},
                         {{"step", "f"}, {"label", "full text"}, {"records", 3}}};
  for (const char* format : {"svg", "markdown"})
    EXPECT_TRUE(has(write(flow.dump(), {{"format", format}}),
                    "Provisional: 1 record waits at title and abstract, 3 records wait at full text."));
}

TEST(PrismaExporter, StagesOfOtherMethodsAreOnePairOfBoxes) {
  const std::string svg = write(kOtherStages);
  for (const char* id : {"other-identified", "other-removed", "other-screened", "other-excluded", "other-sought",
                         "other-not-retrieved", "other-assessed", "other-excluded-reports"})
    EXPECT_EQ(countOf(svg, "id=\"" + std::string(id) + "\""), 1u) << id;
  const std::string screened = boxOf(svg, "other-screened"), excluded = boxOf(svg, "other-excluded");
  EXPECT_TRUE(has(screened, "Records screened (n\u00A0=\u00A028)"));
  EXPECT_TRUE(has(screened, "Language: kept as undecided (n\u00A0=\u00A01)"));
  EXPECT_TRUE(has(screened, "Topic: waiting for a decision (n\u00A0=\u00A04)"));
  EXPECT_TRUE(has(excluded, "Records excluded (n\u00A0=\u00A010)"));
  EXPECT_TRUE(has(excluded, "7 by a reader, 3 by automation"));
  EXPECT_TRUE(has(excluded, "Language (n\u00A0=\u00A03)"));
  EXPECT_TRUE(has(excluded, "Topic (n\u00A0=\u00A07)"));
  EXPECT_FALSE(has(screened, "Publication type"));
  EXPECT_FALSE(has(excluded, "Publication type"));
  EXPECT_TRUE(has(svg,
                  "2 were removed before screening (Duplicate records 2). Stage Language: 28 records screened, 3 "
                  "excluded (not English 3), 1 kept as undecided. Stage Topic: 25 records screened, 7 excluded "
                  "(schools 5, banks 2), 4 waiting for a decision. 14 reports were sought"));
}

TEST(PrismaExporter, ActorsOfOtherMethodsAreToldOnlyIfAllAreKnown) {
  auto flow = nlohmann::ordered_json::parse(kOtherStages);
  flow["other"]["stages"][1].erase("by");  // it excluded nothing
  EXPECT_TRUE(has(boxOf(write(flow.dump()), "other-excluded"), "by a reader"));
  flow["other"]["stages"][2].erase("by");
  EXPECT_FALSE(has(boxOf(write(flow.dump()), "other-excluded"), "by a reader"));
}

TEST(PrismaExporter, StagesOfOtherMethodsAtWhichNothingHappenedAreNotDrawn) {
  auto flow = nlohmann::ordered_json::parse(kOtherStages);
  auto& stages = flow["other"]["stages"];
  stages = nlohmann::ordered_json::array({stages[1]});
  EXPECT_FALSE(has(write(flow.dump()), "other-screened"));
  stages[0]["undecided"] = 2;
  EXPECT_TRUE(has(write(flow.dump()), "other-screened"));
  EXPECT_TRUE(has(write(flow.dump()), "other-excluded"));
  const std::string svg = write(flow.dump(), {{"hide_zero", "true"}});
  EXPECT_TRUE(has(svg, "other-screened"));
  EXPECT_FALSE(has(svg, "id=\"other-excluded\""));
  EXPECT_TRUE(has(svg, "id=\"other-assessed\""));
}

TEST(PrismaExporter, HostileLabelsStayText) {
  auto flow = nlohmann::ordered_json::parse(kSmall);
  flow["db"]["excluded"] = {{"</text><script>alert(1)</script>", 20}, {"]]>\x01<!--", 20}, {"\u202E|`x`", 10}};
  const std::string svg = write(flow.dump(), {{"title", "<svg onload=\"x\">"}});
  EXPECT_FALSE(has(svg, "<script"));
  EXPECT_FALSE(has(svg, "onload=\""));
  EXPECT_FALSE(has(svg, "\u202E"));
  EXPECT_TRUE(has(svg, "&lt;/text&gt;&lt;script&gt;alert(1)&lt;/script&gt; (n"));
  EXPECT_TRUE(has(svg, "]]&gt;&lt;!-- (n"));
  EXPECT_TRUE(has(write(flow.dump(), {{"format", "markdown"}}), "| – \\|\\`x\\` | 10 |"));
}

TEST(PrismaExporter, CsvHas34RowsAndItsNumbers) {
  const std::string csv = write(kSmall, {{"format", "csv"}});
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 35);
  EXPECT_TRUE(csv.rfind("data,node,box,description,boxtext,tooltips,url,n\n", 0) == 0);
  EXPECT_EQ(cell(csv, "database_results"), "80");
  EXPECT_EQ(cell(csv, "register_results"), "2");
  EXPECT_EQ(cell(csv, "duplicates"), "12");
  EXPECT_EQ(cell(csv, "records_excluded"), "50");
  EXPECT_EQ(cell(csv, "website_results"), "NA");
  EXPECT_EQ(cell(csv, "total_studies"), "11");
  EXPECT_EQ(cell(csv, "total_studies_ma"), "NA");
}

TEST(PrismaExporter, CsvLabelsSurviveTheOtherParserAndTheChangeIsTold) {
  MockHost host;
  const std::string csv = write(host, kSmall, {{"format", "csv"}});
  EXPECT_EQ(cell(csv, "dbr_excluded"), "no role  no pay, 5; a/ b, 3; never, 0");
  ASSERT_EQ(host.diagnostics.size(), 2u);
  EXPECT_EQ(host.diagnostics[0].code, "prisma.csv-label");
  EXPECT_EQ(host.diagnostics[0].message, "the PRISMA2020 application cannot read the label 'no role, no pay'");
  EXPECT_EQ(host.diagnostics[0].action,
            "written with ',' as a space and ';' as '/'; the exact label is in the flow document");
}

TEST(PrismaExporter, CsvGuardsACellThatLooksLikeAFormula) {
  auto flow = nlohmann::ordered_json::parse(kSmall);
  flow["db"]["excluded_reports"] = {{"=1+1", 5}, {"-2", 3}};
  EXPECT_EQ(cell(write(flow.dump(), {{"format", "csv"}}), "dbr_excluded"), "'=1+1, 5; -2, 3");
}

TEST(PrismaExporter, CsvTellsWhatHasNoRow) {
  MockHost host;
  const std::string csv = write(host, read("flow.json"), {{"format", "csv"}});
  EXPECT_EQ(cell(csv, "organisation_results"), "3");
  EXPECT_EQ(cell(csv, "citations_results"), "14");
  EXPECT_EQ(cell(csv, "excluded_other"), "2");
  ASSERT_EQ(host.diagnostics.size(), 5u);
  EXPECT_EQ(host.diagnostics[0].code, "prisma.csv-no-row");
  EXPECT_EQ(host.diagnostics[0].message, "the PRISMA2020 template has no row for 'Municipal foresters'");
  EXPECT_EQ(host.diagnostics[0].action, "counted in 'organisation_results' and named in its box text");
  EXPECT_EQ(host.diagnostics[1].action, "left out: 1");
  EXPECT_EQ(host.diagnostics[2].message,
            "the PRISMA2020 template has no row for records of other methods that were excluded before their reports "
            "were sought");
  EXPECT_EQ(host.diagnostics[2].action, "left out: 5");
}

const SettingList kCompact = {{"layout", "compact"}};

/// What the host gives for a review whose first step is automatic: it removes, people screen, five stages in all.
constexpr const char* kAutomatic = R"({"format": "winnow-flow/1",
 "db": {"identified": {"MEDLINE": 12000, "Scopus": 3000}, "registers": [],
        "removed": {"duplicates": 5000, "automation": 0, "other": 0}, "screened": 10000,
        "stages": [{"id": "language", "label": "not in English", "mode": "automatic", "in": 10000,
                    "excluded": {"not English": 400}, "by": {"human": 0, "automation": 400}, "undecided": 7, "out": 9600},
                   {"id": "types", "label": "publication types", "mode": "automatic", "in": 9600,
                    "excluded": {"letter": 100}, "by": {"human": 0, "automation": 100}, "undecided": 0, "out": 9500},
                   {"id": "title", "label": "title and abstract", "in": 9500, "excluded": {"paid": 9000, "old": 0},
                    "by": {"human": 9000, "automation": 0}, "undecided": 3, "out": 500},
                   {"id": "year", "label": "year", "mode": "automatic", "in": 500, "excluded": {"too old": 20},
                    "by": {"human": 0, "automation": 20}, "undecided": 0, "out": 480},
                   {"id": "design", "label": "study design", "in": 480, "excluded": {}, "undecided": 0, "out": 480}],
        "sought": 480, "not_retrieved": 5, "assessed": 475, "excluded_reports": {"paid": 400, "groups": 25},
        "included_reports": 50},
 "included": {"studies": 48, "reports": 50}})";
constexpr const char* kCriteria = R"({"format": "winnow-review/1", "criteria": [
  {"id": "paid", "kind": "in", "text": "workers are paid", "reason": "no pay"},
  {"id": "groups", "kind": "out", "text": "self-help groups"}]})";

TEST(PrismaExporter, WhatAutomationRemovedStandsInItsBox) {
  for (const char* layout : {"compact", "stages"}) {
    const std::string svg = write(kAutomatic, {{"layout", layout}});
    const std::string removed = boxOf(svg, "db-removed");
    EXPECT_TRUE(has(removed, "before screening (n\u00A0=\u00A05500)") || has(removed, "(n\u00A0=\u00A05500)"))
        << removed;
    EXPECT_TRUE(has(removed, "by automation tools (n\u00A0=\u00A0500)")) << removed;
    EXPECT_TRUE(has(removed, "not in English (n\u00A0=\u00A0400)")) << removed;
    EXPECT_TRUE(has(removed, "7 that automation could not decide were kept")) << removed;
    EXPECT_TRUE(has(svg, "Records screened (n\u00A0=\u00A09500)"));
  }
  const std::string csv = write(kAutomatic, {{"format", "csv"}});
  EXPECT_EQ(cell(csv, "excluded_automatic"), "500");
  EXPECT_EQ(cell(csv, "records_screened"), "9500");
  EXPECT_EQ(cell(csv, "records_excluded"), "9020");
  EXPECT_TRUE(has(write(kAutomatic, {{"format", "markdown"}}),
                  "| – Records marked as ineligible by automation tools | 500 |\n| – – not in English | 400 |"));
}

TEST(PrismaExporter, WhatAutomationRemovedHasItsWaves) {
  auto flow = nlohmann::ordered_json::parse(kAutomatic);
  flow["db"]["removed"].erase("automation");
  flow["waves"] = {{{"id", "first"}, {"db", flow["db"]}}, {{"id", "later"}}};
  const std::string removed = boxOf(write(flow.dump()), "db-removed");
  EXPECT_TRUE(has(removed, "by automation tools (n\u00A0=\u00A0500:\u00A0500\u00A0+\u00A00)")) << removed;
}

TEST(PrismaExporter, AutomationBehindPeopleIsNamedBesideThem) {
  const std::string excluded = boxOf(write(kAutomatic, kCompact), "db-excluded");
  EXPECT_TRUE(has(excluded, "9000 by a reader, 20 by automation")) << excluded;
  EXPECT_TRUE(has(excluded, "year (n\u00A0=\u00A020)"));
}

TEST(PrismaExporter, AFilterWhoseProposalsPeopleConfirmIsNoAutomation) {
  auto flow = nlohmann::ordered_json::parse(kAutomatic);
  flow["db"]["stages"][0]["mode"] = "confirm";
  flow["db"]["stages"][0]["by"] = {{"human", 400}, {"automation", 0}};
  EXPECT_TRUE(has(boxOf(write(flow.dump(), kCompact), "db-removed"), "automation tools (n\u00A0=\u00A00)"));
  EXPECT_EQ(cell(write(flow.dump(), {{"format", "csv"}}), "excluded_automatic"), "0");
}

TEST(PrismaExporter, CompactHasTheBoxesOfPrisma2020) {
  const std::string svg = write(kAutomatic, kCompact);
  for (const char* id : {"db-identified", "db-removed", "db-screened", "db-excluded", "db-sought", "db-not-retrieved",
                         "db-assessed", "db-excluded-reports", "included"})
    EXPECT_EQ(countOf(svg, "id=\"" + std::string(id) + "\""), 1u) << id;
  EXPECT_EQ(countOf(svg, "<g id="), 9u);
  EXPECT_FALSE(has(boxOf(svg, "db-excluded"), "study design")) << "a stage that excluded nothing is no news";
}

TEST(PrismaExporter, ReasonsArePrintedByTheirText) {
  MockHost host;
  host.documents["review"] = kCriteria;
  const std::string svg = write(host, kAutomatic, kCompact);
  EXPECT_TRUE(has(boxOf(svg, "db-excluded-reports"), "no pay (n\u00A0=\u00A0400)"));
  EXPECT_TRUE(has(boxOf(svg, "db-excluded-reports"), "self-help groups (n\u00A0=\u00A025)"));
  EXPECT_EQ(cell(write(host, kAutomatic, {{"format", "csv"}}), "dbr_excluded"), "no pay, 400; self-help groups, 25");
}

TEST(PrismaExporter, LargeCountsAreInGroups) {
  EXPECT_TRUE(has(write(kAutomatic, kCompact), "MEDLINE (n\u00A0=\u00A012\u202F000)"));
}

/// Size of the smallest letters, in points, where the picture is printed as large as a column of 180 mm by 257 mm lets
/// it.
double smallestLetters(const std::string& svg) {
  const auto numberAt = [&](const std::string& name, std::size_t from) {
    return std::stod(svg.substr(svg.find(name, from) + name.size()));
  };
  const double width = numberAt(" width=\"", 0), height = numberAt(" height=\"", 0);
  double smallest = 100;
  for (std::size_t at = svg.find("font-size=\""); at != std::string::npos; at = svg.find("font-size=\"", at + 1))
    smallest = std::min(smallest, numberAt("font-size=\"", at));
  const double millimetre = 96 / 25.4;
  return smallest * std::min(180 * millimetre / width, 257 * millimetre / height) * 0.75;
}

TEST(PrismaExporter, CompactLettersAreEightPointsOnA4) {
  EXPECT_GE(smallestLetters(write(kAutomatic, kCompact)), 8);
  EXPECT_GE(smallestLetters(write(kOtherStages, kCompact)), 8);
  EXPECT_GE(smallestLetters(write(read("flow.json"), kCompact)), 8);
  EXPECT_LT(smallestLetters(write(kAutomatic, {{"layout", "stages"}})), 8) << "which is why there is a compact one";
}

TEST(PrismaExporter, FilesForPrintAndWordAreWritten) {
  EXPECT_EQ(write(kAutomatic, {{"format", "pdf"}}).substr(0, 5), "%PDF-");
  EXPECT_EQ(write(kAutomatic, {{"format", "png"}}).substr(1, 3), "PNG");
  EXPECT_EQ(write(kAutomatic, {{"format", "docx"}}).substr(0, 2), "PK");
}

TEST(PrismaExporter, APdfSaysWhatItsFontCannotShow) {
  auto flow = nlohmann::ordered_json::parse(kSmall);
  flow["db"]["excluded"] = {{"不是英文", 50}};
  MockHost host;
  write(host, flow.dump(), {{"format", "pdf"}});
  ASSERT_EQ(host.diagnostics.size(), 1u);
  EXPECT_EQ(host.diagnostics[0].code, "picture.unprintable");
  EXPECT_EQ(host.diagnostics[0].message, "the embedded font cannot show 4 characters: 不 文 是 英");
}

}  // namespace
