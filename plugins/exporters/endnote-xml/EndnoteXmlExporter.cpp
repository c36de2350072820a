// exporters.endnote-xml: bibliographic records as EndNote's XML. Rules and what is read back: README.md.
#include <string>

#include "EndnoteRecord.hpp"
#include "bibliography/LossReport.hpp"
#include "bibliography/Slots.hpp"
#include "winnow/plugin.hpp"

namespace {

using namespace winnow;
using bibliography::Slot;
using bibliography::Work;

bool isType(const Work&, std::string_view value) { return exporters::endnoteHoldsType(value); }

bool isTypeName(const Work& work, std::string_view value) {
  return value == exporters::endnoteTypeOf(work.first(tags::kType));
}

std::vector<Slot> endnoteSlots() {
  std::vector<Slot> slots = bibliography::commonSlots();
  slots.push_back({tags::kType, isType});
  slots.push_back({tags::kTypeRaw, isTypeName});
  return slots;
}

/// Writes EndNote XML that is well-formed whatever the values hold and that our own importer reads back without loss.
class EndnoteXmlExporter final : public Exporter {
 public:
  static constexpr std::string_view id = "exporters.endnote-xml", version = "1.0.0",
                                    help = "Bibliographic records as EndNote XML.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;

  EndnoteXmlExporter(Host host, const Settings&) : Exporter(host), vocabulary_(host), line_(endnoteSlots()) {}

  winnow_status write(Sink sink) override {
    bibliography::LossReport losses("EndNote XML");
    exporters::EndnoteRecord element;
    std::size_t number = 0;
    winnow_status written = sink.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xml><records>\n");
    const winnow_status read = sink.forEach([&](Record record) {
      if (written != WINNOW_OK) return;
      const Work work(vocabulary_, record);
      losses.begin(work.unknownCount());
      written = sink.write(element.write(work, line_.of(work), ++number) + "\n");
      for (const auto& [tag, count] : element.removed()) tellRemoved(record, tag, count);
    });
    if (written == WINNOW_OK && read == WINNOW_OK) written = sink.write("</records></xml>\n");
    if (read != WINNOW_OK || written != WINNOW_OK) return read != WINNOW_OK ? read : written;
    losses.send(host());
    return WINNOW_OK;
  }

 private:
  void tellRemoved(Record record, tags::Name tag, std::size_t count) const {
    const std::string message = "tag \"" + std::string(tag) + "\" holds " + std::to_string(count) +
                                (count == 1 ? " character" : " characters") + " that XML cannot hold";
    host().diagnose({WINNOW_WARNING, "endnote-xml.control-char", message,
                     "removed from the element, kept in the winnow line", record.at(), record.id()});
  }

  bibliography::Vocabulary vocabulary_;
  bibliography::WinnowLine line_;
};

}  // namespace

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "exporters-endnote-xml", "1.0.0", "Apache-2.0"), EndnoteXmlExporter)
