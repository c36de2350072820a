// importers.csl-json: CSL-JSON as Zotero, citeproc, Crossref and our own exporter write it. See README.md.
#include <algorithm>
#include <string>

#include <winnow/formats/text.hpp>
#include <winnow/plugin.hpp>
#include <winnow/record_writer.hpp>

#include "CslItem.hpp"
#include "ItemSlices.hpp"

namespace winnow::csl {
namespace {

class Reading {
 public:
  Reading(Host host, Source source, const formats::Tags& tags, std::uint32_t rule)
      : host_(host), writer_(host, source), slices_(source, writer_), tags_(tags), rule_(rule) {}

  winnow_status run() {
    Slice slice;
    while (slices_.next(slice)) {
      readSlice(slice);
      if (!writer_.full()) continue;
      if (const winnow_status status = writer_.flush(); status != WINNOW_OK) return status;
    }
    if (slices_.status() != WINNOW_OK) return writer_.flushAfter(slices_.status());
    if (writer_.count() == 0 && !hasFault_) {
      tell(WINNOW_ERROR, "json.no-record", 1, 1, "the file holds no item", "nothing was imported");
      return WINNOW_FAILED;
    }
    return writer_.flush();
  }

 private:
  void tell(std::uint32_t severity, std::string_view code, std::uint32_t line, std::uint32_t column,
            std::string_view message, std::string_view action) {
    winnow_span at{};
    at.line = line;
    at.column = column == 0 ? 1 : column;
    host_.diagnose({severity, code, message, action, at, writer_.count() + 1});
  }
  void tellAt(const Slice& slice, std::size_t offset, std::uint32_t severity, std::string_view code,
              std::string_view message, std::string_view action) {
    const std::string_view before = slice.text.substr(0, offset);
    const auto breaks = static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n'));
    tell(severity, code, slice.line + breaks,
         static_cast<std::uint32_t>(breaks == 0 ? slice.column + offset : offset - before.rfind('\n')), message,
         action);
  }

  void readSlice(const Slice& slice) {
    std::string decoded;
    std::string_view text = slice.text;
    std::size_t bad = 0;
    if (!formats::isUtf8(text, &bad)) {
      tellAt(slice, bad, WINNOW_WARNING, "text.cp1252", "this item is not UTF-8", "read as Windows-1252");
      decoded = formats::cp1252ToUtf8(text);
      text = decoded;
    }
    winnow_span at{};
    at.byte = slice.byte;
    at.line = slice.line;
    at.column = slice.column;
    at.length = static_cast<std::uint32_t>(slice.text.size());
    writer_.begin(at);
    Fault fault;
    if (writeItem(text, slice.line, host_, tags_, rule_, writer_, fault)) return writer_.end();
    writer_.abandon();
    writer_.declare(at, WINNOW_UNREADABLE);
    hasFault_ = true;
    tellAt(slice, std::min(fault.offset, slice.text.size()), WINNOW_ERROR,
           slice.closed ? "json.syntax" : "json.truncated", "the item is no JSON: " + fault.what,
           "this item was left out");
  }

  Host host_;
  RecordWriter writer_;
  ItemSlices slices_;
  const formats::Tags& tags_;
  std::uint32_t rule_;
  bool hasFault_ = false;
};

class CslJsonImporter final : public Importer {
 public:
  static constexpr std::string_view id = "importers.csl-json", version = "1.0.0";
  static constexpr std::string_view help = "CSL-JSON, as Zotero, Crossref and winnow convert write it.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;

  CslJsonImporter(Host host, const Settings&) : Importer(host), tags_(host), rule_(host.tag("csl-json.member")) {}

  std::vector<Format> formats() const override {
    return {{"", "CSL-JSON", "a JSON list or object with title, issued, author or DOI",
             "CSL 1.0.2 schema, csl-data.json (https://github.com/citation-style-language/schema)"}};
  }
  Probe probe(std::string_view head, std::string_view) override {
    const std::size_t first = head.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos || (head[first] != '[' && head[first] != '{')) return {};
    const auto has = [&](std::string_view member) { return head.find(member) != std::string_view::npos; };
    const bool isBibliographic = has("\"title\"") || has("\"issued\"") || has("\"author\"") || has("\"DOI\"");
    return {has("\"type\"") && isBibliographic ? 90u : 0u, {}};
  }
  winnow_status read(Source source) override { return Reading(host(), source, tags_, rule_).run(); }

 private:
  formats::Tags tags_;
  std::uint32_t rule_;
};

}  // namespace
}  // namespace winnow::csl

WINNOW_PLUGIN("winnow", "importers-csl-json", "1.0.0", "Apache-2.0", winnow::csl::CslJsonImporter)
