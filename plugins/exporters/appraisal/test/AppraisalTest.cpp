#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "AppraisalTable.hpp"
#include "winnow/testing.hpp"

using namespace winnow::appraisal;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;
using winnow::testing::MockHost;
using winnow::testing::SettingList;
using winnow::testing::TestRecord;

namespace {

using Json = nlohmann::ordered_json;

const std::vector<TestRecord> kRecords{{{"record.key", "a:1"}, {"author.family", "Berg"}, {"issued.year", "2018"}},
                                       {{"record.key", "a:2"}, {"author.family", "Dahl"}, {"issued.year", "2011"}},
                                       {{"record.key", "a:3"}, {"author.family", "Falk"}, {"issued.year", "2016"}}};

constexpr const char* kEffects =
    "record,reviewer,outcome,group,se,estimate\na:1,KB,recovery,effect,0.2,1\na:2,KB,recovery,effect,0.2,2\n";

Json synthesis(const std::string& decision, const std::string& answers) {
  return {{"format", "winnow-synthesis/1"},
          {"waiting", 0},
          {"decision", decision},
          {"by", {"KB"}},
          {"date", ""},
          {"reason", "the same scale"},
          {"effects", {{{"file", "effects.csv"}, {"text", kEffects}}}},
          {"analyses",
           {{{"name", "recovery"},
             {"measure", "GEN"},
             {"method", "REML"},
             {"test", "knha"},
             {"outcome", "recovery"},
             {"time", ""},
             {"unit", ""},
             {"units", Json::object()},
             {"only", Json::object()},
             {"studies", 2},
             {"heterogeneity", ""},
             {"better", ""},
             {"several", "refuse"},
             {"rho", "0.5"},
             {"subgroup", ""},
             {"groups", Json::array()}}}},
          {"appraisal",
           {{"form", {{"name", "risk-of-bias"}}},
            {"by", {"KB", "ON"}},
            {"answers", {{{"file", "answers.csv"}, {"text", "record,reviewer,item,answer,reason\n" + answers}}}}}}};
}

std::string written(const Json& document, const SettingList& settings = {}) {
  MockHost host;
  host.documents["synthesis"] = document.dump();
  auto [status, text] = host.write(winnow_plugin_v1.stage(0), kRecords, settings);
  EXPECT_EQ(status, WINNOW_OK) << (host.diagnostics.empty() ? "" : host.diagnostics.back().message);
  return text;
}

/// A table of invented lights for so many studies.
AppraisalTable invented(std::size_t studies) {
  AppraisalTable table;
  table.form = winnow::synthesis::readAppraisalForm(*winnow::synthesis::shippedForm("casp-qualitative"));
  const winnow::synthesis::Light lights[] = {winnow::synthesis::Light::Low, winnow::synthesis::Light::Some,
                                             winnow::synthesis::Light::High, winnow::synthesis::Light::None};
  for (std::size_t i = 0; i < studies; ++i) {
    table.studies.emplace_back(i, "Study <" + std::to_string(i) + "> & others");
    for (std::size_t j = 0; j < table.form.items.size(); ++j)
      table.appraised.settled[i][table.form.items[j].id] = {"", "", lights[(i + j) % 4]};
  }
  return table;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

}  // namespace

TEST(AppraisalExporter, IsShutWhileNothingIsPooled) {
  for (const std::string decision : {"", "do not pool"}) {
    const Json document = synthesis(decision, "");
    EXPECT_THAT(written(document), HasSubstr("No appraisal was done, because no meta-analysis was performed:"));
    EXPECT_THAT(written(document), HasSubstr(decision.empty() ? "nobody has decided" : "decided not to pool"));
    EXPECT_THAT(written(document), HasSubstr("and 16 (its results): not done, for this reason"));
    EXPECT_THAT(written(document, {{"show", "sheet"}}), IsEmpty());
    EXPECT_THAT(written(document, {{"show", "robvis"}}), IsEmpty());
    EXPECT_THAT(written(document, {{"show", "traffic-light"}}), HasSubstr("No appraisal was done"));
    EXPECT_THAT(written(document, {{"show", "summary"}}), HasSubstr("No appraisal was done"));
  }
  Json tooFew = synthesis("pool", "");
  tooFew["analyses"][0]["studies"] = 3;
  EXPECT_THAT(written(tooFew), HasSubstr("'recovery': at least 3 studies"));
}

TEST(AppraisalExporter, TheSheetIsForPooledStudiesAlone) {
  const std::string sheet = written(synthesis("pool", ""), {{"show", "sheet"}, {"reviewer", "ON"}});
  EXPECT_EQ(count(sheet, "a:1,ON,"), 6u);  // five items and the overall judgement
  EXPECT_EQ(count(sheet, "a:2,ON,"), 6u);
  EXPECT_EQ(count(sheet, "a:3,"), 0u);
  EXPECT_THAT(sheet, HasSubstr("low / some concerns / high"));
}

TEST(AppraisalExporter, TableRobvisAndPlots) {
  std::string answers;
  for (const char* record : {"a:1", "a:2"})
    for (const char* reader : {"KB", "ON"})
      for (const char* item : {"allocation", "deviations", "missing", "measurement", "selection", "overall"})
        answers += std::string(record) + "," + reader + "," + item + ",low,\n";
  answers += "a:1,KB; ON,missing,high,a third left\n";
  const Json document = synthesis("pool", answers);
  EXPECT_THAT(written(document), HasSubstr("| Berg 2018 | low | low | high | low | low | low |"));
  EXPECT_THAT(written(document), HasSubstr("Berg 2018, Missing data: high: a third left"));
  EXPECT_EQ(
      written(document, {{"show", "robvis"}}),
      "Study,D1,D2,D3,D4,D5,Overall\r\nBerg 2018,Low,Low,High,Low,Low,Low\r\nDahl 2011,Low,Low,Low,Low,Low,Low\r\n");
  EXPECT_THAT(written(document, {{"show", "traffic-light"}}), StartsWith("<svg"));
  EXPECT_THAT(written(document, {{"show", "summary"}}), HasSubstr("each counted once (not weighted)"));
  EXPECT_THAT(written(synthesis("pool", "a:1,KB,missing,low,\n")), HasSubstr("Not answered:"));
}

TEST(AppraisalPlots, AnyNumberOfStudies) {
  for (const std::size_t studies : {1u, 2u, 49u, 500u}) {
    const AppraisalTable table = invented(studies);
    const std::string svg = trafficLight(table, 40);
    EXPECT_EQ(count(svg, ">Overall<"), (studies + 39) / 40) << studies;  // the heading stands again after 40
    EXPECT_EQ(count(svg, "<g>"), studies * 11);
    EXPECT_EQ(svg.find("Study <"), std::string::npos);
    // Each light has a sign of its own beside its colour.
    for (const char* sign : {">+<", ">–<", ">×<", ">?<"}) EXPECT_THAT(svg, HasSubstr(sign));
    EXPECT_THAT(summaryPlot(table), HasSubstr("</svg>"));
  }
}
