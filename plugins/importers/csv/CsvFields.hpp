// Normalised values of a row, by the meaning of its columns.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include <winnow/formats/derive.hpp>

#include "CsvColumns.hpp"
#include "DelimitedText.hpp"

namespace winnow::csv {

/// A cell after cleaning, with the index of its raw field.
struct Value {
  std::string_view text;
  std::uint32_t raw = WINNOW_NONE;
};

/// Derives the values of one row after the other onto a writer. One reading's; not for several threads.
class Fields {
 public:
  Fields(Host host, const formats::Tags& tags, RecordWriter& writer, std::uint32_t rule)
      : host_(host), tags_(tags), writer_(writer), derive_(tags, writer), rule_(rule) {}

  /// What the columns mean, and who wrote the table.
  void useColumns(std::vector<Column> columns, std::string_view dialect);
  /// One value a column, on the writer's open record.
  void derive(const std::vector<Value>& values, const Row& row);

 private:
  const Value* find(Column column) const;
  template <class Each>
  void forAll(Column column, Each&& each) const;
  formats::Deriver::Origin from(const Value& value) const { return {value.raw, rule_, 0, 0}; }
  void plain(Column column, std::uint32_t tag);
  void text(Column column, std::uint32_t tag);
  void type();
  void people();
  void date();
  void source();
  void pages();
  void identifiers();
  void keywords();
  void notes();

  Host host_;
  const formats::Tags& tags_;
  RecordWriter& writer_;
  formats::Deriver derive_;
  std::uint32_t rule_;
  std::string_view dialect_;
  std::array<std::vector<std::uint32_t>, static_cast<std::size_t>(Column::Count)>
      places_;  ///< by Column: where it stands
  const std::vector<Value>* values_ = nullptr;
  const Row* row_ = nullptr;
};

}  // namespace winnow::csv
