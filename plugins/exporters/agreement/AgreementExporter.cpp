// exporters.agreement: the agreement of the readers of every screening step, from their first votes, and on every item
// that they charted. See README.md.
#include <nlohmann/json.hpp>

#include <stdexcept>
#include <string>
#include <vector>

#include <winnow/plugin.hpp>

#include "ItemAgreement.hpp"
#include "Votes.hpp"
#include "table/TableFile.hpp"

namespace winnow::agreement {

const void* commands(const char* id) noexcept;

namespace {

using Json = nlohmann::ordered_json;

class AgreementExporter final : public Exporter {
 public:
  static constexpr std::string_view id = "exporters.agreement", version = "1.2.0";
  static constexpr std::string_view help =
      "Agreement of two readers: percent, kappa, PABAK, AC1, with intervals, in screening and in charting.";
  static constexpr std::uint32_t flags = WINNOW_DETERMINISTIC;
  static constexpr winnow_option options[] = {
      option(WINNOW_CHOICE, "format", "json",
             "json: every figure; markdown: each step with its table of votes, each charted item; the others: one "
             "table, of "
             "what 'of' says.",
             "json|markdown|csv|html|docx|xlsx"),
      option(
          WINNOW_CHOICE, "of", "screening",
          "Which table csv, html, docx and xlsx hold: screening, a row a step; charting, a row an item of the forms.",
          "screening|charting"),
      table::kCaption,
      table::kNumber,
      table::kStyle,
      table::kFont,
      table::kFontSize,
      table::kPageSize};

  AgreementExporter(Host host, const Settings& settings)
      : Exporter(host), file_(settings), isOfCharting_(settings.text("of") == "charting") {}

  winnow_status write(Sink sink) override {
    std::vector<StepVotes> steps;
    try {
      steps = readVotes(host().document("votes"));
    } catch (const std::runtime_error& error) {
      host().diagnose({WINNOW_ERROR, "agreement.no-votes", error.what(), "nothing was written", {}, 0});
      return WINNOW_FAILED;
    }
    const Json charting = Json::parse(host().document("charting"), nullptr, false);
    if (file_.format() != "json" && file_.format() != "markdown")
      return sink.write(file_.bytes(isOfCharting_ ? gridOfItems(charting) : gridOf(steps)));
    return sink.write(file_.format() == "json" ? asJson(steps, charting) : asMarkdown(steps, charting));
  }

 private:
  static std::string asMarkdown(const std::vector<StepVotes>& steps, const Json& charting) {
    std::string out = "# Agreement\n\nFirst votes of records read by both, before any joint decision.\n";
    for (const StepVotes& step : steps) {
      out += "\n## " + step.label + "\n\n" + toText(step.table, agreementOf(step.table), step.first, step.second);
      const Table merged = withMaybeAsInclude(step.table);
      if (merged.categories.size() != step.table.categories.size())
        out += "\nWith maybe counted as include:\n\n" + toText(merged, agreementOf(merged), step.first, step.second);
    }
    return charting.is_object() ? out + formsAsMarkdown(charting) : out;
  }
  static std::string asJson(const std::vector<StepVotes>& steps, const Json& charting) {
    std::string out = "{\"format\": \"winnow-agreement/1\", \"steps\": [";
    for (const StepVotes& step : steps) {
      const std::string two = toJson(agreementOf(withMaybeAsInclude(step.table)));
      out += std::string(&step == &steps.front() ? "" : ", ") + "{\"id\": " + Json(step.id).dump() +
             ", \"readers\": " + Json{step.first, step.second}.dump() +
             ", \"categories\": " + Json(step.table.categories).dump() +
             ", \"counts\": " + Json(step.table.counts).dump() + ", \"agreement\": " + toJson(agreementOf(step.table)) +
             ", \"maybe_as_include\": " + two + "}";
    }
    return out + "]" + (charting.is_object() ? formsAsJson(charting) : std::string()) + "}\n";
  }

  static std::string reader(const Json& step, std::size_t i) { return step.at("readers").at(i).get<std::string>(); }
  static std::string formsAsMarkdown(const Json& charting) {
    std::string out;
    for (const Json& form : charting.at("forms")) {
      out += "\n## charting: " + form.at("form").get<std::string>() + "\n\nAnswers of " + reader(form, 0) + " and " +
             reader(form, 1) +
             " before any joint answer, over records that both charted. Equal: without case and blanks.\n\n" +
             "| item | records | equal (Wilson) | corrected for chance |\n|---|---|---|---|\n";
      for (const ItemAgreement& item : itemAgreementsOf(form)) out += toRow(item);
    }
    return out;
  }
  static std::string formsAsJson(const Json& charting) {
    std::string out;
    for (const Json& form : charting.at("forms")) {
      std::string items;
      for (const ItemAgreement& item : itemAgreementsOf(form)) items += (items.empty() ? "" : ", ") + toJson(item);
      out += (out.empty() ? "" : ", ") + ("{\"form\": " + form.at("form").dump()) +
             ", \"readers\": " + form.at("readers").dump() + ", \"items\": [" + items + "]}";
    }
    return out.empty() ? out : ", \"charting\": [" + out + "]";
  }

  table::TableFile file_;
  bool isOfCharting_;
};

}  // namespace
}  // namespace winnow::agreement

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "exporters-agreement", "1.2.0", "Apache-2.0")
                  .extension(winnow::agreement::commands),
              winnow::agreement::AgreementExporter)
