#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "synthesis/Appraisal.hpp"
#include "synthesis/GatedAnalysis.hpp"
#include "winnow/testing.hpp"

using namespace winnow;
using namespace winnow::synthesis;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using winnow::testing::MockHost;
using winnow::testing::TestRecord;

namespace {

const std::vector<TestRecord> kRecords{
    {{"record.key", "a:1"},
     {"id.doi", "10.1/One"},
     {"author.family", "Berg"},
     {"issued.year", "2018"},
     {"chart.4", "trial"}},
    {{"record.key", "a:2"}, {"author.family", "Berg"}, {"issued.year", "2018"}, {"chart.4", "trial"}},
    {{"record.key", "a:3"}, {"author.literal", "The Group"}, {"issued.year", "2020"}, {"chart.4", "survey"}},
    {{"record.key", "a:4"}, {"author.family", "Dahl"}, {"issued.year", "2011"}, {"chart.4", "trial"}}};

Studies studiesOf(MockHost& host, const std::vector<std::string>& items = {"4"},
                  const std::vector<TestRecord>& records = kRecords) {
  Studies studies(Host(host.raw()), items);
  for (const TestRecord& record : records) {
    std::vector<winnow_field> fields;
    for (const auto& f : record.fields)
      fields.push_back({host.tagNumber(f.tag), WINNOW_NONE, 0, WINNOW_FIELD_DERIVED, 0, str(f.value), 0, 0});
    studies.add(Record(winnow_record{1, fields.data(), fields.size(), {}}));
  }
  studies.finish();
  return studies;
}

constexpr const char* kHeading =
    "record,reviewer,study,outcome,time,unit,arm,group,better,n,events,mean,sd,se,r,estimate\n";

/// A row of two groups with means.
std::string means(const std::string& record, const std::string& group, const std::string& n, const std::string& mean,
                  const std::string& sd, const std::string& unit = "points", const std::string& time = "",
                  const std::string& reviewer = "KB", const std::string& better = "", const std::string& arm = "") {
  return record + "," + reviewer + ",,recovery," + time + "," + unit + "," + arm + "," + group + "," + better + "," +
         n + ",," + mean + "," + sd + ",,,\n";
}
std::string bothGroups(const std::string& record, const std::string& unit = "points", const std::string& time = "") {
  return means(record, "intervention", "20", "12", "4", unit, time) +
         means(record, "control", "20", "10", "4", unit, time);
}

Analysis asked(const std::string& measure = "MD") {
  Analysis a;
  a.name = "recovery";
  a.outcome = "Recovery";
  a.measure = measure;
  a.method = "REML";
  a.test = "knha";
  a.several = "refuse";
  return a;
}

Synthesis decided(const std::string& rows) {
  Synthesis s;
  s.decision = "pool";
  s.by = {"KB"};
  s.reason = "comparable";
  s.effects = {{"effects.csv", kHeading + rows}};
  return s;
}

/// Runs one analysis over rows.
struct Ran {
  MockHost host;
  Studies studies;
  Synthesis synthesis;
  ChartedArms arms;
  GatedAnalysis analysis;
  Ran(const std::string& rows, const Analysis& what, std::map<std::size_t, std::string> risks = {})
      : studies(studiesOf(host)),
        synthesis(decided(rows)),
        arms(readArms(synthesis.effects, studies)),
        analysis(gatedAnalysis(what, {synthesis, studies, arms, {{"4", "Study design"}}, std::move(risks)})) {}
  std::string closedBecause() const {
    std::string out;
    for (const std::string& reason : analysis.gate.reasons()) out += reason + "\n";
    return out;
  }
};

}  // namespace

TEST(Synthesis, TheDecisionIsAPersons) {
  Synthesis s;
  EXPECT_FALSE(gateOf(s).isOpen());
  EXPECT_THAT(gateOf(s).reasons().front(), HasSubstr("nobody has decided"));
  s.decision = "do not pool";
  s.by = {"KB", "ON"};
  s.reason = "outcomes differ";
  EXPECT_THAT(gateOf(s).reasons().front(), HasSubstr("decided not to pool (KB, ON): outcomes differ"));
  s.decision = "pool";
  EXPECT_TRUE(gateOf(s).isOpen());
  s.waiting = 2;
  EXPECT_THAT(gateOf(s).reasons().front(), HasSubstr("2 decisions or charted answers are open"));
}

TEST(Synthesis, ReadsItsDocument) {
  const Synthesis s =
      readSynthesis(R"({"format":"winnow-synthesis/1","waiting":1,"decision":"pool","by":["KB"],"date":"2021-02",
    "reason":"r","effects":[{"file":"e.csv","text":"x"}],"analyses":[{"name":"a","measure":"SMD","method":"DL","test":"z",
    "outcome":"o","time":"","unit":"days","units":{"weeks":"7"},"only":{"4":["trial"]},"studies":3,"heterogeneity":"75",
    "better":"lower","several":"combine","rho":"0.4","subgroup":"5","groups":["peers","usual care"]}],"appraisal":null})");
  ASSERT_THAT(s.analyses, SizeIs(1));
  EXPECT_EQ(s.analyses[0].units.at("weeks"), 7);
  EXPECT_EQ(s.analyses[0].heterogeneity, 75);
  EXPECT_EQ(s.analyses[0].second, "usual care");
  EXPECT_THAT(itemsOf(s), ElementsAre("4", "5"));
  EXPECT_THROW(readSynthesis("{}"), std::runtime_error);
  EXPECT_THROW(readSynthesis(R"({"format":"winnow-synthesis/1","analyses":[{}]})"), std::runtime_error);
  EXPECT_THAT(readSynthesis(R"({"format":"winnow-synthesis/1","waiting":0})").analyses, IsEmpty());
}

TEST(Studies, AreCalledApartAndFoundByKeyOrDoi) {
  MockHost host;
  const Studies studies = studiesOf(host);
  EXPECT_EQ(studies.all()[0].label, "Berg 2018a");
  EXPECT_EQ(studies.all()[1].label, "Berg 2018b");
  EXPECT_EQ(studies.all()[2].label, "The Group 2020");
  EXPECT_EQ(studies.find("A:2"), 1u);
  EXPECT_EQ(studies.find("https://doi.org/10.1/one"), 0u);
  EXPECT_EQ(studies.find("a:9"), std::nullopt);
}

// Reports of one study are one study, so that it is never pooled twice.
TEST(Studies, ReportsOfOneStudyAreOne) {
  MockHost host;
  const Studies studies = studiesOf(host, {"4"},
                                    {{{"record.key", "b:1"},
                                      {"author.family", "Berg"},
                                      {"issued.year", "2018"},
                                      {"chart.4", "trial"},
                                      {"study", "NCT1"},
                                      {"study.report", "b:3"}},
                                     {{"record.key", "b:2"}, {"author.family", "Dahl"}, {"issued.year", "2011"}},
                                     {{"record.key", "b:3"},
                                      {"id.doi", "10.1/later"},
                                      {"author.family", "Lund"},
                                      {"issued.year", "2020"},
                                      {"study", "NCT1"},
                                      {"study.report", "b:1"}}});
  ASSERT_THAT(studies.all(), SizeIs(2));
  EXPECT_EQ(studies.all()[0].label, "Berg 2018");
  EXPECT_THAT(studies.all()[0].answers.at("4"), ElementsAre("trial"));
  EXPECT_EQ(studies.find("b:3"), 0u);
  EXPECT_EQ(studies.find("10.1/later"), 0u);
  EXPECT_EQ(studies.find("b:2"), 1u);
}

TEST(GatedAnalysis, PoolsWhatWasCharted) {
  const Ran ran(bothGroups("a:1") + bothGroups("a:2") + bothGroups("a:4"), asked());
  ASSERT_TRUE(ran.analysis.result.has_value()) << ran.closedBecause();
  EXPECT_EQ(ran.analysis.result->fit.k, 3u);
  EXPECT_DOUBLE_EQ(ran.analysis.result->fit.pooled().estimate, 2);
  EXPECT_EQ(ran.analysis.result->effects[0].study, "Berg 2018a");
}

TEST(GatedAnalysis, TooFewStudiesStayUnpooled) {
  Analysis four = asked();
  four.studies = 4;
  const Ran ran(bothGroups("a:1") + bothGroups("a:2") + bothGroups("a:4"), four);
  EXPECT_FALSE(ran.analysis.result.has_value());
  EXPECT_THAT(ran.closedBecause(), HasSubstr("at least 4 studies with an effect of 'Recovery' (there are 3)"));
}

TEST(GatedAnalysis, UnitsAreConvertedOrRefused) {
  Analysis days = asked();
  days.unit = "days";
  days.units = {{"weeks", 7}};
  const std::string weeks =
      means("a:2", "intervention", "20", "2", "1", "weeks") + means("a:2", "control", "20", "1", "1", "weeks");
  const Ran ran(bothGroups("a:1", "days") + weeks + bothGroups("a:4", "months"), days);
  ASSERT_TRUE(ran.analysis.result.has_value()) << ran.closedBecause();
  EXPECT_DOUBLE_EQ(ran.analysis.result->effects[1].y, 7);
  EXPECT_DOUBLE_EQ(ran.analysis.result->effects[1].v, 2 * 49 / 20.);
  EXPECT_THAT(ran.analysis.studies.rows[2].problem, HasSubstr("the unit is 'months', the analysis is in days"));
  const Ran mixed(bothGroups("a:1", "days") + bothGroups("a:2", "weeks"), asked());
  EXPECT_THAT(mixed.closedBecause(), HasSubstr("one unit for all studies"));
  const Ran within(
      means("a:1", "intervention", "9", "2", "1", "days") + means("a:1", "control", "9", "2", "1", "weeks"),
      asked("SMD"));
  EXPECT_THAT(within.analysis.studies.rows[0].problem, HasSubstr("its groups are in different units"));
}

TEST(GatedAnalysis, OneEffectAStudyOrTheyAreCombined) {
  const std::string rows = bothGroups("a:1", "points", "3 months") + bothGroups("a:1", "points", "6 months") +
                           bothGroups("a:2", "points", "6 months");
  const Ran refused(rows, asked());
  EXPECT_THAT(refused.closedBecause(), HasSubstr("one effect a study: several of Berg 2018a"));
  Analysis timed = asked();
  timed.time = "6 Months";
  EXPECT_EQ(Ran(rows, timed).analysis.result->fit.k, 2u);
  Analysis combined = asked();
  combined.several = "combine";
  const Ran made(rows, combined);
  ASSERT_TRUE(made.analysis.result.has_value()) << made.closedBecause();
  EXPECT_EQ(made.analysis.result->fit.k, 2u);
  EXPECT_EQ(made.analysis.result->combinedStudies, 1u);
  combined.studies = 3;
  EXPECT_THAT(Ran(rows, combined).closedBecause(), HasSubstr("after effects were combined"));
}

// Cochrane Handbook 6.5.2.10 by hand: 10 of mean 8 and SD 2, 20 of mean 11 and SD 3.
TEST(GatedAnalysis, ArmsOfOneGroupAreUnited) {
  const std::string rows = means("a:1", "intervention", "10", "8", "2", "points", "", "KB", "", "low dose") +
                           means("a:1", "intervention", "20", "11", "3", "points", "", "KB", "", "high dose") +
                           means("a:1", "control", "20", "9", "3");
  const Ran ran(rows + bothGroups("a:2"), asked());
  ASSERT_TRUE(ran.analysis.result.has_value()) << ran.closedBecause();
  const double sd = std::sqrt((9 * 4 + 19 * 9 + 200 / 30. * 9) / 29);
  EXPECT_NEAR(ran.analysis.result->effects[0].y, 10 - 9, 1e-12);
  EXPECT_NEAR(ran.analysis.result->effects[0].v, sd * sd / 30 + 9 / 20., 1e-12);
  EXPECT_THAT(ran.analysis.studies.rows[0].notes,
              ElementsAre(HasSubstr("2 arms of the group 'intervention' combined")));
}

TEST(GatedAnalysis, AScaleOnWhichLessIsBetterIsTurned) {
  const std::string turned = means("a:2", "intervention", "20", "10", "4", "points", "", "KB", "lower") +
                             means("a:2", "control", "20", "12", "4", "points", "", "KB", "lower");
  Analysis higher = asked("SMD");
  higher.better = "higher";
  const Ran ran(bothGroups("a:1") + turned, higher);
  ASSERT_TRUE(ran.analysis.result.has_value()) << ran.closedBecause();
  EXPECT_DOUBLE_EQ(ran.analysis.result->effects[0].y, ran.analysis.result->effects[1].y);
  Analysis difference = asked("MD");
  difference.better = "higher";
  EXPECT_THAT(Ran(bothGroups("a:1") + turned, difference).analysis.studies.rows[1].problem,
              HasSubstr("only SMD can turn"));
  const std::string up = means("a:1", "intervention", "20", "10", "4", "points", "", "KB", "higher") +
                         means("a:1", "control", "20", "12", "4");
  EXPECT_THAT(Ran(up + turned, asked("SMD")).closedBecause(), HasSubstr("one direction for all scales"));
}

TEST(GatedAnalysis, ReadersWhoDifferKeepItShut) {
  const std::string first = bothGroups("a:1") + bothGroups("a:2"),
                    second = means("a:1", "intervention", "20", "12", "4", "points", "", "ON") +
                             means("a:1", "control", "20", "10", "5", "points", "", "ON"),
                    joint = means("a:1", "control", "20", "10", "5", "points", "", "KB; ON");
  const Ran differ(first + second, asked());
  EXPECT_THAT(differ.closedBecause(), HasSubstr("Berg 2018a, recovery, control: KB and ON differ (sd)"));
  EXPECT_THAT(differ.closedBecause(), HasSubstr("[effects.csv, row 3; effects.csv, row 7]"));
  const Ran settled(first + second + joint, asked());
  ASSERT_TRUE(settled.analysis.result.has_value()) << settled.closedBecause();
  EXPECT_DOUBLE_EQ(settled.analysis.result->effects[0].v, 16 / 20. + 25 / 20.);
  EXPECT_EQ(settled.arms.doublyCharted, 2u);
}

TEST(GatedAnalysis, RowsThatCannotBeReadAreNamedAndKeepItShut) {
  const Ran ran(bothGroups("a:1") + bothGroups("a:2") + means("z:9", "control", "1", "1", "1") +
                    means("a:1", "placebo", "1", "1", "1") + means("a:4", "control", "x", "1", "1"),
                asked());
  EXPECT_FALSE(ran.analysis.result.has_value());
  EXPECT_THAT(ran.arms.problems, SizeIs(3));
  EXPECT_THAT(ran.closedBecause(), HasSubstr("effects.csv, row 6, column 1: 'z:9' is no included record"));
  EXPECT_THAT(ran.closedBecause(), HasSubstr("'placebo' is none of intervention, control, single, effect"));
  EXPECT_THAT(ran.closedBecause(), HasSubstr("'x' is no number"));
}

TEST(GatedAnalysis, WhatCannotBeAnEffectIsListedWithItsReason) {
  const Ran ran(bothGroups("a:1") + bothGroups("a:2") + means("a:4", "intervention", "20", "3", "1"), asked());
  ASSERT_TRUE(ran.analysis.result.has_value());
  EXPECT_THAT(ran.analysis.studies.rows[2].problem, HasSubstr("no row of the group 'control' was charted"));
  const Ran noSpread(means("a:1", "intervention", "20", "3", "") + means("a:1", "control", "20", "3", "1"), asked());
  EXPECT_THAT(noSpread.analysis.studies.rows[0].problem, HasSubstr("neither sd nor se"));
  const Ran empty(means("a:1", "intervention", "0", "3", "1") + means("a:1", "control", "20", "3", "1"), asked());
  EXPECT_THAT(empty.analysis.studies.rows[0].problem, HasSubstr("n must be 1 or more"));
}

TEST(GatedAnalysis, OnlyTheDesignsAsked) {
  Analysis trials = asked();
  trials.only = {{"4", {"Trial"}}};
  const Ran ran(bothGroups("a:1") + bothGroups("a:3") + bothGroups("a:4"), trials);
  EXPECT_EQ(ran.analysis.result->fit.k, 2u);
  EXPECT_THAT(ran.analysis.studies.leftOut, ElementsAre("The Group 2020: Study design is survey"));
}

TEST(GatedAnalysis, TooHeterogeneousIsNotPooled) {
  Analysis limited = asked();
  limited.heterogeneity = 50;
  const std::string far = means("a:2", "intervention", "20", "40", "4") + means("a:2", "control", "20", "10", "4");
  const Ran ran(bothGroups("a:1") + far + bothGroups("a:4"), limited);
  EXPECT_FALSE(ran.analysis.result.has_value());
  EXPECT_THAT(ran.closedBecause(), HasSubstr("I2 at most 50 %"));
}

TEST(GatedAnalysis, SubgroupsAndHighRisk) {
  Analysis grouped = asked();
  grouped.subgroup = "4";
  const Ran ran(bothGroups("a:1") + bothGroups("a:2") + bothGroups("a:3"), grouped, {{0, "low"}, {1, "high"}});
  ASSERT_TRUE(ran.analysis.result->subgroups.has_value());
  EXPECT_EQ(ran.analysis.result->subgroups->groups.size(), 2u);
  EXPECT_THAT(ran.analysis.result->withoutHighRisk->left, ElementsAre("Berg 2018b"));
  EXPECT_THAT(ran.analysis.remarks, ElementsAre("The Group 2020 has no settled appraisal"));
}

TEST(GatedAnalysis, AStandardErrorTakenForADeviationIsSuspected) {
  const std::string odd = means("a:2", "intervention", "20", "12", "0.3") + means("a:2", "control", "20", "10", "0.3");
  EXPECT_THAT(Ran(bothGroups("a:1") + odd, asked()).analysis.remarks,
              ElementsAre(HasSubstr("differ more than tenfold")));
}

TEST(GatedAnalysis, EventsCorrelationsAndGivenEffects) {
  const auto row = [](const std::string& record, const std::string& group, const std::string& numbers) {
    return record + ",KB,,recovery,,,," + group + ",," + numbers + "\n";
  };
  const Ran risk(row("a:1", "intervention", "20,4,,,,,") + row("a:1", "control", "20,8,,,,,") +
                     row("a:2", "intervention", "30,5,,,,,") + row("a:2", "control", "30,9,,,,,"),
                 asked("RR"));
  EXPECT_DOUBLE_EQ(risk.analysis.result->effects[0].y, std::log(0.5));
  const Ran shares(row("a:1", "single", "20,4,,,,,") + row("a:2", "single", "30,5,,,,,"), asked("PLO"));
  EXPECT_DOUBLE_EQ(shares.analysis.result->effects[0].y, std::log(4 / 16.));
  const Ran correlations(row("a:1", "effect", "20,,,,,0.5,") + row("a:2", "effect", "30,,,,,0.2,"), asked("ZCOR"));
  EXPECT_DOUBLE_EQ(correlations.analysis.result->effects[0].y, std::atanh(0.5));
  const Ran given(row("a:1", "effect", ",,,,0.2,,1.5") + row("a:2", "effect", ",,,,0.1,,1"), asked("GEN"));
  EXPECT_DOUBLE_EQ(given.analysis.result->effects[0].v, 0.2 * 0.2);
}

// ---- appraisal --------------------------------------------------------------------------------------------------

namespace {

constexpr const char* kForm = R"(winnow: appraisal/1
id: ours
title: Ours
answers: {"yes": low, "can't tell": some, "no": high}
items:
  - {id: aims, text: "Aims?", stop_if_no: true}
  - {id: ethics, short: Ethics, text: "Ethics?"}
overall: {low: low, high: high}
)";

Appraised appraised(const std::string& rows, const std::vector<std::string>& by = {"KB", "ON"}) {
  MockHost host;
  const Studies studies = studiesOf(host);
  winnow::synthesis::Appraisal asked;
  asked.by = by;
  asked.answers = {{"answers.csv", "record,reviewer,item,answer,reason\n" + rows}};
  return readAppraisal(readAppraisalForm(kForm), asked, studies, {0, 3});
}

}  // namespace

TEST(AppraisalForm, ShippedFormsAreRead) {
  EXPECT_THAT(shippedForms(), ElementsAre("casp-qualitative", "risk-of-bias"));
  const AppraisalForm casp = readAppraisalForm(*shippedForm("casp-qualitative"));
  EXPECT_THAT(casp.items, SizeIs(10));
  EXPECT_TRUE(casp.items[0].stopsIfNo && casp.items[1].stopsIfNo && !casp.items[2].stopsIfNo);
  EXPECT_EQ(casp.items[0].lightOf("Can't tell"), Light::Some);
  EXPECT_FALSE(shippedForm("casp").has_value());
}

TEST(AppraisalForm, AnAdaptedFormSaysWhatWasChanged) {
  const AppraisalForm form = readAppraisalForm(
      "winnow: appraisal/1\nid: ours\ntitle: T\nbased_on: risk-of-bias\nanswers: {low: low}\nitems:\n  - {id: "
      "allocation, text: A}\n"
      "  - {id: missing, text: M}\n  - {id: measurement, text: M}\n  - {id: selection, text: S}\n  - {id: funding, "
      "short: Funding, text: F}\n"
      "overall: {low: low}\n");
  EXPECT_THAT(form.added, ElementsAre("Funding"));
  EXPECT_THAT(form.removed, ElementsAre("Deviations"));
}

TEST(AppraisalForm, RefusesWithItsPlace) {
  const auto refusal = [](const std::string& yaml) -> std::string {
    try {
      readAppraisalForm(yaml);
    } catch (const std::invalid_argument& error) {
      return error.what();
    }
    return "accepted";
  };
  const std::string head = "winnow: appraisal/1\nid: x\ntitle: T\n";
  EXPECT_THAT(refusal("- a\n"), HasSubstr("line 1, column 1: an appraisal form is a map"));
  EXPECT_THAT(refusal("winnow: dialect/1\nid: x\n"), HasSubstr("the first key must be 'winnow: appraisal/1'"));
  EXPECT_THAT(refusal(head + "itmes: []\n"), HasSubstr("line 4, column 1: a form has no key 'itmes'"));
  EXPECT_THAT(refusal(head), HasSubstr("the form needs 'items'"));
  EXPECT_THAT(refusal(head + "items:\n  - {id: a, text: A}\noverall: {low: low}\n"), HasSubstr("'a' has no answers"));
  EXPECT_THAT(refusal(head + "answers: {yes: green}\nitems:\n  - {id: a, text: A}\n"),
              HasSubstr("low, some, high, none"));
  EXPECT_THAT(refusal(head + "answers: {yes: low}\nitems:\n  - {id: a, text: A}\n  - {id: a, text: B}\n"),
              HasSubstr("stands twice"));
  EXPECT_THAT(refusal(head + "answers: {yes: low}\nitems:\n  - {id: a, text: A}\n"),
              HasSubstr("the form needs 'overall'"));
  EXPECT_THAT(refusal("a: [\n"), HasSubstr("line "));
}

TEST(Appraisal, TwoReadersAndTheirJointWord) {
  const Appraised out = appraised(
      "a:1,KB,aims,yes,clear\na:1,ON,aims,yes,\na:1,KB,ethics,no,none named\na:1,ON,ethics,can't tell,\na:1,KB; "
      "ON,ethics,can't tell,talked\n"
      "a:1,KB,overall,low,\na:1,ON,overall,low,\na:4,KB,aims,yes,\na:4,ON,aims,no,\n");
  EXPECT_EQ(out.overall(0), Light::Low);
  EXPECT_EQ(out.settled.at(0).at("ethics").answer, "can't tell");
  EXPECT_EQ(out.settled.at(0).at("ethics").light, Light::Some);
  EXPECT_EQ(out.settled.at(0).at("aims").reason, "clear");
  EXPECT_THAT(out.conflicts, ElementsAre(HasSubstr("Dahl 2011, aims: KB says yes, ON says no")));
  EXPECT_THAT(out.open, ElementsAre("Dahl 2011, Ethics (KB, ON)", "Dahl 2011, Overall (KB, ON)"));
  EXPECT_FALSE(out.isComplete());
  EXPECT_THAT(out.pairs.at("ethics"), ElementsAre(std::pair<std::string, std::string>("no", "can't tell")));
}

TEST(Appraisal, AStoppingItemLeavesTheRestUnasked) {
  const Appraised out = appraised(
      "a:1,KB,aims,no,\na:1,KB,overall,high,\na:4,KB,aims,yes,\na:4,KB,ethics,yes,\na:4,KB,overall,low,\n", {"KB"});
  EXPECT_TRUE(out.isComplete());
  EXPECT_EQ(out.overall(0), Light::High);
}

TEST(Appraisal, RowsThatDoNotFitAreNamed) {
  const Appraised out = appraised(
      "z:1,KB,aims,yes,\na:2,KB,aims,yes,\na:1,KB,aim,yes,\na:1,KB,aims,perhaps,\na:1,XY,aims,yes,\na:1,KB,ethics,,\n");
  EXPECT_THAT(out.problems, ElementsAre(HasSubstr("row 2, column 1: 'z:1' is no included record"),
                                        HasSubstr("is not in the meta-analysis"), HasSubstr("no item 'aim'"),
                                        HasSubstr("'perhaps' is no answer"), HasSubstr("'XY' does not appraise")));
}
