// The stages of this library: importers.csv and importers.sheet.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include <winnow/formats/derive.hpp>
#include <winnow/plugin.hpp>

#include "CsvTables.hpp"
#include "tagged/TaggedImporter.hpp"

namespace winnow::csv {

/// Bibliographic tables: Scopus, Rayyan, Zotero, PubMed, Google Scholar, Lens, IEEE, embase.com, and any other by its
/// headings.
class CsvImporter final : public Importer {
 public:
  static constexpr std::string_view id = "importers.csv", version = "1.1.0";
  static constexpr std::string_view help = "Tables with a heading row: Scopus, Rayyan, Zotero and others.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr winnow_option options[] = {
      option(WINNOW_CHOICE, "delimiter", "auto", "What stands between cells.", "auto|comma|semicolon|tab|pipe"),
      option(WINNOW_MAP, "columns", "",
             "Meaning of unknown headings: {\"Heading\": [title]} with the words of the column table."),
      tagged::kTableOption};

  CsvImporter(Host host, const Settings& settings);
  Probe probe(std::string_view head, std::string_view name) override;
  winnow_status read(Source source) override;
  std::vector<Format> formats() const override;
  const void* extension(std::string_view id) override;

 private:
  /// A table that somebody else made.
  struct Own {
    Own(const Host& host, const formats::Tags& tags, std::string_view text)
        : table(tagged::checkedTable(host, parentOfTables(), text)), columns(host, tags, table), words(table) {}
    tagged::Table table;
    ColumnTable columns;
    tagged::TableWords words;
  };

  formats::Tags tags_;
  ColumnTables tables_;
  std::unique_ptr<Own> own_;
  std::vector<std::string> toldBy_;  ///< by place in tables_.all()
  std::uint32_t rule_;
  char delimiter_;
  std::map<std::string, std::string> columns_;  ///< heading -> known heading
};

/// People's sheets: one record a row, one raw field "cell.<heading>" a cell. What reviewers decided in Rayyan (its CSV,
/// its RIS, its log) becomes such rows too; several votes of one row differ in the group of their cells.
class SheetImporter final : public Importer {
 public:
  static constexpr std::string_view id = "importers.sheet", version = "1.1.0";
  static constexpr std::string_view help =
      "Sheets that people fill in: decisions, categories, charting answers; decisions made in Rayyan.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC | WINNOW_FILLED_IN;

  SheetImporter(Host host, const Settings&) : Importer(host) {}
  /// Never by content: a sheet is always named.
  Probe probe(std::string_view, std::string_view) override { return {}; }
  winnow_status read(Source source) override;
};

struct Place {
  std::uint32_t line = 0, column = 0;
};

/// Tells a defect at its place. Thread: work.
void tell(const Host& host, std::uint32_t severity, std::string_view code, Place at, std::uint64_t record,
          std::string_view message, std::string_view action);

/// A cell without blanks around it, without ="..." (Excel: keeps leading zeros) and without the apostrophe that guards
/// what looks like a formula.
std::string_view cellValue(std::string_view text);

}  // namespace winnow::csv
