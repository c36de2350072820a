// Is what a plugin declares about itself usable? Checked once, at load, so that the rest of the host never asks again.
#pragma once

#include <string>
#include <vector>

#include <winnow/abi.h>

namespace winnow::plugins {

/// Empty if all stages, options and reasons are well-formed; otherwise the first fault as the end of a sentence that
/// begins with the file's name.
std::string declarationProblem(const winnow_plugin& plugin);

/// The word of the id's first part: "filters" for filters, matchers and samplers. Empty for an unknown kind.
const char* kindWord(std::uint32_t kind);

/// "importer", "filter", "matcher", "sampler", "exporter", "annotator" or "ranker"; empty for a kind of a later host.
const char* kindName(std::uint32_t kind);

/// The stages of a plugin that this host can run, in their order: those of a kind that it does not know are left out.
/// Of a plugin whose declarations are usable.
std::vector<const winnow_stage*> knownStages(const winnow_plugin& plugin);
/// What was left out, as a sentence for people; empty if nothing was.
std::string skippedStages(const winnow_plugin& plugin);

}  // namespace winnow::plugins
