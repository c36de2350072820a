#include "CsvImporter.hpp"

#include <algorithm>
#include <stdexcept>
#include <unordered_set>
#include <vector>

#include <winnow/formats/clean_text.hpp>
#include <winnow/formats/raw_tags.hpp>
#include <winnow/formats/signs.hpp>
#include <winnow/formats/text.hpp>
#include <winnow/formats/volatile.hpp>
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
  /// `own`: a table that somebody else made, or null.
  Reading(Host host, Source source, const formats::Tags& tags, std::uint32_t rule, char delimiter,
          const std::map<std::string, std::string>& columns, const ColumnTables& tables, const ColumnTable* own)
      : host_(host),
        tags_(tags),
        tables_(tables),
        table_(own),
        rows_(source, delimiter),
        writer_(host, source),
        clean_(host, writer_),
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
    tellOddRows();
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
    bool isFirst = true;
    std::vector<Row> above;
    for (std::size_t i = 0; i < kHeaderRows; ++i) {
      if (isAuto_) {
        const char found = findDelimiter(rows_.peek());
        rows_.setDelimiter(found == '\0' ? ',' : found);
      }
      if (!rows_.next(row)) break;
      headings_ = headingsOf(row);
      if (isRayyanLog(headings_)) {
        tell(host_, WINNOW_ERROR, "csv.rayyan-log", {row.at.line, 1}, 0,
             "this is Rayyan's log: it holds decisions and no records",
             "nothing was imported; name it under 'decisions' of a step");
        return false;
      }
      bool isNamed = false;
      for (std::string& heading : headings_)
        if (const auto known = given_.find(heading); known != given_.end()) {
          heading = known->second;
          isNamed = true;
        }
      if (table_ == nullptr) table_ = tables_.recognise(headings_);
      if (table_ == nullptr && !isNamed && knownColumns(headings_) < 2 && !(isFirst && isTitleColumn(headings_))) {
        isFirst = isFirst && row.isBlank;
        above.push_back(row);
        continue;
      }
      headerLine_ = row.at.line;
      shown_ = headingsOf(row);
      const bool isUsed = useHeader(row);
      if (!areTagged(above))  // otherwise they are a record of another format: the host reports it
        for (const Row& other : above) readAbove(other, isUsed);
      writer_.declare(row.at, WINNOW_HEADING);
      return isUsed;
    }
    tell(host_, WINNOW_ERROR, "csv.no-title-column", {1, 1}, 0, "no row of the first ten has headings that are known",
         "nothing was imported; name the columns with 'columns'");
    return false;
  }

  /// Lines such as "T1 Peers in wards" or "TI  - Peers in wards", three or more: a file of tags was joined before the
  /// table.
  static bool areTagged(const std::vector<Row>& rows) {
    const auto isCapital = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
    return std::count_if(rows.begin(), rows.end(), [&](const Row& row) {
             return row.text.size() > 3 && isCapital(row.text[0]) && isCapital(row.text[1]) && row.text[2] == ' ';
           }) >= 3;
  }

  /// Rows of records stand above the heading row where tables were joined and the first lost its own; a line about the
  /// search or the export fills a cell or two.
  void readAbove(const Row& row, bool isTable) {
    const auto filled = static_cast<std::size_t>(std::count_if(
        row.cells.begin(), row.cells.end(), [](const Cell& cell) { return !formats::isBlank(cell.text); }));
    if (!isTable || row.cells.size() != headings_.size() || filled < 2 || filled * 2 < headings_.size())
      return writer_.declare(row.at, WINNOW_HEADING);
    tell(host_, WINNOW_WARNING, "csv.row-above-heading", {row.at.line, 1}, writer_.count() + 1,
         "the row stands above the heading row", "read as a row of the table");
    readRow(row);
  }

  /// A table of titles alone: the user has said that it is a table.
  static bool isTitleColumn(const std::vector<std::string>& headings) {
    return std::any_of(headings.begin(), headings.end(),
                       [](const std::string& heading) { return columnOf(heading) == Column::Title; });
  }

  /// Headings that mean something else in the tables of one program.
  Column columnIn(std::string_view heading) const {
    if (dialect_ == "csdl" && heading == "Category") return Column::Type;
    if (dialect_ == "wos" && formats::equalsIgnoringCase(heading, "Publication Type")) return Column::Type;
    return columnOf(heading);
  }

  bool useHeader(const Row& row) {
    dialect_ = table_ != nullptr ? table_->name() : dialectOf(headings_);
    std::vector<Column> columns;
    std::unordered_set<std::string> seen;
    for (std::size_t i = 0; i < headings_.size(); ++i) {
      columns.push_back(columnIn(headings_[i]));
      const bool isKnown = columns[i] != Column::Unknown || (table_ != nullptr && table_->knows(headings_[i]));
      const bool isVolatile =
          table_ != nullptr ? tagged::isVolatile(table_->table(), headings_[i]) : formats::isVolatileName(headings_[i]);
      rawTags_.push_back(
          {host_.tag("raw:" + headings_[i]),
           static_cast<std::uint16_t>((isKnown ? WINNOW_FIELD_KNOWN : 0) | (isVolatile ? WINNOW_FIELD_VOLATILE : 0))});
      tellTwice(row, i, seen);
    }
    const bool hasTitle = std::find(columns.begin(), columns.end(), Column::Title) != columns.end() ||
                          (table_ != nullptr && table_->hasTitle(headings_));
    if (!hasTitle) {
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
    clean_.beginRecord();
    values_.assign(headings_.size(), {});
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const Cell& cell = row.cells[i];
      const std::string_view text = clean(row, cell);
      if (text.empty()) continue;
      const formats::RawTag tag =
          i < rawTags_.size() ? rawTags_[i] : formats::RawTag{host_.tag("raw:column " + std::to_string(i + 1)), 0};
      const std::uint32_t raw = writer_.raw(tag.number, text, cell.line, tag.flags);
      if (i < values_.size()) values_[i] = {clean_.withoutEntities(text, cell.line), raw};
    }
    fields_.derive(values_, row);
    deriveByTable();
    writer_.end();
  }

  /// What the columns mean in the table of a known database, over what they mean in general.
  void deriveByTable() {
    if (table_ == nullptr) return;
    cells_.clear();
    for (std::size_t i = 0; i < values_.size(); ++i)
      if (values_[i].raw != WINNOW_NONE)
        cells_.push_back({table_->number(headings_[i]), values_[i].text, values_[i].raw});
    std::string_view type;
    for (std::size_t i = 0; i < writer_.fieldCount() && type.empty(); ++i)
      if (writer_.field(i).tag == tags_.type) type = view(writer_.field(i).value);
    const tagged::Value* bad = table_->mapOver(cells_, type, writer_);
    if (bad == nullptr) return;
    tell(host_, WINNOW_WARNING, "date.unreadable", {writer_.field(bad->raw).line, 1}, writer_.count() + 1,
         "'" + std::string(bad->text.substr(0, 60)) + "' tells no year", "the date was left out");
  }

  void tellShape(const Row& row) {
    const std::uint64_t ordinal = writer_.count() + 1;
    const bool isOdd = row.unclosed || row.cells.size() != headings_.size();
    if (isOdd && ++oddRows_ > kMostOddRows) return;
    if (row.hasBackslash)
      tell(host_, WINNOW_INFO, "csv.backslash-quotes", {row.at.line, 1}, ordinal,
           "quotes within cells stand behind a backslash", "read as quotes, here and below");
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
    const bool isView = text.data() >= row.text.data() && text.data() < row.text.data() + row.text.size();
    const std::size_t offset = isView ? static_cast<std::size_t>(text.data() - row.text.data()) : cell.offset;
    if (!formats::CleanText::isClean(text)) text = clean_.clean(text, cell.line, columns_.of(row, offset));
    // Rayyan's damaged cells: what follows five blanks and a tag belongs to other fields.
    if (dialect_ == "rayyan")
      if (const std::size_t cut = text.find("     "); cut != std::string_view::npos)
        text = formats::trim(text.substr(0, cut));
    return text;
  }

  /// Rows of another width than the heading row that were not reported one by one.
  void tellOddRows() const {
    if (oddRows_ > kMostOddRows)
      tell(host_, WINNOW_WARNING, "csv.ragged-row", {headerLine_, 1}, 0,
           std::to_string(oddRows_ - kMostOddRows) +
               " more rows have other numbers of cells or quotes that do not close",
           "read like those above");
  }

  Host host_;
  const formats::Tags& tags_;
  const ColumnTables& tables_;
  const ColumnTable* table_;  ///< null: the headings mean what they mean in general
  RowReader rows_;
  RecordWriter writer_;
  formats::CleanText clean_;
  ColumnCounter columns_;
  Fields fields_;
  const std::map<std::string, std::string>& given_;
  std::vector<std::string> headings_, shown_;  ///< what they mean after 'columns'; as they stand in the file
  std::vector<formats::RawTag> rawTags_;
  std::vector<Value> values_;
  std::vector<tagged::Value> cells_;  ///< those of the row that hold something, by the table's numbers
  std::string_view dialect_;
  std::uint32_t headerLine_ = 1;
  std::size_t toldTwice_ = 0;
  bool isForeign_ = false;                             ///< rows of another format are passed
  static constexpr std::uint64_t kMostOddRows = 1000;  ///< that are reported one by one
  std::uint64_t oddRows_ = 0;
  bool isAuto_;
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
    : Importer(host),
      tags_(host),
      tables_(host, tags_),
      rule_(host.tag("csv.column")),
      delimiter_(delimiterOf(settings.text("delimiter"))) {
  if (const std::string_view table = settings.text("table"); !table.empty())
    own_ = std::make_unique<Own>(host, tags_, table);
  for (const auto& table : tables_.all()) toldBy_.push_back(tagged::signsOf(table->table()));
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
  for (std::size_t i = 0; i < tables_.all().size(); ++i) {
    const ColumnTable& table = *tables_.all()[i];
    list.push_back({table.name(), table.table().name, toldBy_[i], table.table().source});
  }
  return list;
}

const void* CsvImporter::extension(std::string_view wanted) {
  return wanted == WINNOW_EXT_TABLE && own_ != nullptr ? own_->words.get() : nullptr;
}

namespace {

/// The cells of a heading row, without their quotes.
std::vector<std::string> headingsOf(std::string_view line, char delimiter) {
  std::vector<std::string> headings(1);
  bool isQuoted = false;
  for (const char c : line) {
    if (c == '"')
      isQuoted = !isQuoted;
    else if (c == delimiter && !isQuoted)
      headings.emplace_back();
    else
      headings.back() += c;
  }
  for (std::string& heading : headings) heading = formats::collapsed(heading);
  return headings;
}

}  // namespace

Probe CsvImporter::probe(std::string_view head, std::string_view) {
  if (formats::trim(head).substr(0, 1) == "<") return {};  // XML, or a page
  std::size_t row = 0;
  for (std::size_t begin = head.find_first_not_of("\r\n"); begin < head.size() && row < kHeaderRows; ++row) {
    const std::size_t end = std::min(head.find_first_of("\r\n", begin), head.size());
    const std::string_view line = head.substr(begin, end - begin);
    const char delimiter = delimiter_ != '\0' ? delimiter_ : findDelimiter(line);
    if (delimiter != '\0') {
      const std::vector<std::string> headings = headingsOf(line, delimiter);
      if (own_ != nullptr) {
        if (const std::uint32_t sure = own_->columns.confidence(headings); sure != 0) return {sure, own_->table.name};
        begin = head.find_first_not_of("\r\n", end);
        continue;
      }
      if (isRayyanLog(headings)) return {};  // decisions, no records
      if (const ColumnTable* table = tables_.recognise(headings); table != nullptr)
        return {table->confidence(headings), table->name()};
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
  return Reading(host(), source, tags_, rule_, delimiter_, columns_, tables_,
                 own_ == nullptr ? nullptr : &own_->columns)
      .run();
}

}  // namespace winnow::csv

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "importers-csv", "1.1.0", "Apache-2.0"), winnow::csv::CsvImporter,
              winnow::csv::SheetImporter)
