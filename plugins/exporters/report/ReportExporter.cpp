// exporters.report: the whole review as a report. Rules: README.md.
#include <stdexcept>
#include <string>

#include "Report.hpp"
#include "table/TableFile.hpp"
#include "winnow/plugin.hpp"

namespace {

using namespace winnow;
using report::Material;

class ReportExporter final : public Exporter {
 public:
  static constexpr std::string_view
      id = "exporters.report",
      version = "1.0.0",
      help = "The report of the review: a page whose numbers open their records, a Quarto document, or a Word file.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr winnow_option options[] = {
      option(WINNOW_CHOICE, "format", "html", "html: one file; qmd: for Quarto; docx: for Word.", "html|qmd|docx"),
      option(WINNOW_LIST, "items", "", "Items of the table of studies; those whose answers are counted unless given."),
      option(WINNOW_STRING, "rows", "", "Of the map: an item of the form, or year, wave, source."),
      option(WINNOW_STRING, "columns", "", "Likewise."),
      option(WINNOW_STRING, "colour", "", "Likewise; none unless given."),
      option(WINNOW_LIST, "bars", "", "Items of the bar charts; years and the form's first list unless given."),
      option(WINNOW_LIST, "checklists", "",
             "PRISMA-ScR, PRISMA 2020, PRISMA-S; by the review's reporting unless given."),
      option(WINNOW_STRING, "bibliography", "references.json", "Of qmd: the CSL-JSON file of the included studies."),
      table::kStyle,
      table::kFont,
      table::kFontSize,
      table::kPageSize};

  ReportExporter(Host host, const Settings& settings)
      : Exporter(host),
        print_(table::printOf(settings)),
        format_(settings.text("format")),
        bibliography_(settings.text("bibliography")) {
    const auto listOf = [&](const char* name, std::vector<std::string>& to) {
      for (const std::string_view one : settings.list(name))
        if (!one.empty()) to.emplace_back(one);
    };
    listOf("items", choices_.items);
    listOf("bars", choices_.bars);
    listOf("checklists", choices_.checklists);
    choices_.rows = settings.text("rows");
    choices_.columns = settings.text("columns");
    choices_.colour = settings.text("colour");
  }

  winnow_status write(Sink sink) override {
    try {
      Material material;
      material.facts = facts::readFacts(host());
      material.flowText = host().document("flow");
      material.stepsText = host().document("steps");
      material.flow = nlohmann::ordered_json::parse(material.flowText);
      const report::EntryReader reader(host(), material.facts.form);
      bool isEverything = true;
      const winnow_status read = sink.forEach([&](Record record) {
        material.entries.push_back(reader.read(record));
        isEverything = isEverything && !material.entries.back().seen.empty();
      });
      if (read != WINNOW_OK) return read;
      if (!isEverything)
        return refuse("report.records", "the report is written of every record", "write it with 'of: everything'");
      material.lists = report::listsOf(material.flow, material.entries, material.facts.criteria);
      for (const std::string& difference : material.lists.differing)
        host().diagnose(
            {WINNOW_WARNING, "report.list-differs", difference, "the number is printed without its records", {}, 0});
      const document::Document text = report::reportOf(material, choices_, format_ == "html");
      if (format_ == "html") return sink.write(report::pageOf(material, text));
      return sink.write(format_ == "qmd" ? report::quartoOf(material, text, bibliography_)
                                         : document::docx(text, print_));
    } catch (const std::exception& error) {
      return refuse("report.document", error.what(), "nothing was written");
    }
  }

 private:
  winnow_status refuse(std::string_view code, const std::string& message, std::string_view action) const {
    host().diagnose({WINNOW_ERROR, code, message, action, {}, 0});
    return WINNOW_FAILED;
  }

  table::Print print_;
  std::string format_, bibliography_;
  report::Choices choices_;
};

}  // namespace

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "exporters-report", "1.0.0", "Apache-2.0"), ReportExporter)
