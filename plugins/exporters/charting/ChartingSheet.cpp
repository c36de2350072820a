#include "ChartingSheet.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>

namespace winnow::exporters {
namespace {

using Json = nlohmann::ordered_json;
using bibliography::Person;
using bibliography::Work;
using sheet::Use;

/// What the record itself says for an item; people confirm it.
std::string prefilled(const std::string& from, const Work& work) {
  if (from == "year") return std::string(work.first(tags::kIssuedYear));
  if (from != "author") return {};
  const std::vector<Person> authors = work.people("author");
  if (authors.empty()) return {};
  return std::string(authors[0].literal.empty() ? authors[0].family : authors[0].literal);
}

/// What can be chosen for an item of that type; nothing: free text.
std::vector<std::string> choicesOf(const Json& item) {
  const std::string type = item.value("type", "");
  if (type == "yes-no") return {"yes", "no", "unclear"};
  std::vector<std::string> choices;
  if (type == "one-of" || type == "any-of")
    for (const Json& value : item.value("values", Json::array())) choices.push_back(value.get<std::string>());
  return choices;
}

}  // namespace

ChartingSheet::ChartingSheet(const Host& host, const Settings& settings)
    : host_(host), vocabulary_(host), reviewer_(settings.text("reviewer")), file_(settings, reviewer_, 1) {}

std::vector<ChartingSheet::Item> ChartingSheet::itemsOf(std::string_view text) {
  const Json form = Json::parse(text, nullptr, false);
  if (!form.is_object()) throw std::runtime_error("the document \"form\" is no JSON object");
  version_ = form.value("version", "1");
  std::vector<Item> items;
  for (const char* list : {"items", "extra"})
    for (const Json& json : form.value(list, Json::array())) {
      if (!json.is_object() || !json.contains("id") || !json.contains("label"))
        throw std::runtime_error(std::string("an item of \"") + list + "\" has no id or label");
      Item item;
      item.id = json["id"].get<std::string>();
      const std::string label = json["label"].get<std::string>();
      item.heading = std::string(list) == "extra" ? label : item.id + ". " + label;
      item.from = json.value("from", "");
      item.choices = choicesOf(json);
      item.isSeveral = json.value("type", "") == "any-of";
      item.width = json.value("type", "") == "text" ? 30 : 18;
      item.tag = host_.tag("own." + item.id);
      items.push_back(std::move(item));
    }
  if (items.empty()) throw std::runtime_error("the form has no item");
  return items;
}

std::vector<sheet::Column> ChartingSheet::columns() const {
  std::vector<sheet::Column> columns{{"title", Use::Shown, 50, {}, false}, {"doi", Use::Link, 28, {}, false}};
  // Several choices in one cell, or words behind a choice ("yes: in part"), are answers, too.
  for (const Item& item : items_) columns.push_back({item.heading, Use::Answer, item.width, item.choices, true});
  for (const auto& [heading, width] :
       {std::pair{"authors", 24.0}, std::pair{"year", 6.0}, std::pair{"pmid", 10.0}, std::pair{"number", 16.0},
        std::pair{"form version", 8.0}, std::pair{"reviewer", 10.0}, std::pair{"record", 22.0}})
    columns.push_back({heading, Use::Shown, width, {}, false});
  return columns;
}

table::Row ChartingSheet::cells(Record record) const {
  const Work work(vocabulary_, record);
  table::Row row{std::string(work.first(tags::kTitle)), sheet::doiLink(work.first(tags::kDoi))};
  for (const Item& item : items_) {
    std::vector<std::string_view> own;
    for (const std::uint32_t field : record.all(item.tag)) own.push_back(record.value(field));
    row.push_back(own.empty() ? prefilled(item.from, work) : table::joined(own));
  }
  std::string authors;
  for (const Person& person : work.people("author")) authors += (authors.empty() ? "" : "; ") + person.display();
  row.push_back(std::move(authors));
  row.emplace_back(work.first(tags::kIssuedYear));
  row.emplace_back(work.first(tags::kPmid));
  row.push_back(work.joined(tags::kAccession, "; "));
  row.insert(row.end(), {version_, reviewer_, std::string(work.first(tags::kRecordKey))});
  return row;
}

winnow_status ChartingSheet::write(Sink& sink, std::string_view form, std::string_view review) {
  items_ = itemsOf(form);
  winnow_status written = file_.begin(sink, columns(), sheet::readAbout(review, {}));
  const winnow_status read = sink.forEach([&](Record record) {
    if (written == WINNOW_OK) written = file_.row(sink, cells(record));
  });
  if (read != WINNOW_OK || written != WINNOW_OK) return read != WINNOW_OK ? read : written;
  return file_.end(sink);
}

}  // namespace winnow::exporters
