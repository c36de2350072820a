// importers.endnote-xml: EndNote XML of EndNote, Zotero, Mendeley and others, damaged or not. See README.md.
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include <winnow/formats/text.hpp>
#include <winnow/plugin.hpp>
#include <winnow/record_writer.hpp>

#include "EndnoteFields.hpp"
#include "RecordSlices.hpp"
#include "XmlRecord.hpp"
#include "XmlRepair.hpp"

namespace winnow::endnote {
namespace {

/// Reads one source.
class Reading {
 public:
  Reading(Host host, Source source, const formats::Tags& tags, std::uint32_t rule)
      : host_(host), slices_(source), writer_(host, source), tags_(tags), rule_(rule) {}

  winnow_status run() {
    Slice slice;
    while (slices_.next(slice)) {
      if (refuseEntities()) return WINNOW_FAILED;
      readSlice(slice);
      if (!writer_.full()) continue;
      if (const winnow_status status = writer_.flush(); status != WINNOW_OK) return status;
    }
    if (slices_.status() != WINNOW_OK) return slices_.status();
    if (refuseEntities()) return WINNOW_FAILED;
    tellSecondDocument();
    if (writer_.count() == 0) {
      tell(WINNOW_ERROR, "xml.no-record", 1, 1, "the file holds no <record>", "nothing was imported");
      return WINNOW_FAILED;
    }
    return writer_.flush();
  }

 private:
  void tell(std::uint32_t severity, std::string_view code, std::uint32_t line, std::uint32_t column, std::string_view message, std::string_view action) {
    winnow_span at{};
    at.line = line;
    at.column = column == 0 ? 1 : column;
    host_.diagnose({severity, code, message, action, at, writer_.count() + 1});
  }

  /// An export declares no entities; a file that does is an attack or broken beyond trust.
  bool refuseEntities() {
    const Surroundings& around = slices_.surroundings();
    if (!around.entityDeclared) return false;
    if (around.externalEntity)
      tell(WINNOW_ERROR, "xml.external-entity", around.entityLine, around.entityColumn, "the file declares an entity that names another file", "nothing was read");
    else
      tell(WINNOW_ERROR, "xml.entity-bomb", around.entityLine, around.entityColumn, "the file declares entities of its own", "nothing was imported");
    return true;
  }

  void tellSecondDocument() {
    const std::uint32_t line = slices_.surroundings().secondDocument;
    if (line == 0 || secondTold_) return;
    secondTold_ = true;
    tell(WINNOW_WARNING, "xml.second-document", line, 1, "a second XML document begins", "its records are read as well");
  }

  void readSlice(const Slice& slice) {
    tellSecondDocument();
    std::string_view text = slice.text;
    std::string decoded;
    std::size_t bad = 0;
    if (!formats::isUtf8(text, &bad)) {
      const auto line = slice.line + static_cast<std::uint32_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(bad), '\n'));
      tell(WINNOW_WARNING, "text.cp1252", line, 1, "this record is not UTF-8" + (slices_.surroundings().encoding.empty() ? std::string() : ", though the file says " + slices_.surroundings().encoding),
           "read as Windows-1252");
      decoded = formats::cp1252ToUtf8(text);
      text = decoded;
    }
    if (!slice.closed || !parser_.parse(text)) readDamaged(slice, text);
    emit(slice);
  }

  /// Mends what can be mended and keeps what came before the rest.
  void readDamaged(const Slice& slice, std::string_view text) {
    std::vector<Defect> defects;
    const std::string mended = repair(text, slice.line, slice.column, defects);
    for (const Defect& d : defects) tell(WINNOW_WARNING, d.code, d.line, d.column, d.message, d.action);
    const bool whole = parser_.parse(mended);
    if (!slice.closed) {
      tell(WINNOW_WARNING, slice.text.find("</") == std::string_view::npos ? "xml.truncated" : "xml.missing-close", slice.endLine, 1, "the record has no </record>",
           "its complete fields were kept");
    } else if (!whole) {
      tell(WINNOW_WARNING, "xml.not-well-formed", slice.line + parser_.errorLine - 1, parser_.errorColumn, "the record is not well-formed: " + parser_.error,
           "the fields before the defect were kept");
    }
  }

  std::uint32_t rawTag(const std::string& path) {
    const auto [place, isNew] = rawTags_.try_emplace(path, 0);
    if (isNew) place->second = host_.tag("raw:" + path);
    return place->second;
  }

  void emit(const Slice& slice) {
    winnow_span at{};
    at.byte = slice.byte;
    at.line = slice.line;
    at.column = slice.column;
    at.length = static_cast<std::uint32_t>(slice.text.size());
    writer_.begin(at);
    values_.clear();
    for (const Leaf& leaf : parser_.leaves()) {
      const std::string_view text = writer_.keep(formats::trim(leaf.text));
      values_.push_back({leaf.path, text, writer_.raw(rawTag(leaf.path), text, slice.line + leaf.line - 1)});
    }
    deriveFields(values_, host_, tags_, rule_, writer_);
    writer_.end();
  }

  Host host_;
  RecordSlices slices_;
  RecordWriter writer_;
  XmlRecordParser parser_;
  const formats::Tags& tags_;
  std::uint32_t rule_;
  std::vector<Value> values_;
  std::map<std::string, std::uint32_t> rawTags_;
  bool secondTold_ = false;
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

  winnow_status read(Source source) override { return Reading(host(), source, tags_, rule_).run(); }

 private:
  formats::Tags tags_;
  std::uint32_t rule_;
};

}  // namespace
}  // namespace winnow::endnote

WINNOW_PLUGIN("winnow", "importers-endnote-xml", "1.0.0", "Apache-2.0", winnow::endnote::EndnoteXmlImporter)
