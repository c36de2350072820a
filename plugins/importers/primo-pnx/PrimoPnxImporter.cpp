// importers.primo-pnx: normalized XML of Ex Libris Primo (Oria and other library portals). See README.md.
#include <vector>

#include <winnow/plugin.hpp>

#include "PnxFields.hpp"
#include "xml/Reading.hpp"

namespace winnow::pnx {
namespace {

class PnxReading final : public xml::TreeReading {
 public:
  PnxReading(Host host, Source source, const formats::Tags& tags, std::uint32_t rule)
      : TreeReading(host, source, {"record"}, "<record> of Primo"), tags_(tags), rule_(rule) {}

 private:
  bool isWrapper(std::string_view text) const override {
    return text.find("display>") == std::string_view::npos && text.find("addata>") == std::string_view::npos;
  }
  bool derive(xml::Element root) override {
    if (!isRecord(root))
      tell(WINNOW_WARNING, "pnx.no-section", fileLine(1), 1, "a record without <display> and <addata>",
           "kept without values");
    deriveFields(
        root, tags_, [&](xml::Element e) { return from(e, rule_); }, writer_);
    return true;
  }

  const formats::Tags& tags_;
  std::uint32_t rule_;
};

class PrimoPnxImporter final : public Importer {
 public:
  static constexpr std::string_view id = "importers.primo-pnx", version = "1.0.0";
  static constexpr std::string_view help = "Primo normalized XML (PNX), as library portals show it.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;

  PrimoPnxImporter(Host host, const Settings&) : Importer(host), tags_(host), rule_(host.tag("primo-pnx.element")) {}

  Probe probe(std::string_view head, std::string_view) override {
    if (head.find("primo_nm_bib") != std::string_view::npos || head.find("PrimoNMBib") != std::string_view::npos)
      return {96, {}};
    const auto has = [&](std::string_view mark) { return head.find(mark) != std::string_view::npos; };
    return {has("<record") && has("<addata>") && has("<display>") ? 90u : 0u, {}};
  }
  std::vector<Format> formats() const override {
    return {{"", "Primo normalized XML (PNX)", "the namespace primo_nm_bib, or <record> with <display> and <addata>",
             "Ex Libris, Primo Technical Guide: the PNX record; exports of portals"}};
  }
  winnow_status read(Source source) override { return PnxReading(host(), source, tags_, rule_).run(); }

 private:
  formats::Tags tags_;
  std::uint32_t rule_;
};

}  // namespace
}  // namespace winnow::pnx

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "importers-primo-pnx", "1.0.0", "Apache-2.0"),
              winnow::pnx::PrimoPnxImporter)
