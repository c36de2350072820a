// importers.sheet: what people filled in, and what they decided in other programs.
#include <string>
#include <vector>

#include <winnow/formats/text.hpp>
#include <winnow/record_writer.hpp>

#include "AsreviewSheets.hpp"
#include "CovidenceSheets.hpp"
#include "CsvImporter.hpp"
#include "DelimitedText.hpp"
#include "RayyanSheets.hpp"
#include "SheetTable.hpp"
#include "TaggedSheets.hpp"

namespace winnow::csv {

namespace {

constexpr std::uint32_t kFirstRows = 20;  // people put a title or a remark above the headings

/// True if the row heads the table of another program.
bool isOfAnotherProgram(const std::vector<std::string>& headings) {
  return isRayyanLog(headings) || isRayyanTable(headings) || isAsreviewTable(headings) || isCovidenceTable(headings);
}

/// Reads one file that holds a table.
class TableFile {
 public:
  TableFile(Host host, Source source, RowReader& rows, RecordWriter& writer)
      : host_(host), source_(source), rows_(rows), writer_(writer), text_(writer) {}

  winnow_status read() {
    lookAtMark();
    takeDelimiterLine();
    std::uint32_t number = 0;
    for (Row row; number < kFirstRows; writer_.declare(row.at, row.isBlank ? WINNOW_SEPARATOR : WINNOW_COMMENT)) {
      if (!isFixed_)
        if (const char found = findDelimiter(rows_.peek()); found != '\0') rows_.setDelimiter(found);
      if (!rows_.next(row)) break;
      ++number;
      if (row.isBlank) continue;
      const std::vector<std::string> headings = text_.headingsOf(row);
      if (isOfAnotherProgram(headings)) return readAnothers(row, headings);
      if (number == 1 && isOwnPage(headings)) return skipPage(row);
      if (!isSheetHeading(headings)) continue;
      SheetTable table(host_, rows_, writer_, text_);
      table.useHeadings(row, number);
      return table.run();
    }
    if (rows_.status() != WINNOW_OK) return rows_.status();
    return tellNoHeading(number);
  }

 private:
  void lookAtMark() {
    text_.lookAt(rows_.peek());
    if (text_.isEncodedTwice())
      tell(host_, WINNOW_INFO, "sheet.double-encoded", {1, 1}, 0,
           "the sheet was opened as Windows-1252 and saved as UTF-8, so its letters beyond ASCII are encoded twice",
           "they are read as they were; open the sheet with the encoding UTF-8");
  }
  void takeDelimiterLine() {
    const char delimiter = delimiterLine(rows_.peek());
    if (delimiter == '\0') return;
    rows_.setDelimiter('\0');  // a plain line
    for (Row row; rows_.next(row);) {
      writer_.declare(row.at, row.isBlank ? WINNOW_SEPARATOR : WINNOW_STRUCTURE);
      if (!row.isBlank) break;
    }
    rows_.setDelimiter(delimiter);
    isFixed_ = true;
  }

  winnow_status readAnothers(const Row& row, const std::vector<std::string>& headings) {
    writer_.declare(row.at, WINNOW_HEADING);
    if (isRayyanLog(headings)) return readRayyanLog(host_, rows_, writer_, headings);
    if (isRayyanTable(headings)) return readRayyanTable(host_, rows_, writer_, headings);
    if (isAsreviewTable(headings)) return readAsreviewTable(host_, rows_, writer_, headings);
    return readCovidenceTable(host_, rows_, writer_, headings, source_.name());
  }

  winnow_status skipPage(Row row) {
    do writer_.declare(row.at, WINNOW_COMMENT);
    while (rows_.next(row));
    return rows_.status() != WINNOW_OK ? rows_.status() : writer_.flush();
  }

  winnow_status tellNoHeading(std::uint32_t rows) {
    if (rows == 0) return writer_.flush();  // nothing in it: the host says so
    tell(host_, WINNOW_ERROR, "sheet.no-heading-row", {1, 1}, 0,
         "none of the first " + std::to_string(rows) + " rows has the headings of a sheet ('record', 'decision', ...)",
         "nothing was read; put the heading row of the sheet that winnow wrote above the rows");
    for (Row row; rows_.next(row); rows_.discard()) writer_.declare(row.at, WINNOW_UNREADABLE);
    return rows_.status() != WINNOW_OK ? rows_.status() : writer_.flush();
  }

  Host host_;
  Source source_;
  RowReader& rows_;
  RecordWriter& writer_;
  CellText text_;
  bool isFixed_ = false;  ///< the file says its delimiter
};

}  // namespace

winnow_status SheetImporter::read(Source source) {
  RowReader rows(source, ',');
  RecordWriter writer(host(), source);
  if (isRis(rows.peek())) {
    rows.setDelimiter('\0');
    return readTaggedSheet(host(), rows, writer);
  }
  return TableFile(host(), source, rows, writer).read();
}

}  // namespace winnow::csv
