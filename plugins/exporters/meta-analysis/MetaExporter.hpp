// exporters.meta-analysis: the analyses of the review behind their gate. See README.md.
#pragma once

#include <string>

#include <winnow/plugin.hpp>

#include "synthesis/Appraisal.hpp"
#include "synthesis/GatedAnalysis.hpp"

namespace winnow::meta {

class MetaExporter final : public Exporter {
 public:
  static constexpr std::string_view id = "exporters.meta-analysis", version = "1.0.0";
  static constexpr std::string_view help =
      "Meta-analysis behind the gate of 'synthesis': result, plots, effects, R script.";
  static constexpr std::uint32_t flags = WINNOW_DETERMINISTIC;
  static constexpr winnow_option options[] = {
      option(WINNOW_STRING, "analysis", "", "Which of the analyses of 'synthesis'; the first unless given."),
      option(WINNOW_CHOICE, "show", "result", "What is written.",
             "result|json|effects|forest|funnel|baujat|leave-one-out|r-script|sheet"),
      option(WINNOW_STRING, "reviewer", "", "Sheet: who fills it in.")};

  MetaExporter(Host host, const Settings& settings);
  winnow_status write(Sink sink) override;

 private:
  synthesis::GatedAnalysis analysed(const synthesis::Analysis& asked, const synthesis::Synthesis& synthesis,
                                    const synthesis::Studies& studies) const;
  std::string pageOf(const synthesis::GatedAnalysis& analysis) const;
  std::string sheetOf(const synthesis::Synthesis& synthesis, const synthesis::Studies& studies) const;
  std::string plotOf(const synthesis::GatedAnalysis& analysis) const;
  bool isPlot() const;
  winnow_status fail(std::string_view code, const std::string& message) const;

  std::string analysis_, show_, reviewer_;
};

}  // namespace winnow::meta
