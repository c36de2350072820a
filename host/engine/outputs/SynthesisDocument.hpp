// Whether effects are pooled, as the document "synthesis" (docs/documents.md).
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "config/Review.hpp"
#include "engine/Evaluation.hpp"

namespace winnow::engine {

/// winnow-synthesis/1: the decision, the analyses, the texts of the files of effects and appraisals, and by what key
/// the records go now whose keys of an earlier time stand there. `waiting`: records on which people still have to
/// decide. Reads the files. Throws what io::InputStream throws.
nlohmann::ordered_json synthesisOf(const config::Review& review, const Evaluation& evaluation, std::size_t waiting);

}  // namespace winnow::engine
