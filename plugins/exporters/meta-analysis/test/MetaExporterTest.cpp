#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "Plots.hpp"
#include "Published.hpp"
#include "winnow/testing.hpp"

using namespace winnow::meta;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using winnow::testing::MockHost;
using winnow::testing::SettingList;
using winnow::testing::TestRecord;

namespace {

using Json = nlohmann::ordered_json;

const std::vector<TestRecord> kRecords{
    {{"record.key", "a:1"}, {"title", "One"}, {"author.family", "Berg"}, {"issued.year", "2018"}, {"chart.4", "trial"}},
    {{"record.key", "a:2"}, {"title", "Two"}, {"author.family", "Dahl"}, {"issued.year", "2011"}, {"chart.4", "trial"}},
    {{"record.key", "a:3"},
     {"title", "Three"},
     {"author.family", "Falk"},
     {"issued.year", "2016"},
     {"chart.4", "survey"}}};

constexpr const char* kEffects =
    "record,reviewer,outcome,time,unit,group,n,mean,sd\n"
    "a:1,KB,recovery,,points,intervention,20,12,4\na:1,KB,recovery,,points,control,20,10,4\n"
    "a:2,KB,recovery,,points,intervention,30,14,5\na:2,KB,recovery,,points,control,30,11,4\n"
    "a:3,KB,recovery,,points,intervention,30,14,5\n";

Json synthesis(const std::string& decision) {
  return {{"format", "winnow-synthesis/1"},
          {"waiting", 0},
          {"decision", decision.empty() ? Json() : Json(decision)},
          {"by", {"KB"}},
          {"date", "2021-02-15"},
          {"reason", "the same scale"},
          {"effects", {{{"file", "effects.csv"}, {"text", kEffects}}}},
          {"analyses",
           {{{"name", "recovery"},
             {"measure", "MD"},
             {"method", "REML"},
             {"test", "knha"},
             {"outcome", "recovery"},
             {"time", ""},
             {"unit", "points"},
             {"units", Json::object()},
             {"only", Json::object()},
             {"studies", 2},
             {"heterogeneity", ""},
             {"better", ""},
             {"several", "refuse"},
             {"rho", "0.5"},
             {"subgroup", ""},
             {"groups", Json::array()}}}},
          {"appraisal", nullptr}};
}

std::string written(const Json& document, const SettingList& settings) {
  MockHost host;
  host.documents["synthesis"] = document.dump();
  auto [status, text] = host.write(winnow_plugin_v1.stage(0), kRecords, settings);
  EXPECT_EQ(status, WINNOW_OK) << (host.diagnostics.empty() ? "" : host.diagnostics.back().message);
  return text;
}

}  // namespace

TEST(MetaExporter, PoolsBehindAnOpenGate) {
  const std::string page = written(synthesis("pool"), {});
  EXPECT_THAT(page, HasSubstr("- [x] decided to pool (KB, 2021-02-15): the same scale"));
  EXPECT_THAT(page, HasSubstr("| Berg 2018 | 2.00 (-0.48 to 4.48) |"));
  EXPECT_THAT(page, HasSubstr("Not estimable:\n\n- Falk 2016: no row of the group 'control' was charted"));
  const Json result = Json::parse(written(synthesis("pool"), {{"show", "json"}}));
  EXPECT_TRUE(result.at("performed"));
  EXPECT_EQ(result.at("result").at("k"), 2);
  EXPECT_THAT(written(synthesis("pool"), {{"show", "effects"}}), HasSubstr("Falk 2016,,,,,,,not estimable"));
  EXPECT_THAT(written(synthesis("pool"), {{"show", "r-script"}}), HasSubstr("library(metafor)"));
  for (const char* plot : {"forest", "funnel", "baujat", "leave-one-out"})
    EXPECT_THAT(written(synthesis("pool"), {{"show", plot}}), StartsWith("<svg")) << plot;
  const std::string forest = written(synthesis("pool"), {{"show", "forest"}});
  for (const char* words :
       {"not estimable: no row of the group", "Heterogeneity: tau²", "Test of the pooled effect: p"})
    EXPECT_THAT(forest, HasSubstr(words));
}

TEST(MetaExporter, AShutGateSaysWhyInEveryOutput) {
  for (const std::string decision : {"", "do not pool"}) {
    const char* why = decision.empty() ? "nobody has decided" : "decided not to pool";
    for (const char* show : {"result", "effects", "forest", "funnel", "baujat", "leave-one-out", "r-script", "json"}) {
      const std::string text = written(synthesis(decision), {{"show", show}});
      EXPECT_THAT(text, HasSubstr(why)) << show;
      EXPECT_THAT(text, Not(HasSubstr("2.00"))) << show;
    }
    EXPECT_EQ(written(synthesis(decision), {{"show", "sheet"}}).find("a:1"), std::string::npos);
  }
  EXPECT_THAT(written(Json{{"format", "winnow-synthesis/1"}, {"waiting", 0}}, {}),
              HasSubstr("No meta-analysis was performed"));
}

TEST(MetaExporter, WithoutAnAnalysisNothingIsPerformed) {
  Json document = synthesis("pool");
  document["analyses"] = Json::array();
  for (const char* show : {"result", "forest", "json"})
    EXPECT_THAT(written(document, {{"show", show}}), HasSubstr("the review names no analysis")) << show;
  const Json result = Json::parse(written(document, {{"show", "json"}}));
  EXPECT_FALSE(result.at("performed"));
  EXPECT_FALSE(result.at("gate").at("open"));
}

TEST(MetaExporter, TheSheetHasARowAStudyAndGroup) {
  const std::string sheet = written(synthesis("pool"), {{"show", "sheet"}, {"reviewer", "ON"}});
  EXPECT_THAT(
      sheet,
      HasSubstr(
          "record,reviewer,title,study,outcome,time,unit,arm,group,better,n,events,mean,sd,se,r,estimate,quote,page"));
  EXPECT_THAT(sheet, HasSubstr("a:2,ON,Two,,recovery,,points,,control,"));
}

TEST(MetaExporter, RefusesWhatItCannotFind) {
  MockHost host;
  EXPECT_EQ(host.write(winnow_plugin_v1.stage(0), kRecords, {}).first, WINNOW_FAILED);
  EXPECT_EQ(host.diagnostics.back().code, "meta.no-synthesis");
  host.documents["synthesis"] = synthesis("pool").dump();
  EXPECT_EQ(host.write(winnow_plugin_v1.stage(0), kRecords, {{"analysis", "relapse"}}).first, WINNOW_FAILED);
  EXPECT_EQ(host.diagnostics.back().code, "meta.no-analysis");
  Json form = synthesis("pool");
  form["appraisal"] = {{"form", {{"name", "grade"}}}, {"by", {"KB"}}, {"answers", Json::array()}};
  host.documents["synthesis"] = form.dump();
  EXPECT_EQ(host.write(winnow_plugin_v1.stage(0), kRecords, {}).first, WINNOW_FAILED);
  EXPECT_THAT(host.diagnostics.back().message,
              HasSubstr("there is no form 'grade'; shipped are casp-qualitative, risk-of-bias"));
}

TEST(Plots, AreDrawnForDegenerateSetsAndHostileNames) {
  const PlotText text{"<Recovery> & \"more\"", "a", "b", {{"none", "]]> -->"}}};
  for (const std::size_t k : {1u, 2u, 3u, 60u})
    for (const Scale scale : {Scale::Ratio, Scale::Plain, Scale::Proportion, Scale::FreemanTukey, Scale::Correlation}) {
      const Measure measure = scale == Scale::Ratio          ? Measure::ROM
                              : scale == Scale::Proportion   ? Measure::PLO
                              : scale == Scale::FreemanTukey ? Measure::PFT
                              : scale == Scale::Correlation  ? Measure::ZCOR
                                                             : Measure::GEN;
      for (const double spread : {0.0, 0.4}) {
        std::vector<Effect> effects;
        for (std::size_t i = 0; i < k; ++i) {
          Effect e;
          e.study = "<script>" + std::string(i % 3 == 0 ? 300 : 3, 'x') + "\xE2\x80\xAE";
          e.y = 0.3 + spread * static_cast<double>(i % 5);
          e.v = 0.04;
          e.size = 20;
          effects.push_back(e);
        }
        const Analysis analysis = analyse(effects, {measure, Method::REML, Inference::KnappHartung, true});
        for (const std::string& svg : {forestPlot(analysis, text), funnelPlot(analysis, text),
                                       baujatPlot(analysis, text), leaveOneOutPlot(analysis, text)}) {
          EXPECT_THAT(svg, HasSubstr("</svg>"));
          EXPECT_EQ(svg.find("nan"), std::string::npos);
          EXPECT_EQ(svg.find("<script"), std::string::npos);
        }
      }
    }
}
