#include "MetaExporter.hpp"

#include <algorithm>

#include "Plots.hpp"
#include "Report.hpp"
#include "SynthesisReport.hpp"
#include "table/Table.hpp"

namespace winnow::meta {

namespace {

using synthesis::Studies;
using synthesis::Synthesis;

}  // namespace

MetaExporter::MetaExporter(Host host, const Settings& settings)
    : Exporter(host),
      analysis_(settings.text("analysis")),
      show_(settings.text("show")),
      reviewer_(settings.text("reviewer")) {}

winnow_status MetaExporter::fail(std::string_view code, const std::string& message) const {
  host().diagnose({WINNOW_ERROR, code, message, "nothing was written", {}, 0});
  return WINNOW_FAILED;
}

bool MetaExporter::isPlot() const {
  return show_ == "forest" || show_ == "funnel" || show_ == "baujat" || show_ == "leave-one-out";
}

winnow_status MetaExporter::write(Sink sink) {
  Synthesis synthesis;
  try {
    synthesis = synthesis::readSynthesis(host().document("synthesis"));
  } catch (const std::runtime_error& error) {
    return fail("meta.no-synthesis", error.what());
  }
  Studies studies(host(), synthesis::itemsOf(synthesis), synthesis.names);
  const winnow_status read = sink.forEach([&](Record record) { studies.add(record); });
  if (read != WINNOW_OK) return read;
  studies.finish();
  if (show_ == "sheet") return sink.write(sheetOf(synthesis, studies));
  const auto asked = std::find_if(synthesis.analyses.begin(), synthesis.analyses.end(),
                                  [&](const auto& one) { return analysis_.empty() || one.name == analysis_; });
  if (asked == synthesis.analyses.end()) {
    if (!analysis_.empty() && !synthesis.analyses.empty())
      return fail("meta.no-analysis", "'synthesis' has no analysis '" + analysis_ + "'");
    return sink.write(notPerformed(synthesis, isPlot(), show_ == "json"));
  }
  try {
    return sink.write(pageOf(analysed(*asked, synthesis, studies)));
  } catch (const std::runtime_error& error) {
    return fail("meta.form", error.what());
  }
}

/// The analysis, then again with the risk of bias of what it pools.
synthesis::GatedAnalysis MetaExporter::analysed(const synthesis::Analysis& asked, const Synthesis& synthesis,
                                                const Studies& studies) const {
  const synthesis::ChartedArms arms = synthesis::readArms(synthesis.effects, studies);
  synthesis::Surroundings known{synthesis, studies, arms, synthesis::itemLabels(host().document("form")), {}};
  synthesis::GatedAnalysis analysis = synthesis::gatedAnalysis(asked, known);
  known.risks = synthesis::risksOf(synthesis, studies, synthesis::pooledStudiesOf({analysis}));
  return known.risks.empty() ? analysis : synthesis::gatedAnalysis(asked, known);
}

std::string MetaExporter::pageOf(const synthesis::GatedAnalysis& analysis) const {
  if (isPlot()) return plotOf(analysis);
  if (show_ == "json") return gatedJson(analysis);
  if (show_ == "effects") return effectTable(analysis);
  if (show_ == "r-script") return analysis.result ? toRScript(*analysis.result) : closedScript(analysis);
  return gatedMarkdown(analysis);
}

std::string MetaExporter::plotOf(const synthesis::GatedAnalysis& analysis) const {
  if (!analysis.result) return noPlot(analysis.asked.name, analysis.gate.reasons());
  PlotText text{analysis.asked.name, analysis.asked.first, analysis.asked.second, {}};
  for (const synthesis::PooledStudy& row : analysis.studies.rows)
    if (!row.effect) text.notEstimable.emplace_back(row.label, row.problem);
  if (show_ == "funnel") return funnelPlot(*analysis.result, text);
  if (show_ == "baujat") return baujatPlot(*analysis.result, text);
  if (show_ == "leave-one-out") return leaveOneOutPlot(*analysis.result, text);
  return forestPlot(*analysis.result, text);
}

/// Two rows a study and outcome, for intervention and control, where the decision to pool has been taken.
std::string MetaExporter::sheetOf(const Synthesis& synthesis, const Studies& studies) const {
  table::Row heading{"record", "reviewer", "title"};
  heading.insert(heading.end(), std::begin(synthesis::kArmTexts), std::end(synthesis::kArmTexts));
  heading.insert(heading.end(), std::begin(synthesis::kArmNumbers), std::end(synthesis::kArmNumbers));
  for (const char* forPeople : {"quote", "page"}) heading.emplace_back(forPeople);
  std::string out = table::header(heading, table::Format::csv);
  if (synthesis.decision != "pool") return out;
  for (const synthesis::StudyRecord& study : studies.all())
    for (const synthesis::Analysis& analysis : synthesis.analyses) {
      const auto measure = measureNamed(analysis.measure);
      const bool isOne = measure == Measure::PLO || measure == Measure::PFT;
      const bool isEffect = measure == Measure::GEN || measure == Measure::ZCOR;
      std::vector<std::string> groups{"intervention", "control"};
      if (isOne) groups = {"single"};
      if (isEffect) groups = {"effect"};
      for (const std::string& group : groups) {
        table::Row row{study.key,     reviewer_,     study.title, "",    analysis.outcome,
                       analysis.time, analysis.unit, "",          group, ""};
        row.resize(heading.size());
        out += table::row(row, table::Format::csv);
      }
    }
  return out;
}

const void* commands(const char* id) noexcept;

}  // namespace winnow::meta

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "exporters-meta-analysis", "1.0.0", "Apache-2.0")
                  .extension(winnow::meta::commands),
              winnow::meta::MetaExporter)
