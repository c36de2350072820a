#include "ChartingSheet.hpp"

#include <utility>

namespace winnow::exporters {
namespace {

using bibliography::Person;
using bibliography::Work;
using sheet::Use;
using studies::FormItem;

/// What the record itself says for an item; people confirm it.
std::string prefilled(FormItem::From from, const Work& work) {
  if (from == FormItem::From::year) return std::string(work.first(tags::kIssuedYear));
  const std::vector<Person> authors = from == FormItem::From::author ? work.people("author") : std::vector<Person>{};
  if (authors.empty()) return {};
  return std::string(authors[0].literal.empty() ? authors[0].family : authors[0].literal);
}

/// What can be chosen for an item; nothing: free text.
std::vector<std::string> choicesOf(const FormItem& item) {
  if (item.type == FormItem::Type::yesNo) return {"yes", "no", "unclear"};
  return item.isCategorical() ? item.values : std::vector<std::string>{};
}

}  // namespace

ChartingSheet::ChartingSheet(const Host& host, const Settings& settings)
    : host_(host), vocabulary_(host), reviewer_(settings.text("reviewer")), file_(settings, reviewer_, 1) {}

std::vector<sheet::Column> ChartingSheet::columns() const {
  std::vector<sheet::Column> columns{{"title", Use::Shown, 50, {}, false}, {"doi", Use::Link, 28, {}, false}};
  // Several choices in one cell, or words behind a choice ("yes: in part"), are answers, too.
  for (const auto& [item, tag] : items_)
    columns.push_back(
        {item.heading(), Use::Answer, item.type == FormItem::Type::text ? 30.0 : 18.0, choicesOf(item), true});
  for (const auto& [heading, width] :
       {std::pair{"authors", 24.0}, std::pair{"year", 6.0}, std::pair{"pmid", 10.0}, std::pair{"number", 16.0},
        std::pair{"form version", 8.0}, std::pair{"reviewer", 10.0}, std::pair{"record", 22.0}})
    columns.push_back({heading, Use::Shown, width, {}, false});
  return columns;
}

table::Row ChartingSheet::cells(Record record) const {
  const Work work(vocabulary_, record);
  table::Row row{std::string(work.first(tags::kTitle)), sheet::doiLink(work.first(tags::kDoi))};
  for (const auto& [item, tag] : items_) {
    std::vector<std::string_view> own;
    for (const std::uint32_t field : record.all(tag)) own.push_back(record.value(field));
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

winnow_status ChartingSheet::write(Sink& sink, const std::vector<FormItem>& items, std::string version,
                                   std::string_view review) {
  version_ = std::move(version);
  items_.clear();
  for (const FormItem& item : items) items_.emplace_back(item, host_.tag("own." + item.id));
  winnow_status written = file_.begin(sink, columns(), sheet::readAbout(review, {}));
  const winnow_status read = sink.forEach([&](Record record) {
    if (written == WINNOW_OK) written = file_.row(sink, cells(record));
  });
  if (read != WINNOW_OK || written != WINNOW_OK) return read != WINNOW_OK ? read : written;
  return file_.end(sink);
}

}  // namespace winnow::exporters
