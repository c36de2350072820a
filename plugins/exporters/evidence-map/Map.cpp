#include "Map.hpp"

namespace winnow::map {

namespace {

bool isCharted(const std::string& value) { return value != studies::kNotCharted; }

}  // namespace

std::vector<Gap> gapsOf(const EvidenceMap& map) {
  const auto cells = map.cells();
  std::vector<Gap> gaps;
  for (std::size_t row = 0; row < cells.size(); ++row)
    for (std::size_t column = 0; column < cells[row].size(); ++column)
      if (cells[row][column].empty() && isCharted(map.rows.values[row]) && isCharted(map.columns.values[column]))
        gaps.push_back({row, column});
  return gaps;
}

std::string sizeOf(const EvidenceMap& map) {
  std::size_t mentions = 0;
  for (const auto& row : map.cells())
    for (const auto& cell : row) mentions += cell.size();
  const std::size_t n = map.studies.size();
  std::string text = picture::grouped(static_cast<std::int64_t>(n)) + (n == 1 ? " study" : " studies");
  if (mentions != n)
    text += ", " + picture::grouped(static_cast<std::int64_t>(mentions)) +
            " mentions: a study with several answers stands in several cells";
  return text;
}

table::Grid gridOf(const EvidenceMap& map) {
  table::Grid grid;
  grid.caption = map.rows.name + " by " + map.columns.name + ": number of studies";
  grid.columns = {{map.rows.name, 2, false}};
  for (const std::string& value : map.columns.values) grid.columns.push_back({value, 1, true});
  grid.columns.push_back({"Studies", 0.8, true});
  const auto cells = map.cells();
  for (std::size_t row = 0; row < cells.size(); ++row) {
    std::vector<table::Cell> line{{map.rows.values[row], false, {}, true}};
    for (const auto& cell : cells[row]) line.push_back(table::count(static_cast<std::int64_t>(cell.size())));
    line.push_back(table::count(static_cast<std::int64_t>(map.rows.count(row))));
    grid.rows.push_back(std::move(line));
  }
  std::vector<table::Cell> sums{{"Studies", false, {}, true}};
  for (std::size_t column = 0; column < map.columns.values.size(); ++column)
    sums.push_back(table::count(static_cast<std::int64_t>(map.columns.count(column))));
  sums.push_back(table::count(static_cast<std::int64_t>(map.studies.size())));
  grid.rows.push_back(std::move(sums));
  grid.notes = {sizeOf(map) + "."};
  std::string list;
  const std::vector<Gap> gaps = gapsOf(map);
  for (const Gap& gap : gaps)
    list += (list.empty() ? "" : "; ") + map.rows.values[gap.row] + " × " + map.columns.values[gap.column];
  if (!gaps.empty()) grid.notes.push_back("Gaps (" + std::to_string(gaps.size()) + "), no study: " + list + ".");
  return grid;
}

}  // namespace winnow::map
