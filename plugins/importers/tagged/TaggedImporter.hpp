// What every importer of tagged text is: a table and this engine.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include <winnow/ext/table.h>
#include <winnow/formats/derive.hpp>
#include <winnow/plugin.hpp>

#include "Mapping.hpp"
#include "Table.hpp"

namespace winnow::tagged {

/// The option by which a table reaches an importer.
inline constexpr winnow_option kTableOption =
    option(WINNOW_STRING, "table", "",
           "The text of a dialect table; the host fills it in for NAME.dialect.yaml beside the plugins.");

/// Reads the text of `setting` (may be empty) as a table that extends `builtIn`. Tells what is wrong with it, at its
/// place, and throws std::runtime_error.
Table checkedTable(const Host& host, std::string_view builtIn, std::string_view setting);

/// "DB is 'MyDB', or a line that begins with 'Provider: MyDB'": what tells the format, for people.
std::string signsOf(const Table& table);

/// A table's own words for winnow.table/1. Borrows the table.
class TableWords {
 public:
  explicit TableWords(const Table& table);
  const winnow_table* get() const noexcept { return &words_; }

 private:
  static winnow_table_test WINNOW_CALL test(const winnow_table* table, std::size_t index);
  const Table& table_;
  std::vector<std::vector<winnow_setting>> first_;
  winnow_table words_;
};

class TaggedImporter : public Importer {
 public:
  /// `builtIn`: the table of the format. `other`: that of a second form in which the same platform writes, or empty.
  /// Throws std::runtime_error when the setting "table" is no good table.
  TaggedImporter(Host host, const Settings& settings, std::string_view builtIn, std::string_view other = {});

  /// The first record decides, by the signs of the table.
  Probe probe(std::string_view head, std::string_view name) override;
  winnow_status read(Source source) override;
  const void* extension(std::string_view id) override;
  std::vector<winnow::Format> formats() const override;

 private:
  /// A table ready for work.
  struct Format {
    Format(const Host& host, const formats::Tags& tags, Table own)
        : table(std::move(own)),
          mapper(host, tags, table, [this](std::string_view tag) { return names.number(tag); }),
          toldBy(signsOf(table)) {}
    std::uint32_t confidence(std::string_view head) const;
    Table table;
    TagNames names;
    Mapper mapper;
    std::string toldBy;  ///< its signs, for people
  };

  formats::Tags tags_;
  bool isOwn_;
  Format format_;
  std::unique_ptr<Format> other_;
  std::unique_ptr<TableWords> words_;
};

}  // namespace winnow::tagged
