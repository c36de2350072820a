#include <gtest/gtest.h>

#include <stdexcept>

#include <winnow/testing.hpp>

#include "Numbers.hpp"
#include "Table.hpp"

using namespace winnow::agreement;
using winnow::testing::MockHost;

namespace {
Table table(std::vector<std::vector<std::uint64_t>> counts) {
  Table t;
  t.categories = counts.size() == 2 ? std::vector<std::string>{"include", "exclude"}
                                    : std::vector<std::string>{"include", "maybe", "exclude"};
  t.counts = std::move(counts);
  return t;
}
void expectNear(const Figure& figure, double expected) {
  ASSERT_TRUE(figure);
  EXPECT_NEAR(*figure, expected, 1e-7);
}
void expectNear(const Interval& interval, double low, double high) {
  ASSERT_TRUE(interval);
  EXPECT_NEAR(interval->first, low, 1e-7);
  EXPECT_NEAR(interval->second, high, 1e-7);
}
}  // namespace

// Figures of Feinstein and Cicchetti 1990, Byrt 1993, as they stand in the literature.
TEST(Agreement, PublishedTables) {
  const Agreement a = agreementOf(table({{40, 9}, {6, 45}}));
  EXPECT_NEAR(*a.percentAgreement, 0.85, 1e-12);
  EXPECT_NEAR(*a.kappa, 0.6995, 5e-5);
  EXPECT_NEAR(*a.pabak, 0.70, 1e-12);
  const Agreement b = agreementOf(table({{80, 10}, {5, 5}}));
  EXPECT_NEAR(*b.kappa, 0.3182, 5e-5);
  EXPECT_NEAR(*b.ac1, 0.8080, 5e-4);
}

TEST(Agreement, UndefinedIsAbsent) {
  const Agreement a = agreementOf(table({{0, 0}, {0, 50}}));
  EXPECT_NEAR(*a.percentAgreement, 1, 0);
  EXPECT_FALSE(a.kappa);
  EXPECT_NE(toText(table({{0, 0}, {0, 50}}), a, "A", "B").find("Cohen's kappa: not defined"), std::string::npos);
  EXPECT_NE(toJson(a).find("\"kappa\": null"), std::string::npos);
  EXPECT_NE(toJson(a).find("\"kappa_status\": \"undefined\""), std::string::npos);
  EXPECT_EQ(agreementOf(table({{0, 0}, {0, 0}})).n, 0u);
}

TEST(Agreement, MaybeAsInclude) {
  const Table two = withMaybeAsInclude(table({{5, 1, 2}, {3, 4, 1}, {1, 1, 9}}));
  EXPECT_EQ(two.counts, (std::vector<std::vector<std::uint64_t>>{{13, 3}, {2, 9}}));
}

TEST(Table, CountsAndLabelsAgree) {
  const Table a = readTable("counts,include,exclude\ninclude,1,1\nexclude,0,1\n", {});
  const Table b = readTable(
      "record_id,rater_a,rater_b\nr1,include,include\nr2,include,exclude\nr3,exclude,exclude\nr4,include,\n", {});
  EXPECT_EQ(a.counts, b.counts);
}

TEST(Table, RefusesWithItsPlace) {
  const auto message = [](const char* csv) {
    try {
      readTable(csv, {"include", "exclude"});
    } catch (const std::invalid_argument& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  EXPECT_EQ(message("counts,include,exclude\ninclude,1,x\nexclude,0,1\n"), "row 2, column 3: 'x' is no count");
  EXPECT_EQ(message("record_id,rater_a,rater_b\nr1,include,maybe\n"),
            "row 2, column 3: 'maybe' is none of the categories");
  EXPECT_EQ(message("record_id,rater_a,rater_b\nr1,include,include\nr1,include,include\n"),
            "row 3, column 1: the record 'r1' stands twice");
  EXPECT_EQ(message(""), "row 1, column 1: the table is empty");
}

TEST(AgreementExporter, OneSectionAStep) {
  MockHost host;
  host.documents["votes"] =
      R"({"format":"winnow-votes/1","steps":[{"id":"ta","label":"title and abstract","readers":["KBAA","ON"],
    "pairs":[{"record":"a","first":"include","second":"include","wave":"first"},{"record":"b","first":"exclude","second":"maybe","wave":"first"}]}]})";
  const auto [status, text] = host.write(winnow_plugin_v1.stage(0), {}, {{"format", "markdown"}});
  EXPECT_EQ(status, WINNOW_OK);
  EXPECT_NE(text.find("## title and abstract"), std::string::npos);
  EXPECT_NE(text.find("percent agreement: 50.0 %"), std::string::npos);
  EXPECT_NE(text.find("With maybe counted as include"), std::string::npos);
  MockHost empty;
  EXPECT_EQ(empty.write(winnow_plugin_v1.stage(0), {}, {}).first, WINNOW_FAILED);
  EXPECT_EQ(empty.diagnostics.back().code, "agreement.no-votes");
}

TEST(AgreementExporter, OneTableOfAllSteps) {
  MockHost host;
  host.documents["votes"] =
      R"({"format": "winnow-votes/1", "steps": [{"id": "t", "label": "title", "readers": ["A", "B"], "pairs": [
    {"first": "include", "second": "include"}, {"first": "maybe", "second": "include"}, {"first": "exclude", "second": "exclude"},
    {"first": "exclude", "second": "include"}]}, {"id": "f", "label": "full", "readers": ["A", "B"], "pairs": []}]})";
  const std::string csv = host.write(winnow_plugin_v1.stage(0), {}, {{"format", "csv"}}).second;
  EXPECT_NE(csv.find("title,\"A, B\",\"include, maybe, exclude\",4,50.0 % (15.0 to 85.0)"), std::string::npos) << csv;
  EXPECT_NE(csv.find("title,\"A, B\",\"maybe as include, exclude\",4,75.0 % ("), std::string::npos) << csv;
  EXPECT_NE(csv.find("full,\"A, B\",\"include, exclude\",0,not defined,not defined,not defined,not defined"),
            std::string::npos)
      << csv;
  EXPECT_EQ(host.write(winnow_plugin_v1.stage(0), {}, {{"format", "docx"}}).second.substr(0, 2), "PK");
  host.documents["votes"] = R"({"format": "winnow-votes/1", "steps": [{"pairs": 3}]})";
  EXPECT_EQ(host.write(winnow_plugin_v1.stage(0), {}, {{"format", "csv"}}).first, WINNOW_FAILED);
}

// Every figure of two published tables, with its interval. Expected values: R (vcd 1.4, psych 2.2, irr 0.84,
// irrCAC 1.4), computed a second time from the formulas in Python.
TEST(Agreement, EveryFigureOfFeinsteinAndCicchetti1990) {
  const Agreement a = agreementOf(table({{40, 9}, {6, 45}}));
  EXPECT_EQ(a.n, 100u);
  expectNear(a.percentAgreement, 0.85);
  expectNear(a.expected, 0.5008);
  expectNear(a.kappa, 0.699519230769231);
  expectNear(a.kappaSe, 0.0713936026999882);
  expectNear(a.kappaSe0, 0.0998192592786031);
  expectNear(a.kappaMax, 0.939903846153846);
  expectNear(a.bennettS, 0.7);
  expectNear(a.bennettSe, 0.0714142842854285);
  expectNear(a.scottPi, 0.699248120300752);
  expectNear(a.krippendorffAlpha, 0.700751879699248);
  expectNear(a.ac1, 0.700748129675811);
  expectNear(a.ac1Expected, 0.49875);
  expectNear(a.ac1Se, 0.0713518033597446);
  expectNear(a.weightedLinear, 0.699519230769231);
  expectNear(a.weightedQuadratic, 0.699519230769231);
  expectNear(a.pabak, 0.7);
  expectNear(a.prevalence, -0.05);
  expectNear(a.bias, 0.03);
  expectNear(a.positive, 0.842105263157895);
  expectNear(a.negative, 0.857142857142857);
  expectNear(a.mcnemar, 0.6);
  expectNear(a.mcnemarExact, 0.60723876953125);
  expectNear(a.wilson, 0.767164404091676, 0.906940147163434);
  expectNear(a.clopperPearson, 0.764692499851045, 0.913545614358351);
  expectNear(a.kappaWald, 0.559590340750693, 0.839448120787769);
  expectNear(a.ac1T, 0.559170671923145, 0.842325587428477);
}
TEST(Agreement, EveryFigureOfThreeAbstractorsTable) {  // irrCAC's cont3x3abstractors (Gwet 2014)
  const Agreement a = agreementOf(table({{13, 0, 0}, {0, 20, 7}, {0, 4, 56}}));
  EXPECT_EQ(a.n, 100u);
  EXPECT_FALSE(a.isTwoByTwo);
  expectNear(a.percentAgreement, 0.89);
  expectNear(a.expected, 0.4597);
  expectNear(a.kappa, 0.796409402183972);
  expectNear(a.kappaSe, 0.0589107183260815);
  expectNear(a.kappaSe0, 0.0760060250333818);
  expectNear(a.kappaMax, 0.94447529150472);
  expectNear(a.bennettS, 0.835);
  expectNear(a.bennettSe, 0.046933463541486);
  expectNear(a.scottPi, 0.796239696211911);
  expectNear(a.krippendorffAlpha, 0.797258497730851);
  expectNear(a.ac1, 0.849330548231346);
  expectNear(a.ac1Expected, 0.269925);
  expectNear(a.ac1Se, 0.0432174675225593);
  expectNear(a.weightedLinear, 0.842902027992002);
  expectNear(a.weightedQuadratic, 0.892156862745098);
  expectNear(a.wilson, 0.813687034969197, 0.937458036429354);
  expectNear(a.clopperPearson, 0.811698867803557, 0.943792979714513);
  expectNear(a.kappaWald, 0.680946515961469, 0.911872288406475);
  expectNear(a.ac1T, 0.763577716568449, 0.935083379894244);
}

// Shrout and Fleiss 1979, table 2: six records, four judges; ICC(2,1) is .29 in table 4. The interval is that of McGraw
// and Wong 1996 as the R package psych prints it.
TEST(Numbers, ShroutAndFleiss1979) {
  const NumberAgreement a =
      numberAgreementOf({{9, 2, 5, 8}, {6, 1, 3, 2}, {8, 4, 6, 8}, {7, 1, 2, 6}, {10, 5, 6, 9}, {6, 2, 4, 7}});
  ASSERT_TRUE(a.icc && a.interval);
  EXPECT_NEAR(*a.icc, 0.29, 5e-3);
  EXPECT_NEAR(a.interval->first, 0.019, 1e-3);
  EXPECT_NEAR(a.interval->second, 0.761, 1e-3);
}
TEST(Numbers, WhatIsNotDefinedIsAbsent) {
  EXPECT_FALSE(numberAgreementOf({{3, 3}}).icc);
  EXPECT_FALSE(numberAgreementOf({{3, 3}, {3, 3}}).icc);
  const NumberAgreement same = numberAgreementOf({{3, 3}, {7, 7}, {9, 9}});
  EXPECT_NEAR(*same.icc, 1, 1e-12);
  EXPECT_FALSE(same.interval);
  const NumberAgreement shifted = numberAgreementOf({{1, 3}, {5, 7}, {9, 11}});  // F of the readers is infinite
  EXPECT_NEAR(*shifted.icc, 16.0 / 18.0, 1e-12);
  EXPECT_FALSE(shifted.interval);
}

TEST(AgreementExporter, EachItemOfAForm) {
  MockHost host;
  host.documents["votes"] = R"({"format":"winnow-votes/1","steps":[]})";
  host.documents["charting"] =
      R"({"format":"winnow-charting/1","forms":[{"step":"main","form":"main form","readers":["KA","NO"],"items":[
    {"id":"1","label":"Author","type":"text","values":[],"from":"author","pairs":[{"record":"a","first":["Moe"],"second":["Moe"]}]},
    {"id":"2","label":"Design","type":"one-of","values":["RCT","others"],"from":"","pairs":[
      {"record":"a","first":["RCT"],"second":["RCT"]},{"record":"b","first":["others: a diary"],"second":["others"]},
      {"record":"c","first":["RCT"],"second":[]}]},
    {"id":"3","label":"Outcomes","type":"any-of","values":["pain","sleep"],"from":"","pairs":[
      {"record":"a","first":["pain","sleep"],"second":["sleep","pain"]},{"record":"b","first":["pain"],"second":["sleep"]}]},
    {"id":"4","label":"Participants","type":"number","values":[],"from":"","pairs":[
      {"record":"a","first":["12"],"second":["12"]},{"record":"b","first":["NR"],"second":["30"]},{"record":"c","first":["40"],"second":["44"]}]},
    {"id":"5","label":"Setting","type":"text","values":[],"from":"","pairs":[{"record":"a","first":["A  clinic"],"second":["a clinic"]}]}]}]})";
  const std::string charting = host.documents["charting"];
  const std::string text = host.write(winnow_plugin_v1.stage(0), {}, {{"format", "markdown"}}).second;
  EXPECT_NE(text.find("| 1. Author | 1 | prefilled"), std::string::npos) << text;
  EXPECT_NE(text.find("| 2. Design | 3 | 66.7 %"), std::string::npos) << text;
  EXPECT_NE(text.find("| 3. Outcomes | 2 | 50.0 %"), std::string::npos) << text;
  EXPECT_NE(text.find("pain: kappa 0.000"), std::string::npos) << text;
  EXPECT_NE(text.find("(2 pairs of numbers)"), std::string::npos) << text;
  EXPECT_NE(text.find("| 5. Setting | 1 | 100.0 %"), std::string::npos) << text;
  EXPECT_NE(text.find("not defined for free answers"), std::string::npos) << text;
  const std::string table = host.write(winnow_plugin_v1.stage(0), {}, {{"format", "csv"}, {"of", "charting"}}).second;
  EXPECT_NE(table.find("main form,\"KA, NO\",1. Author,1,prefilled,\r\n"), std::string::npos) << table;
  EXPECT_NE(table.find("main form,\"KA, NO\",2. Design,3,\"66.7 %"), std::string::npos) << table;
  host.documents["charting"] = R"({"format":"winnow-charting/1","forms":[]})";
  EXPECT_NE(host.write(winnow_plugin_v1.stage(0), {}, {{"format", "html"}, {"of", "charting"}})
                .second.find("No form was charted by two readers."),
            std::string::npos);
  host.documents["charting"] = charting;
  const std::string json = host.write(winnow_plugin_v1.stage(0), {}, {}).second;
  EXPECT_NE(json.find("\"charting\": [{\"form\": \"main form\", \"readers\": [\"KA\",\"NO\"]"), std::string::npos)
      << json;
  EXPECT_NE(json.find("\"id\": \"4\", \"label\": \"Participants\", \"type\": \"number\", \"prefilled\": false, \"n\": "
                      "3, \"equal\": 1"),
            std::string::npos)
      << json;
}
