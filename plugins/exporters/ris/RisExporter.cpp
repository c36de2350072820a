// exporters.ris: bibliographic records as RIS. Rules and what is read back: README.md.
#include <string>

#include "RisLines.hpp"
#include "bibliography/LossReport.hpp"
#include "winnow/plugin.hpp"

namespace {

using namespace winnow;
using bibliography::Work;

/// Writes RIS that every reference manager reads and that our own importer reads back without loss.
class RisExporter final : public Exporter {
 public:
  static constexpr std::string_view id = "exporters.ris", version = "1.0.0", help = "Bibliographic records as RIS.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr winnow_option options[] = {
      option(WINNOW_CHOICE, "newline", "lf", "Line ends: LF, or CR LF for older Windows programs.", "lf|crlf"),
      option(WINNOW_BOOLEAN, "bom", "false", "Begin with a byte order mark, for old versions of EndNote.")};

  RisExporter(Host host, const Settings& settings)
      : Exporter(host),
        vocabulary_(host),
        newline_(settings.text("newline") == "crlf" ? "\r\n" : "\n"),
        hasBom_(settings.boolean("bom")) {}

  winnow_status write(Sink sink) override {
    bibliography::LossReport losses("RIS");
    exporters::RisRecords records(newline_);
    std::string_view before = hasBom_ ? "\xEF\xBB\xBF" : "";
    winnow_status written = WINNOW_OK;
    const winnow_status read = sink.forEach([&](Record record) {
      if (written != WINNOW_OK) return;
      const Work work(vocabulary_, record);
      losses.begin(work.unknownCount());
      written = sink.write(records.of(work, before));
      before = newline_;
    });
    if (read != WINNOW_OK || written != WINNOW_OK) return read != WINNOW_OK ? read : written;
    losses.send(host());
    return WINNOW_OK;
  }

 private:
  bibliography::Vocabulary vocabulary_;
  std::string_view newline_;
  bool hasBom_;
};

}  // namespace

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "exporters-ris", "1.0.0", "Apache-2.0"), RisExporter)
