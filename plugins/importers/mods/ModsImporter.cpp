// importers.mods: MODS, as repositories and library catalogues write it. See README.md.
#include <vector>

#include <winnow/plugin.hpp>

#include "ModsFields.hpp"
#include "xml/Reading.hpp"

namespace winnow::mods {
namespace {

class ModsReading final : public xml::TreeReading {
 public:
  ModsReading(Host host, Source source, const formats::Tags& tags, std::uint32_t rule)
      : TreeReading(host, source, {"mods"}, "<mods>"), tags_(tags), rule_(rule) {}

 private:
  bool derive(xml::Element root) override {
    deriveFields(
        root, tags_, [&](xml::Element e) { return from(e, rule_); }, writer_);
    return true;
  }

  const formats::Tags& tags_;
  std::uint32_t rule_;
};

class ModsImporter final : public Importer {
 public:
  static constexpr std::string_view id = "importers.mods", version = "1.0.0";
  static constexpr std::string_view help = "MODS, as repositories and library catalogues write it.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;

  ModsImporter(Host host, const Settings&) : Importer(host), tags_(host), rule_(host.tag("mods.element")) {}

  Probe probe(std::string_view head, std::string_view) override {
    for (std::size_t at = head.find('<'); at != std::string_view::npos; at = head.find('<', at + 1))
      if (xml::opensElement(head, at, {"mods", "modsCollection"})) return {95, {}};
    return {};
  }
  std::vector<Format> formats() const override {
    return {{"", "MODS 3", "<mods> or <modsCollection>, whatever the prefix",
             "Library of Congress, MODS User Guidelines (https://www.loc.gov/standards/mods/userguide/)"}};
  }
  winnow_status read(Source source) override { return ModsReading(host(), source, tags_, rule_).run(); }

 private:
  formats::Tags tags_;
  std::uint32_t rule_;
};

}  // namespace
}  // namespace winnow::mods

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "importers-mods", "1.0.0", "Apache-2.0"), winnow::mods::ModsImporter)
