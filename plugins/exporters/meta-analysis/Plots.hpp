// The plots of a meta-analysis. Figures come from the analysis and are never computed again.
#pragma once

#include <string>
#include <vector>

#include "Analysis.hpp"

namespace winnow::meta {

/// What a plot says around its figures.
struct PlotText {
  std::string title;
  std::string first = "intervention", second = "control";         ///< what the groups are called
  std::vector<std::pair<std::string, std::string>> notEstimable;  ///< study and reason; listed below the others
};

/// Rows of studies with interval, weight and square (area by weight); subgroups; the pooled diamond; the prediction
/// interval, its kind named; heterogeneity. Ratios on a logarithmic axis; intervals that leave it end in arrows.
std::string forestPlot(const Analysis& analysis, const PlotText& text);
/// Effect against standard error, with the 95 % limits of chance around the pooled effect; filled-in studies hollow.
/// Needs extras.
std::string funnelPlot(const Analysis& analysis, const PlotText& text);
/// Contribution to heterogeneity against influence on the result (Baujat and others 2002). Needs extras.
std::string baujatPlot(const Analysis& analysis, const PlotText& text);
/// The pooled effect without each study in turn. Needs extras.
std::string leaveOneOutPlot(const Analysis& analysis, const PlotText& text);
/// A picture of the sentence that there is none, with its reasons.
std::string noPlot(const std::string& title, const std::vector<std::string>& reasons);

}  // namespace winnow::meta
