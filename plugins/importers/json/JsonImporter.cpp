// importers.json: JSON of databases, interfaces and reference managers, each by a dialect table. See README.md.
#include <string>
#include <vector>

#include <winnow/formats/text.hpp>
#include <winnow/plugin.hpp>

#include "JsonReading.hpp"
#include "JsonTables.hpp"
#include "tree/TableImporter.hpp"

namespace winnow::json {
namespace {

constexpr std::string_view kParent = "winnow: dialect/1\nid: importers.json\nname: JSON\n";

/// Read once a process.
const std::vector<tagged::Table>& builtIn(const Host& host) {
  static const std::vector<tagged::Table> tables = tree::readTables(host, kParent, tables::all);
  return tables;
}

/// How sure a table is of the first record at a path. The head may end within it; the signs are looked for in what is
/// there.
std::uint32_t confidenceAt(std::string_view path, std::string_view head, const Host& host, tree::TreeMapper& mapper) {
  constexpr int kMostPassedOver = 5;
  const tree::Bytes bytes(head);
  RecordWriter writer(host, bytes.source());
  JsonSlices slices(bytes.source(), writer, membersOf(path));
  tree::Nodes nodes(mapper.paths(), writer);
  Slice slice;
  int passed = 0;
  while (passed < kMostPassedOver && slices.next(slice)) {
    Fault fault;
    std::string storage;
    bool isRepaired = false;
    readObject(formats::decodeText(slice.text, storage, isRepaired), mapper.table().under, nodes, fault);
    if (!mapper.isPassedOver(nodes)) return mapper.confidence(nodes, head.substr(0, slice.byte));
    ++passed;
  }
  return passed > 0 ? mapper.table().confidence : 0;  // nothing but attachments and notes
}

class JsonImporter final : public tree::TableImporter {
 public:
  static constexpr std::string_view id = "importers.json", version = "1.0.0";
  static constexpr std::string_view help =
      "JSON of databases, interfaces and reference managers: OpenAlex, Zotero, ClinicalTrials.gov and others.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr winnow_option options[] = {
      option(WINNOW_CHOICE, "dialect", "auto", "Who wrote the file; by default recognised from its first record.",
             tables::choices),
      tagged::kTableOption};

  JsonImporter(Host host, const Settings& settings)
      : TableImporter(host, settings, tree::Style::Json, "JSON", kParent, builtIn) {}

 private:
  std::uint32_t confidence(std::string_view head, tree::TreeMapper& mapper, std::string& place) const override {
    static const std::vector<std::string> kTheFile{""};
    for (const std::string& path : mapper.table().records.empty() ? kTheFile : mapper.table().records) {
      place = path;
      if (const std::uint32_t sure = confidenceAt(path, head, host(), mapper); sure != 0) return sure;
    }
    return 0;
  }
  winnow_status readRecords(Source source, tree::TreeMapper& mapper, const std::string& place) override {
    return Reading(host(), source, mapper, membersOf(place)).run();
  }
};

}  // namespace
}  // namespace winnow::json

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "importers-json", "1.0.0", "Apache-2.0"), winnow::json::JsonImporter)
