// exporters.csv: records as a table, one row a record, one column a tag. Rules: README.md.
#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

#include "bibliography/LossReport.hpp"
#include "table/Table.hpp"
#include "winnow/plugin.hpp"

namespace {

using namespace winnow;
using bibliography::Person;
using bibliography::Work;

constexpr std::string_view kRoles[] = {"author", "editor", "translator", "collection-editor"};

bool isRole(std::string_view column) {
  return std::find(std::begin(kRoles), std::end(kRoles), column) != std::end(kRoles);
}

/// "author.family" for the column "author"; a person's ORCID and affiliation have no place in it.
bool isNamePartOf(tags::Name tag, std::string_view role) {
  if (!isRole(role) || tag.substr(0, role.size()) != role || tag.substr(role.size(), 1) != ".") return false;
  const std::string_view part = tag.substr(role.size() + 1);
  return part == "family" || part == "given" || part == "suffix" || part == "literal";
}

struct Column {
  std::string name;
  std::uint32_t tag;
};

std::string peopleCell(const Work& work, std::string_view role) {
  std::string cell;
  for (const Person& person : work.people(role)) {
    if (!cell.empty()) cell.append("; ");
    cell.append(person.display());
  }
  return cell;
}

std::string tagCell(Record record, std::uint32_t tag) {
  std::vector<std::string_view> values;
  for (const std::uint32_t field : record.all(tag)) values.push_back(record.value(field));
  return table::joined(values);
}

/// Writes the records as a spreadsheet reads them.
class CsvExporter final : public Exporter {
 public:
  static constexpr std::string_view id = "exporters.csv", version = "1.0.0",
                                    help = "Records as a table, one row each, for spreadsheets.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr winnow_option options[] = {
      option(
          WINNOW_LIST, "columns",
          "record.key|record.source|record.wave|type|title|author|issued.year|container.title|volume|issue|page|"
          "article-number|id.doi|id.pmid|id.issn|id.isbn|language|publication-type|keyword|abstract|url|publisher|"
          "database|fate|fate.step|fate.reason|fate.by|record.member",
          "Tags, one column each, in this order; \"author\", \"editor\", \"translator\" and \"collection-editor\" are "
          "the names of these people."),
      option(WINNOW_BOOLEAN, "raw", "false", "For machines: no byte order mark, no guard against formulas.")};

  CsvExporter(Host host, const Settings& settings)
      : Exporter(host),
        vocabulary_(host),
        format_(settings.boolean("raw") ? table::Format::rawCsv : table::Format::csv) {
    for (const std::string_view name : settings.list("columns")) addColumn(name);
    if (columns_.empty()) throw std::invalid_argument("\"columns\" names no column");
  }

  winnow_status write(Sink sink) override {
    bibliography::LossReport losses("the columns of the CSV table");
    table::Row names;
    for (const Column& column : columns_) names.push_back(column.name);
    winnow_status written = sink.write(table::header(names, format_));
    const winnow_status read = sink.forEach([&](Record record) {
      if (written != WINNOW_OK) return;
      const Work work(vocabulary_, record);
      losses.begin(strangers(record));
      losses.check(work, [this](tags::Name tag, std::size_t) { return holds(tag); });
      written = sink.write(table::row(cells(work, record), format_));
    });
    if (read != WINNOW_OK || written != WINNOW_OK) return read != WINNOW_OK ? read : written;
    losses.send(host());
    return WINNOW_OK;
  }

 private:
  void addColumn(std::string_view name) {
    if (name.empty()) throw std::invalid_argument("\"columns\" holds an empty name");
    for (const Column& column : columns_)
      if (column.name == name) throw std::invalid_argument("\"columns\" names \"" + column.name + "\" twice");
    columns_.push_back({std::string(name), host().tag(name)});
  }

  table::Row cells(const Work& work, Record record) const {
    table::Row row;
    row.reserve(columns_.size());
    for (const Column& column : columns_)
      row.push_back(isRole(column.name) ? peopleCell(work, column.name) : tagCell(record, column.tag));
    return row;
  }

  /// Fields of a tag that has neither a name nor a column.
  std::size_t strangers(Record record) const {
    const auto isStranger = [this](const winnow_field& field) {
      if ((field.flags & WINNOW_FIELD_RAW) != 0) return false;
      const auto isOf = [&](const Column& column) { return column.tag == field.tag; };
      return vocabulary_.find(field.tag).kind == bibliography::Vocabulary::Kind::unknown &&
             std::none_of(columns_.begin(), columns_.end(), isOf);
    };
    return static_cast<std::size_t>(std::count_if(record.begin(), record.end(), isStranger));
  }

  bool holds(tags::Name tag) const {
    return std::any_of(columns_.begin(), columns_.end(),
                       [tag](const Column& column) { return column.name == tag || isNamePartOf(tag, column.name); });
  }

  bibliography::Vocabulary vocabulary_;
  std::vector<Column> columns_;
  table::Format format_;
};

}  // namespace

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "exporters-csv", "1.0.0", "Apache-2.0"), CsvExporter)
