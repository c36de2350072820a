// The sheet on which readers decide together what they charted differently, item by item.
#pragma once

#include <string>

#include "engine/people/Charting.hpp"

namespace winnow::engine {

/// A row for each difference: record, by, item, label, what each reader answered, value (to be filled in), note. Filled
/// in, it is the charting step's file of resolutions.
std::string consensusSheet(const ChartResult& chart, const Records& records, char separator);

}  // namespace winnow::engine
