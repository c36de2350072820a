#include "RisDialect.hpp"

#include <algorithm>

#include "RisTables.hpp"
#include "tagged/TaggedImporter.hpp"

namespace winnow::ris {

namespace {

constexpr std::string_view kGeneral = "importers.ris";

/// Read once a process. Sorted: the surest first, then by id; RIS in general, which has no signs, last.
std::vector<tagged::Table> readTables(const Host& host) {
  std::vector<tagged::Table> tables;
  const tagged::Table general = tagged::checkedTable(host, tables::ris, {});
  tables.push_back(general);
  for (const std::string_view text : tables::all)
    if (text != tables::ris) tables.push_back(tagged::extended(general, tagged::checkedTable(host, text, {})));
  std::sort(tables.begin(), tables.end(), [](const tagged::Table& a, const tagged::Table& b) {
    const bool aLast = a.id == kGeneral, bLast = b.id == kGeneral;
    if (aLast != bLast) return bLast;
    return a.confidence != b.confidence ? a.confidence > b.confidence : a.id < b.id;
  });
  return tables;
}

}  // namespace

Dialect::Dialect(const Host& host, const formats::Tags& tags, const tagged::Table& table)
    : table_(table),
      name_(std::string_view(table.id).substr(std::min(table.id.size(), kGeneral.size() + 1))),
      detection_(table, code),
      mapper_(host, tags, table, code) {
  for (const std::string& tag : table.raw) rawTags_.push_back(code(tag));
}

Dialects::Dialects(const Host& host, const formats::Tags& tags) {
  static const std::vector<tagged::Table> tables = readTables(host);
  for (const tagged::Table& table : tables) list_.emplace_back(host, tags, table);
}

const Dialect& Dialects::recognise(const tagged::Seen& seen) const {
  return *std::find_if(list_.begin(), list_.end() - 1,
                       [&](const Dialect& dialect) { return dialect.confidence(seen) != 0; });
}

const Dialect* Dialects::named(std::string_view table) const {
  if (table == "ris") return &general();
  const auto found =
      std::find_if(list_.begin(), list_.end() - 1, [&](const Dialect& dialect) { return dialect.name() == table; });
  return found == list_.end() - 1 ? nullptr : &*found;
}

std::string_view parentOfTables() {
  return "winnow: dialect/1\nid: importers.ris\nname: RIS\nshape: {tags: hyphen, begins: TY, ends: ER}\n";
}

}  // namespace winnow::ris
