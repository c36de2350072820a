// exporters.charting: the charting table, or the sheet in which it is filled in. Rules: README.md.
#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

#include "ChartingSheet.hpp"
#include "studies/Form.hpp"
#include "studies/Studies.hpp"
#include "table/Table.hpp"
#include "table/TableFile.hpp"
#include "winnow/plugin.hpp"

namespace {

using namespace winnow;
using studies::FormItem;
using studies::Study;
using table::Cell;
using table::Grid;

std::string joined(const std::vector<std::string>& values) {
  return table::joined(std::vector<std::string_view>(values.begin(), values.end()));
}

Cell answerCell(const Study& study, const FormItem& item) {
  const std::string text = joined(study.answer(item.id));
  const bool isCount = item.type == FormItem::Type::number && table::isNumber(text);
  return {text, isCount, {}, false};
}

/// Writes what was charted, or the sheet for charting.
class ChartingExporter final : public Exporter {
 public:
  static constexpr std::string_view id = "exporters.charting", version = "1.1.0",
                                    help = "The charting table, or the sheet in which it is filled in.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr winnow_option options[] = {
      option(WINNOW_BOOLEAN, "sheet", "false", "Write the sheet to fill in instead of the answers."),
      option(WINNOW_STRING, "reviewer", "", "Who fills the sheet in."),
      option(WINNOW_CHOICE, "format", "csv", "csv or xlsx; a table also as markdown, html, docx.",
             table::kTableFormats),
      option(WINNOW_LIST, "items", "", "Items of the form, by id or label, in this order; all unless given."),
      option(WINNOW_CHOICE, "layout", "auto",
             "wide: a row a study; by study: a row an answer, under each study; auto: wide up to nine items. CSV and "
             "XLSX are "
             "wide.",
             "auto|wide|by study"),
      option(WINNOW_CHOICE, "separator", ",", "What stands between the cells of a sheet's csv.", ",|;|tab"),
      option(WINNOW_BOOLEAN, "long", "false", "One row a value instead of one row a record."),
      table::kCaption,
      table::kNumber,
      table::kStyle,
      table::kFont,
      table::kFontSize,
      table::kPageSize};

  ChartingExporter(Host host, const Settings& settings)
      : Exporter(host),
        sheet_(host, settings),
        file_(settings),
        layout_(settings.text("layout")),
        isSheet_(settings.boolean("sheet")),
        isLong_(settings.boolean("long")) {
    for (const std::string_view item : settings.list("items"))
      if (!item.empty()) chosen_.emplace_back(item);
    if (isSheet_ && isLong_) throw std::invalid_argument("\"sheet\" and \"long\" exclude each other");
    if (isSheet_ && !isForMachines()) throw std::invalid_argument("a sheet to fill in is csv or xlsx");
  }

  winnow_status write(Sink sink) override {
    if (!readItems()) return WINNOW_FAILED;
    if (isSheet_) return sheet_.write(sink, items_, version_, host().document("review"));
    const studies::StudyReader reader(host(), items_);
    winnow_status read = WINNOW_OK;
    const std::vector<Study> list = studies::readAll(sink, reader, read);
    if (read != WINNOW_OK) return read;
    return sink.write(file_.bytes(isLong_ ? longTable(list) : isWide() ? wideTable(list) : tableByStudy(list)));
  }

 private:
  static constexpr std::size_t kMostWideItems = 9;

  bool readItems() {
    const std::string_view form = host().document("form");
    if (form.empty()) return tell("charting.no-form", "this run has no document \"form\"");
    try {
      items_ = studies::readForm(form);
      version_ = studies::readFormVersion(form);
    } catch (const std::runtime_error& error) {
      return tell("charting.form", std::string("document \"form\" is not as its format says: ") + error.what());
    }
    std::vector<FormItem> chosen;
    for (const std::string& name : chosen_) {
      const FormItem* item = studies::findItem(items_, name);
      if (item == nullptr) return tell("charting.unknown-item", "the form has no item '" + name + "'");
      chosen.push_back(*item);
    }
    if (!chosen.empty()) items_ = std::move(chosen);
    return true;
  }
  bool tell(std::string_view code, const std::string& message) const {
    host().diagnose({WINNOW_ERROR, code, message, "no table was written", {}, 0});
    return false;
  }

  bool isForMachines() const { return file_.format() == "csv" || file_.format() == "xlsx"; }
  bool isWide() const {
    if (isForMachines() || layout_ == "wide") return true;
    return layout_ == "auto" && items_.size() <= kMostWideItems;
  }

  Grid wideTable(const std::vector<Study>& list) const {
    Grid grid;
    grid.caption = "Characteristics of the included studies";
    // People find a study by its citation; machines by the record, and by what other programs know it by.
    if (isForMachines())
      grid.columns = {{"record", 1, false}, {"study", 1, false}, {"title", 2, false}, {"doi", 1, false}};
    else
      grid.columns = {{"Study", 1.2, false}};
    for (const FormItem& item : items_)
      grid.columns.push_back({isForMachines() ? item.heading() : item.label, 1, item.type == FormItem::Type::number});
    for (const Study& study : list) {
      std::vector<Cell> row;
      if (isForMachines())
        row = {{study.key}, {study.citation, false, study.link, false}, {study.title}, {study.doi}};
      else
        row = {{study.citation, false, study.link, true}};
      for (const FormItem& item : items_) row.push_back(answerCell(study, item));
      grid.rows.push_back(std::move(row));
    }
    return grid;
  }

  Grid tableByStudy(const std::vector<Study>& list) const {
    Grid grid;
    grid.caption = "Characteristics of the included studies";
    grid.columns = {{"Study", 1, false}, {"Item", 1.2, false}, {"Answer", 2.2, false}};
    for (const Study& study : list) {
      bool isFirst = true;
      for (const FormItem& item : items_) {
        Cell answer = answerCell(study, item);
        if (answer.text.empty()) continue;
        grid.rows.push_back(
            {{isFirst ? study.citation : "", false, isFirst ? study.link : "", true}, {item.label}, answer});
        isFirst = false;
      }
      if (isFirst) grid.rows.push_back({{study.citation, false, study.link, true}, {"nothing charted"}, {}});
    }
    grid.notes = {"Items without an answer are left out."};
    return grid;
  }

  Grid longTable(const std::vector<Study>& list) const {
    Grid grid;
    grid.columns = {{"record", 1, false}, {"item", 1, false}, {"label", 1, false}, {"value", 2, false}};
    for (const Study& study : list)
      for (const FormItem& item : items_)
        for (const std::string& value : study.answer(item.id))
          grid.rows.push_back({{study.key}, {item.id}, {item.label}, {value}});
    return grid;
  }

  exporters::ChartingSheet sheet_;
  table::TableFile file_;
  std::string layout_, version_;
  bool isSheet_, isLong_;
  std::vector<std::string> chosen_;
  std::vector<FormItem> items_;
};

}  // namespace

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "exporters-charting", "1.1.0", "Apache-2.0"), ChartingExporter)
