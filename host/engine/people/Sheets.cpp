#include "Sheets.hpp"

#include <winnow/plugin.hpp>

#include "engine/reading/ReadFile.hpp"
#include "engine/records/Records.hpp"
#include "engine/stages/Stages.hpp"

namespace winnow::engine {

namespace {

constexpr std::string_view kCell = "cell.";

/// Spreadsheets guard a cell that looks like a formula with an apostrophe; it is not part of the value.
std::string unguarded(std::string_view value) {
  constexpr std::string_view kGuarded = "=+-@\t\r";
  if (value.size() > 1 && value[0] == '\'' && kGuarded.find(value[1]) != std::string_view::npos) value.remove_prefix(1);
  const std::size_t begin = value.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return std::string(value.substr(begin, value.find_last_not_of(" \t\r\n") + 1 - begin));
}

/// One row a group; the row of group 0 alone if there is no other.
void addRows(std::map<std::uint16_t, SheetRow> groups, const std::string& file, std::uint32_t line,
             std::vector<SheetRow>& rows) {
  SheetRow shared = std::move(groups[0]);
  groups.erase(0);
  shared.file = file;
  shared.line = line;
  for (auto& [group, own] : groups) {
    SheetRow& row = rows.emplace_back(shared);
    for (auto& [heading, value] : own.cells) row.cells[heading] = std::move(value);
  }
  if (groups.empty()) rows.push_back(std::move(shared));
}

}  // namespace

std::vector<SheetRow> readSheets(const Workspace& work, const std::vector<std::filesystem::path>& files,
                                 const std::vector<std::string>& names) {
  std::vector<SheetRow> rows;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const ReadRequest request{
        files[i], names[i], "importers.sheet", defaultSettings(*work.stage("importers.sheet").stage), {}};
    readFile(request, work.catalogue, work.tags, work.tell, [&](const ReadRecord& read) {
      std::map<std::uint16_t, SheetRow> groups;  // cells of group 0 stand in every row
      for (std::size_t f = 0; f < read.record.field_count; ++f) {
        const std::string_view tag = work.tags.name(read.record.fields[f].tag);
        if (tag.substr(0, kCell.size()) != kCell) continue;
        if (std::string value = unguarded(view(read.record.fields[f].value)); !value.empty())
          groups[read.record.fields[f].group].cells[plainName(tag.substr(kCell.size()))] = std::move(value);
      }
      addRows(std::move(groups), names[i], read.record.at.line, rows);
    });
  }
  return rows;
}

RecordDescription descriptionOf(const SheetRow& row) {
  const auto cell = [&](std::initializer_list<const char*> columns) {
    for (const char* column : columns)
      if (const std::string_view value = row.cell(column); !value.empty()) return value;
    return std::string_view();
  };
  return {cell({"number", "database number", "accession number", "accession"}),
          cell({"doi"}),
          cell({"pmid", "pubmed id"}),
          cell({"title"}),
          cell({"year", "publication year"}),
          cell({"authors", "author", "first author"})};
}

void tellRow(const Workspace& work, io::Severity severity, const SheetRow& row, std::string code, std::string message,
             std::string action) {
  io::Diagnostic d;
  d.severity = severity;
  d.code = std::move(code);
  d.message = std::move(message);
  d.action = std::move(action);
  d.file = row.file;
  d.line = row.line;
  d.column = 1;
  work.tell(d);
}

}  // namespace winnow::engine
