#include "LabelledRecords.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>

#include <winnow/formats/text.hpp>

namespace winnow::ranker {

namespace {

using formats::CsvTable;

/// The column of ids, by any of its headings.
std::size_t idColumn(const CsvTable& table) {
  for (const std::string_view name : {"record_id", "record", "record.key"})
    if (const auto found = table.column(name)) return *found;
  return table.required("record_id");
}

std::optional<bool> labelOf(const CsvTable& table, std::size_t row, std::size_t column) {
  const std::string_view word = formats::trim(table.cell(row, column));
  if (word == "1") return true;
  if (word == "0") return false;
  throw table.error(row, column, "'" + std::string(word) + "' is neither 0 nor 1");
}

std::optional<bool> decisionOf(const CsvTable& table, std::size_t row, std::size_t column) {
  const std::string word = formats::lower(formats::trim(table.cell(row, column)));
  if (word == "include" || word == "maybe") return true;
  if (word == "exclude") return false;
  if (word.empty()) return std::nullopt;
  throw table.error(row, column, "'" + word + "' is none of include, maybe, exclude");
}

}  // namespace

LabelledRecords::LabelledRecords(std::string_view csv) : table_(csv) {
  if (table_.heading().empty()) throw formats::CsvError(1, 1, "the table is empty");
  const std::size_t id = idColumn(table_);
  const auto title = table_.column("title"), abstract = table_.column("abstract");
  if (!title && !abstract) table_.required("title");
  for (std::size_t row = 0; row < table_.rows(); ++row) {
    ids_.emplace_back(table_.cell(row, id));
    if (ids_.back().empty()) throw table_.error(row, id, "the record has no id");
    std::string text(title ? table_.cell(row, *title) : std::string_view());
    text += ' ';
    if (abstract) text += table_.cell(row, *abstract);
    withoutText_ += formats::isBlank(text);
    texts_.push_back(std::move(text));
  }
  for (std::size_t i = 0; i < ids_.size(); ++i) byId_.emplace_back(ids_[i], i);
  std::sort(byId_.begin(), byId_.end());
  for (std::size_t i = 1; i < byId_.size(); ++i)
    if (byId_[i].first == byId_[i - 1].first)
      throw table_.error(byId_[i].second, id, "the record '" + std::string(byId_[i].first) + "' stands twice");
}

std::size_t LabelledRecords::indexOf(std::string_view id) const {
  const auto found = std::lower_bound(byId_.begin(), byId_.end(), std::pair(id, std::size_t{0}));
  if (found == byId_.end() || found->first != id)
    throw std::invalid_argument("there is no record '" + std::string(id) + "'");
  return found->second;
}

std::vector<bool> LabelledRecords::labels(std::string_view column) const {
  const std::size_t at = table_.required(column);
  std::vector<bool> labels;
  for (std::size_t row = 0; row < table_.rows(); ++row)
    labels.push_back(!formats::isBlank(table_.cell(row, at)) && *labelOf(table_, row, at));
  return labels;
}

std::vector<Reading> LabelledRecords::readings(std::string_view csv) const {
  const CsvTable labels(csv);
  if (labels.heading().empty()) return {};
  const std::size_t id = idColumn(labels);
  const auto decision = labels.column("decision");
  const std::size_t column = decision ? *decision : labels.required("label");
  std::vector<Reading> readings;
  for (std::size_t row = 0; row < labels.rows(); ++row) {
    const auto relevant = decision ? decisionOf(labels, row, column) : labelOf(labels, row, column);
    if (!relevant) continue;
    try {
      readings.push_back({indexOf(labels.cell(row, id)), *relevant});
    } catch (const std::invalid_argument& error) {
      throw labels.error(row, id, error.what());
    }
  }
  return readings;
}

}  // namespace winnow::ranker
