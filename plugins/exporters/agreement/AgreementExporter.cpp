// exporters.agreement: the agreement of the readers of every screening step, from their first votes. See README.md.
#include <nlohmann/json.hpp>

#include <stdexcept>
#include <string>
#include <vector>

#include <winnow/plugin.hpp>

#include "Votes.hpp"
#include "table/TableFile.hpp"

namespace winnow::agreement {

const void* commands(const char* id) noexcept;

namespace {

using Json = nlohmann::ordered_json;

class AgreementExporter final : public Exporter {
 public:
  static constexpr std::string_view id = "exporters.agreement", version = "1.1.0";
  static constexpr std::string_view help = "Agreement of two readers: percent, kappa, PABAK, AC1, with intervals.";
  static constexpr std::uint32_t flags = WINNOW_DETERMINISTIC;
  static constexpr winnow_option options[] = {
      option(WINNOW_CHOICE, "format", "json",
             "json: every figure; markdown: each step with its table of votes; the others: a table, a row a step.",
             "json|markdown|csv|html|docx|xlsx"),
      table::kCaption,
      table::kNumber,
      table::kStyle,
      table::kFont,
      table::kFontSize,
      table::kPageSize};

  AgreementExporter(Host host, const Settings& settings) : Exporter(host), file_(settings) {}

  winnow_status write(Sink sink) override {
    std::vector<StepVotes> steps;
    try {
      steps = readVotes(host().document("votes"));
    } catch (const std::runtime_error& error) {
      host().diagnose({WINNOW_ERROR, "agreement.no-votes", error.what(), "nothing was written", {}, 0});
      return WINNOW_FAILED;
    }
    if (file_.format() == "json") return sink.write(asJson(steps));
    return sink.write(file_.format() == "markdown" ? asMarkdown(steps) : file_.bytes(gridOf(steps)));
  }

 private:
  static std::string asMarkdown(const std::vector<StepVotes>& steps) {
    std::string out = "# Agreement\n\nFirst votes of records read by both, before any joint decision.\n";
    for (const StepVotes& step : steps) {
      out += "\n## " + step.label + "\n\n" + toText(step.table, agreementOf(step.table), step.first, step.second);
      const Table merged = withMaybeAsInclude(step.table);
      if (merged.categories.size() != step.table.categories.size())
        out += "\nWith maybe counted as include:\n\n" + toText(merged, agreementOf(merged), step.first, step.second);
    }
    return out;
  }
  static std::string asJson(const std::vector<StepVotes>& steps) {
    std::string out = "{\"format\": \"winnow-agreement/1\", \"steps\": [";
    for (const StepVotes& step : steps) {
      const std::string two = toJson(agreementOf(withMaybeAsInclude(step.table)));
      out += std::string(&step == &steps.front() ? "" : ", ") + "{\"id\": " + Json(step.id).dump() +
             ", \"readers\": " + Json{step.first, step.second}.dump() +
             ", \"categories\": " + Json(step.table.categories).dump() +
             ", \"counts\": " + Json(step.table.counts).dump() + ", \"agreement\": " + toJson(agreementOf(step.table)) +
             ", \"maybe_as_include\": " + two + "}";
    }
    return out + "]}\n";
  }

  table::TableFile file_;
};

}  // namespace
}  // namespace winnow::agreement

WINNOW_PLUGIN_EXTENDED("winnow", "exporters-agreement", "1.1.0", "Apache-2.0", winnow::agreement::commands,
                       winnow::agreement::AgreementExporter)
