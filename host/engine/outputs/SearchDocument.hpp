// How the review searched, as the documents "search" and "mesh" (docs/documents.md).
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "engine/Evaluation.hpp"

namespace winnow::engine {

/// winnow-search/1: the strategy's text, its repairs, and every source with what it reported and what was imported.
/// Reads the strategy's file. Throws what io::InputStream throws.
nlohmann::ordered_json searchOf(const Evaluation& evaluation, const config::Review& review);

/// What every stage may ask for before any record is read: "mesh" (winnow-mesh/1), if the review names a thesaurus.
/// Reads the file. Throws what io::InputStream throws.
Documents givenOf(const config::Review& review);

}  // namespace winnow::engine
