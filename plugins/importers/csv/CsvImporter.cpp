#include "CsvImporter.hpp"

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <unordered_set>
#include <vector>

#include <winnow/formats/signs.hpp>
#include <winnow/formats/text.hpp>
#include <winnow/record_writer.hpp>

#include "CsvFields.hpp"
#include "DelimitedText.hpp"
#include "RayyanSheets.hpp"

namespace winnow::csv {

void tell(const Host& host, std::uint32_t severity, std::string_view code, Place at, std::uint64_t record,
          std::string_view message, std::string_view action) {
  winnow_span span{};
  span.line = at.line;
  span.column = at.column;
  host.diagnose({severity, code, message, action, span, record});
}

std::string_view cellValue(std::string_view text) {
  text = formats::trim(text);
  if (text.size() > 3 && text.substr(0, 2) == "=\"" && text.back() == '"') return text.substr(2, text.size() - 3);
  constexpr std::string_view kGuarded = "=+-@\t\r";
  if (text.size() > 1 && text[0] == '\'' && kGuarded.find(text[1]) != std::string_view::npos) text.remove_prefix(1);
  return text;
}

namespace {

constexpr std::size_t kHeaderRows = 10;

std::vector<std::string> headingsOf(const Row& row) {
  std::vector<std::string> list;
  for (const Cell& cell : row.cells) list.push_back(formats::collapsed(cell.text));
  return list;
}

std::string_view delimiterName(char delimiter) {
  if (delimiter == ';') return "semicolons stand";
  if (delimiter == '\t') return "tabs stand";
  return delimiter == '|' ? "bars stand" : "commas stand";
}

/// Reads one source.
class Reading {
 public:
  Reading(Host host, Source source, const formats::Tags& tags, std::uint32_t rule, char delimiter,
          const std::map<std::string, std::string>& columns)
      : host_(host),
        rows_(source, delimiter),
        writer_(host, source),
        fields_(host, tags, writer_, rule),
        given_(columns),
        isAuto_(delimiter == '\0') {}

  winnow_status run() {
    if (!readHeader()) return rows_.status() == WINNOW_OK ? WINNOW_FAILED : rows_.status();
    Row row;
    while (rows_.next(row)) {
      if (row.isBlank)
        writer_.declare(row.at, WINNOW_SEPARATOR);
      else if (isHeadingAgain(row))
        tellHeadingAgain(row);
      else if (!isForeign(row))
        readRow(row);
      if (!writer_.full()) continue;
      if (const winnow_status status = send(); status != WINNOW_OK) return status;
    }
    if (rows_.status() != WINNOW_OK) return writer_.flushAfter(rows_.status());
    if (writer_.count() == 0)
      tell(host_, WINNOW_WARNING, "csv.no-row", {headerLine_, 1}, 0, "the table has a heading row and nothing below",
           "no record");
    return send();
  }

 private:
  winnow_status send() {
    const winnow_status status = writer_.flush();
    rows_.discard();
    return status;
  }

  /// The heading row is the first of ten that has two known headings.
  bool readHeader() {
    Row row;
    for (std::size_t i = 0; i < kHeaderRows; ++i) {
      if (isAuto_) {
        const char found = findDelimiter(rows_.peek());
        rows_.setDelimiter(found == '\0' ? ',' : found);
      }
      if (!rows_.next(row)) break;
      writer_.declare(row.at, WINNOW_HEADING);
      headings_ = headingsOf(row);
      if (isRayyanLog(headings_)) {
        tell(host_, WINNOW_ERROR, "csv.rayyan-log", {row.at.line, 1}, 0,
             "this is Rayyan's log: it holds decisions and no records",
             "nothing was imported; name it under 'decisions' of a step");
        return false;
      }
      for (std::string& heading : headings_)
        if (const auto known = given_.find(heading); known != given_.end()) heading = known->second;
      if (knownColumns(headings_) < 2) continue;
      headerLine_ = row.at.line;
      shown_ = headingsOf(row);
      return useHeader(row);
    }
    tell(host_, WINNOW_ERROR, "csv.no-title-column", {1, 1}, 0, "no row of the first ten has headings that are known",
         "nothing was imported; name the columns with 'columns'");
    return false;
  }

  bool useHeader(const Row& row) {
    dialect_ = dialectOf(headings_);
    std::vector<Column> columns;
    std::unordered_set<std::string> seen;
    for (std::size_t i = 0; i < headings_.size(); ++i) {
      const bool isCategory = dialect_ == "csdl" && headings_[i] == "Category";
      columns.push_back(isCategory ? Column::Type : columnOf(headings_[i]));
      rawTags_.push_back(host_.tag("raw:" + headings_[i]));
      tellTwice(row, i, seen);
    }
    if (std::find(columns.begin(), columns.end(), Column::Title) == columns.end()) {
      tell(host_, WINNOW_ERROR, "csv.no-title-column", {row.at.line, 1}, 0, "the table has no column of titles",
           "nothing was imported; name it with 'columns'");
      return false;
    }
    if (!dialect_.empty() && isAuto_ && rows_.delimiter() != ',' && dialect_ != "wos")
      tell(host_, WINNOW_WARNING, "csv.resaved", {row.at.line, 1}, 0,
           std::string(delimiterName(rows_.delimiter())) + " between the cells, where " + std::string(dialect_) +
               " writes commas: a spreadsheet has saved this table",
           "read as it is; spreadsheets change long numbers, dates and page ranges");
    rows_.setWidth(headings_.size());
    fields_.useColumns(std::move(columns), dialect_);
    return true;
  }

  /// Tables that were put together bring their heading row along.
  bool isHeadingAgain(const Row& row) const {
    if (row.cells.size() != shown_.size()) return false;
    for (std::size_t i = 0; i < shown_.size(); ++i)
      if (formats::collapsed(row.cells[i].text) != shown_[i]) return false;
    return true;
  }
  void tellHeadingAgain(const Row& row) {
    writer_.declare(row.at, WINNOW_HEADING);
    tell(host_, WINNOW_INFO, "csv.repeated-heading", {row.at.line, 1}, writer_.count(),
         "the heading row stands here again", "no record; tables were joined here");
  }

  /// A line of another format behind the table: its rows have another width, and the first shows whose it is. Left to
  /// the host, which names the format.
  bool isForeign(const Row& row) {
    if (row.cells.size() == headings_.size()) return isForeign_ = false;
    const formats::Sign sign = formats::signOf(row.text.substr(0, row.text.find_first_of("\r\n")));
    return isForeign_ = isForeign_ || (sign != formats::Sign::None && sign != formats::Sign::Table);
  }

  void tellTwice(const Row& row, std::size_t i, std::unordered_set<std::string>& seen) {
    constexpr std::size_t kMostTold = 100;  // a table with more has no headings; each takes a walk along the row
    if (headings_[i].empty() || seen.insert(formats::lower(headings_[i])).second) return;
    if (++toldTwice_ <= kMostTold)
      tell(host_, WINNOW_WARNING, "csv.duplicate-header", {row.cells[i].line, row.columnOf(row.cells[i].offset)}, 0,
           "the heading '" + headings_[i] + "' stands twice", "the first that is not empty counts");
  }

  void readRow(const Row& row) {
    tellShape(row);
    writer_.begin(row.at);
    isUtf8_ = formats::isUtf8(row.text);
    hasNul_ = std::memchr(row.text.data(), 0, row.text.size()) != nullptr;
    isDecoded_ = false;
    values_.assign(headings_.size(), {});
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const std::string_view text = clean(row, row.cells[i]);
      if (text.empty()) continue;
      const std::uint32_t tag = i < rawTags_.size() ? rawTags_[i] : host_.tag("raw:column " + std::to_string(i + 1));
      const std::uint32_t raw = writer_.raw(tag, text, row.cells[i].line);
      if (i < values_.size()) values_[i] = {text, raw};
    }
    fields_.derive(values_, row);
    writer_.end();
  }

  void tellShape(const Row& row) {
    const std::uint64_t ordinal = writer_.count() + 1;
    if (row.unclosed)
      tell(host_, WINNOW_WARNING, "csv.unclosed-quote", {row.at.line, row.columnOf(row.quote)}, ordinal,
           "a quote is opened here and never closed", "the cell ends with its line");
    if (row.cells.size() != headings_.size())
      tell(host_, WINNOW_WARNING, "csv.ragged-row", {row.at.line, 1}, ordinal,
           "the row has " + std::to_string(row.cells.size()) + " cells, the heading row " +
               std::to_string(headings_.size()),
           row.cells.size() < headings_.size() ? "missing cells are empty" : "the cells behind are kept as they are");
  }

  std::string_view clean(const Row& row, const Cell& cell) {
    std::string_view text = cellValue(cell.text);
    std::size_t bad = 0;
    if (!isUtf8_ && !formats::isUtf8(text, &bad)) {
      if (!isDecoded_)
        tell(host_, WINNOW_WARNING, "text.cp1252", placeIn(row, cell, text, bad), writer_.count() + 1,
             "this record is not UTF-8", "read as Windows-1252");
      isDecoded_ = true;
      text = writer_.keep(formats::cp1252ToUtf8(text));
    }
    if (hasNul_) text = withoutNul(row, cell, text);
    // Rayyan's damaged cells: what follows five blanks and a tag belongs to other fields.
    if (dialect_ == "rayyan")
      if (const std::size_t cut = text.find("     "); cut != std::string_view::npos)
        text = formats::trim(text.substr(0, cut));
    return text;
  }

  std::string_view withoutNul(const Row& row, const Cell& cell, std::string_view text) {
    const std::size_t first = text.find('\0');
    if (first == std::string_view::npos) return text;
    tell(host_, WINNOW_WARNING, "text.nul", placeIn(row, cell, text, first), writer_.count() + 1,
         "a NUL byte stands in a cell", "left out of the value");
    std::string out(text);
    out.erase(std::remove(out.begin(), out.end(), '\0'), out.end());
    return writer_.keep(out);
  }

  /// The place of a byte of a value; of the cell if the value is a copy.
  static Place placeIn(const Row& row, const Cell& cell, std::string_view text, std::size_t at) {
    const bool isView = text.data() >= row.text.data() && text.data() < row.text.data() + row.text.size();
    const std::size_t offset = isView ? static_cast<std::size_t>(text.data() - row.text.data()) + at : cell.offset;
    const std::string_view before = row.text.substr(cell.offset, offset - cell.offset);
    return {cell.line + static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n')),
            row.columnOf(offset)};
  }

  Host host_;
  RowReader rows_;
  RecordWriter writer_;
  Fields fields_;
  const std::map<std::string, std::string>& given_;
  std::vector<std::string> headings_, shown_;  ///< what they mean after 'columns'; as they stand in the file
  std::vector<std::uint32_t> rawTags_;
  std::vector<Value> values_;
  std::string_view dialect_;
  std::uint32_t headerLine_ = 1;
  std::size_t toldTwice_ = 0;
  bool isForeign_ = false;  ///< rows of another format are passed
  bool isAuto_, isDecoded_ = false, isUtf8_ = true, hasNul_ = false;
};

char delimiterOf(std::string_view word) {
  if (word == "comma") return ',';
  if (word == "semicolon") return ';';
  if (word == "tab") return '\t';
  if (word == "pipe") return '|';
  return '\0';
}

}  // namespace

CsvImporter::CsvImporter(Host host, const Settings& settings)
    : Importer(host), tags_(host), rule_(host.tag("csv.column")), delimiter_(delimiterOf(settings.text("delimiter"))) {
  for (const auto& [heading, meaning] : settings.map("columns")) {
    if (meaning.empty()) continue;
    if (columnOf(meaning.front()) == Column::Unknown)
      throw std::invalid_argument("\"columns\" gives '" + std::string(heading) + "' the meaning '" +
                                  std::string(meaning.front()) +
                                  "', which is none; take a heading that is known: title, authors, year, journal, "
                                  "volume, issue, pages, doi, abstract, keywords, language, type ...");
    columns_[formats::collapsed(heading)] = std::string(meaning.front());
  }
}

std::vector<Format> CsvImporter::formats() const {
  std::vector<Format> list{{"", "Tables with a heading row (CSV, TSV)", "headings known by their names", "RFC 4180"}};
  for (const Dialect& dialect : dialects())
    list.push_back({dialect.id, dialect.title, dialect.headings,
                    dialect.id == "ebsco" ? "not verified by an export" : "exports of the program"});
  return list;
}

Probe CsvImporter::probe(std::string_view head, std::string_view) {
  std::size_t row = 0;
  for (std::size_t begin = head.find_first_not_of("\r\n"); begin < head.size() && row < kHeaderRows; ++row) {
    const std::size_t end = std::min(head.find_first_of("\r\n", begin), head.size());
    const std::string_view line = head.substr(begin, end - begin);
    const char delimiter = delimiter_ != '\0' ? delimiter_ : findDelimiter(line);
    if (delimiter != '\0') {
      std::vector<std::string> headings;
      for (std::string_view cell : formats::split(line, std::string_view(&delimiter, 1))) {
        if (cell.size() > 1 && cell.front() == '"' && cell.back() == '"') cell = cell.substr(1, cell.size() - 2);
        headings.push_back(formats::collapsed(cell));
      }
      if (isRayyanLog(headings)) return {90, "rayyan-log"};
      const std::size_t known = knownColumns(headings);
      const std::string_view dialect = dialectOf(headings);
      if (known >= 3) return {dialect.empty() ? 80u : 95u, dialect};
      if (known >= 2 && row == 0) return {50, dialect};
    }
    begin = head.find_first_not_of("\r\n", end);
  }
  return {};
}

winnow_status CsvImporter::read(Source source) {
  return Reading(host(), source, tags_, rule_, delimiter_, columns_).run();
}

}  // namespace winnow::csv

WINNOW_PLUGIN("winnow", "importers-csv", "1.1.0", "Apache-2.0", winnow::csv::CsvImporter, winnow::csv::SheetImporter)
