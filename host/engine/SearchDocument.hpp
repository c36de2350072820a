// How the review searched, as the document "search" (docs/documents.md).
#pragma once

#include <nlohmann/json.hpp>

#include "Evaluation.hpp"

namespace winnow::engine {

/// winnow-search/1: the strategy's text, its repairs, and every source with what it reported and what was imported. Reads
/// the strategy's file. Throws what io::InputStream throws.
nlohmann::ordered_json searchOf(const Evaluation& evaluation, const config::Review& review);

}  // namespace winnow::engine
