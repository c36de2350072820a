// importers.csl-json: CSL-JSON as Zotero, citeproc, Crossref and our own exporter write it. See README.md.
#include <algorithm>
#include <string>
#include <vector>

#include <winnow/blank.hpp>
#include <winnow/formats/clean_text.hpp>
#include <winnow/plugin.hpp>
#include <winnow/record_writer.hpp>

#include "CslItem.hpp"
#include "ItemSlices.hpp"

namespace winnow::csl {
namespace {

/// Where the first item opens: the first object of the list, also of one within a wrapper ({"items": [...]}); npos if
/// there is none.
std::size_t firstItem(std::string_view head) {
  if (head[0] == '[') return head.find('{');
  for (const std::string_view name : {"\"items\"", "\"references\""}) {
    const std::size_t at = head.find(name), type = head.find("\"type\"");
    if (at == std::string_view::npos || at > type) continue;
    const std::size_t list = head.find_first_not_of(" \t\r\n:", at + name.size());
    if (list != std::string_view::npos && head[list] == '[') return head.find('{', list);
  }
  return 0;
}

/// The names of the members of the first item, as far as the head goes.
std::vector<std::string_view> firstMembers(std::string_view head) {
  std::vector<std::string_view> members;
  std::size_t depth = 0;
  for (std::size_t i = firstItem(head); i < head.size(); ++i) {
    const char c = head[i];
    if (c == '{' || c == '[') {
      ++depth;
    } else if (c == '}' || c == ']') {
      if (--depth == 0) break;
    } else if (c == '"') {
      std::size_t close = i + 1;
      while (close < head.size() && head[close] != '"') close += head[close] == '\\' ? 2 : 1;
      if (close >= head.size()) break;
      const std::size_t colon = head.find_first_not_of(" \t\r\n", close + 1);
      if (depth == 1 && colon != std::string_view::npos && head[colon] == ':')
        members.push_back(head.substr(i + 1, close - i - 1));
      i = close;
    }
  }
  return members;
}

class Reading {
 public:
  Reading(Host host, Source source, const formats::Tags& tags, std::uint32_t rule)
      : host_(host), writer_(host, source), clean_(host, writer_), slices_(source, writer_), tags_(tags), rule_(rule) {}

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
    clean_.beginRecord();
    const std::string_view text = clean_.cleanWhole(slice.text, slice.line, slice.column, decoded);
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
    if (fault.isForeign)
      return tellAt(slice, 0, WINNOW_ERROR, "json.no-item", "the object is no item of CSL-JSON: " + fault.what,
                    "left out; export again as RIS or CSL-JSON");
    tellAt(slice, std::min(fault.offset, slice.text.size()), WINNOW_ERROR,
           slice.closed ? "json.syntax" : "json.truncated", "the item is no JSON: " + fault.what,
           "this item was left out");
  }

  Host host_;
  RecordWriter writer_;
  formats::CleanText clean_;
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
    return {{"", "CSL-JSON", "JSON whose first item has a type and mostly members of CSL, or its date in date-parts",
             "CSL 1.0.2 schema, csl-data.json (https://github.com/citation-style-language/schema)"}};
  }
  Probe probe(std::string_view head, std::string_view) override {
    head.remove_prefix(skipBlank(head));
    if (head.empty() || (head[0] != '[' && head[0] != '{')) return {};
    const std::vector<std::string_view> members = firstMembers(head);
    const auto has = [&](std::string_view name) {
      return std::find(members.begin(), members.end(), name) != members.end();
    };
    const auto known = static_cast<std::size_t>(std::count_if(members.begin(), members.end(), isMember));
    if (!has("type") || known < 3 - (has("title") ? 1 : 0)) return {};
    const bool isDated = has("issued") && head.find("\"date-parts\"") != std::string_view::npos;
    return {isDated || known * 2 > members.size() ? 90u : 0u, {}};
  }
  winnow_status read(Source source) override { return Reading(host(), source, tags_, rule_).run(); }

 private:
  formats::Tags tags_;
  std::uint32_t rule_;
};

}  // namespace
}  // namespace winnow::csl

WINNOW_PLUGIN("winnow", "importers-csl-json", "1.0.0", "Apache-2.0", winnow::csl::CslJsonImporter)
