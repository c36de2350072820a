// Tables of databases and programs that are known by their headings and mean something of their own by them: dialect
// tables over the columns (tables/*.yaml). None of them is known here by name.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <winnow/formats/derive.hpp>

#include "tagged/Detection.hpp"
#include "tagged/Mapping.hpp"
#include "tagged/Table.hpp"

namespace winnow::csv {

/// A heading as tables compare it: lower case, one blank where there are blanks or '_'.
std::string comparable(std::string_view heading);

/// A dialect table over the columns, ready for work. Borrows `tags` and `table`. One instance an importer; one thread.
class ColumnTable {
 public:
  ColumnTable(const Host& host, const formats::Tags& tags, const tagged::Table& table);

  /// "openalex" for the table importers.csv.openalex.
  std::string_view name() const noexcept { return name_; }
  const tagged::Table& table() const noexcept { return table_; }
  /// How sure the table is of these headings; 0: not its own.
  std::uint32_t confidence(const std::vector<std::string>& headings) const;
  /// True if a column gives titles.
  bool hasTitle(const std::vector<std::string>& headings) const;
  /// The number of a heading in values.
  std::uint32_t number(std::string_view heading) const { return names_.number(comparable(heading)); }
  /// True if the table says what the heading means, or names it among its signs.
  bool knows(std::string_view heading) const { return number(heading) < known_; }
  /// Onto the writer's open record, after what the headings mean in general: what a rule gives takes their place. Gives
  /// a date that has no year, or null.
  const tagged::Value* mapOver(const std::vector<tagged::Value>& row, std::string_view type,
                               RecordWriter& writer) const {
    return mapper_.mapOver(row, type, writer);
  }

 private:
  const tagged::Table& table_;
  std::string_view name_;
  mutable tagged::TagNames names_;
  tagged::Detection detection_;
  tagged::Mapper mapper_;
  std::size_t known_;  ///< numbers below are the table's own
};

/// The tables that are built in. Borrows `tags`.
class ColumnTables {
 public:
  ColumnTables(const Host& host, const formats::Tags& tags);
  /// The surest of those that know the headings, or null.
  const ColumnTable* recognise(const std::vector<std::string>& headings) const;
  const std::vector<std::unique_ptr<ColumnTable>>& all() const noexcept { return list_; }

 private:
  std::vector<std::unique_ptr<ColumnTable>> list_;
};

/// What tables of somebody else extend: no rule of its own, for what headings mean in general has been applied before.
std::string_view parentOfTables();

}  // namespace winnow::csv
