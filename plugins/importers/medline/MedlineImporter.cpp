// importers.medline: MEDLINE/PubMed tagged text (nbib). See README.md.
#include <string_view>
#include <vector>

#include <winnow/formats/signs.hpp>
#include <winnow/lines.hpp>
#include <winnow/plugin.hpp>

#include "MedlineReading.hpp"

namespace winnow::medline {
namespace {

class MedlineImporter final : public Importer {
 public:
  static constexpr std::string_view id = "importers.medline", version = "1.0.0";
  static constexpr std::string_view help = "MEDLINE tagged text of PubMed (nbib) and ERIC.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;

  MedlineImporter(Host host, const Settings&) : Importer(host), tags_(host), rule_(host.tag("medline.tag")) {}

  std::vector<Format> formats() const override {
    return {{"", "MEDLINE text (nbib)", "PMID or OWN, and tags in columns of four beside it",
             "NLM, MEDLINE/PubMed Data Element (Field) Descriptions "
             "(https://www.nlm.nih.gov/bsd/mms/medlineelements.html)"}};
  }
  /// "PMID- " or "OWN - " decides, and other tags in columns of four beside it; records of another format before it
  /// make it none.
  Probe probe(std::string_view head, std::string_view) override {
    const formats::Sign sign = formats::firstSign(head);
    if (sign != formats::Sign::Medline && sign != formats::Sign::None) return {};
    std::uint32_t tagged = 0;
    bool isRis = false;
    forEachLine(head, [&](std::string_view line) {
      std::string_view tag, value;
      if (!parseTag(line, tag, value)) return true;
      ++tagged;
      isRis = isRis || (sign == formats::Sign::None && (tag == "TY" || tag == "ER"));
      return tagged < 100;
    });
    if (isRis) return {};
    if (sign == formats::Sign::Medline) return {tagged > 1 ? 95u : 60u, {}};
    return {tagged > 3 ? 60u : 0u, {}};
  }

  winnow_status read(Source source) override { return Reading(host(), source, tags_, rule_).run(); }

 private:
  formats::Tags tags_;
  std::uint32_t rule_;
};

}  // namespace
}  // namespace winnow::medline

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "importers-medline", "1.0.0", "Apache-2.0"),
              winnow::medline::MedlineImporter)
