// The readers of every screening step with their first votes: the document "votes" (winnow-votes/1), and its table.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "Table.hpp"
#include "table/Grid.hpp"

namespace winnow::agreement {

/// One step that two readers shared.
struct StepVotes {
  std::string id, label, first, second;
  Table table;
};

/// Throws std::runtime_error that says what is not as the format says.
std::vector<StepVotes> readVotes(std::string_view document);

/// A row a step, and one more with "maybe" counted as include where it was used. Figures with their 95 % intervals.
table::Grid gridOf(const std::vector<StepVotes>& steps);

/// "85.0 % (76.7 to 90.7)"; "not defined".
std::string percentText(const Figure& figure, const Interval& interval);
/// "0.70 (0.56 to 0.84)"; "not defined".
std::string figureText(const Figure& figure, const Interval& interval);

}  // namespace winnow::agreement
