#include "CsvTables.hpp"

#include <algorithm>

#include <winnow/formats/text.hpp>

#include "ColumnTableTexts.hpp"
#include "tagged/TaggedImporter.hpp"

namespace winnow::csv {

namespace {

constexpr std::string_view kGeneral = "importers.csv";

/// Read once a process. Sorted: the surest first, then by id.
std::vector<tagged::Table> readTables(const Host& host) {
  std::vector<tagged::Table> tables;
  for (const std::string_view text : tables::all) tables.push_back(tagged::checkedTable(host, text, {}));
  std::sort(tables.begin(), tables.end(), [](const tagged::Table& a, const tagged::Table& b) {
    return a.confidence != b.confidence ? a.confidence > b.confidence : a.id < b.id;
  });
  return tables;
}

}  // namespace

std::string comparable(std::string_view heading) {
  std::string text(heading);
  std::replace(text.begin(), text.end(), '_', ' ');
  return formats::lower(formats::collapsed(text));
}

ColumnTable::ColumnTable(const Host& host, const formats::Tags& tags, const tagged::Table& table)
    : table_(table),
      name_(std::string_view(table.id).substr(std::min(table.id.size(), kGeneral.size() + 1))),
      detection_(table, [this](std::string_view heading) { return number(heading); }),
      mapper_(host, tags, table, [this](std::string_view heading) { return number(heading); }),
      known_(names_.size()) {}

std::uint32_t ColumnTable::confidence(const std::vector<std::string>& headings) const {
  std::vector<tagged::Value> seen;
  for (const std::string& heading : headings) seen.push_back({number(heading), {}, 0});
  const std::vector<std::string_view> nothingBefore;
  return detection_.confidence({seen, nothingBefore});
}

bool ColumnTable::hasTitle(const std::vector<std::string>& headings) const {
  return std::any_of(table_.rules.begin(), table_.rules.end(), [&](const tagged::Rule& rule) {
    return rule.to == tagged::Target::Title &&
           std::any_of(rule.tags.begin(), rule.tags.end(), [&](const std::string& wanted) {
             return std::any_of(headings.begin(), headings.end(),
                                [&](const std::string& h) { return comparable(h) == comparable(wanted); });
           });
  });
}

ColumnTables::ColumnTables(const Host& host, const formats::Tags& tags) {
  static const std::vector<tagged::Table> tables = readTables(host);
  for (const tagged::Table& table : tables) list_.push_back(std::make_unique<ColumnTable>(host, tags, table));
}

const ColumnTable* ColumnTables::recognise(const std::vector<std::string>& headings) const {
  const auto found =
      std::find_if(list_.begin(), list_.end(), [&](const auto& table) { return table->confidence(headings) != 0; });
  return found == list_.end() ? nullptr : found->get();
}

std::string_view parentOfTables() { return "winnow: dialect/1\nid: importers.csv\nname: Tables with a heading row\n"; }

}  // namespace winnow::csv
