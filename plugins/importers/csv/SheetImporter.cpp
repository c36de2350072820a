#include <algorithm>
#include <vector>

#include <winnow/formats/text.hpp>
#include <winnow/record_writer.hpp>

#include "CsvImporter.hpp"
#include "DelimitedText.hpp"

namespace winnow::csv {

winnow_status SheetImporter::read(Source source) {
  RowReader rows(source, ',');
  const char found = findDelimiter(rows.peek());
  if (found != '\0') rows.setDelimiter(found);
  RecordWriter writer(host(), source);
  std::vector<std::string> headings;
  std::vector<std::uint32_t> tags;
  Row row;
  if (!rows.next(row)) return rows.status();
  for (const Cell& cell : row.cells) {
    headings.push_back(formats::collapsed(cell.text));
    tags.push_back(host().tag("cell." + headings.back()));
    const bool isTwice = std::count(headings.begin(), headings.end(), headings.back()) > 1;
    if (isTwice && !headings.back().empty())
      tell(host(), WINNOW_WARNING, "sheet.duplicate-column", cell.line, cell.column, 0, "the column '" + headings.back() + "' stands twice", "the last value counts");
  }
  while (rows.next(row)) {
    if (row.isBlank) continue;
    const std::uint64_t ordinal = writer.count() + 1;
    if (row.unclosed)
      tell(host(), WINNOW_WARNING, "sheet.unclosed-quote", row.quoteLine, row.quoteColumn, ordinal, "a quote is opened here and never closed", "the cell ends with its line");
    if (row.cells.size() > headings.size())
      tell(host(), WINNOW_WARNING, "sheet.ragged-row", row.at.line, 1, ordinal,
           "the row has " + std::to_string(row.cells.size()) + " cells, the heading row " + std::to_string(headings.size()), "the cells behind were left out");
    writer.begin(row.at);
    for (std::size_t i = 0; i < row.cells.size() && i < tags.size(); ++i) {
      std::string_view text = formats::trim(row.cells[i].text);
      if (text.empty()) continue;
      if (!formats::isUtf8(text)) text = writer.keep(formats::cp1252ToUtf8(text));
      writer.raw(tags[i], text, row.cells[i].line);
    }
    writer.end();
    if (!writer.full()) continue;
    if (const winnow_status status = writer.flush(); status != WINNOW_OK) return status;
    rows.discard();
  }
  if (rows.status() != WINNOW_OK) return rows.status();
  return writer.flush();
}

}  // namespace winnow::csv
