#include "ChartingStep.hpp"

#include <algorithm>

#include "Words.hpp"

namespace winnow::screen {

namespace {

bool isListed(const std::vector<std::pair<std::string, std::vector<engine::RecordId>>>& byReader,
              const std::string& reader, engine::RecordId id) {
  return std::any_of(byReader.begin(), byReader.end(), [&](const auto& one) {
    return one.first == reader && std::find(one.second.begin(), one.second.end(), id) != one.second.end();
  });
}

const config::FormItem* itemOf(const config::Form& form, const std::string& id) {
  const auto found =
      std::find_if(form.items.begin(), form.items.end(), [&](const auto& item) { return item.id == id; });
  return found == form.items.end() ? nullptr : &*found;
}

/// The answers that a change holds, each as it will stand in its cell and be read again; what breaks the form is left
/// out.
engine::Answers readAgain(const config::Form& form, const Change& change) {
  engine::Answers answers;
  for (const config::FormItem& item : form.items)
    if (const auto given = change.answers.find(item.id); given != change.answers.end())
      if (auto answer = engine::answerIn(item, cellOf(given->second)); !answer.values.empty())
        answers.emplace(item.id, std::move(answer.values));
  return answers;
}

}  // namespace

ChartingStep::ChartingStep(const engine::ChartResult& chart, const engine::Evaluation& evaluation, std::string reader,
                           DecisionFile* file)
    : ReadingStep(*chart.step, evaluation, chart.in, file), chart_(chart), reader_(std::move(reader)) {
  for (std::size_t i = 0; i < size(); ++i) set(i, said(i));
}

std::vector<std::string> ChartingStep::columnsOf(const config::Form& form) {
  std::vector<std::string> headings;
  for (const config::FormItem& item : form.items) headings.push_back(engine::columnHeading(item));
  return engine::pageColumns(engine::PageWords::Chart, headings);
}

Own ChartingStep::said(std::size_t position) const {
  Own own;
  own.labels = labelsOf(position);
  if (file() != nullptr) own.note = file()->note(key(position));
  const auto charted = chart_.answers.find(id(position));
  if (charted == chart_.answers.end()) return own;
  if (const auto answers = charted->second.find(reader_); answers != charted->second.end())
    own.answers = answers->second;
  own.isOutdated = isListed(chart_.outdated, reader_, id(position));
  if (const auto sheet = chart_.inSheets.find({id(position), reader_}); sheet != chart_.inSheets.end())
    own.why =
        "these answers stand in " + sheet->second + ", which does not say when they were given; change them there";
  return own;
}

Faults ChartingStep::faults(std::size_t position, const Change& change) const {
  Faults faults;
  if (!change.decision.empty()) faults.emplace("decision", "a record is charted here, not decided");
  if (!change.categories.empty()) faults.emplace("categories", "this step has no categories");
  if (change.answers.empty() && !own(position).isEmpty())
    faults.emplace("answers", "there are answers; take them back (undo) to have none");
  const engine::Answers good = readAgain(form(), change);
  for (const auto& [id, given] : change.answers) {
    const config::FormItem* item = itemOf(form(), id);
    if (item == nullptr)
      faults.emplace(id, "the form has no item '" + id + "'");
    else if (const engine::CellAnswer answer = engine::answerIn(*item, cellOf(given)); !answer.fault.empty())
      faults.emplace(id, "'" + answer.wrong + "' " + answer.fault);
    else if (answer.values.empty() || (answer.values.size() == 1 && answer.values.front().empty()))
      faults.emplace(id, "the answer is empty; leave it out");
    else if (!engine::isAsked(*item, good))
      faults.emplace(id, "this is not asked here, by the answer to another item");
  }
  return faults;
}

Own ChartingStep::ownOf(const Change& change) const {
  Own own;
  own.note = change.note;
  own.labels = change.labels;
  own.answers = readAgain(form(), change);
  return own;
}

void ChartingStep::complete(Row& row, const Own& own) const {
  row.formVersion = form().version;
  for (const config::FormItem& item : form().items)
    if (const auto answer = own.answers.find(item.id); answer != own.answers.end())
      row.answers.emplace(engine::columnHeading(item), cellOf(answer->second));
}

}  // namespace winnow::screen
