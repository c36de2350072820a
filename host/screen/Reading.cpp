#include "Reading.hpp"

#include <algorithm>

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

}  // namespace

Reading::Reading(Opened opened, DecisionFiles& files)
    : opened_(std::move(opened)), records_(*opened_.work, *opened_.evaluation) {
  for (const config::Reviewer& reviewer : opened_.work->review.reviewers)
    for (const engine::StepResult& result : opened_.evaluation->steps())
      if (isForPeople(result, reviewer.id)) seat(result, reviewer.id, files);
  for (const engine::StepResult& result : opened_.evaluation->steps())
    if (result.screening) addConflicts(result, files);
  opened_.closeLedger();
}

DecisionFile* Reading::open(const PagePlace& place, engine::PageWords words, DecisionFiles& files) {
  if (place.file.empty()) return nullptr;
  std::unique_ptr<DecisionFile>& known = files[place.file];
  if (known) return known.get();
  known = std::make_unique<DecisionFile>(place.file, words);
  if (std::error_code ignored; std::filesystem::exists(place.file, ignored))
    known->know(engine::readSheets(*opened_.work, {place.file},
                                   {config::relativeName(place.file, opened_.work->review.folder)}));
  return known.get();
}

void Reading::addConflicts(const engine::StepResult& result, DecisionFiles& files) {
  const PagePlace place = resolutionPlace(opened_.work->review, *result.step, opened_.work->outputs);
  DecisionFile* file = open(place, engine::PageWords::Joint, files);
  conflicts_.emplace(result.step->id, Conflicts(*opened_.work, result, *opened_.evaluation, file));
}

void Reading::seat(const engine::StepResult& result, const std::string& reader, DecisionFiles& files) {
  const config::Review& review = opened_.work->review;
  const PagePlace place = decisionPlace(review, *result.step, reader, opened_.work->outputs);
  DecisionFile* file = open(place, engine::PageWords::OneReader, files);
  Seat one{std::make_unique<ReadingStep>(*opened_.work, result, *opened_.evaluation, reader, file), {}, place.why};
  one.description = stepOf(*opened_.work, *one.reading, reader);
  if (!one.why.empty()) one.description["closed"] = one.why;
  order_[reader].push_back(result.step->id);
  seats_.emplace(std::pair{reader, result.step->id}, std::move(one));
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
  one.description["progress"] = jsonOf(one.reading->counts());
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
  for (const std::string& id : stepsOf(reader)) {
    steps.push_back(describe(reader, id));
    if (const Conflicts* all = conflicts(reader, id); all != nullptr && all->areShown())
      steps.push_back(conflictStep(reader, id));
  }
  return {{"reader", {{"id", reader}, {"name", reader}}},
          {"review", {{"title", work().review.title}}},
          {"language", manner.language},
          {"steps", std::move(steps)},
          {"keys", manner.keys},
          {"program", manner.program},
          {"token", token}};
}

const std::string& Reading::whyClosed(const std::string& reader, const std::string& id) const {
  return seats_.at({reader, id}).why;
}

}  // namespace winnow::screen
