#include "CsvImporter.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include <winnow/formats/identifiers.hpp>
#include <winnow/formats/pages.hpp>
#include <winnow/formats/publication_types.hpp>
#include <winnow/formats/text.hpp>
#include <winnow/record_writer.hpp>

#include "CsvColumns.hpp"
#include "DelimitedText.hpp"

namespace winnow::csv {

void tell(const Host& host, std::uint32_t severity, std::string_view code, std::uint32_t line, std::uint32_t column, std::uint64_t record, std::string_view message,
          std::string_view action) {
  winnow_span at{};
  at.line = line;
  at.column = column;
  host.diagnose({severity, code, message, action, at, record});
}

namespace {

using formats::Deriver;
using formats::NameStyle;
using formats::Role;
constexpr std::size_t kHeaderRows = 10;

std::vector<std::string> headingsOf(const Row& row) {
  std::vector<std::string> list;
  for (const Cell& cell : row.cells) list.push_back(formats::collapsed(cell.text));
  return list;
}

/// Excel writes ="12345678" to keep leading zeros.
std::string_view unwrapped(std::string_view text) {
  text = formats::trim(text);
  if (text.size() > 3 && text.substr(0, 2) == "=\"" && text.back() == '"') return text.substr(2, text.size() - 3);
  return text;
}

/// A number from 1 to `largest`; 0 for anything else.
int wholeNumber(std::string_view text, int largest) {
  text = formats::trim(text);
  int value = 0;
  if (text.empty() || text.size() > 2) return 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return 0;
    value = value * 10 + (c - '0');
  }
  return value <= largest ? value : 0;
}

/// Reads one source.
class Reading {
 public:
  Reading(Host host, Source source, const formats::Tags& tags, std::uint32_t rule, char delimiter, const std::map<std::string, std::string>& columns)
      : host_(host), rows_(source, delimiter), writer_(host, source), tags_(tags), derive_(tags, writer_), rule_(rule), given_(columns) {}

  winnow_status run() {
    if (!readHeader()) return WINNOW_FAILED;
    Row row;
    while (rows_.next(row)) {
      if (row.isBlank) continue;
      readRow(row);
      if (!writer_.full()) continue;
      if (const winnow_status status = send(); status != WINNOW_OK) return status;
    }
    if (rows_.status() != WINNOW_OK) return rows_.status();
    if (writer_.count() == 0) tell(host_, WINNOW_WARNING, "csv.no-row", headerLine_, 1, 0, "the table has a heading row and nothing below", "no record");
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
      const std::string_view line = rows_.peek();
      if (rows_.delimiter() == '\0' || autoDelimiter_) {
        autoDelimiter_ = true;
        const char found = findDelimiter(line);
        rows_.setDelimiter(found == '\0' ? ',' : found);
      }
      if (!rows_.next(row)) break;
      headings_ = headingsOf(row);
      for (std::string& heading : headings_)
        if (const auto known = given_.find(heading); known != given_.end()) heading = known->second;
      if (knownColumns(headings_) < 2) continue;
      headerLine_ = row.at.line;
      return useHeader(row);
    }
    tell(host_, WINNOW_ERROR, "csv.no-title-column", 1, 1, 0, "no row of the first ten has headings that are known", "nothing was imported; name the columns with 'columns'");
    return false;
  }

  bool useHeader(const Row& row) {
    for (std::size_t i = 0; i < headings_.size(); ++i) {
      Column column = columnOf(headings_[i]);
      const bool isTwice = std::any_of(headings_.begin(), headings_.begin() + static_cast<std::ptrdiff_t>(i),
                                       [&](const std::string& h) { return !h.empty() && formats::equalsIgnoringCase(h, headings_[i]); });
      if (isTwice)
        tell(host_, WINNOW_WARNING, "csv.duplicate-header", row.cells[i].line, row.cells[i].column, 0, "the heading '" + headings_[i] + "' stands twice", "the first that is not empty counts");
      columns_.push_back(column);
      rawTags_.push_back(host_.tag("raw:" + headings_[i]));
    }
    dialect_ = dialectOf(headings_);
    if (std::find(columns_.begin(), columns_.end(), Column::Title) != columns_.end()) return true;
    tell(host_, WINNOW_ERROR, "csv.no-title-column", row.at.line, 1, 0, "the table has no column of titles", "nothing was imported; name it with 'columns'");
    return false;
  }

  void readRow(const Row& row) {
    const std::uint64_t ordinal = writer_.count() + 1;
    if (row.unclosed)
      tell(host_, WINNOW_WARNING, "csv.unclosed-quote", row.quoteLine, row.quoteColumn, ordinal, "a quote is opened here and never closed", "the cell ends with its line");
    if (row.cells.size() != headings_.size())
      tell(host_, WINNOW_WARNING, "csv.ragged-row", row.at.line, 1, ordinal,
           "the row has " + std::to_string(row.cells.size()) + " cells, the heading row " + std::to_string(headings_.size()),
           row.cells.size() < headings_.size() ? "missing cells are empty" : "the cells behind are kept as they are");
    writer_.begin(row.at);
    decoded_ = false;
    values_.assign(columns_.size(), {});
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const std::string_view text = clean(row.cells[i], ordinal);
      if (text.empty()) continue;
      const std::uint32_t tag = i < rawTags_.size() ? rawTags_[i] : host_.tag("raw:column " + std::to_string(i + 1));
      const std::uint32_t raw = writer_.raw(tag, text, row.cells[i].line);
      if (i < values_.size()) values_[i] = {text, raw};
    }
    derive();
    writer_.end();
  }

  std::string_view clean(const Cell& cell, std::uint64_t ordinal) {
    std::string_view text = unwrapped(cell.text);
    std::size_t bad = 0;
    if (!formats::isUtf8(text, &bad)) {
      if (!decoded_) tell(host_, WINNOW_WARNING, "text.cp1252", cell.line, cell.column, ordinal, "this record is not UTF-8", "read as Windows-1252");
      decoded_ = true;
      return writer_.keep(formats::cp1252ToUtf8(text));
    }
    // Rayyan's damaged cells: what follows five blanks and a tag belongs to other fields.
    if (dialect_ == "rayyan")
      if (const std::size_t cut = text.find("     "); cut != std::string_view::npos) text = formats::trim(text.substr(0, cut));
    return text;
  }

  struct Value {
    std::string_view text;
    std::uint32_t raw = WINNOW_NONE;
  };
  /// The first value of that meaning.
  const Value* find(Column column) const {
    for (std::size_t i = 0; i < columns_.size(); ++i)
      if (columns_[i] == column && !values_[i].text.empty() && !formats::isPlaceholder(values_[i].text)) return &values_[i];
    return nullptr;
  }
  Deriver::Origin from(const Value& v) const { return {v.raw, rule_, 0, 0}; }
  void plain(Column column, std::uint32_t tag) {
    if (const Value* v = find(column)) derive_.text(tag, v->text, from(*v));
  }

  void derive() {
    plain(Column::Title, tags_.title);
    deriveType();
    derivePeople();
    deriveDate();
    plain(Column::Journal, tags_.container);
    plain(Column::JournalAbbreviation, tags_.containerShort);
    plain(Column::Volume, tags_.volume);
    plain(Column::Issue, tags_.issue);
    derivePages();
    deriveIdentifiers();
    plain(Column::Abstract, tags_.abstract);
    for (const Column column : {Column::Keywords, Column::IndexKeywords})
      if (const Value* v = find(column))
        for (const std::string_view word : formats::split(v->text, v->text.find(';') == std::string_view::npos ? ",\n" : ";\n")) derive_.text(tags_.keyword, word, from(*v));
    if (const Value* v = find(Column::Language)) derive_.languages(v->text, from(*v));
    plain(Column::Url, tags_.url);
    plain(Column::Publisher, tags_.publisher);
    plain(Column::Place, tags_.place);
    plain(Column::Edition, tags_.edition);
    plain(Column::Notes, tags_.note);
    if (const Value* v = find(Column::Notes)) writer_.derive(tags_.winnowId, formats::findWinnowId(v->text), from(*v));
    plain(Column::Database, tags_.database);
  }

  void deriveType() {
    const Value* type = find(Column::Type);
    const Value* publication = find(Column::PublicationType);
    if (publication == nullptr && dialect_.empty()) publication = type;
    const Value* source = type != nullptr ? type : publication;
    std::string_view csl = source == nullptr ? std::string_view{} : formats::cslTypeOfName(source->text);
    if (csl.empty()) csl = find(Column::Journal) != nullptr ? "article-journal" : "document";
    writer_.derive(tags_.type, csl, {source == nullptr ? WINNOW_NONE : source->raw, rule_, 0, 0});
    if (source != nullptr) derive_.text(tags_.typeRaw, source->text, from(*source));
    if (publication != nullptr) derive_.publicationTypes(publication->text, from(*publication));
  }

  void derivePeople() {
    // "Liu, Fang (57202353242); Li, Chen (5721)": Scopus writes its author ids behind the full names.
    if (const Value* full = find(Column::FullAuthors)) {
      for (std::string_view name : formats::split(full->text, ";")) {
        if (const std::size_t paren = name.rfind(" ("); paren != std::string_view::npos && name.back() == ')') name = name.substr(0, paren);
        derive_.person(Role::Author, formats::parseName(name), from(*full));
      }
    } else if (const Value* authors = find(Column::Authors)) {
      const NameStyle style = dialect_ == "ieee" ? NameStyle::GivenFirst : NameStyle::InitialsLast;
      derive_.people(Role::Author, authors->text, from(*authors), style, true);
    }
    if (const Value* editors = find(Column::Editors)) derive_.people(Role::Editor, editors->text, from(*editors), NameStyle::InitialsLast, true);
  }

  void deriveDate() {
    const Value* year = find(Column::Year);
    const Value* date = find(Column::Date);
    const Value* source = year != nullptr ? year : date;
    if (source == nullptr) return;
    auto parsed = formats::parseDate(source->text);
    if (!parsed || parsed->year == 0) {
      tell(host_, WINNOW_WARNING, "date.unreadable", writer_.field(source->raw).line, 1, writer_.count() + 1, "'" + std::string(source->text) + "' tells no year", "the date was left out");
      return;
    }
    if (parsed->month == 0 && year != nullptr && date != nullptr)
      if (const auto more = formats::parseDate(date->text); more && more->year == parsed->year) parsed = more;
    if (parsed->month == 0)
      if (const Value* month = find(Column::Month)) {
        const auto named = formats::parseDate(month->text);
        parsed->month = named ? named->month : wholeNumber(month->text, 12);
        if (const Value* day = find(Column::Day); day != nullptr && parsed->month != 0) parsed->day = wholeNumber(day->text, 31);
      }
    derive_.date(*parsed, from(*source));
  }

  void derivePages() {
    const Value *first = find(Column::FirstPage), *last = find(Column::LastPage), *pages = find(Column::Pages);
    if (first != nullptr) derive_.pages(first->text, last == nullptr ? std::string_view{} : last->text, from(*first));
    else if (pages != nullptr) derive_.pages(pages->text, {}, from(*pages));
    plain(Column::ArticleNumber, tags_.articleNumber);
  }

  void deriveIdentifiers() {
    bool hasDoi = false;
    if (const Value* v = find(Column::Doi)) hasDoi = derive_.doi(v->text, from(*v), false);
    if (const Value* v = find(Column::Url); v != nullptr && !hasDoi) derive_.doi(v->text, from(*v), true);
    if (const Value* v = find(Column::Pmid)) derive_.copy(tags_.pmid, formats::normalisePmid(v->text), from(*v));
    if (const Value* v = find(Column::Pmcid)) derive_.copy(tags_.pmcid, formats::normalisePmcid(v->text), from(*v));
    for (const Column column : {Column::SerialNumber, Column::Issn, Column::Isbn})
      if (const Value* v = find(column)) derive_.serialNumbers(v->text, from(*v));
    plain(Column::Accession, tags_.accession);
    plain(Column::LocalId, tags_.localId);
  }

  Host host_;
  RowReader rows_;
  RecordWriter writer_;
  const formats::Tags& tags_;
  Deriver derive_;
  std::uint32_t rule_;
  const std::map<std::string, std::string>& given_;
  std::vector<std::string> headings_;
  std::vector<Column> columns_;
  std::vector<std::uint32_t> rawTags_;
  std::vector<Value> values_;
  std::string_view dialect_;
  std::uint32_t headerLine_ = 1;
  bool autoDelimiter_ = false, decoded_ = false;
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
  for (const auto& [heading, meaning] : settings.map("columns"))
    if (!meaning.empty()) columns_[std::string(heading)] = std::string(meaning.front());
}

Probe CsvImporter::probe(std::string_view head, std::string_view) {
  std::size_t row = 0;
  for (std::size_t begin = 0; begin < head.size() && row < kHeaderRows; ++row) {
    std::size_t end = head.find_first_of("\r\n", begin);
    if (end == std::string_view::npos) end = head.size();
    const std::string_view line = head.substr(begin, end - begin);
    const char delimiter = delimiter_ != '\0' ? delimiter_ : findDelimiter(line);
    if (delimiter != '\0') {
      std::vector<std::string> headings;
      for (std::string_view cell : formats::split(line, std::string_view(&delimiter, 1))) {
        if (cell.size() > 1 && cell.front() == '"' && cell.back() == '"') cell = cell.substr(1, cell.size() - 2);
        headings.push_back(formats::collapsed(cell));
      }
      const std::size_t known = knownColumns(headings);
      const std::string_view dialect = dialectOf(headings);
      if (known >= 3) return {dialect.empty() ? 80u : 95u, dialect};
      if (known >= 2 && row == 0) return {50, dialect};
    }
    begin = head.find_first_not_of("\r\n", end);
    if (begin == std::string_view::npos) break;
  }
  return {};
}

winnow_status CsvImporter::read(Source source) { return Reading(host(), source, tags_, rule_, delimiter_, columns_).run(); }

}  // namespace winnow::csv

WINNOW_PLUGIN("winnow", "importers-csv", "1.0.0", "Apache-2.0", winnow::csv::CsvImporter, winnow::csv::SheetImporter)
