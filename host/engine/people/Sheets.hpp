// Sheets that people fill in: decision files, resolutions, categories, charting answers, read through a plugin.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/records/References.hpp"
#include "engine/stages/Workspace.hpp"

namespace winnow::engine {

/// What a table says above its rows. One a file, or a sheet of a workbook; several where tables were put together.
struct SheetHead {
  std::string file;
  std::uint32_t line = 0;
  std::vector<std::string> columns;  ///< plain names in the order of the columns, empty where there is no heading

  bool has(std::string_view column) const;
};

/// One row with its place; cells by column name in lower case, blanks collapsed; empty cells are left out.
struct SheetRow {
  std::string file;
  std::uint32_t line = 0;
  std::map<std::string, std::string, std::less<>> cells;
  std::uint32_t number = 0;  ///< as a spreadsheet counts; 0: the file is no table
  std::shared_ptr<const SheetHead> head{};

  /// The cell, or empty.
  std::string_view cell(std::string_view column) const {
    const auto found = cells.find(column);
    return found == cells.end() ? std::string_view{} : std::string_view(found->second);
  }
  /// "C4" for a column of the row; empty where that is not known.
  std::string placeOf(std::string_view column) const;
};

/// All rows of some files, and what stands above them.
struct Sheets {
  std::vector<SheetRow> rows;
  std::vector<std::shared_ptr<const SheetHead>> heads;
};

/// Reads the files in order: tables (delimited text, workbooks), what other programs export of decisions, and files of
/// references, each of which is a row. A record of the importer whose cells have groups is a row a group (the votes on
/// one article of a Rayyan export). `says`, parallel to `files` or empty: cells of every row that the file itself does
/// not have. Problems are reported with their place; throws winnow::Error after that if a file could not be read.
Sheets readSheetFiles(const Workspace& work, const std::vector<std::filesystem::path>& files,
                      const std::vector<std::string>& names, const std::vector<config::SheetSays>& says = {});

/// The rows of readSheetFiles().
std::vector<SheetRow> readSheets(const Workspace& work, const std::vector<std::filesystem::path>& files,
                                 const std::vector<std::string>& names);

/// What a row says of its record besides the key, by the column names of our own sheets and of common exports.
RecordDescription descriptionOf(const SheetRow& row);

/// Reports a problem of one row; `column`: of which cell, where the table has it.
void tellRow(const Workspace& work, io::Severity severity, const SheetRow& row, std::string code, std::string message,
             std::string action, std::string_view column = {});

}  // namespace winnow::engine
