#include "Reading.hpp"

#include <algorithm>
#include <set>

#include <nlohmann/json.hpp>

#include "config/parts/FileMatch.hpp"

namespace winnow::screen {

namespace {

using config::Verb;

/// True if a person has a say in the step.
bool isForPeople(const engine::StepResult& result, const std::string& reader) {
  const config::Step& step = *result.step;
  if (result.merging) return false;
  const bool isReader = std::any_of(step.readers.begin(), step.readers.end(),
                                    [&](const config::Reader& r) { return r.reviewer == reader; });
  if (!isReader) return false;
  if (step.verb == Verb::Screen || step.plugin.empty() || step.mode == config::Mode::Confirm) return true;
  return !engine::givenTo(result, reader).empty();
}

/// Screening titles goes by what everybody sees of a record; only readers of full texts get them.
bool readsFullTexts(const ReadingStep& step) {
  return step.kind() == Kind::Chart || step.step().read == config::Reading::FullText;
}

}  // namespace

Reading::Reading(Opened opened, DecisionFiles& files, Reading* before)
    : opened_(std::move(opened)),
      records_(*opened_.work, *opened_.evaluation),
      fullTexts_(opened_.work->review.folder, opened_.work->review.fullTexts) {
  for (const config::Reviewer& reviewer : opened_.work->review.reviewers)
    for (const engine::StepResult& result : opened_.evaluation->steps())
      if (isForPeople(result, reviewer.id)) seat(result, reviewer.id, files, before);
  for (const engine::ChartResult& chart : opened_.evaluation->charts())
    for (const std::string& reader : chart.form->by) seat(chart, reader, files);
  for (const engine::StepResult& result : opened_.evaluation->steps())
    if (result.screening)
      addConflicts(result, files);
    else if (result.merging && pairStep_ == nullptr)
      addPairs(result, files);
  opened_.closeLedger();
}

std::string Reading::fullTextOf(const ReadingStep& step, const RecordText& text) const {
  return readsFullTexts(step) ? fullTexts_.nameOf(text) : std::string();
}

std::vector<std::string> Reading::strayFullTexts() {
  std::vector<std::string> stray = fullTexts_.names();
  if (stray.empty()) return stray;
  std::set<engine::RecordId> ids;
  for (const auto& [of, seat] : seats_)
    for (std::size_t i = 0; i < seat.reading->counts().total; ++i) ids.insert(seat.reading->id(i));
  const std::vector<engine::RecordId> all(ids.begin(), ids.end());
  constexpr std::size_t kBatch = 256;
  for (std::size_t begin = 0; begin < all.size() && !stray.empty(); begin += kBatch) {
    const auto first = all.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto last = first + static_cast<std::ptrdiff_t>(std::min(kBatch, all.size() - begin));
    for (const RecordText& text : records_.read({first, last})) std::erase(stray, fullTexts_.nameOf(text));
  }
  records_.close();
  return stray;
}

DecisionFile* Reading::open(const PagePlace& place, const std::vector<std::string>& columns, DecisionFiles& files) {
  if (place.file.empty()) return nullptr;
  std::unique_ptr<DecisionFile>& known = files[place.file];
  if (known && known->columns() == columns) return known.get();
  known = std::make_unique<DecisionFile>(place.file, columns);
  if (std::error_code ignored; std::filesystem::exists(place.file, ignored))
    known->know(engine::readSheets(*opened_.work, {place.file},
                                   {config::relativeName(place.file, opened_.work->review.folder)}));
  return known.get();
}

void Reading::addPairs(const engine::StepResult& result, DecisionFiles& files) {
  pairStep_ = result.step;
  const std::vector<std::string> columns = engine::pageColumns(engine::PageWords::Pairs);
  for (const config::Reader& reader : result.step->readers) {
    const PagePlace place =
        decisionPlace(opened_.work->review, *result.step, reader.reviewer, columns, opened_.work->outputs);
    whyNoPairs_ = place.why;
    DecisionFile* file = open(place, columns, files);
    Pairs pairs(*opened_.work, result, *opened_.evaluation, file);
    if (pairs.size() != 0) pairs_.emplace(reader.reviewer, std::move(pairs));
  }
}

Pairs* Reading::pairs(const std::string& reader) {
  const auto found = pairs_.find(reader);
  return found == pairs_.end() ? nullptr : &found->second;
}

Json Reading::pairStep(const std::string& reader) {
  const Pairs& all = *pairs(reader);
  Json step = plainStep(*pairStep_, "pairs", "Are these two records the same work?");
  step["blind"] = false;
  step["order"] = "rank";
  step["progress"] = {{"total", all.size()},
                      {"open", all.open()},
                      {"include", all.size() - all.open()},
                      {"exclude", 0},
                      {"undecided", 0}};
  if (all.file() == nullptr) step["closed"] = whyNoPairs_;
  return step;
}

void Reading::addConflicts(const engine::StepResult& result, DecisionFiles& files) {
  const PagePlace place = resolutionPlace(opened_.work->review, *result.step, opened_.work->outputs);
  DecisionFile* file = open(place, engine::pageColumns(engine::PageWords::Joint), files);
  conflicts_.emplace(result.step->id, Conflicts(*opened_.work, result, *opened_.evaluation, file));
}

void Reading::seat(const engine::StepResult& result, const std::string& reader, DecisionFiles& files, Reading* before) {
  const std::vector<std::string> columns = engine::pageColumns(engine::PageWords::OneReader);
  const PagePlace place = decisionPlace(opened_.work->review, *result.step, reader, columns, opened_.work->outputs);
  ReadingStep* const earlier = before == nullptr ? nullptr : before->step(reader, result.step->id);
  auto step = std::make_unique<DecidingStep>(*opened_.work, result, *opened_.evaluation, reader,
                                             open(place, columns, files), earlier);
  Json description = stepOf(*opened_.work, *step, reader);
  seat(std::move(step), std::move(description), reader, place.why);
}

void Reading::seat(const engine::ChartResult& chart, const std::string& reader, DecisionFiles& files) {
  const std::vector<std::string> columns = ChartingStep::columnsOf(*chart.form);
  const PagePlace place = decisionPlace(opened_.work->review, *chart.step, reader, columns, opened_.work->outputs);
  auto step = std::make_unique<ChartingStep>(chart, *opened_.evaluation, reader, open(place, columns, files));
  Json description = stepOf(*opened_.work, *step);
  seat(std::move(step), std::move(description), reader, place.why);
}

void Reading::seat(std::unique_ptr<ReadingStep> step, Json description, const std::string& reader, std::string why) {
  const std::string id = step->step().id;
  if (!why.empty()) description["closed"] = why;
  order_[reader].push_back(id);
  seats_.emplace(std::pair{reader, id}, Seat{std::move(step), std::move(description), std::move(why)});
}

std::vector<std::string> Reading::stepsOf(const std::string& reader) const {
  const auto found = order_.find(reader);
  return found == order_.end() ? std::vector<std::string>() : found->second;
}

ReadingStep* Reading::step(const std::string& reader, const std::string& id) {
  const auto found = seats_.find({reader, id});
  return found == seats_.end() ? nullptr : found->second.reading.get();
}

Json Reading::describe(const std::string& reader, const std::string& id) {
  Seat& one = seats_.at({reader, id});
  one.reading->update();
  one.description["progress"] = progressOf(*one.reading);
  return one.description;
}

const Conflicts* Reading::conflicts(const std::string& reader, const std::string& id) const {
  const auto found = conflicts_.find(id);
  return found == conflicts_.end() || !seats_.contains({reader, id}) ? nullptr : &found->second;
}

/// A step of its own in the page, as soon as everything is read.
Json Reading::conflictStep(const std::string& reader, const std::string& id) {
  const Conflicts& all = conflicts_.at(id);
  Json step = seats_.at({reader, id}).description;
  const std::size_t total = all.size(), open = all.open();
  step["id"] = "conflicts-of-" + id;
  step["of"] = id;
  step["kind"] = "conflicts";
  step["blind"] = false;
  step["progress"] = {{"total", total}, {"open", open}, {"include", total - open}, {"exclude", 0}, {"undecided", 0}};
  step["closed"] = nullptr;
  return step;
}

Json Reading::session(const std::string& reader, const Manner& manner, const std::string& token) {
  Json steps = Json::array();
  if (pairs(reader) != nullptr) steps.push_back(pairStep(reader));
  for (const std::string& id : stepsOf(reader)) {
    steps.push_back(describe(reader, id));
    if (const Conflicts* all = conflicts(reader, id); all != nullptr && all->areShown())
      steps.push_back(conflictStep(reader, id));
  }
  return {{"reader", {{"id", reader}, {"name", reader}}},
          {"review", {{"title", work().review.title}}},
          {"language", manner.language},
          {"steps", std::move(steps)},
          {"keys", !manner.keys.empty()             ? manner.keys
                   : work().review.pageKeys.empty() ? "winnow"
                                                    : work().review.pageKeys},
          {"program", manner.program},
          {"token", token}};
}

const std::string& Reading::whyClosed(const std::string& reader, const std::string& id) const {
  return seats_.at({reader, id}).why;
}

}  // namespace winnow::screen
