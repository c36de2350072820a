// exporters.bars: the studies by one item, as a picture or a table. Rules: README.md.
#include <stdexcept>
#include <string>

#include "Bars.hpp"
#include "picture/PictureFile.hpp"
#include "table/TableFile.hpp"
#include "winnow/plugin.hpp"

namespace {

using namespace winnow;

class BarsExporter final : public Exporter {
 public:
  static constexpr std::string_view
      id = "exporters.bars",
      version = "1.0.0", help = "The studies by year, source or an item of the charting form, as bars or a table.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr winnow_option options[] = {
      option(WINNOW_CHOICE, "format", "svg", "svg, pdf, png: a picture; the others: a table.",
             "svg|pdf|png|csv|markdown|html|docx|xlsx"),
      option(WINNOW_STRING, "by", "year", "Item of the charting form, or year, wave, source."),
      option(WINNOW_STRING, "title", "", "Title above the picture; the item unless given."),
      picture::kResolution,
      table::kCaption,
      table::kNumber,
      table::kStyle,
      table::kFont,
      table::kFontSize,
      table::kPageSize};

  BarsExporter(Host host, const Settings& settings)
      : Exporter(host), picture_(settings), file_(settings), by_(settings.text("by")), title_(settings.text("title")) {}

  winnow_status write(Sink sink) override {
    try {
      const std::string_view document = host().document("form");
      const std::vector<studies::FormItem> form =
          document.empty() ? std::vector<studies::FormItem>{} : studies::readForm(document);
      winnow_status read = WINNOW_OK;
      const std::vector<studies::Study> list = studies::readAll(sink, studies::StudyReader(host(), form), read);
      if (read != WINNOW_OK) return read;
      const studies::Dimension dimension = studies::dimensionOf(form, list, by_);
      if (!picture_.isPicture()) return sink.write(file_.bytes(bars::gridOf(dimension)));
      const bars::Drawing drawing = bars::drawBars(dimension, title_);
      return sink.write(picture_.bytes(drawing.scene, drawing.page, host()));
    } catch (const std::runtime_error& error) {
      host().diagnose({WINNOW_ERROR, "bars.unknown-item", error.what(), "nothing was written", {}, 0});
      return WINNOW_FAILED;
    }
  }

 private:
  picture::PictureFile picture_;
  table::TableFile file_;
  std::string by_, title_;
};

}  // namespace

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "exporters-bars", "1.0.0", "Apache-2.0"), BarsExporter)
