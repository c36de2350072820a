// importers.marcxml: MARC 21 in XML, as library catalogues write it. See README.md.
#include <vector>

#include <winnow/plugin.hpp>

#include "MarcFields.hpp"
#include "MarcImporter.hpp"
#include "xml/Reading.hpp"

namespace winnow::marc {
namespace {

constexpr std::string_view kNamespace = "http://www.loc.gov/MARC21/slim";

class MarcReading final : public xml::TreeReading {
 public:
  MarcReading(Host host, Source source, const formats::Tags& tags, std::uint32_t rule)
      : TreeReading(host, source, {"record"}, "<record> of MARC 21"), tags_(tags), rule_(rule) {}

 private:
  bool isWrapper(std::string_view text) const override {
    return text.find("field") == std::string_view::npos && text.find("leader") == std::string_view::npos;
  }
  bool derive(xml::Element root) override {
    if (!isRecord(root))
      tell(WINNOW_WARNING, "marc.no-field", fileLine(1), 1, "a record without leader and fields",
           "kept without values");
    deriveFields(
        root, tags_, [&](xml::Element e) { return from(e, rule_); }, writer_);
    return true;
  }

  const formats::Tags& tags_;
  std::uint32_t rule_;
};

}  // namespace

Probe MarcxmlImporter::probe(std::string_view head, std::string_view) {
  const bool isXml = head.find('<') < head.find_first_not_of(" \t\r\n") + 1;
  if (!isXml) return {};
  if (head.find(kNamespace) != std::string_view::npos) return {96, {}};
  const bool hasFields =
      head.find("datafield") != std::string_view::npos && head.find("subfield") != std::string_view::npos;
  return {hasFields ? 85u : 0u, {}};
}

std::vector<Format> MarcxmlImporter::formats() const {
  return {{"", "MARCXML", "the namespace http://www.loc.gov/MARC21/slim, or <datafield> with <subfield>",
           "Library of Congress, MARC 21 Format for Bibliographic Data (https://www.loc.gov/marc/bibliographic/)"}};
}

winnow_status MarcxmlImporter::read(Source source) { return MarcReading(host(), source, tags_, rule_).run(); }

}  // namespace winnow::marc

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "importers-marcxml", "1.0.0", "Apache-2.0"),
              winnow::marc::MarcxmlImporter, winnow::marc::MarcImporter)
