#include "RisTable.hpp"

#include <algorithm>
#include <string>

#include <winnow/formats/publication_types.hpp>

namespace winnow::ris {

namespace {

/// What a table of RIS inherits: how its lines look. What the tags mean is RisFields.cpp.
constexpr std::string_view kParent = R"yaml(
winnow: dialect/1
id: importers.ris
name: RIS
shape: {tags: hyphen, begins: TY, ends: ER}
)yaml";

/// code("TI") -> "TI".
std::string tagOf(std::uint32_t number) {
  std::string tag;
  for (int shift = 24; shift >= 0; shift -= 8)
    if (const char c = static_cast<char>(number >> shift & 0xFF); c != 0) tag += c;
  return tag;
}

}  // namespace

RisTable::RisTable(const Host& host, const formats::Tags& tags, std::string_view text)
    : table_(tagged::checkedTable(host, kParent, text)), mapper_(host, tags, table_, names_), words_(table_) {}

std::vector<tagged::Value> RisTable::converted(const std::vector<Value>& record) {
  std::vector<tagged::Value> values;
  values.reserve(record.size());
  for (const Value& v : record) values.push_back({names_.number(tagOf(v.tag)), v.text, v.raw});
  return values;
}

std::uint32_t RisTable::confidence(const std::vector<Value>& record, const std::vector<std::string_view>& before) {
  if (table_.any.empty() && table_.all.empty()) return 0;
  const std::vector<tagged::Value> values = converted(record);
  const auto isShown = [&](const tagged::Sign& sign) { return tagged::shows(sign, values, names_, before); };
  const bool any = table_.any.empty() || std::any_of(table_.any.begin(), table_.any.end(), isShown);
  return any && std::all_of(table_.all.begin(), table_.all.end(), isShown) ? table_.confidence : 0;
}

int RisTable::map(const std::vector<Value>& record, RecordWriter& writer) {
  const std::vector<tagged::Value> values = converted(record);
  const auto ty = std::find_if(record.begin(), record.end(), [](const Value& v) { return v.tag == code("TY"); });
  const std::string_view type = ty == record.end() ? std::string_view("document") : formats::cslTypeOfRis(ty->text);
  const tagged::Value* bad = mapper_.mapOver(values, type, writer);
  return bad == nullptr ? -1 : static_cast<int>(bad - values.data());
}

}  // namespace winnow::ris
