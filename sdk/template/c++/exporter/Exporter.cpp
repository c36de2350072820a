#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

namespace {

/// Writes one title a line. Change this to your format.
class @CLASS@Exporter final : public winnow::Exporter {
 public:
  static constexpr std::string_view id = "exporters.@NAME@", version = "0.1.0", help = "One title a line.";
  static constexpr std::uint32_t flags = WINNOW_DETERMINISTIC | WINNOW_PARALLEL_INSTANCES;

  @CLASS@Exporter(winnow::Host host, const winnow::Settings&) : Exporter(host), title_(host.tag(winnow::tags::kTitle)) {}

  winnow_status write(winnow::Sink sink) override {
    winnow_status written = WINNOW_OK;
    const winnow_status read = sink.forEach([&](winnow::Record record) {
      if (written == WINNOW_OK) written = sink.write(std::string(record.first(title_)) + "\n");
    });
    return written != WINNOW_OK ? written : read;
  }

 private:
  std::uint32_t title_;
};

}  // namespace

WINNOW_PLUGIN(winnow::PluginMetadata("example.org", "@NAME@", "0.1.0", "Apache-2.0")
                  .description("What it is for, in a sentence or two.")
                  .homepage("https://example.org/@NAME@")
                  .support("https://example.org/@NAME@/issues"),
              @CLASS@Exporter)
