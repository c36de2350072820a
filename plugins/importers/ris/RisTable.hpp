// A dialect table over RIS: what its rules give takes the place of what RIS means in general.
#pragma once

#include <string_view>
#include <vector>

#include "RisDialect.hpp"
#include "tagged/TaggedImporter.hpp"

namespace winnow::ris {

/// Borrows `tags`. One instance an importer; one thread.
class RisTable {
 public:
  /// Throws std::runtime_error, told before, when `text` is no good table that extends importers.ris.
  RisTable(const Host& host, const formats::Tags& tags, std::string_view text);

  std::string_view name() const noexcept { return table_.name; }
  /// How sure the table is of a file with this first record and these lines before it; 0: not its own, or it has no `detect`.
  std::uint32_t confidence(const std::vector<Value>& record, const std::vector<std::string_view>& before);
  /// Onto the writer's open record, after the fields of RIS. Gives the place in `record` of a date that has no year, or -1.
  int map(const std::vector<Value>& record, RecordWriter& writer);
  const winnow_table* words() const noexcept { return words_.get(); }

 private:
  std::vector<tagged::Value> converted(const std::vector<Value>& record);

  tagged::Table table_;
  tagged::TagNames names_;
  tagged::Mapper mapper_;
  tagged::TableWords words_;
};

}  // namespace winnow::ris
