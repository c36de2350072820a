// Whether the stages that a review names take their settings, before any record is read.
#pragma once

#include <cstddef>

#include "Workspace.hpp"
#include "config/Review.hpp"
#include "io/Diagnostic.hpp"
#include "plugins/Catalogue.hpp"
#include "plugins/TagTable.hpp"

namespace winnow::engine {

/// Makes an instance of each stage with its settings and ends it. What a plugin refuses is told at the option's line or
/// at the stage's. `given`: the documents that every stage may ask for. The number of those that refused. Thread:
/// setup.
std::size_t checkSettings(const config::Review& review, const plugins::Catalogue& catalogue, plugins::TagTable& tags,
                          const Documents& given, const io::DiagnosticSink& tell);

}  // namespace winnow::engine
