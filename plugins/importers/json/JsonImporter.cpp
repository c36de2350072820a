// importers.json: JSON of databases, interfaces and reference managers, each by a dialect table. See README.md.
#include <algorithm>
#include <deque>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <winnow/formats/text.hpp>
#include <winnow/plugin.hpp>

#include "JsonReading.hpp"
#include "JsonTables.hpp"
#include "tagged/PeekedSource.hpp"
#include "tagged/TaggedImporter.hpp"
#include "tree/TreeMapper.hpp"

namespace winnow::json {
namespace {

constexpr std::string_view kParent = "winnow: dialect/1\nid: importers.json\nname: JSON\n";
constexpr std::string_view kId = "importers.json";

/// A source over bytes that are there already.
class Bytes {
 public:
  explicit Bytes(std::string_view text)
      : text_(text), source_{sizeof source_, 0, this, str("head"), text.size(), next, nullptr} {}
  Source source() const { return Source(&source_); }

 private:
  static winnow_status WINNOW_CALL next(const winnow_source* source, winnow_str* chunk) {
    Bytes& self = *static_cast<Bytes*>(source->impl);
    *chunk = str(std::exchange(self.text_, {}));
    return chunk->size == 0 ? winnow_status{WINNOW_END} : winnow_status{WINNOW_OK};
  }
  std::string_view text_;
  winnow_source source_;
};

/// One table, ready for work.
class Format {
 public:
  Format(const Host& host, const formats::Tags& tags, const tagged::Table& table)
      : host_(host),
        mapper_(host, tags, table, tree::Style::Json),
        name_(std::string_view(mapper_.table().id).substr(std::min(mapper_.table().id.size(), kId.size() + 1))),
        toldBy_(tagged::signsOf(mapper_.table())) {}

  tree::TreeMapper& mapper() noexcept { return mapper_; }
  const tagged::Table& table() const noexcept { return mapper_.table(); }
  std::string_view name() const noexcept { return name_; }
  std::string_view toldBy() const noexcept { return toldBy_; }

  /// How sure the table is of a text that begins so, by the first record there; `path`: where records are.
  std::uint32_t confidence(std::string_view head, std::string_view* path = nullptr) {
    static const std::vector<std::string> kAlone{""};
    for (const std::string& one : table().records.empty() ? kAlone : table().records) {
      const std::uint32_t sure = confidenceAt(head, one);
      if (sure == 0) continue;
      if (path != nullptr) *path = one;
      return sure;
    }
    return 0;
  }

 private:
  std::uint32_t confidenceAt(std::string_view head, std::string_view path) {
    Bytes bytes(head);
    JsonSlices slices(bytes.source(), membersOf(path));
    RecordWriter writer(host_, bytes.source());
    tree::Nodes nodes(mapper_.paths(), writer);
    Slice slice;
    // The head may end within the first record; the signs are looked for in what is there.
    for (int tried = 0; tried < 5 && slices.next(slice); ++tried) {
      Fault fault;
      readObject(slice.text, table().under, nodes, fault);
      if (mapper_.isPassedOver(nodes)) continue;
      return mapper_.confidence(nodes, head.substr(0, slice.byte));
    }
    return 0;
  }

  Host host_;
  tree::TreeMapper mapper_;
  std::string_view name_;
  std::string toldBy_;
};

/// Read once a process: the surest first, then by id.
const std::vector<tagged::Table>& builtIn(const Host& host) {
  static const std::vector<tagged::Table> kTables = [&] {
    std::vector<tagged::Table> tables;
    for (const std::string_view text : tables::all) tables.push_back(tagged::checkedTable(host, kParent, text));
    std::sort(tables.begin(), tables.end(), [](const tagged::Table& a, const tagged::Table& b) {
      return a.confidence != b.confidence ? a.confidence > b.confidence : a.id < b.id;
    });
    return tables;
  }();
  return kTables;
}

class JsonImporter final : public Importer {
 public:
  static constexpr std::string_view id = kId, version = "1.0.0";
  static constexpr std::string_view help =
      "JSON of databases, interfaces and reference managers: OpenAlex, Zotero, ClinicalTrials.gov and others.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr winnow_option options[] = {
      option(WINNOW_CHOICE, "dialect", "auto", "Who wrote the file; by default told from its first record.",
             tables::choices),
      tagged::kTableOption};

  JsonImporter(Host host, const Settings& settings) : Importer(host), tags_(host), fixed_(settings.text("dialect")) {
    if (const std::string_view own = settings.text("table"); !own.empty()) {
      own_ = std::make_unique<tagged::Table>(tagged::checkedTable(host, kParent, own));
      formats_.emplace_back(host, tags_, *own_);
      words_ = std::make_unique<tagged::TableWords>(*own_);
      return;
    }
    for (const tagged::Table& table : builtIn(host)) formats_.emplace_back(host, tags_, table);
  }

  Probe probe(std::string_view head, std::string_view) override {
    std::uint32_t sure = 0;
    const Format* format = surest(head, sure, nullptr);
    if (format == nullptr) return {};
    return {sure, own_ != nullptr ? std::string_view(own_->name) : format->name()};
  }

  winnow_status read(Source source) override {
    tagged::PeekedSource peeked(source);
    std::uint32_t sure = 0;
    std::string_view path;
    Format* format = surest(peeked.head(), sure, &path);
    if (format == nullptr) {
      const std::string what = own_ != nullptr ? own_->name : "any database that is known";
      winnow_span at{};
      at.line = at.column = 1;
      host().diagnose({WINNOW_ERROR, "json.unknown", "this is no JSON of " + what,
                       "nothing was imported; see `winnow formats` for what is known", at, 0});
      return WINNOW_FAILED;
    }
    return Reading(host(), Source(peeked.get()), format->mapper(), membersOf(path)).run();
  }

  std::vector<winnow::Format> formats() const override {
    std::vector<winnow::Format> list;
    for (const Format& format : formats_)
      list.push_back({own_ != nullptr ? std::string_view{} : format.name(), format.table().name, format.toldBy(),
                      format.table().source});
    std::sort(list.begin(), list.end(),
              [](const winnow::Format& a, const winnow::Format& b) { return a.dialect < b.dialect; });
    return list;
  }

  const void* extension(std::string_view wanted) override {
    return wanted == WINNOW_EXT_TABLE && words_ != nullptr ? words_->get() : nullptr;
  }

 private:
  /// The format that a text is in, or null.
  Format* surest(std::string_view head, std::uint32_t& sure, std::string_view* path) {
    const std::size_t first = head.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos || (head[first] != '{' && head[first] != '[')) return nullptr;
    Format* found = nullptr;
    for (Format& format : formats_) {
      if (!fixed_.empty() && fixed_ != "auto" && fixed_ != format.name() && own_ == nullptr) continue;
      std::string_view at;
      const std::uint32_t confidence = format.confidence(head, &at);
      if (confidence <= sure) continue;
      sure = confidence;
      found = &format;
      if (path != nullptr) *path = at;
    }
    return found;
  }

  formats::Tags tags_;
  std::string fixed_;
  std::unique_ptr<tagged::Table> own_;  ///< a table that somebody else made
  std::deque<Format> formats_;          ///< the surest first
  std::unique_ptr<tagged::TableWords> words_;
};

}  // namespace
}  // namespace winnow::json

WINNOW_PLUGIN("winnow", "importers-json", "1.0.0", "Apache-2.0", winnow::json::JsonImporter)
