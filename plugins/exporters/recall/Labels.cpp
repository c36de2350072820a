#include "Labels.hpp"

#include <optional>

#include <winnow/formats/csv.hpp>
#include <winnow/formats/text.hpp>

namespace winnow::recall {

namespace {

using formats::CsvTable;

constexpr std::pair<std::string_view, Phase> kPhases[] = {{"random start", Phase::RandomStart},
                                                          {"active learning", Phase::ActiveLearning},
                                                          {"other model", Phase::OtherModel},
                                                          {"quality check", Phase::QualityCheck}};

std::vector<Label> plainLabels(std::string_view text) {
  std::vector<Label> labels;
  std::size_t line = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view word = formats::trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    ++line;
    if (word.empty()) continue;
    if (word != "0" && word != "1") throw formats::CsvError(line, 1, "'" + std::string(word) + "' is neither 0 nor 1");
    labels.push_back({word == "1", Choice::Ranked, Phase::None});
  }
  return labels;
}

Phase phaseOf(const CsvTable& table, std::size_t row, std::size_t column) {
  const std::string_view word = formats::trim(table.cell(row, column));
  if (word.empty()) return Phase::None;
  for (const auto& [name, phase] : kPhases)
    if (word == name) return phase;
  throw table.error(row, column,
                    "'" + std::string(word) + "' is none of random start, active learning, other model, quality check");
}

Choice choiceOf(const CsvTable& table, std::size_t row, std::size_t column) {
  const std::string_view word = formats::trim(table.cell(row, column));
  if (word == "random") return Choice::Random;
  if (word != "ranked") throw table.error(row, column, "'" + std::string(word) + "' is neither ranked nor random");
  return Choice::Ranked;
}

std::vector<Label> tableLabels(const CsvTable& table) {
  const std::size_t label = table.required("label");
  const std::optional<std::size_t> chosen = table.column("chosen"), phase = table.column("phase");
  std::vector<Label> labels;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string_view word = formats::trim(table.cell(row, label));
    if (word != "0" && word != "1") throw table.error(row, label, "'" + std::string(word) + "' is neither 0 nor 1");
    Label one{word == "1", Choice::Ranked, phase ? phaseOf(table, row, *phase) : Phase::None};
    if (one.phase == Phase::RandomStart) one.choice = Choice::Random;
    if (chosen) one.choice = choiceOf(table, row, *chosen);
    labels.push_back(one);
  }
  return labels;
}

/// A heading is anything but a label.
bool hasHeading(std::string_view text) {
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  const std::string_view first = formats::trim(text.substr(0, text.find_first_of("\r\n")));
  return !first.empty() && first.find_first_not_of("0123456789. -") != std::string_view::npos;
}

}  // namespace

std::vector<Label> readLabels(std::string_view text, std::uint64_t randomFrom) {
  if (!hasHeading(text)) {
    std::vector<Label> labels = plainLabels(text);
    for (std::size_t i = randomFrom; randomFrom > 0 && i <= labels.size(); ++i) labels[i - 1].choice = Choice::Random;
    return labels;
  }
  const CsvTable table(text);
  if (randomFrom > 0 && table.column("chosen"))
    throw std::invalid_argument("the column 'chosen' already says how each record was chosen; leave --random-from out");
  std::vector<Label> labels = tableLabels(table);
  for (std::size_t i = randomFrom; randomFrom > 0 && i <= labels.size(); ++i) labels[i - 1].choice = Choice::Random;
  return labels;
}

}  // namespace winnow::recall
