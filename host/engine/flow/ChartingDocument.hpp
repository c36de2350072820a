// What readers charted, item by item, for exporters (docs/documents.md).
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "engine/Evaluation.hpp"

namespace winnow::engine {

/// winnow-charting/1: of every form that two readers charted, each item with the answers of both, before any joint
/// answer.
nlohmann::ordered_json chartingOf(const Evaluation& evaluation);

}  // namespace winnow::engine
