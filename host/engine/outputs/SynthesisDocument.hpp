// Whether effects are pooled, as the document "synthesis" (docs/documents.md).
#pragma once

#include <nlohmann/json.hpp>

#include "config/Review.hpp"

namespace winnow::engine {

/// winnow-synthesis/1: the decision, the analyses, the texts of the files of effects and appraisals. `waiting`: records
/// on which people still have to decide. Reads the files. Throws what io::InputStream throws.
nlohmann::ordered_json synthesisOf(const config::Review& review, std::size_t waiting);

}  // namespace winnow::engine
