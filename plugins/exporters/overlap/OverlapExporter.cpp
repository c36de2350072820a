// exporters.overlap: which sources delivered the same works, as a table or an UpSet plot. See README.md.
#include <string>
#include <vector>

#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

#include "Overlap.hpp"
#include "OverlapPicture.hpp"
#include "picture/PictureFile.hpp"
#include "table/Table.hpp"

namespace winnow::overlap {
namespace {

class OverlapExporter final : public Exporter {
 public:
  static constexpr std::string_view id = "exporters.overlap", version = "1.1.0";
  static constexpr std::string_view help = "Which sources delivered the same works: an UpSet plot, or a table.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr winnow_option options[] = {
      option(WINNOW_CHOICE, "format", "svg", "A picture, or the numbers as CSV or Markdown.",
             "svg|pdf|png|csv|markdown"),
      option(WINNOW_INTEGER, "most", "20", "Combinations of sources that are drawn, the largest first.", {}, "1",
             "200"),
      option(WINNOW_STRING, "title", "", "Title above the picture."), picture::kResolution};

  OverlapExporter(Host host, const Settings& settings)
      : Exporter(host),
        source_(host.tag(tags::kRecordSource)),
        file_(settings),
        format_(settings.text("format")),
        title_(picture::cleanText(settings.text("title"))),
        most_(static_cast<std::size_t>(settings.integer("most"))) {}

  winnow_status write(Sink sink) override {
    Overlap overlap;
    std::vector<std::string_view> sources;
    const winnow_status read = sink.forEach([&](Record record) {
      sources.clear();
      for (const std::uint32_t field : record.all(source_)) sources.push_back(record.value(field));
      overlap.add(sources);
    });
    if (read != WINNOW_OK) return read;
    if (!file_.isPicture()) return sink.write(numbers(overlap));
    const Drawing drawing = draw(overlap, most_, title_);
    return sink.write(file_.bytes(drawing.scene, drawing.page, host()));
  }

 private:
  /// A row a source: its works, those only it delivered, and what it shares with each of the others.
  std::string numbers(const Overlap& overlap) const {
    const table::Format format = format_ == "markdown" ? table::Format::markdown : table::Format::csv;
    const std::vector<SourceCount> list = overlap.sources();
    table::Row names{"source", "works", "only here"};
    for (const SourceCount& s : list) names.push_back("shared with " + s.name);
    std::string text = table::header(names, format);
    for (std::size_t i = 0; i < list.size(); ++i) {
      table::Row row{list[i].name, std::to_string(list[i].works), std::to_string(list[i].onlyHere)};
      for (std::size_t k = 0; k < list.size(); ++k) row.push_back(i == k ? "" : std::to_string(overlap.shared(i, k)));
      text += table::row(row, format);
    }
    return text;
  }

  std::uint32_t source_;
  picture::PictureFile file_;
  std::string format_, title_;
  std::size_t most_;
};

}  // namespace
}  // namespace winnow::overlap

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "exporters-overlap", "1.1.0", "Apache-2.0"),
              winnow::overlap::OverlapExporter)
