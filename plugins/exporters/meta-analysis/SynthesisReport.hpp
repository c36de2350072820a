// The page, the table and the JSON of an analysis of the review, pooled or not.
#pragma once

#include <string>

#include "synthesis/GatedAnalysis.hpp"

namespace winnow::meta {

/// Markdown: what had to hold and whether it does; the result, or that no meta-analysis was performed and why.
std::string gatedMarkdown(const synthesis::GatedAnalysis& analysis);
/// {"format": "winnow-meta/1", "name", "performed", "gate", "result" (as `winnow meta --json`, or null), "studies"}.
std::string gatedJson(const synthesis::GatedAnalysis& analysis);
/// CSV: one row a study with its effect, interval and weight, or why it has none. While the gate is shut: the reasons.
std::string effectTable(const synthesis::GatedAnalysis& analysis);
/// A script that says that there is nothing to check.
std::string closedScript(const synthesis::GatedAnalysis& analysis);
/// Where the review names no analysis: that none was performed and why, as a picture, JSON or Markdown.
std::string notPerformed(const synthesis::Synthesis& synthesis, bool asPlot, bool asJson);

}  // namespace winnow::meta
