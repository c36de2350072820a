// The part `sources`: waves with their databases, registers and other methods.
#pragma once

#include "../Problems.hpp"
#include "../Review.hpp"
#include "../StageDeclarations.hpp"
#include "../YamlDocument.hpp"
#include "Section.hpp"

namespace winnow::config {

/// Reads waves and sources into `review`; patterns that match nothing are errors.
void readSources(const YamlNode& node, const StageDeclarations& stages, Review& review, Problems& problems);

/// The stage that a name means; null if there is none or it is of another kind (a problem has been reported).
const winnow_stage* requireStage(const Written& name, const StageDeclarations& stages, const StageRole& role,
                                 Problems& problems);

}  // namespace winnow::config
