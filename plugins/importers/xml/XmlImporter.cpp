// importers.xml: XML of databases and registers, each by a dialect table. See README.md.
#include <string>
#include <vector>

#include <winnow/formats/text.hpp>
#include <winnow/plugin.hpp>

#include "RecordSlices.hpp"
#include "TableReading.hpp"
#include "XmlTables.hpp"
#include "tree/TableImporter.hpp"

namespace winnow::xml {
namespace {

constexpr std::string_view kParent = "winnow: dialect/1\nid: importers.xml\nname: XML\n";

/// Read once a process.
const std::vector<tagged::Table>& builtIn(const Host& host) {
  static const std::vector<tagged::Table> tables = tree::readTables(host, kParent, tables::all);
  return tables;
}

class XmlImporter final : public tree::TableImporter {
 public:
  static constexpr std::string_view id = "importers.xml", version = "1.0.0";
  static constexpr std::string_view help = "XML of databases and registers: WHO ICTRP, EBSCOhost, Ovid, Europe PMC.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr winnow_option options[] = {
      option(WINNOW_CHOICE, "dialect", "auto", "Who wrote the file; by default recognised from its first record.",
             tables::choices),
      tagged::kTableOption};

  XmlImporter(Host host, const Settings& settings)
      : TableImporter(host, settings, tree::Style::Xml, "XML", kParent, builtIn) {}

 private:
  /// By the first record; the head may end within it, the signs are looked for in what is there.
  std::uint32_t confidence(std::string_view head, tree::TreeMapper& mapper, std::string&) const override {
    if (mapper.table().records.empty()) return 0;
    const tree::Bytes bytes(head);
    RecordWriter writer(host(), bytes.source());
    RecordSlices slices(bytes.source(), writer, recordsOf(mapper.table()));
    tree::Nodes nodes(mapper.paths(), writer);
    Slice slice;
    if (!slices.next(slice)) return 0;
    std::string storage;
    bool isRepaired = false;
    RecordNodes(nodes).parse(formats::decodeText(slice.text, storage, isRepaired));
    return mapper.confidence(nodes, head.substr(0, slice.byte));
  }
  winnow_status readRecords(Source source, tree::TreeMapper& mapper, const std::string&) override {
    return TableReading(host(), source, mapper).run();
  }
};

}  // namespace
}  // namespace winnow::xml

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "importers-xml", "1.0.0", "Apache-2.0"), winnow::xml::XmlImporter)
