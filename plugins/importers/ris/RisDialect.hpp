// Which database or program wrote a RIS record, recognised by its content, because extensions and file names lie; and
// what each of them does its own way. Both stand in dialect tables (tables/*.yaml); no dialect is known here by name.
#pragma once

#include <string_view>
#include <vector>

#include <winnow/formats/derive.hpp>

#include "RisScanner.hpp"
#include "tagged/Mapping.hpp"

namespace winnow::ris {

/// One tag with its value, of one record; the number of a tag is code(tag).
using tagged::Value;

/// A dialect table over RIS, ready for work. Borrows `tags` and `table`. One instance an importer; one thread.
class Dialect {
 public:
  Dialect(const Host& host, const formats::Tags& tags, const tagged::Table& table);

  /// "ovid" for the table importers.ris.ovid; empty for RIS in general.
  std::string_view name() const noexcept { return name_; }
  const tagged::Table& table() const noexcept { return table_; }
  /// How sure the table is of a record; 0: not its own, or it has no `detect`.
  std::uint32_t confidence(const tagged::Seen& seen) const { return detection_.confidence(seen); }
  /// Tags that mean nothing to RIS in this dialect.
  const std::vector<std::uint32_t>& rawTags() const noexcept { return rawTags_; }
  /// Onto the writer's open record, after the fields of RIS: what a rule gives takes their place. `type`: the record's
  /// CSL type. Gives a date that has no year, or null.
  const Value* mapOver(const std::vector<Value>& record, std::string_view type, RecordWriter& writer) const {
    return mapper_.mapOver(record, type, writer);
  }

 private:
  const tagged::Table& table_;
  std::string_view name_;
  tagged::Detection detection_;
  tagged::Mapper mapper_;
  std::vector<std::uint32_t> rawTags_;
};

/// The dialects that are built in. Borrows `tags`. One instance an importer; one thread.
class Dialects {
 public:
  Dialects(const Host& host, const formats::Tags& tags);
  /// The surest of those that the record, or a line before it, shows; RIS in general if there is none.
  const Dialect& recognise(const tagged::Seen& seen) const;
  /// By the name of its table ("ovid", "ris"); null for others.
  const Dialect* named(std::string_view table) const;
  /// RIS in general.
  const Dialect& general() const noexcept { return list_.back(); }
  /// The surest first, RIS in general last.
  const std::vector<Dialect>& all() const noexcept { return list_; }

 private:
  std::vector<Dialect> list_;
};

/// How a table of somebody else looks at lines: as RIS, without the rules for RIS in general, which have been applied
/// before.
std::string_view parentOfTables();

}  // namespace winnow::ris
