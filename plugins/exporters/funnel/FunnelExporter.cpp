// exporters.funnel: the steps of the review with their counts as a table. Rules: README.md.
#include <algorithm>
#include <stdexcept>
#include <string>

#include "Funnel.hpp"
#include "table/Table.hpp"
#include "winnow/plugin.hpp"

namespace {

using namespace winnow;
using exporters::Funnel;
using exporters::FunnelStep;
using exporters::Named;
using exporters::Wave;

std::string cell(std::optional<std::int64_t> count) { return count ? std::to_string(*count) : std::string(); }

std::string cell(const std::vector<Named>& list) {
  std::string text;
  for (const auto& [label, count] : list) {
    if (!text.empty()) text.append("; ");
    text.append(label).append(": ").append(std::to_string(count));
  }
  return text;
}

table::Row columns(const std::vector<Wave>& waves) {
  table::Row row{"step",          "in",        "excluded", "reasons", "categories", "by human",
                 "by automation", "undecided", "waiting",  "out"};
  for (const Wave& wave : waves)
    for (const char* name : {"in", "excluded", "out"}) row.push_back(std::string(name) + " (" + wave.id + ")");
  return row;
}

table::Row rowOf(const FunnelStep& step, const std::vector<Wave>& waves) {
  table::Row row{
      step.label,       cell(step.in),         cell(step.excluded()), cell(step.reasons), cell(step.categories),
      cell(step.human), cell(step.automation), cell(step.undecided),  cell(step.waiting), cell(step.out)};
  for (const Wave& wave : waves) {
    const auto& steps = wave.funnel.steps;
    const auto found =
        std::find_if(steps.begin(), steps.end(), [&](const auto& other) { return other.key == step.key; });
    const FunnelStep none;
    const FunnelStep& part = found == steps.end() ? none : *found;
    for (const auto count : {part.in, part.excluded(), part.out}) row.push_back(cell(count));
  }
  return row;
}

/// Writes the funnel of the whole review, one row a step.
class FunnelExporter final : public Exporter {
 public:
  static constexpr std::string_view id = "exporters.funnel", version = "1.0.0",
                                    help = "The steps of the review with their counts and reasons as a table.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr winnow_option options[] = {
      option(WINNOW_CHOICE, "format", "csv", "How the table is written.", "csv|markdown")};

  FunnelExporter(Host host, const Settings& settings)
      : Exporter(host), format_(settings.text("format") == "markdown" ? table::Format::markdown : table::Format::csv) {}

  winnow_status write(Sink sink) override {
    const std::string_view flow = host().document("flow");
    if (flow.empty()) {
      host().diagnose(
          {WINNOW_ERROR, "funnel.no-flow", "this run has no document \"flow\"", "no table was written", {}, 0});
      return WINNOW_FAILED;
    }
    Funnel funnel;
    std::vector<Wave> waves;
    if (!read("flow", flow,
              [&](const auto& json) { funnel = exporters::readFunnel(json), waves = exporters::readWaves(json); }))
      return WINNOW_FAILED;
    const std::string_view steps = host().document("steps");
    if (!steps.empty() && !read("steps", steps, [&](const auto& json) { exporters::addSteps(funnel, json); }))
      return WINNOW_FAILED;
    std::string text = table::header(columns(waves), format_);
    for (const FunnelStep& step : funnel.steps) text += table::row(rowOf(step, waves), format_);
    return sink.write(text);
  }

 private:
  /// Hands the parsed document to `use`; false with a diagnostic if it is not as its format says.
  template <class Use>
  bool read(std::string_view name, std::string_view text, Use&& use) const {
    try {
      use(nlohmann::ordered_json::parse(text));
      return true;
    } catch (const nlohmann::ordered_json::parse_error& error) {
      tell(name, "is no JSON at byte " + std::to_string(error.byte));
    } catch (const std::runtime_error& error) {
      tell(name, std::string("is not as its format says: ") + error.what());
    }
    return false;
  }
  void tell(std::string_view name, const std::string& what) const {
    const std::string message = "document \"" + std::string(name) + "\" " + what;
    host().diagnose({WINNOW_ERROR, "funnel.document", message, "no table was written", {}, 0});
  }

  table::Format format_;
};

}  // namespace

WINNOW_PLUGIN("winnow", "exporters-funnel", "1.0.0", "Apache-2.0", FunnelExporter)
