// Sheets that people fill in: decision files, resolutions, categories, charting answers, read through a plugin.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/records/References.hpp"
#include "engine/stages/Workspace.hpp"

namespace winnow::engine {

/// One row with its place; cells by column name in lower case, blanks collapsed; empty cells are left out.
struct SheetRow {
  std::string file;
  std::uint32_t line = 0;
  std::map<std::string, std::string, std::less<>> cells;

  /// The cell, or empty.
  std::string_view cell(std::string_view column) const {
    const auto found = cells.find(column);
    return found == cells.end() ? std::string_view{} : std::string_view(found->second);
  }
};

/// Reads all rows of the files, in order. A record of the importer whose cells have groups is a row a group (the votes
/// on one article of a Rayyan export). Problems are told with their place.
std::vector<SheetRow> readSheets(const Workspace& work, const std::vector<std::filesystem::path>& files,
                                 const std::vector<std::string>& names);

/// What a row says of its record besides the key, by the column names of our own sheets and of common exports.
RecordDescription descriptionOf(const SheetRow& row);

/// Tells a problem of one row.
void tellRow(const Workspace& work, io::Severity severity, const SheetRow& row, std::string code, std::string message,
             std::string action);

}  // namespace winnow::engine
