// exporters.funnel: the steps of the review with their counts, as a table or a picture. Rules: README.md.
#include <algorithm>
#include <stdexcept>
#include <string>

#include "Funnel.hpp"
#include "FunnelPicture.hpp"
#include "FunnelTable.hpp"
#include "facts/Criteria.hpp"
#include "picture/PictureFile.hpp"
#include "table/TableFile.hpp"
#include "winnow/plugin.hpp"

namespace {

using namespace winnow;
using exporters::Funnel;
using exporters::FunnelStep;
using exporters::Named;
using exporters::Wave;

void sayReasons(Funnel& funnel, const facts::Criteria& criteria) {
  for (FunnelStep& step : funnel.steps)
    for (auto& [reason, n] : step.reasons) reason = criteria.reasonText(reason);
}

/// Writes the funnel of the whole review.
class FunnelExporter final : public Exporter {
 public:
  static constexpr std::string_view
      id = "exporters.funnel",
      version = "1.1.0", help = "The steps of the review with their counts and reasons, as a table or a picture.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr winnow_option options[] = {
      option(WINNOW_CHOICE, "format", "csv", "svg, pdf, png: a picture; else how the table is written.",
             "csv|markdown|html|docx|xlsx|svg|pdf|png"),
      option(WINNOW_STRING, "title", "", "Title above the picture."),
      picture::kResolution,
      table::kCaption,
      table::kNumber,
      table::kStyle,
      table::kFont,
      table::kFontSize,
      table::kPageSize};

  FunnelExporter(Host host, const Settings& settings)
      : Exporter(host), picture_(settings), file_(settings), title_(picture::cleanText(settings.text("title"))) {}

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
    const std::string_view steps = host().document("steps"), review = host().document("review");
    if (!steps.empty() && !read("steps", steps, [&](const auto& json) { exporters::addSteps(funnel, json); }))
      return WINNOW_FAILED;
    if (!review.empty() &&
        !read("review", review, [&](const auto& json) { sayReasons(funnel, facts::Criteria(json)); }))
      return WINNOW_FAILED;
    if (picture_.isPicture()) {
      const exporters::FunnelPicture drawing = exporters::drawFunnel(funnel, title_);
      return sink.write(picture_.bytes(drawing.scene, drawing.page, host()));
    }
    const bool isForPrint = file_.format() == "html" || file_.format() == "docx";
    return sink.write(file_.bytes(isForPrint ? exporters::printedTable(funnel) : exporters::fullTable(funnel, waves)));
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

  picture::PictureFile picture_;
  table::TableFile file_;
  std::string title_;
};

}  // namespace

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "exporters-funnel", "1.1.0", "Apache-2.0"), FunnelExporter)
