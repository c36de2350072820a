// An evidence and gap map: studies by two items of the charting form, a third as colour.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "picture/Scene.hpp"
#include "studies/Dimension.hpp"
#include "table/Grid.hpp"

namespace winnow::map {

using studies::Dimension;
using studies::Study;

struct EvidenceMap {
  std::string title;
  std::vector<Study> studies;
  Dimension rows, columns;
  std::optional<Dimension> colour;
  bool isHeat = false;

  /// Studies of each cell; by index of `studies`.
  std::vector<std::vector<std::vector<std::uint32_t>>> cells() const { return studies::crossed(rows, columns); }
};

/// A cell without a study, by indexes of row and column. What was not charted is no gap.
struct Gap {
  std::size_t row, column;
};
std::vector<Gap> gapsOf(const EvidenceMap& map);

/// "12 studies, 17 mentions" where a study may stand in several cells.
std::string sizeOf(const EvidenceMap& map);

struct Drawing {
  picture::Scene scene;
  picture::Page page;
};
/// The map for print. Bubbles by area, divided by colour; or cells shaded by count; a gap is marked. Deterministic.
Drawing drawMap(const EvidenceMap& map);
/// As drawMap, one below the other for each wave of the search, all to the same scale.
Drawing drawWaves(const EvidenceMap& map);

/// The counts, with sums and the gaps as notes.
table::Grid gridOf(const EvidenceMap& map);

}  // namespace winnow::map
