// Which stages run in worker processes: the key `isolate`.
#pragma once

#include "../Problems.hpp"
#include "../Review.hpp"
#include "../StageDeclarations.hpp"
#include "../YamlDocument.hpp"

namespace winnow::config {

void readIsolation(const YamlNode& node, const StageDeclarations& stages, Review& review, Problems& problems);

}  // namespace winnow::config
