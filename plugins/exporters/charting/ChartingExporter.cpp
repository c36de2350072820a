// exporters.charting: the charting table, or the sheet in which it is filled in. Rules: README.md.
#include <stdexcept>
#include <string>
#include <vector>

#include "ChartingSheet.hpp"
#include "Form.hpp"
#include "bibliography/Work.hpp"
#include "table/Table.hpp"
#include "winnow/plugin.hpp"

namespace {

using namespace winnow;
using bibliography::Vocabulary;
using bibliography::Work;
using exporters::FormItem;

struct Column {
  FormItem item;
  std::uint32_t tag;  ///< of its answers
};

/// Writes what was charted, or the sheet for charting.
class ChartingExporter final : public Exporter {
 public:
  static constexpr std::string_view id = "exporters.charting", version = "1.1.0",
                                    help = "The charting table, or the sheet in which it is filled in.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr winnow_option options[] = {
      option(WINNOW_BOOLEAN, "sheet", "false", "Write the sheet to fill in instead of the answers."),
      option(WINNOW_STRING, "reviewer", "", "Who fills the sheet in."),
      option(WINNOW_CHOICE, "format", "csv", "How the table is written; xlsx is for sheets.", "csv|markdown|xlsx"),
      sheet::kSeparator, option(WINNOW_BOOLEAN, "long", "false", "One row a value instead of one row a record.")};

  ChartingExporter(Host host, const Settings& settings)
      : Exporter(host),
        vocabulary_(host),
        sheet_(host, settings),
        format_(settings.text("format") == "markdown" ? table::Format::markdown : table::Format::csv),
        isSheet_(settings.boolean("sheet")),
        isLong_(settings.boolean("long")) {
    if (isSheet_ && isLong_) throw std::invalid_argument("\"sheet\" and \"long\" exclude each other");
    if (!isSheet_ && settings.text("format") == "xlsx")
      throw std::invalid_argument("\"format: xlsx\" is for sheets to fill in (\"sheet: true\")");
  }

  winnow_status write(Sink sink) override {
    if (isSheet_) return writeSheet(sink);
    if (!readColumns()) return WINNOW_FAILED;
    winnow_status written = sink.write(table::header(headings(), format_));
    const winnow_status read = sink.forEach([&](Record record) {
      if (written != WINNOW_OK) return;
      const std::string rows = rowsOf(record);
      if (!rows.empty()) written = sink.write(rows);
    });
    return read != WINNOW_OK ? read : written;
  }

 private:
  bool tell(std::string_view code, const std::string& message) const {
    host().diagnose({WINNOW_ERROR, code, message, "no table was written", {}, 0});
    return false;
  }

  winnow_status writeSheet(Sink& sink) {
    const std::string_view form = host().document("form");
    try {
      if (!form.empty()) return sheet_.write(sink, form, host().document("review"));
      tell("charting.no-form", "this run has no document \"form\"");
    } catch (const std::runtime_error& error) {
      tell("charting.form", error.what());
    }
    return WINNOW_FAILED;
  }

  bool readColumns() {
    const std::string_view form = host().document("form");
    if (form.empty()) return tell("charting.no-form", "this run has no document \"form\"");
    try {
      columns_.clear();
      for (FormItem& item : exporters::readForm(form)) {
        const std::uint32_t tag = host().tag("chart." + item.id);
        columns_.push_back({std::move(item), tag});
      }
      return true;
    } catch (const std::runtime_error& error) {
      return tell("charting.form", std::string("document \"form\" is not as its format says: ") + error.what());
    }
  }

  table::Row headings() const {
    if (isLong_) return {"record", "item", "label", "value"};
    table::Row row{"record"};
    for (const Column& column : columns_) row.push_back(column.item.heading());
    return row;
  }

  std::string rowsOf(Record record) const {
    const Work work(vocabulary_, record);
    const std::string key(work.first(tags::kRecordKey));
    if (isLong_) return longRows(record, key);
    table::Row row{key};
    for (const Column& column : columns_) row.push_back(table::joined(answers(record, column)));
    return table::row(row, format_);
  }

  std::string longRows(Record record, const std::string& key) const {
    std::string rows;
    for (const Column& column : columns_)
      for (const std::string_view value : answers(record, column))
        rows += table::row({key, column.item.id, column.item.label, std::string(value)}, format_);
    return rows;
  }

  static std::vector<std::string_view> answers(Record record, const Column& column) {
    std::vector<std::string_view> values;
    for (const std::uint32_t field : record.all(column.tag)) values.push_back(record.value(field));
    return values;
  }

  Vocabulary vocabulary_;
  exporters::ChartingSheet sheet_;
  table::Format format_;
  bool isSheet_, isLong_;
  std::vector<Column> columns_;
};

}  // namespace

WINNOW_PLUGIN("winnow", "exporters-charting", "1.1.0", "Apache-2.0", ChartingExporter)
