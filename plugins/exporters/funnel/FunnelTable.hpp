// The funnel as a table.
#pragma once

#include "Funnel.hpp"
#include "table/Grid.hpp"

namespace winnow::exporters {

/// Every number, with columns for each wave: for machines and for checking.
table::Grid fullTable(const Funnel& funnel, const std::vector<Wave>& waves);
/// What a paper prints: a row a step, columns without a number left out.
table::Grid printedTable(const Funnel& funnel);

}  // namespace winnow::exporters
