// importers.pubmed-xml: articles and books as PubMed writes them in XML. See README.md.
#include <vector>

#include <winnow/plugin.hpp>

#include "PubmedFields.hpp"
#include "xml/Reading.hpp"

namespace winnow::pubmed {
namespace {

class PubmedReading final : public xml::TreeReading {
 public:
  PubmedReading(Host host, Source source, const formats::Tags& tags, std::uint32_t rule)
      : TreeReading(host, source, {"PubmedArticle", "PubmedBookArticle"}, "<PubmedArticle> or <PubmedBookArticle>"),
        tags_(tags),
        rule_(rule) {}

 private:
  bool derive(xml::Element root) override {
    xml::Element badDate;
    if (!deriveFields(
            root, tags_, [&](xml::Element e) { return from(e, rule_); }, writer_, badDate))
      tell(WINNOW_WARNING, "date.unreadable", fileLine(badDate.line()), 1,
           "the date '" + badDate.text() + "' has no year", "no date");
    return true;
  }

  const formats::Tags& tags_;
  std::uint32_t rule_;
};

class PubmedXmlImporter final : public Importer {
 public:
  static constexpr std::string_view id = "importers.pubmed-xml", version = "1.0.0";
  static constexpr std::string_view help = "PubMed XML: articles and books.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;

  PubmedXmlImporter(Host host, const Settings&) : Importer(host), tags_(host), rule_(host.tag("pubmed-xml.element")) {}

  Probe probe(std::string_view head, std::string_view) override {
    for (const std::string_view mark : {"<PubmedArticle>", "<PubmedArticle ", "<PubmedBookArticle>",
                                        "<PubmedBookArticle ", "<PubmedArticleSet", "<PubmedBookArticleSet"})
      if (head.find(mark) != std::string_view::npos) return {95, {}};
    return {};
  }
  std::vector<Format> formats() const override {
    return {{"", "PubMed XML, articles and books", "<PubmedArticle> or <PubmedBookArticle>, in a set or alone",
             "NLM, MEDLINE/PubMed XML data elements (https://www.nlm.nih.gov/bsd/licensee/data_elements_doc.html)"}};
  }
  winnow_status read(Source source) override { return PubmedReading(host(), source, tags_, rule_).run(); }

 private:
  formats::Tags tags_;
  std::uint32_t rule_;
};

}  // namespace
}  // namespace winnow::pubmed

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "importers-pubmed-xml", "1.0.0", "Apache-2.0"),
              winnow::pubmed::PubmedXmlImporter)
