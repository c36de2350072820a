// importers.endnote-xml: EndNote XML of EndNote, Zotero, Mendeley and others, damaged or not. See README.md.
#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include <winnow/formats/text.hpp>
#include <winnow/formats/volatile.hpp>
#include <winnow/plugin.hpp>
#include <winnow/record_writer.hpp>

#include "EndnoteFields.hpp"
#include "RecordLeaves.hpp"
#include "xml/Reading.hpp"

namespace winnow::endnote {
namespace {

/// Reads one source.
class EndnoteReading final : public xml::Reading {
 public:
  EndnoteReading(Host host, Source source, const formats::Tags& tags, std::uint32_t rule)
      : Reading(host, source, {"record"}, "<record>"), tags_(tags), rule_(rule) {}

 private:
  bool parse(std::string_view text) override { return parser_.parse(text); }
  const xml::Fault& fault() const override { return parser_.fault(); }
  bool fill() override {
    values_.clear();
    const std::string_view texts = writer_.keep(parser_.texts());
    for (const Leaf& leaf : parser_.leaves()) {
      const Meaning meaning = meaningOf(leaf.path);
      const std::string_view text = formats::trim(texts.substr(leaf.begin, leaf.size));
      values_.push_back({meaning.field, text, writer_.raw(meaning.rawTag, text, fileLine(leaf.line), meaning.flags)});
    }
    deriveFields(values_, host_, tags_, rule_, writer_);
    return true;
  }

  /// What a path means, worked out once.
  struct Meaning {
    Field field;
    std::uint32_t rawTag;
    std::uint16_t flags;
  };
  /// What belongs to one library on one computer, or to the day of the export.
  static bool isVolatile(std::string_view path) {
    static constexpr std::string_view kPaths[] = {"database", "source-app", "rec-number", "foreign-keys/key"};
    return formats::isVolatileName(path) || std::find(std::begin(kPaths), std::end(kPaths), path) != std::end(kPaths);
  }
  const Meaning& meaningOf(std::uint32_t path) {
    for (std::uint32_t next = static_cast<std::uint32_t>(meanings_.size()); next < parser_.paths().size(); ++next) {
      const std::string& text = parser_.paths().text(next);
      const int flags = WINNOW_FIELD_KNOWN | (isVolatile(text) ? WINNOW_FIELD_VOLATILE : 0);
      meanings_.push_back({fieldOf(text), host_.tag("raw:" + text), static_cast<std::uint16_t>(flags)});
    }
    return meanings_[path];
  }

  RecordLeaves parser_;
  const formats::Tags& tags_;
  std::uint32_t rule_;
  std::vector<Value> values_;
  std::vector<Meaning> meanings_;
};

class EndnoteXmlImporter final : public Importer {
 public:
  static constexpr std::string_view id = "importers.endnote-xml", version = "1.0.0";
  static constexpr std::string_view help = "EndNote XML, as EndNote, Zotero and Mendeley write it.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;

  EndnoteXmlImporter(Host host, const Settings&)
      : Importer(host), tags_(host), rule_(host.tag("endnote-xml.element")) {}

  Probe probe(std::string_view head, std::string_view) override {
    const std::size_t records = head.find("<records>");
    const bool isXml = head.find('<') < head.find_first_not_of(" \t\r\n") + 1;
    if (!isXml) return {};
    if (records != std::string_view::npos &&
        (head.find("<record>") != std::string_view::npos || head.find("<record ") != std::string_view::npos))
      return {95, {}};
    if (head.find("<ref-type") != std::string_view::npos && head.find("<record") != std::string_view::npos)
      return {90, {}};
    return {};
  }

  std::vector<Format> formats() const override {
    return {
        {"", "EndNote XML", "<records> with <record>, or <ref-type>",
         "exports of EndNote, Zotero and Mendeley; their <style> runs are optional (no specification is published)"}};
  }
  winnow_status read(Source source) override { return EndnoteReading(host(), source, tags_, rule_).run(); }

 private:
  formats::Tags tags_;
  std::uint32_t rule_;
};

}  // namespace
}  // namespace winnow::endnote

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "importers-endnote-xml", "1.0.0", "Apache-2.0"),
              winnow::endnote::EndnoteXmlImporter)
