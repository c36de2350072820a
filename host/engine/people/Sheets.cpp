#include "Sheets.hpp"

#include <algorithm>
#include <optional>

#include <winnow/formats/identifiers.hpp>
#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

#include "PageFile.hpp"
#include "engine/reading/ReadFile.hpp"
#include "engine/records/Records.hpp"
#include "engine/stages/Stages.hpp"
#include "io/Error.hpp"
#include "io/InputStream.hpp"

namespace winnow::engine {

namespace {

constexpr const char* kImporter = "importers.sheet";
constexpr std::string_view kCell = "cell.", kHeading = "sheet.heading", kRow = "sheet.row";
constexpr std::string_view kNoHeadings = "sheet.no-heading-row";
constexpr std::string_view kSpreadsheetLock = "~$";  // beside a workbook that Excel has open

/// Spreadsheets guard a cell that looks like a formula with an apostrophe; it is not part of the value.
std::string unguarded(std::string_view value) {
  constexpr std::string_view kGuarded = "=+-@\t\r";
  if (value.size() > 1 && value[0] == '\'' && kGuarded.find(value[1]) != std::string_view::npos) value.remove_prefix(1);
  const std::size_t begin = value.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return std::string(value.substr(begin, value.find_last_not_of(" \t\r\n") + 1 - begin));
}

/// "C" for column 2.
std::string columnName(std::size_t index) {
  std::string name;
  for (std::size_t n = index + 1; n > 0; n = (n - 1) / 26)
    name.insert(name.begin(), static_cast<char>('A' + (n - 1) % 26));
  return name;
}

/// Reads files of people's words, one after the other.
class SheetReader {
 public:
  explicit SheetReader(const Workspace& work) : work_(work) {}

  void read(const std::filesystem::path& file, const std::string& name, const config::SheetSays& says) {
    if (file.filename().string().rfind(kSpreadsheetLock, 0) == 0) return reportOpen(file, name);
    const std::size_t first = sheets_.rows.size();
    ReadRequest request{file, name, kImporter, defaultSettings(*work_.stage(kImporter).stage), {}, {}};
    std::vector<io::Diagnostic> withoutHeadings;  // of sheets of a workbook that are none of ours
    const std::size_t heads = sheets_.heads.size();
    torn_ = tornRowOf(file);
    for (const ReadRequest& one : expanded(request)) readOne(one, withoutHeadings);
    reportOthers(std::move(withoutHeadings), sheets_.heads.size() != heads);
    if (torn_) reportTorn(name);
    for (std::size_t i = first; i < sheets_.rows.size(); ++i) fillIn(sheets_.rows[i], says);
  }

  Sheets take() {
    if (unread_ != 0)
      throw Error(std::to_string(unread_) + (unread_ == 1 ? " problem keeps" : " problems keep") +
                  " what people said out of the review; correct the files named above and run again");
    return std::move(sheets_);
  }

 private:
  void readOne(ReadRequest request, std::vector<io::Diagnostic>& withoutHeadings) {
    const bool isTable = !isNoTable(request);
    if (!isTable) request.importer.clear();  // by content
    const io::DiagnosticSink tell = [&](const io::Diagnostic& d) {
      if (isTorn(d.line)) return;  // reported as a whole
      if (d.code == kNoHeadings) {
        withoutHeadings.push_back(d);
        return;
      }
      if (d.severity == io::Severity::Error) ++unread_;
      work_.tell(d);
    };
    head_ = nullptr;
    readFile(request, work_.catalogue, work_.tags, tell, [&](const ReadRecord& read) {
      if (isTorn(read.record.at.line)) return;
      if (isTable)
        takeRow(read.record, request.shownName);
      else
        takeReference(read.record, request.shownName);
    });
  }

  /// XML, JSON, BibTeX, Refer, and office documents that are no workbooks: what no table begins with.
  static bool isNoTable(const ReadRequest& request) {
    const std::string head(io::InputStream(request.file, request.member, request.encoding).head());
    const std::size_t begin = head.find_first_not_of(" \t\r\n");
    if (begin == std::string::npos) return false;
    constexpr std::string_view kPacked = "PK\x03\x04";
    return std::string_view("<{[@%").find(head[begin]) != std::string_view::npos || head.rfind(kPacked, 0) == 0 ||
           head.find('\0') != std::string::npos;
  }

  // ---- what was being written when the page's program ended

  bool isTorn(std::uint32_t line) const { return torn_ && line >= torn_->line; }

  void reportTorn(const std::string& name) const {
    io::Diagnostic d;
    d.severity = io::Severity::Warning;
    d.code = "sheet.torn-row";
    d.message =
        "the last row has no end: it was being written when the program was stopped, and was not confirmed to "
        "its reader: '" +
        torn_->text + "'";
    d.action = "it does not count; 'winnow screen' takes it away; if you typed the row, end its line";
    d.file = name;
    d.line = torn_->line;
    d.column = 1;
    work_.tell(d);
  }

  // ---- tables

  void takeRow(const winnow_record& record, const std::string& name) {
    SheetHead head{name, record.at.line, {}};
    std::map<std::uint16_t, SheetRow> groups;  // cells of group 0 stand in every row
    for (std::size_t f = 0; f < record.field_count; ++f) {
      const winnow_field& field = record.fields[f];
      const std::string_view tag = work_.tags.name(field.tag), value = view(field.value);
      if (tag == kHeading && field.group > 0) {
        head.columns.resize(std::max<std::size_t>(head.columns.size(), field.group));
        head.columns[field.group - 1u] = plainName(value);
      } else if (tag == kRow) {
        groups[0].number = static_cast<std::uint32_t>(std::stoul(std::string(value)));
      } else if (tag.substr(0, kCell.size()) == kCell) {
        if (std::string text = unguarded(value); !text.empty())
          groups[field.group].cells[plainName(tag.substr(kCell.size()))] = std::move(text);
      }
    }
    if (head.columns.empty()) return addRows(std::move(groups), name, record.at.line);
    head_ = std::make_shared<const SheetHead>(std::move(head));
    sheets_.heads.push_back(head_);
  }

  /// One row a group; the row of group 0 alone if there is no other.
  void addRows(std::map<std::uint16_t, SheetRow> groups, const std::string& file, std::uint32_t line) {
    SheetRow shared = std::move(groups[0]);
    groups.erase(0);
    shared.file = file;
    shared.line = line;
    shared.head = head_;
    for (auto& [group, own] : groups) {
      SheetRow& row = sheets_.rows.emplace_back(shared);
      for (auto& [heading, value] : own.cells) row.cells[heading] = std::move(value);
    }
    if (groups.empty()) sheets_.rows.push_back(std::move(shared));
  }

  // ---- files of references

  void takeReference(const winnow_record& record, const std::string& name) {
    static constexpr std::pair<std::string_view, const char*> kCells[] = {
        {tags::kWinnowId, "record"},     {tags::kDoi, "doi"},
        {tags::kPmid, "pmid"},           {tags::kTitle, "title"},
        {tags::kIssuedYear, "year"},     {tags::kAccession, "number"},
        {tags::kAuthorFamily, "author"}, {tags::kAuthorLiteral, "author"}};
    SheetRow row{name, record.at.line, {}};
    for (std::size_t f = 0; f < record.field_count; ++f)
      for (const auto& [tag, column] : kCells)
        if (work_.tags.name(record.fields[f].tag) == tag) row.cells.try_emplace(column, view(record.fields[f].value));
    sheets_.rows.push_back(std::move(row));
  }

  // ---- what the file does not say itself

  /// What was said of a reader counts before the name of the program; what was said of decisions only where the file
  /// has none.
  static void fillIn(SheetRow& row, const config::SheetSays& says) {
    const std::string program(row.cell("program"));
    const auto set = [&](const char* column, const std::string& value) {
      if (!value.empty() && row.cell(column).empty()) row.cells[column] = value;
    };
    set("reviewer", says.reviewer);
    set("reviewer", program);
    const auto isSaid = [&](const char* column) { return row.head != nullptr && row.head->has(column); };
    if (row.cells.contains("not decided")) return;
    if (!isSaid("decision")) set("decision", says.decision);
    if (!isSaid("category")) set("category", says.category);
    if (!isSaid("reason") && row.cell("decision") == "exclude") set("reason", says.reason);
  }

  // ---- what is no sheet

  void reportOpen(const std::filesystem::path& file, const std::string& name) const {
    io::Diagnostic d;
    d.code = "sheet.open";
    d.message = "'" + file.filename().string().substr(kSpreadsheetLock.size()) + "' is open in a spreadsheet";
    d.action = "what is not saved yet is not read";
    d.file = name;
    work_.tell(d);
  }

  /// Sheets without headings: an error where the file has no other, else said, as nothing in them is read.
  void reportOthers(std::vector<io::Diagnostic> list, bool hasSheet) {
    for (io::Diagnostic& d : list) {
      if (hasSheet) {
        d.severity = io::Severity::Warning;
        d.action = "nothing in this sheet of the workbook was read; the others were";
      } else {
        ++unread_;
      }
      work_.tell(d);
    }
  }

  const Workspace& work_;
  Sheets sheets_;
  std::shared_ptr<const SheetHead> head_;
  std::optional<TornRow> torn_;  ///< of the file that is read
  std::size_t unread_ = 0;
};

}  // namespace

bool SheetHead::has(std::string_view column) const {
  return std::find(columns.begin(), columns.end(), column) != columns.end();
}

std::string SheetRow::placeOf(std::string_view column) const {
  if (head == nullptr || number == 0) return {};
  const auto found = std::find(head->columns.begin(), head->columns.end(), column);
  if (column.empty() || found == head->columns.end()) return {};
  return columnName(static_cast<std::size_t>(found - head->columns.begin())) + std::to_string(number);
}

Sheets readSheetFiles(const Workspace& work, const std::vector<std::filesystem::path>& files,
                      const std::vector<std::string>& names, const std::vector<config::SheetSays>& says) {
  SheetReader reader(work);
  for (std::size_t i = 0; i < files.size(); ++i)
    reader.read(files[i], names[i], i < says.size() ? says[i] : config::SheetSays{});
  return reader.take();
}

std::vector<SheetRow> readSheets(const Workspace& work, const std::vector<std::filesystem::path>& files,
                                 const std::vector<std::string>& names) {
  return readSheetFiles(work, files, names).rows;
}

RecordDescription descriptionOf(const SheetRow& row) {
  const auto cell = [&](std::initializer_list<const char*> columns) {
    for (const char* column : columns)
      if (const std::string_view value = row.cell(column); !value.empty()) return std::string(value);
    return std::string();
  };
  std::string doi = cell({"doi"}), pmid = cell({"pmid", "pubmed id"});
  if (std::string bare = formats::normaliseDoi(doi); !bare.empty()) doi = std::move(bare);  // a sheet shows links
  if (std::string bare = formats::normalisePmid(pmid); !bare.empty()) pmid = std::move(bare);
  return {cell({"number", "database number", "accession number", "accession"}),
          std::move(doi),
          std::move(pmid),
          cell({"title"}),
          cell({"year", "publication year"}),
          cell({"authors", "author", "first author"})};
}

void tellRow(const Workspace& work, io::Severity severity, const SheetRow& row, std::string code, std::string message,
             std::string action, std::string_view column) {
  io::Diagnostic d;
  d.severity = severity;
  d.code = std::move(code);
  const std::string place = row.placeOf(column);
  d.message = place.empty() ? std::move(message) : "cell " + place + ": " + message;
  d.action = std::move(action);
  d.file = row.file;
  d.line = row.line;
  d.column = 1;
  work.tell(d);
}

}  // namespace winnow::engine
