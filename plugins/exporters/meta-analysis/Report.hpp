// A meta-analysis for people, for programs, and as a script that checks it.
#pragma once

#include <string>

#include "Analysis.hpp"

namespace winnow::meta {

/// One JSON object, winnow-meta/1: numbers to the last bit, null where a figure is not defined.
std::string toJson(const Analysis& analysis);
/// Markdown: the studies, the pooled result on the scale that was measured, heterogeneity, what else was asked,
/// remarks.
std::string toMarkdown(const Analysis& analysis);
/// An R script for the package metafor that computes the same result from the same effects and stops if it differs.
std::string toRScript(const Analysis& analysis);

}  // namespace winnow::meta
