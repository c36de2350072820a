// exporters.exclusions: what was excluded and why, with citations. Rules: README.md.
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "facts/Criteria.hpp"
#include "studies/Studies.hpp"
#include "table/TableFile.hpp"
#include "winnow/plugin.hpp"

namespace {

using namespace winnow;
using studies::Study;
using table::Grid;

/// Labels of the steps whose exclusions are listed: the one asked for, else the first that reads full texts with all
/// after it, for what they exclude are reports.
std::vector<std::string> stepsToList(std::string_view document, const std::string& wanted) {
  const auto steps = nlohmann::json::parse(document, nullptr, false);
  if (!steps.is_object() || !steps.contains("steps") || !steps["steps"].is_array())
    throw std::runtime_error("document \"steps\" is no winnow-steps/1");
  std::vector<std::string> labels;
  bool isOnReports = false;
  for (const auto& step : steps["steps"]) {
    const std::string id = step.value("id", ""), label = step.value("label", id);
    isOnReports = isOnReports || (step.value("verb", "") == "screen" && step.value("read", "") == "full text");
    if (wanted.empty() ? isOnReports : id == wanted || label == wanted) labels.push_back(label);
  }
  if (!labels.empty()) return labels;
  throw std::runtime_error(wanted.empty() ? "no step of the review reads full texts; name one with \"step\""
                                          : "the review has no step '" + wanted + "'");
}

/// Lists the reports that were excluded at a step, by default at full text.
class ExclusionsExporter final : public Exporter {
 public:
  static constexpr std::string_view id = "exporters.exclusions", version = "1.0.0",
                                    help = "The reports excluded at full text, each with citation and reason.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr winnow_option options[] = {
      option(WINNOW_CHOICE, "format", "csv", "How the table is written.", table::kTableFormats),
      option(WINNOW_STRING, "step", "", "Id or label of the step; those that read full texts unless given."),
      table::kCaption,
      table::kNumber,
      table::kStyle,
      table::kFont,
      table::kFontSize,
      table::kPageSize};

  ExclusionsExporter(Host host, const Settings& settings)
      : Exporter(host), file_(settings), step_(settings.text("step")) {}

  winnow_status write(Sink sink) override {
    std::vector<std::string> steps;
    facts::Criteria criteria;
    try {
      steps = stepsToList(host().document("steps"), step_);
      criteria = facts::Criteria::parse(host().document("review"));
    } catch (const std::exception& error) {
      host().diagnose({WINNOW_ERROR, "exclusions.document", error.what(), "no table was written", {}, 0});
      return WINNOW_FAILED;
    }
    winnow_status read = WINNOW_OK;
    std::vector<Study> list = studies::readAll(sink, studies::StudyReader(host(), {}), read);
    if (read != WINNOW_OK) return read;
    std::erase_if(list, [&](const Study& study) {
      return study.fate != "excluded" || std::find(steps.begin(), steps.end(), study.step) == steps.end();
    });
    return sink.write(file_.bytes(tableOf(list, criteria)));
  }

 private:
  Grid tableOf(const std::vector<Study>& list, const facts::Criteria& criteria) const {
    const bool isForMachines = file_.format() == "csv" || file_.format() == "xlsx";
    Grid grid;
    grid.caption = "Reports excluded, with reasons";
    if (isForMachines)
      grid.columns = {{"record", 1, false}, {"study", 1, false},    {"title", 2, false},    {"doi", 1, false},
                      {"step", 1, false},   {"reason", 1.5, false}, {"reference", 3, false}};
    else
      grid.columns = {{"Study", 1, false}, {"Reference", 3, false}, {"Reason for exclusion", 1.5, false}};
    std::map<std::string, std::size_t> reasons;
    for (const Study& study : list) {
      const std::string reason = criteria.reasonText(study.reason);
      ++reasons[reason];
      if (isForMachines)
        grid.rows.push_back({{study.key},
                             {study.citation, false, study.link, false},
                             {study.title},
                             {study.doi},
                             {study.step},
                             {reason},
                             {study.reference}});
      else
        grid.rows.push_back({{study.citation, false, study.link, true}, {study.reference}, {reason}});
    }
    std::string sum = std::to_string(list.size()) + (list.size() == 1 ? " report" : " reports");
    const char* divider = ": ";
    for (const auto& [reason, n] : reasons) {
      sum += divider + reason + " " + std::to_string(n);
      divider = "; ";
    }
    grid.notes = {sum + "."};
    return grid;
  }

  table::TableFile file_;
  std::string step_;
};

}  // namespace

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "exporters-exclusions", "1.0.0", "Apache-2.0"), ExclusionsExporter)
