#include "EffectTable.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

#include <winnow/formats/text.hpp>

namespace winnow::meta {

namespace {

std::string_view columnOf(const ColumnNames& names, std::string_view name) {
  const auto found = names.find(std::string(name));
  return found == names.end() ? name : std::string_view(found->second);
}

/// The names that a measure takes, each with its alternatives: {{"ai"}, {"bi", "n1i"}, ...}.
std::vector<std::vector<std::string_view>> wantedBy(Measure measure) {
  std::vector<std::vector<std::string_view>> wanted;
  for (const std::string_view part : formats::split(infoOf(measure).columns, ","))
    wanted.push_back(formats::split(part, "|"));
  return wanted;
}

}  // namespace

ColumnNames columnNames(const std::vector<std::string_view>& words, Measure measure) {
  ColumnNames names;
  std::set<std::string_view> known;
  for (const auto& alternatives : wantedBy(measure)) known.insert(alternatives.begin(), alternatives.end());
  for (const std::string_view word : words) {
    if (word.empty()) continue;
    const std::size_t equals = word.find('=');
    if (equals == std::string_view::npos || equals == 0 || equals + 1 == word.size())
      throw std::invalid_argument("'" + std::string(word) +
                                  "' does not name a column; write --columns ai=events,n1i=total");
    const std::string name(formats::trim(word.substr(0, equals)));
    if (!known.contains(name))
      throw std::invalid_argument("'" + name + "' is no column of " + std::string(infoOf(measure).name) +
                                  ", which takes " + std::string(infoOf(measure).columns));
    names[name] = std::string(formats::trim(word.substr(equals + 1)));
  }
  return names;
}

EffectTable::EffectTable(std::string_view csv, Measure measure, const ColumnNames& names, std::string_view study)
    : table_(csv) {
  if (table_.heading().empty()) throw formats::CsvError(1, 1, "the table is empty");
  checkColumns(measure, names);
  const auto studyColumn = study.empty() ? table_.column("study") : std::optional(table_.required(study));
  const auto has = [&](std::string_view name) { return table_.column(columnOf(names, name)).has_value(); };
  for (std::size_t row = 0; row < table_.rows(); ++row) {
    std::string label = studyColumn ? std::string(formats::trim(table_.cell(row, *studyColumn))) : std::string();
    if (label.empty()) label = "study " + std::to_string(row + 1);
    std::size_t column = 0;  // of the number asked for last: the one that cannot be
    const auto value = [&](std::string_view name) {
      column = table_.required(columnOf(names, name));
      return table_.number(row, column);
    };
    try {
      effects_.push_back(effectOf(measure, value, has));
    } catch (const formats::CsvError&) {
      throw;
    } catch (const std::invalid_argument& error) {
      throw table_.error(row, column, label + ": " + error.what());
    }
    effects_.back().study = std::move(label);
  }
  if (effects_.empty()) throw formats::CsvError(2, 1, "the table holds no study");
}

void EffectTable::checkColumns(Measure measure, const ColumnNames& names) const {
  for (const auto& alternatives : wantedBy(measure)) {
    const bool isThere = std::any_of(alternatives.begin(), alternatives.end(), [&](std::string_view name) {
      return table_.column(columnOf(names, name)).has_value();
    });
    if (!isThere) table_.required(columnOf(names, alternatives.front()));  // says what there is
  }
}

std::vector<std::string> EffectTable::texts(std::string_view column) const {
  const std::size_t at = table_.required(column);
  std::vector<std::string> texts;
  for (std::size_t row = 0; row < table_.rows(); ++row) {
    texts.emplace_back(formats::trim(table_.cell(row, at)));
    if (texts.back().empty()) throw table_.error(row, at, "the cell is empty");
  }
  return texts;
}

EffectTable::Design EffectTable::design(const std::vector<std::string>& moderators) const {
  Design design;
  std::vector<Eigen::VectorXd> columns{Eigen::VectorXd::Ones(static_cast<Eigen::Index>(effects_.size()))};
  design.names.emplace_back("intercept");
  const auto add = [&](std::string name, const std::vector<std::string>& cells, auto&& number) {
    Eigen::VectorXd column(static_cast<Eigen::Index>(cells.size()));
    for (std::size_t i = 0; i < cells.size(); ++i) column[static_cast<Eigen::Index>(i)] = number(cells[i]);
    columns.push_back(std::move(column));
    design.names.push_back(std::move(name));
  };
  for (const std::string& moderator : moderators) {
    const std::vector<std::string> cells = texts(moderator);
    const bool isNumeric = std::all_of(cells.begin(), cells.end(),
                                       [](const std::string& cell) { return formats::decimalOf(cell).has_value(); });
    if (isNumeric) {
      add(moderator, cells, [](const std::string& cell) { return *formats::decimalOf(cell); });
      continue;
    }
    const std::set<std::string> levels(cells.begin(), cells.end());
    for (auto level = std::next(levels.begin()); level != levels.end(); ++level)
      add(moderator + "=" + *level, cells, [&](const std::string& cell) { return cell == *level ? 1.0 : 0.0; });
  }
  design.x.resize(columns.front().size(), static_cast<Eigen::Index>(columns.size()));
  for (std::size_t i = 0; i < columns.size(); ++i) design.x.col(static_cast<Eigen::Index>(i)) = columns[i];
  return design;
}

}  // namespace winnow::meta
