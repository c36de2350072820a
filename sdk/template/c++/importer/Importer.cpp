#include <winnow/lines.hpp>
#include <winnow/plugin.hpp>
#include <winnow/record_writer.hpp>
#include <winnow/tags.hpp>

namespace {

using namespace winnow;

/// Reads exports of @NAME@: "== ID" begins a record, "name: value" is a field. Change this to your format.
class @CLASS@Importer final : public Importer {
 public:
  static constexpr std::string_view id = "importers.@NAME@", version = "0.1.0", help = "Exports of @NAME@.";
  static constexpr std::uint32_t flags = WINNOW_DETERMINISTIC | WINNOW_PARALLEL_INSTANCES;

  @CLASS@Importer(Host host, const Settings&)
      : Importer(host), title_(host.tag(tags::kTitle)), year_(host.tag(tags::kIssuedYear)), rule_(host.tag("@NAME@.field")) {}

  Probe probe(std::string_view head, std::string_view) override {
    const std::string_view sign = "@NAME@ export ";
    return {head.substr(0, sign.size()) == sign ? 100u : 0u, {}};
  }

  winnow_status read(Source source) override {
    Lines lines(source);
    RecordWriter writer(host(), source);
    Line line;
    while (lines.next(line)) {
      if (line.text.substr(0, 3) == "== ") {
        if (writer.isOpen()) writer.end();
        if (writer.full()) {
          if (const winnow_status status = writer.flush(); status != WINNOW_OK) return status;
        }
        writer.begin(line.at());
      }
      if (!writer.isOpen()) {  // only what is recognised is declared: the host reports the rest
        if (line.number == 1) writer.declare(line.at(), WINNOW_HEADING);
        continue;
      }
      writer.extendTo(line.end);
      readField(writer, line);
    }
    if (lines.status() != WINNOW_OK) return lines.status();
    if (writer.isOpen()) writer.end();
    return writer.flush();
  }

 private:
  void readField(RecordWriter& writer, const Line& line) {
    const std::size_t colon = line.text.find(": ");
    if (colon == std::string_view::npos) {
      if (line.text.substr(0, 3) == "== ") {
        writer.raw(host().tag("raw:id"), line.text.substr(3), line.number);
        return;
      }
      if (line.text.empty()) return;
      host().diagnose({WINNOW_WARNING, "@NAME@.no-field", "a line that is no field", "left out",
                       line.at(), writer.count() + 1});
      return;
    }
    const std::string_view name = line.text.substr(0, colon), value = line.text.substr(colon + 2);
    const std::uint32_t raw = writer.raw(host().tag("raw:" + std::string(name)), value, line.number);
    if (name == "title") writer.derive(title_, value, {raw, rule_, 0, 0});
    if (name == "year") writer.derive(year_, value, {raw, rule_, 0, 0});
  }

  std::uint32_t title_, year_, rule_;
};

}  // namespace

WINNOW_PLUGIN(winnow::PluginMetadata("example.org", "@NAME@", "0.1.0", "Apache-2.0")
                  .description("What it is for, in a sentence or two.")
                  .homepage("https://example.org/@NAME@")
                  .support("https://example.org/@NAME@/issues"),
              @CLASS@Importer)
