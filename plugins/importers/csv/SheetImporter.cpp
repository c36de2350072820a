#include <algorithm>
#include <vector>

#include <winnow/formats/text.hpp>
#include <winnow/record_writer.hpp>

#include "CsvImporter.hpp"
#include "DelimitedText.hpp"
#include "RayyanSheets.hpp"

namespace winnow::csv {

namespace {

/// Reads the rows of a sheet that people filled in.
class SheetReading {
 public:
  SheetReading(Host host, RowReader& rows, RecordWriter& writer) : host_(host), rows_(rows), writer_(writer) {}

  void useHeadings(const Row& row, const std::vector<std::string>& headings) {
    for (std::size_t i = 0; i < headings.size(); ++i) {
      tags_.push_back(host_.tag("cell." + headings[i]));
      const Cell& cell = row.cells[i];
      if (!headings[i].empty() &&
          std::count(headings.begin(), headings.begin() + static_cast<std::ptrdiff_t>(i), headings[i]) > 0)
        tell(host_, WINNOW_WARNING, "sheet.duplicate-column", {cell.line, row.columnOf(cell.offset)}, 0,
             "the column '" + headings[i] + "' stands twice", "the last value counts");
    }
    rows_.setWidth(headings.size());
  }

  winnow_status run() {
    for (Row row; rows_.next(row);) {
      if (row.isBlank)
        writer_.declare(row.at, WINNOW_SEPARATOR);
      else
        readRow(row);
      if (!writer_.full()) continue;
      if (const winnow_status status = writer_.flush(); status != WINNOW_OK) return status;
      rows_.discard();
    }
    return rows_.status() != WINNOW_OK ? rows_.status() : writer_.flush();
  }

 private:
  void readRow(const Row& row) {
    const std::uint64_t ordinal = writer_.count() + 1;
    if (row.unclosed)
      tell(host_, WINNOW_WARNING, "sheet.unclosed-quote", {row.at.line, row.columnOf(row.quote)}, ordinal,
           "a quote is opened here and never closed", "the cell ends with its line");
    if (row.cells.size() > tags_.size())
      tell(
          host_, WINNOW_WARNING, "sheet.ragged-row", {row.at.line, 1}, ordinal,
          "the row has " + std::to_string(row.cells.size()) + " cells, the heading row " + std::to_string(tags_.size()),
          "the cells behind were left out");
    writer_.begin(row.at);
    for (std::size_t i = 0; i < row.cells.size() && i < tags_.size(); ++i) {
      std::string_view text = formats::trim(row.cells[i].text);
      if (text.empty()) continue;
      if (!formats::isUtf8(text)) text = writer_.keep(formats::cp1252ToUtf8(text));
      writer_.raw(tags_[i], text, row.cells[i].line);
    }
    writer_.end();
  }

  Host host_;
  RowReader& rows_;
  RecordWriter& writer_;
  std::vector<std::uint32_t> tags_;
};

bool isRis(std::string_view line) { return line.substr(0, 5) == "TY  -"; }

}  // namespace

winnow_status SheetImporter::read(Source source) {
  RowReader rows(source, ',');
  RecordWriter writer(host(), source);
  if (isRis(rows.peek())) {
    rows.setDelimiter('\0');
    return readRayyanRis(host(), rows, writer);
  }
  const char found = findDelimiter(rows.peek());
  if (found != '\0') rows.setDelimiter(found);
  Row row;
  do {
    if (!rows.next(row)) return rows.status() == WINNOW_OK ? writer.flush() : rows.status();
    writer.declare(row.at, row.isBlank ? WINNOW_SEPARATOR : WINNOW_HEADING);
  } while (row.isBlank);
  std::vector<std::string> headings;
  for (const Cell& cell : row.cells) headings.push_back(formats::collapsed(cell.text));
  if (isRayyanLog(headings)) return readRayyanLog(host(), rows, writer, headings);
  if (isRayyanTable(headings)) return readRayyanTable(host(), rows, writer, headings);
  SheetReading sheet(host(), rows, writer);
  sheet.useHeadings(row, headings);
  return sheet.run();
}

}  // namespace winnow::csv
