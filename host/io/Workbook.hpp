// Sheets of a spreadsheet workbook (.xlsx; ECMA-376, Office Open XML) as comma-separated text, so that importers of
// tables read them. The only file of the host that knows libxml2 is Workbook.cpp.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "ByteSource.hpp"

namespace winnow::io {

/// The names of a workbook's sheets in their order; empty if the file (or the member of an archive) is no workbook.
std::vector<std::string> sheetsOf(const std::filesystem::path& file, const std::string& member = {});

/// A sheet as text, row for row: cells quoted (RFC 4180), dates as YYYY-MM-DD, rows that the sheet leaves out as blank
/// lines. originalLine() gives the row. Throws winnow::Error: no such sheet, its texts take more than 256 MiB.
std::unique_ptr<ByteSource> openSheet(const std::filesystem::path& file, const std::string& member,
                                      const std::string& sheet);

}  // namespace winnow::io
