// importers.csl-json: CSL-JSON as Zotero, citeproc, Crossref and our own exporter write it. See README.md.
#include <algorithm>
#include <string>
#include <vector>

#include <winnow/blank.hpp>
#include <winnow/formats/clean_text.hpp>
#include <winnow/lines.hpp>
#include <winnow/plugin.hpp>
#include <winnow/record_writer.hpp>

#include "CslItem.hpp"
#include "json/JsonSlices.hpp"
#include "tagged/PeekedSource.hpp"

namespace winnow::csl {
namespace {

using json::Slice;

/// The list that a wrapper holds items in ({"items": [...]}): its member, recognised by coming before any that an item
/// has. Empty for a list of items, or one alone.
std::string_view wrapperOf(std::string_view head) {
  head.remove_prefix(skipBlank(head));
  if (head.substr(0, 1) != "{") return {};
  for (const std::string_view name : {"items", "references"}) {
    const std::size_t at = head.find('"' + std::string(name) + '"');
    if (at == std::string_view::npos || at > head.find("\"type\"")) continue;
    const std::size_t list = head.find_first_not_of(" \t\r\n:", at + name.size() + 2);
    if (list != std::string_view::npos && head[list] == '[') return name;
  }
  return {};
}

/// Where the first item opens, in its list or a wrapper's; npos if there is none.
std::size_t firstItem(std::string_view head) {
  const std::string_view wrapper = wrapperOf(head);
  return head.find('{', wrapper.empty() ? 0 : head.find('"' + std::string(wrapper) + '"'));
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
  /// `path`: the members that lead to the list of items.
  Reading(Host host, Source source, std::vector<std::string> path, const formats::Tags& tags, std::uint32_t rule)
      : host_(host),
        writer_(host, source),
        clean_(host, writer_),
        slices_(source, writer_, std::move(path)),
        tags_(tags),
        rule_(rule) {}

  winnow_status run() {
    Slice slice;
    while (slices_.next(slice)) {
      takeNotices();
      readSlice(slice);
      if (!writer_.full()) continue;
      if (const winnow_status status = writer_.flush(); status != WINNOW_OK) return status;
    }
    takeNotices();
    if (slices_.status() != WINNOW_OK) return writer_.flushAfter(slices_.status());
    if (slices_.isCutOff() && !hasFault_)
      tell(WINNOW_WARNING, "json.truncated", slices_.line(), 1,
           "the file ends within a list or an object: it is cut off", "what came before was read; export it again");
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
    std::size_t lineBegin = 0;
    const std::uint32_t breaks = countLineEnds(before, lineBegin);
    tell(severity, code, slice.line + breaks,
         static_cast<std::uint32_t>(breaks == 0 ? slice.column + offset : offset - lineBegin + 1), message, action);
  }

  /// Other lists of a wrapper are its own affair; an object without items is lost.
  void takeNotices() {
    for (const json::Notice& notice : slices_.takeNotices()) {
      if (notice.is != json::Notice::Is::NoList) continue;
      hasFault_ = true;
      tell(WINNOW_ERROR, "json.no-list", notice.at.line, notice.at.column, "this object holds no list of items",
           "left out");
    }
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
    if (writeItem(text, slice.line, raws_, tags_, rule_, writer_, fault)) return writer_.end();
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
  formats::RawTags raws_{host_, rawFlags};
  RecordWriter writer_;
  formats::CleanText clean_;
  json::JsonSlices slices_;
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
  winnow_status read(Source source) override {
    tagged::PeekedSource peeked(source);
    std::vector<std::string> path;
    if (const std::string_view wrapper = wrapperOf(peeked.head()); !wrapper.empty()) path.emplace_back(wrapper);
    return Reading(host(), Source(peeked.get()), std::move(path), tags_, rule_).run();
  }

 private:
  formats::Tags tags_;
  std::uint32_t rule_;
};

}  // namespace
}  // namespace winnow::csl

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "importers-csl-json", "1.0.0", "Apache-2.0"),
              winnow::csl::CslJsonImporter)
