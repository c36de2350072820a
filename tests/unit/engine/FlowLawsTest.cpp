#include "engine/flow/FlowLaws.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace {

using winnow::engine::checkFlow;
using winnow::engine::FlowViolation;
using winnow::engine::isSchemaFault;
using winnow::engine::parseFlow;
using Json = nlohmann::ordered_json;

Json balanced() {
  return Json::parse(R"({"format": "winnow-flow/1",
   "db": {"identified": {"Medline": 70, "Scopus": 30}, "removed": {"duplicates": 10, "automation": 0, "other": 0},
          "screened": 90,
          "stages": [{"id": "language", "label": "Language", "in": 90, "excluded": {"not English": 12},
                      "by": {"human": 2, "automation": 10}, "undecided": 3, "out": 78},
                     {"id": "topic", "in": 78, "excluded": {"schools": 60, "banks": 8}, "out": 10}],
          "sought": 10, "not_retrieved": 1, "assessed": 9, "excluded_reports": {"no role": 4}, "included_reports": 5},
   "other": {"identified": {"Experts": 3}, "sought": 3, "not_retrieved": 0, "assessed": 3, "excluded_reports": {},
             "included_reports": 3},
   "included": {"studies": 7, "reports": 8}, "previous": {"studies": 2, "reports": 2},
   "total": {"studies": 9, "reports": 10}})");
}

Json listed() {
  return Json::parse(R"({"format": "winnow-flow/1",
   "db": {"identified": {"Medline": ["a", "b", "c"], "Scopus": {"n": 2, "records": ["d", "e"]}},
          "removed": {"duplicates": ["e"]}, "screened": 4, "excluded": {"x": ["a"]}, "sought": 3, "not_retrieved": ["b"],
          "assessed": 2, "excluded_reports": {"y": ["c"]}, "included_reports": ["d"]},
   "included": {"studies": 1, "reports": 1}})");
}

Json waves() {
  const char* lane = R"({"identified": {"Medline": 6}, "removed": {}, "screened": 6, "excluded": {"x": 2}, "sought": 4,
                         "not_retrieved": 0, "assessed": 4, "excluded_reports": {}, "included_reports": 4})";
  const char* half = R"({"identified": {"Medline": 3}, "removed": {}, "screened": 3, "excluded": {"x": 1}, "sought": 2,
                         "not_retrieved": 0, "assessed": 2, "excluded_reports": {}, "included_reports": 2})";
  Json flow = {{"format", "winnow-flow/1"}, {"db", Json::parse(lane)}, {"included", {{"studies", 4}, {"reports", 4}}}};
  flow["waves"] = {{{"id", "first"}, {"db", Json::parse(half)}}, {{"id", "second"}, {"db", Json::parse(half)}}};
  return flow;
}

/// "law @ where: message" of every violation.
std::vector<std::string> said(const Json& flow) {
  std::vector<std::string> out;
  for (const FlowViolation& v : checkFlow(flow)) out.push_back(v.law + " @ " + v.where + ": " + v.message);
  return out;
}
using Said = std::vector<std::string>;

std::vector<std::string> read(const std::string& text) {
  Json flow;
  std::vector<std::string> out;
  for (const FlowViolation& v : parseFlow(text, flow)) out.push_back(v.law + " @ " + v.where + ": " + v.message);
  return out;
}

TEST(FlowLaws, ABalancedFlowBreaksNone) {
  EXPECT_EQ(said(balanced()), Said{});
  EXPECT_EQ(said(listed()), Said{});
  EXPECT_EQ(said(waves()), Said{});
  EXPECT_TRUE(checkFlow(nlohmann::json::parse(balanced().dump())).empty());
}

TEST(FlowLaws, OneWrongNumberIsNamedOnce) {
  Json flow = balanced();
  flow["db"]["included_reports"] = 6;
  flow["included"]["reports"] = 9;
  flow["total"]["reports"] = 11;
  EXPECT_EQ(said(flow), (Said{"included-reports @ db: 6 stated, assessed 9 - excluded 4 = 5"}));
}

TEST(FlowLaws, Screened) {
  Json flow = balanced();
  flow["db"]["removed"]["other"] = 1;
  EXPECT_EQ(said(flow), (Said{"screened @ db: 90 stated, identified 100 - removed 11 = 89"}));
}

TEST(FlowLaws, RemovedWithinIdentified) {
  Json flow = waves();
  flow.erase("waves");
  flow["db"] = Json::parse(R"({"identified": {"a": 5}, "removed": {"duplicates": 6}, "screened": -1, "sought": 0,
    "not_retrieved": 0, "assessed": 0, "excluded_reports": {}, "included_reports": 0})");
  flow["included"] = {{"studies", 0}, {"reports", 0}};
  EXPECT_EQ(said(flow),
            (Said{"non-negative @ db: screened is -1", "removed-within-identified @ db: removed 6 of 5 identified"}));
}

TEST(FlowLaws, StageChainAndStageOut) {
  Json flow = balanced();
  flow["db"]["stages"][1]["in"] = 77;
  EXPECT_EQ(said(flow), (Said{"stage-chain @ db/topic: 77 stated, out of 'language' 78",
                              "stage-out @ db/topic: 10 stated, in 77 - excluded 68 = 9"}));
}

TEST(FlowLaws, WaitingRecordsAreNeitherExcludedNorThrough) {
  Json flow = balanced();
  flow["db"]["stages"][1]["excluded"]["banks"] = 6;
  EXPECT_EQ(said(flow), (Said{"stage-out @ db/topic: 10 stated, in 78 - excluded 66 = 12"}));
  flow["db"]["stages"][1]["waiting"] = 2;
  EXPECT_EQ(said(flow), Said{});
  flow["db"]["waiting"] = 1;
  EXPECT_EQ(said(flow), (Said{"included-reports @ db: 5 stated, assessed 9 - excluded 4 - waiting 1 = 4"}));
}

TEST(FlowLaws, UndecidedWithinOut) {
  Json flow = balanced();
  flow["db"]["stages"][0]["undecided"] = 79;
  EXPECT_EQ(said(flow), (Said{"undecided-within-out @ db/language: 79 undecided of 78 that go on"}));
}

TEST(FlowLaws, ActorSplit) {
  Json flow = balanced();
  flow["db"]["stages"][0]["by"]["human"] = 3;
  flow["db"]["removed_by"] = {{"human", 0}, {"automation", 9}};
  EXPECT_EQ(said(flow), (Said{"actor-split @ db/language: excluded 12 stated, human 3 + automation 10 = 13",
                              "actor-split @ db: removed 10 stated, human 0 + automation 9 = 9"}));
}

TEST(FlowLaws, ListSum) {
  Json flow = balanced();
  flow["db"]["identified_total"] = 101;
  flow["db"]["excluded"] = 79;
  EXPECT_EQ(said(flow), (Said{"list-sum @ db: 79 stated, sum of the stages' excluded 80",
                              "list-sum @ db: 101 stated, sum of the list 'identified' 100"}));
}

TEST(FlowLaws, SoughtAndAssessed) {
  Json flow = balanced();
  flow["other"]["identified"]["Experts"] = 4;
  flow["db"]["not_retrieved"] = 0;
  EXPECT_EQ(said(flow), (Said{"assessed @ db: 9 stated, sought 10 - not retrieved 0 = 10",
                              "sought @ other: 3 stated, identified 4 - removed 0 = 4"}));
}

TEST(FlowLaws, IncludedAndTotal) {
  Json flow = balanced();
  flow["included"]["reports"] = 9;
  flow["included"]["studies"] = 10;
  EXPECT_EQ(said(flow), (Said{"reports-sum @ included: 9 stated, db 5 + other 3 = 8",
                              "studies-within-reports @ included: 10 studies in 9 reports",
                              "total-studies @ total: 9 stated, previous 2 + included 10 = 12",
                              "total-reports @ total: 10 stated, previous 2 + included 9 = 11"}));
}

TEST(FlowLaws, ReportsNeedAStudy) {
  Json flow = balanced();
  flow["included"]["studies"] = 0;
  flow["total"]["studies"] = 2;
  EXPECT_EQ(said(flow), (Said{"studies-within-reports @ included: 0 studies in 8 reports"}));
}

TEST(FlowLaws, NegativeNumbersAreSaidOnceAndNotCountedWith) {
  Json flow = balanced();
  flow["db"]["excluded_reports"]["no role"] = -4;
  flow["previous"]["reports"] = -2;
  flow["db"]["stages"][0]["undecided"] = -3;
  EXPECT_EQ(said(flow), (Said{"non-negative @ db/language: stages/language/undecided is -3",
                              "non-negative @ db: excluded_reports/no role is -4",
                              "non-negative @ total: previous/reports is -2"}));
}

TEST(FlowLaws, WaveSumNamesTheNumbersThatDiffer) {
  Json flow = waves();
  flow["waves"][1]["db"]["identified"]["Medline"] = 4;
  flow["waves"][1]["db"]["removed"]["duplicates"] = 1;
  EXPECT_EQ(said(flow), (Said{"wave-sum @ db: identified/Medline: 6 stated, waves 3 + 4 = 7; removed/duplicates: 0 "
                              "stated, waves 0 + 1 = 1"}));
}

TEST(FlowLaws, AWaveHasItsOwnLaws) {
  Json flow = waves();
  flow["waves"][0]["db"]["assessed"] = 1;
  flow["waves"][1]["db"]["assessed"] = 3;
  EXPECT_EQ(said(flow), (Said{"assessed @ waves/first/db: 1 stated, sought 2 - not retrieved 0 = 2",
                              "included-reports @ waves/first/db: 2 stated, assessed 1 - excluded 0 = 1",
                              "assessed @ waves/second/db: 3 stated, sought 2 - not retrieved 0 = 2",
                              "included-reports @ waves/second/db: 2 stated, assessed 3 - excluded 0 = 3"}));
}

TEST(FlowLaws, ALaneOfTheWavesMustStandInTheWhole) {
  Json flow = waves();
  flow["waves"][0]["other"] = balanced()["other"];
  EXPECT_EQ(said(flow), (Said{"wave-sum @ other: waves have this lane, the whole has not"}));
}

TEST(FlowLaws, RecordListsAreCounted) {
  Json flow = listed();
  flow["db"]["identified"]["Scopus"]["n"] = 3;
  flow["db"]["screened"] = 5;
  flow["db"]["sought"] = 4;
  flow["db"]["assessed"] = 3;
  flow["db"]["excluded_reports"]["y"] = {{"n", 2}, {"records", {"c"}}};
  EXPECT_EQ(said(flow), (Said{"record-list @ db: identified/Scopus: n is 3, 2 listed",
                              "record-list @ db: excluded_reports/y: n is 2, 1 listed"}));
}

TEST(FlowLaws, RecordsFromOtherMethodsPassStages) {
  Json flow = balanced();
  flow["other"] = Json::parse(R"({"identified": {"Experts": 9}, "removed": {"duplicates": 1},
    "stages": [{"id": "language", "in": 8, "excluded": {"not English": 2}, "undecided": 1, "out": 6},
               {"id": "topic", "in": 6, "excluded": {"schools": 1}, "waiting": 2, "out": 3}],
    "sought": 3, "not_retrieved": 0, "assessed": 3, "excluded_reports": {}, "included_reports": 3})");
  EXPECT_EQ(said(flow), Said{});
  Json late = flow;
  late["other"]["stages"][0]["in"] = 7;
  EXPECT_EQ(said(late), (Said{"stage-chain @ other/language: 7 stated, identified - removed 8",
                              "stage-out @ other/language: 6 stated, in 7 - excluded 2 = 5"}));
  Json more = flow;
  more["other"]["sought"] = 4;
  EXPECT_EQ(said(more), (Said{"sought @ other: 4 stated, out of 'topic' 3",
                              "assessed @ other: 3 stated, sought 4 - not retrieved 0 = 4"}));
  flow["other"]["excluded"] = {{"not English", 2}, {"schools", 1}};
  EXPECT_EQ(said(flow), (Said{"schema @ other/excluded: the key 'excluded' is unknown"}));
}

TEST(FlowLaws, EachRecordLeavesOnce) {
  Json flow = listed();
  flow["db"]["included_reports"] = {"c"};
  const auto found = checkFlow(flow);
  EXPECT_EQ(said(flow),
            (Said{"one-fate @ db: 'c' is in more than one exit", "no-fate @ db: 'd' is identified, but in no exit"}));
  EXPECT_EQ(found.at(1).records, (std::vector<std::string>{"d"}));
}

TEST(FlowLaws, UnknownAndRepeatedRecords) {
  Json flow = listed();
  flow["db"]["excluded"]["x"] = {"z"};
  flow["db"]["identified"]["Medline"] = {"a", "a", "d"};
  EXPECT_EQ(said(flow), (Said{"unique-ids @ db: identified/Medline lists 'a' more than once",
                              "unique-ids @ db: 'd' is under more than one source",
                              "unknown-record @ db: 'b', 'c', 'z' are listed, but not identified",
                              "no-fate @ db: 'a' is identified, but in no exit"}));
}

TEST(FlowLaws, ExitsContradictEachOtherAlsoWithoutIdentifiedIds) {
  Json flow = listed();
  flow["db"]["identified"] = {{"Medline", 5}};
  flow["db"]["excluded"]["x"] = {"b"};
  EXPECT_EQ(said(flow), (Said{"one-fate @ db: 'b' is in more than one exit"}));
}

TEST(FlowLaws, RecordsExcludedByAStageMayBeListedAgainInTheSum) {
  Json flow = listed();
  flow["db"]["stages"] = Json::array({{{"id", "s"}, {"in", 4}, {"excluded", {{"x", {"a"}}}}, {"out", 3}}});
  EXPECT_EQ(said(flow), Said{});
}

TEST(FlowSchema, UnknownAndMissingKeysAreNamedByPath) {
  Json flow = balanced();
  flow["db"]["screend"] = 90;
  flow["db"]["stages"][0].erase("out");
  flow["other"]["screened"] = 3;
  flow["included"].erase("studies");
  flow.erase("total");
  const auto found = said(flow);
  EXPECT_EQ(found,
            (Said{"schema @ total: it is missing",
                  "schema @ db/screend: the key 'screend' is unknown; did you mean 'screened'?",
                  "schema @ db/stages/0/out: it is missing", "schema @ other/screened: the key 'screened' is unknown",
                  "schema @ included/studies: it is missing"}));
  EXPECT_TRUE(isSchemaFault(checkFlow(flow)));
}

TEST(FlowSchema, OnlyWholeNumbersAreNumbers) {
  Json flow = balanced();
  flow["db"]["screened"] = "90";
  flow["db"]["sought"] = 10.5;
  flow["db"]["assessed"] = true;
  flow["db"]["not_retrieved"] = nullptr;
  flow["db"]["included_reports"] = {{"n", 5}};
  flow["db"]["excluded_reports"] = 4;
  flow["db"]["identified"]["Medline"] = {"a", 1.5};
  flow["db"]["identified"]["Scopus"] = 4000000000000;
  EXPECT_EQ(said(flow), (Said{"schema @ db/identified/Medline/1: it is a fraction, not a record id",
                              "schema @ db/identified/Scopus: it is larger than any count of records",
                              "schema @ db/excluded_reports: it is a number, not a map of numbers",
                              "schema @ db/screened: it is text, not a number",
                              "schema @ db/sought: it is a fraction, not a number",
                              "schema @ db/not_retrieved: it is empty, not a number",
                              "schema @ db/assessed: it is true or false, not a number",
                              "schema @ db/included_reports/records: it is missing"}));
}

TEST(FlowSchema, RegistersStagesAndWavesAreIdentified) {
  Json flow = waves();
  flow["db"]["registers"] = {"Medline", "Medlin", "Medline"};
  flow["db"].erase("excluded");
  flow["db"]["stages"] = Json::array({{{"id", "s"}, {"in", 6}, {"excluded", Json::object()}, {"out", 6}},
                                      {{"id", "s"}, {"in", 6}, {"excluded", Json::object()}, {"out", 6}}});
  flow["waves"][1]["id"] = "first";
  EXPECT_EQ(said(flow),
            (Said{"schema @ db/registers/1: 'Medlin' is not one of 'identified'",
                  "schema @ db/registers/2: 'Medline' is named twice", "schema @ db/stages/1/id: 's' is used twice",
                  "schema @ waves/1/id: 'first' is used twice"}));
}

TEST(FlowSchema, AnotherFormatAndNoMap) {
  Json flow = balanced();
  flow["format"] = "winnow-flow/2";
  EXPECT_EQ(said(flow), (Said{"schema @ format: it is 'winnow-flow/2'; this program reads 'winnow-flow/1'"}));
  EXPECT_EQ(said(Json::array()), (Said{"schema @ : it is a list, not a map"}));
}

TEST(FlowText, RepeatedKeysAreNamedByPath) {
  EXPECT_EQ(read(R"({"db": {"screened": 1, "stages": [{"in": 1}, {"in": 1, "in": {"a": 2}}], "screened": 2}})"),
            (Said{"schema @ db/stages/1/in: the key 'in' is repeated",
                  "schema @ db/screened: the key 'screened' is repeated"}));
}

TEST(FlowText, TheOrderOfKeysIsKept) {
  Json flow;
  EXPECT_TRUE(parseFlow(R"({"b": 1, "a": {"z": 1, "y": [2, {"c": 3}]}})", flow).empty());
  EXPECT_EQ(flow.dump(), R"({"b":1,"a":{"z":1,"y":[2,{"c":3}]}})");
}

TEST(FlowText, WhatIsNoJsonIsToldWithItsPlace) {
  EXPECT_EQ(read("{\"db\": {\n  \"screened\": x}}"),
            (Said{"schema @ db/screened: no JSON at line 2, column 15: unexpected '\"screened\": x'"}));
  EXPECT_EQ(read("{\"db\": "), (Said{"schema @ db: no JSON at line 1, column 8: the text ends too early"}));
  EXPECT_EQ(read("{} {}").size(), 1u);
  EXPECT_EQ(read("").size(), 1u);
  EXPECT_EQ(read("\xff").size(), 1u);
}

TEST(FlowText, DeepNestingIsRefused) {
  const std::string deep(100'000, '[');
  const auto found = read(deep);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_NE(found[0].find("nested deeper than any flow document"), std::string::npos);
}

}  // namespace
