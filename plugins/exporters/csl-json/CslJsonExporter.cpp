// exporters.csl-json: records as a CSL-JSON array with Winnow's own members under `custom.winnow`. README.md.
#include <string>

#include "CslItem.hpp"
#include "bibliography/LossReport.hpp"
#include "winnow/plugin.hpp"

namespace {

using namespace winnow;
using bibliography::Work;

/// Writes one item a line, so that memory does not grow with the number of records.
class CslJsonExporter final : public Exporter {
 public:
  static constexpr std::string_view id = "exporters.csl-json", version = "1.0.0", help = "Records as CSL-JSON.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;

  CslJsonExporter(Host host, const Settings&) : Exporter(host), vocabulary_(host) {}

  winnow_status write(Sink sink) override {
    bibliography::LossReport losses("CSL-JSON");
    std::uint64_t ordinal = 0;
    std::string item;
    winnow_status written = sink.write("[");
    const winnow_status read = sink.forEach([&](Record record) {
      if (written != WINNOW_OK) return;
      const Work work(vocabulary_, record);
      losses.begin(work.unknownCount());
      losses.check(work, [&](tags::Name tag, std::size_t n) { return exporters::cslHolds(work, tag, n); });
      item.assign(ordinal == 0 ? "\n" : ",\n");
      exporters::appendCslItem(item, work, ++ordinal);
      written = sink.write(item);
    });
    if (written == WINNOW_OK && read == WINNOW_OK) written = sink.write("\n]\n");
    if (read != WINNOW_OK || written != WINNOW_OK) return read != WINNOW_OK ? read : written;
    losses.send(host());
    return WINNOW_OK;
  }

 private:
  bibliography::Vocabulary vocabulary_;
};

}  // namespace

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "exporters-csl-json", "1.0.0", "Apache-2.0"), CslJsonExporter)
