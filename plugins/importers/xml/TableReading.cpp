#include "TableReading.hpp"

#include <winnow/formats/text.hpp>

namespace winnow::xml {

namespace {

std::string shownOf(const tagged::Table& table) {
  std::string names;
  for (const std::string& record : table.records) names += (names.empty() ? "<" : " or <") + record + ">";
  return names + " of " + table.name;
}

}  // namespace

std::vector<std::string_view> recordsOf(const tagged::Table& table) {
  return {table.records.begin(), table.records.end()};
}

TableReading::TableReading(Host host, Source source, tree::TreeMapper& mapper)
    : Reading(host, source, recordsOf(mapper.table()), shownOf(mapper.table())),
      mapper_(mapper),
      nodes_(mapper.paths(), writer_),
      parser_(nodes_) {}

bool TableReading::fill() {
  tags_.resize(mapper_.paths().size());
  for (tree::Node& node : nodes_.all()) {
    if (formats::isBlank(node.text)) continue;
    formats::RawTag& tag = tags_[node.path];
    if (tag.number == 0) tag = tree::rawTag(host_, mapper_.table(), mapper_.paths().text(node.path));
    node.raw = writer_.raw(tag.number, formats::trim(node.text), fileLine(node.line), tag.flags);
  }
  if (const tagged::Value* bad = mapper_.map(nodes_, writer_))
    tell(WINNOW_WARNING, "date.unreadable", bad->raw == WINNOW_NONE ? fileLine(1) : writer_.field(bad->raw).line, 1,
         "'" + std::string(bad->text.substr(0, 60)) + "' tells no year", "the date was left out");
  return true;
}

}  // namespace winnow::xml
