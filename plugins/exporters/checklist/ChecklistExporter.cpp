// exporters.checklist: a reporting guideline, filled from what the run knows. Rules: README.md.
#include <stdexcept>
#include <string>

#include "Checklist.hpp"
#include "table/TableFile.hpp"
#include "winnow/plugin.hpp"

namespace {

using namespace winnow;

class ChecklistExporter final : public Exporter {
 public:
  static constexpr std::string_view
      id = "exporters.checklist",
      version = "1.0.0",
      help = "PRISMA-ScR, PRISMA 2020 or PRISMA-S: each item filled from facts, or marked to be written.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr winnow_option options[] = {
      option(WINNOW_CHOICE, "for", "PRISMA-ScR", "The guideline.", "PRISMA-ScR|PRISMA 2020|PRISMA-S"),
      option(WINNOW_CHOICE, "format", "markdown", "How the table is written.", table::kTableFormats),
      option(WINNOW_STRING, "report", "", "File of the report that 'where' leads to, e.g. report.html."),
      table::kCaption,
      table::kNumber,
      table::kStyle,
      table::kFont,
      table::kFontSize,
      table::kPageSize};

  ChecklistExporter(Host host, const Settings& settings)
      : Exporter(host), file_(settings), guideline_(settings.text("for")), report_(settings.text("report")) {}

  winnow_status write(Sink sink) override {
    try {
      const checklist::Checklist list = checklist::checklistNamed(guideline_, facts::readFacts(host()));
      return sink.write(file_.bytes(checklist::gridOf(list, report_)));
    } catch (const std::runtime_error& error) {
      host().diagnose({WINNOW_ERROR, "checklist.document", error.what(), "nothing was written", {}, 0});
      return WINNOW_FAILED;
    }
  }

 private:
  table::TableFile file_;
  std::string guideline_, report_;
};

}  // namespace

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "exporters-checklist", "1.0.0", "Apache-2.0"), ChecklistExporter)
