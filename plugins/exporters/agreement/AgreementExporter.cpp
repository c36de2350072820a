// exporters.agreement: the agreement of the readers of every screening step, from their first votes, and on every item
// that they charted. See README.md.
#include <nlohmann/json.hpp>

#include <string>
#include <utility>
#include <vector>

#include <winnow/plugin.hpp>

#include "ItemAgreement.hpp"
#include "Table.hpp"

namespace winnow::agreement {

const void* commands(const char* id) noexcept;

namespace {

using Json = nlohmann::ordered_json;

class AgreementExporter final : public Exporter {
 public:
  static constexpr std::string_view id = "exporters.agreement", version = "1.1.0";
  static constexpr std::string_view help =
      "Agreement of two readers: percent, kappa, PABAK, AC1, with intervals, in screening and in charting.";
  static constexpr std::uint32_t flags = WINNOW_DETERMINISTIC;
  static constexpr winnow_option options[] = {
      option(WINNOW_CHOICE, "format", "json", "How it is written.", "json|markdown")};

  AgreementExporter(Host host, const Settings& settings)
      : Exporter(host), markdown_(settings.text("format") == "markdown") {}

  winnow_status write(Sink sink) override {
    const Json votes = Json::parse(host().document("votes"), nullptr, false);
    if (!votes.is_object() || votes.value("format", "") != "winnow-votes/1") {
      host().diagnose(
          {WINNOW_ERROR, "agreement.no-votes", "there is no document of votes", "nothing was written", {}, 0});
      return WINNOW_FAILED;
    }
    std::string out = markdown_ ? "# Agreement\n\nFirst votes of records read by both, before any joint decision.\n"
                                : "{\"format\": \"winnow-agreement/1\", \"steps\": [";
    bool first = true;
    for (const Json& step : votes.at("steps")) {
      out += markdown_ ? asMarkdown(step) : (first ? "" : ", ") + asJson(step);
      first = false;
    }
    out += markdown_ ? std::string() : std::string("]");
    const Json charting = Json::parse(host().document("charting"), nullptr, false);
    if (charting.is_object()) out += markdown_ ? formsAsMarkdown(charting) : formsAsJson(charting);
    return sink.write(markdown_ ? out : out + "}\n");
  }

 private:
  static Table tableFrom(const Json& step) {
    std::vector<std::pair<std::string, std::string>> pairs;
    for (const Json& pair : step.at("pairs"))
      pairs.emplace_back(pair.at("first").get<std::string>(), pair.at("second").get<std::string>());
    return tableOf(pairs, {});
  }
  static std::string reader(const Json& step, std::size_t i) { return step.at("readers").at(i).get<std::string>(); }

  static std::string asMarkdown(const Json& step) {
    const Table table = tableFrom(step);
    std::string out = "\n## " + step.value("label", step.value("id", "")) + "\n\n" +
                      toText(table, agreementOf(table), reader(step, 0), reader(step, 1));
    const Table merged = withMaybeAsInclude(table);
    if (merged.categories.size() != table.categories.size())
      out += "\nWith maybe counted as include:\n\n" +
             toText(merged, agreementOf(merged), reader(step, 0), reader(step, 1));
    return out;
  }
  static std::string asJson(const Json& step) {
    const Table table = tableFrom(step);
    const std::string two = toJson(agreementOf(withMaybeAsInclude(table)));
    return "{\"id\": " + Json(step.value("id", "")).dump() + ", \"readers\": " + step.at("readers").dump() +
           ", \"categories\": " + Json(table.categories).dump() + ", \"counts\": " + Json(table.counts).dump() +
           ", \"agreement\": " + toJson(agreementOf(table)) + ", \"maybe_as_include\": " + two + "}";
  }

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

  bool markdown_;
};

}  // namespace
}  // namespace winnow::agreement

WINNOW_PLUGIN_EXTENDED("winnow", "exporters-agreement", "1.1.0", "Apache-2.0", winnow::agreement::commands,
                       winnow::agreement::AgreementExporter)
