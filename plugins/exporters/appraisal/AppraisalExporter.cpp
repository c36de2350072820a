// exporters.appraisal: the appraisal of pooled studies, shut while nothing is pooled. See README.md.
#include <algorithm>
#include <stdexcept>
#include <string>

#include <winnow/plugin.hpp>

#include "AppraisalTable.hpp"

namespace winnow::appraisal {

namespace {

using synthesis::GatedAnalysis;
using synthesis::Studies;
using synthesis::Synthesis;

class AppraisalExporter final : public Exporter {
 public:
  static constexpr std::string_view id = "exporters.appraisal", version = "1.0.0";
  static constexpr std::string_view help =
      "Appraisal of the pooled studies: sheet, table, traffic light, summary, robvis.";
  static constexpr std::uint32_t flags = WINNOW_DETERMINISTIC;
  static constexpr winnow_option options[] = {
      option(WINNOW_CHOICE, "show", "page", "What is written.", "page|sheet|traffic-light|summary|robvis"),
      option(WINNOW_STRING, "reviewer", "", "Sheet: who fills it in."),
      option(WINNOW_INTEGER, "rows", "40", "Traffic light: after so many studies the heading stands again.", {}, "1",
             "1000")};

  AppraisalExporter(Host host, const Settings& settings)
      : Exporter(host),
        show_(settings.text("show")),
        reviewer_(settings.text("reviewer")),
        rows_(static_cast<std::size_t>(settings.integer("rows"))) {}

  winnow_status write(Sink sink) override {
    try {
      return write(sink, synthesis::readSynthesis(host().document("synthesis")));
    } catch (const std::exception& error) {
      host().diagnose({WINNOW_ERROR, "appraisal.refused", error.what(), "nothing was written", {}, 0});
      return WINNOW_FAILED;
    }
  }

 private:
  winnow_status write(const Sink& sink, const Synthesis& synthesis) {
    Studies studies(host(), synthesis::itemsOf(synthesis), synthesis.names);
    const winnow_status read = sink.forEach([&](Record record) { studies.add(record); });
    if (read != WINNOW_OK) return read;
    studies.finish();
    const synthesis::ChartedArms arms = synthesis::readArms(synthesis.effects, studies);
    std::vector<GatedAnalysis> analyses;
    for (const synthesis::Analysis& asked : synthesis.analyses)
      analyses.push_back(synthesis::gatedAnalysis(
          asked, {synthesis, studies, arms, synthesis::itemLabels(host().document("form")), {}}));
    synthesis::Gate gate = synthesis::appraisalGate(synthesis, analyses);
    if (!synthesis.appraisal) gate.conditions.push_back({"the review names no form (synthesis: appraisal)", false});
    if (!gate.isOpen()) return sink.write(closed(gate));
    return sink.write(shown(tableOf(synthesis, studies, analyses, std::move(gate)), studies));
  }

  AppraisalTable tableOf(const Synthesis& synthesis, const Studies& studies, const std::vector<GatedAnalysis>& analyses,
                         synthesis::Gate gate) const {
    const synthesis::Appraisal& asked = *synthesis.appraisal;
    AppraisalTable table;
    table.form = synthesis::formOf(asked);
    const std::set<std::size_t> pooled = synthesis::pooledStudiesOf(analyses);
    table.appraised = synthesis::readAppraisal(table.form, asked, studies, pooled);
    for (const std::size_t study : pooled) table.studies.emplace_back(study, studies.all()[study].label);
    table.by = asked.by;
    table.gate = std::move(gate);
    return table;
  }

  std::string closed(const synthesis::Gate& gate) const {
    if (show_ == "sheet" || show_ == "robvis") return {};  // no form while the gate is shut
    return notAppraised(gate, show_ != "page");
  }

  std::string shown(const AppraisalTable& table, const Studies& studies) const {
    if (show_ == "sheet") return appraisalSheet(table, studies, reviewer_);
    if (show_ == "traffic-light") return trafficLight(table, rows_);
    if (show_ == "summary") return summaryPlot(table);
    if (show_ == "robvis") return robvisCsv(table);
    return appraisalPage(table);
  }

  std::string show_, reviewer_;
  std::size_t rows_;
};

}  // namespace
}  // namespace winnow::appraisal

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "exporters-appraisal", "1.0.0", "Apache-2.0"),
              winnow::appraisal::AppraisalExporter)
