#include "TableImporter.hpp"

#include <algorithm>
#include <utility>

#include "tagged/PeekedSource.hpp"

namespace winnow::tree {

std::vector<tagged::Table> readTables(const Host& host, std::string_view parent,
                                      std::span<const std::string_view> texts) {
  std::vector<tagged::Table> tables;
  for (const std::string_view text : texts) tables.push_back(tagged::checkedTable(host, parent, text));
  for (tagged::Table& table : tables) table.isComplete = true;
  std::sort(tables.begin(), tables.end(), [](const tagged::Table& a, const tagged::Table& b) {
    return a.confidence != b.confidence ? a.confidence > b.confidence : a.id < b.id;
  });
  return tables;
}

Bytes::Bytes(std::string_view text) : text_(text), source_{} {
  source_.struct_size = sizeof source_;
  source_.impl = this;
  source_.name = str("head");
  source_.size = text.size();
  source_.next = next;
  source_.emit = emit;
  source_.declare = declare;
}

winnow_status WINNOW_CALL Bytes::next(const winnow_source* source, winnow_str* chunk) {
  Bytes& self = *static_cast<Bytes*>(source->impl);
  *chunk = str(std::exchange(self.text_, {}));
  return chunk->size == 0 ? winnow_status{WINNOW_END} : winnow_status{WINNOW_OK};
}

TableImporter::Ready::Ready(const Host& host, const formats::Tags& tags, const tagged::Table& table, Style style)
    : mapper(host, tags, table, style), toldBy(tagged::signsOf(table)) {
  const std::string_view id = mapper.table().id;
  name = id.substr(std::min(id.size(), mapper.table().extends.size() + 1));
}

TableImporter::TableImporter(Host host, const Settings& settings, Style style, std::string_view format,
                             std::string_view parent, BuiltIn builtIn)
    : Importer(host), tags_(host), format_(format), fixed_(settings.text("dialect")), style_(style), builtIn_(builtIn) {
  if (fixed_ == "auto") fixed_.clear();
  if (const std::string_view own = settings.text("table"); !own.empty()) {
    own_ = std::make_unique<tagged::Table>(tagged::checkedTable(host, parent, own));
    words_ = std::make_unique<tagged::TableWords>(*own_);
    tables_.emplace_back(host, tags_, *own_, style);
  }
}

/// Reading the built-in ones takes milliseconds: not for every file of another format that is only looked at.
std::deque<TableImporter::Ready>& TableImporter::tables() const {
  if (tables_.empty())
    for (const tagged::Table& table : builtIn_(host())) tables_.emplace_back(host(), tags_, table, style_);
  return tables_;
}

/// The table of a file that begins with `head`, or null.
TableImporter::Ready* TableImporter::surest(std::string_view head, std::uint32_t& sure, std::string& place) {
  const std::size_t first = head.find_first_not_of(" \t\r\n");
  const std::string_view openings = style_ == Style::Xml ? "<" : "{[";
  if (first == std::string_view::npos || openings.find(head[first]) == std::string_view::npos) return nullptr;
  Ready* found = nullptr;
  for (Ready& table : tables()) {
    if (own_ == nullptr && !fixed_.empty() && fixed_ != table.name) continue;
    std::string at;
    const std::uint32_t confidence = this->confidence(head, table.mapper, at);
    if (confidence <= sure) continue;
    sure = confidence;
    found = &table;
    place = std::move(at);
  }
  return found;
}

Probe TableImporter::probe(std::string_view head, std::string_view) {
  std::uint32_t sure = 0;
  std::string place;
  const Ready* table = surest(head, sure, place);
  if (table == nullptr) return {};
  return {sure, own_ != nullptr ? std::string_view(own_->name) : table->name};
}

winnow_status TableImporter::read(Source source) {
  tagged::PeekedSource peeked(source);
  std::uint32_t sure = 0;
  std::string place;
  if (Ready* table = surest(peeked.head(), sure, place); table != nullptr)
    return readRecords(Source(peeked.get()), table->mapper, place);
  const bool isOne = own_ != nullptr || !fixed_.empty();
  winnow_span at{};
  at.line = at.column = 1;
  const std::string code = format_ == "JSON" ? "json.unknown" : "xml.unknown";
  host().diagnose({WINNOW_ERROR, code,
                   "this is no " + format_ + " of " +
                       (own_ != nullptr ? own_->name
                        : isOne         ? fixed_
                                        : std::string("a database that is known")),
                   "nothing was imported; `winnow formats` lists what is known", at, 0});
  return WINNOW_FAILED;
}

std::vector<winnow::Format> TableImporter::formats() const {
  std::vector<winnow::Format> list;
  for (const Ready& table : tables())
    list.push_back({own_ != nullptr ? std::string_view{} : table.name, table.mapper.table().name, table.toldBy,
                    table.mapper.table().source});
  std::sort(list.begin(), list.end(),
            [](const winnow::Format& a, const winnow::Format& b) { return a.dialect < b.dialect; });
  return list;
}

const void* TableImporter::extension(std::string_view wanted) {
  return wanted == WINNOW_EXT_TABLE && words_ != nullptr ? words_->get() : nullptr;
}

}  // namespace winnow::tree
