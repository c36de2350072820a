// importers.endnote-xml: EndNote XML of EndNote, Zotero, Mendeley and others, damaged or not. See README.md.
#include <string>
#include <vector>

#include <winnow/formats/text.hpp>
#include <winnow/plugin.hpp>
#include <winnow/record_writer.hpp>

#include "EndnoteFields.hpp"
#include "XmlRecord.hpp"
#include "xml/Reading.hpp"

namespace winnow::endnote {
namespace {

/// Reads one source.
class EndnoteReading final : public xml::Reading {
 public:
  EndnoteReading(Host host, Source source, const formats::Tags& tags, std::uint32_t rule)
      : Reading(host, source, {"record"}, "<record>"), tags_(tags), rule_(rule) {}

 private:
  bool parse(std::string_view text, Fault& fault) override {
    const bool whole = parser_.parse(text);
    fault = {parser_.errorLine, parser_.errorColumn, parser_.error};
    return whole;
  }
  bool fill() override {
    values_.clear();
    for (const Leaf& leaf : parser_.leaves()) {
      const std::string_view text = writer_.keep(formats::trim(leaf.text));
      values_.push_back({leaf.path, text, writer_.raw(rawTag(leaf.path), text, fileLine(leaf.line))});
    }
    deriveFields(values_, host_, tags_, rule_, writer_);
    return true;
  }

  XmlRecordParser parser_;
  const formats::Tags& tags_;
  std::uint32_t rule_;
  std::vector<Value> values_;
};

class EndnoteXmlImporter final : public Importer {
 public:
  static constexpr std::string_view id = "importers.endnote-xml", version = "1.0.0";
  static constexpr std::string_view help = "EndNote XML, as EndNote, Zotero and Mendeley write it.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;

  EndnoteXmlImporter(Host host, const Settings&) : Importer(host), tags_(host), rule_(host.tag("endnote-xml.element")) {}

  Probe probe(std::string_view head, std::string_view) override {
    const std::size_t records = head.find("<records>");
    const bool isXml = head.find('<') < head.find_first_not_of(" \t\r\n") + 1;
    if (!isXml) return {};
    if (records != std::string_view::npos && (head.find("<record>") != std::string_view::npos || head.find("<record ") != std::string_view::npos)) return {95, {}};
    if (head.find("<ref-type") != std::string_view::npos && head.find("<record") != std::string_view::npos) return {90, {}};
    return {};
  }

  winnow_status read(Source source) override { return EndnoteReading(host(), source, tags_, rule_).run(); }

 private:
  formats::Tags tags_;
  std::uint32_t rule_;
};

}  // namespace
}  // namespace winnow::endnote

WINNOW_PLUGIN("winnow", "importers-endnote-xml", "1.0.0", "Apache-2.0", winnow::endnote::EndnoteXmlImporter)
