#include "Reading.hpp"

#include <algorithm>

#include "PageFiles.hpp"
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
  opened_.closeLedger();
}

void Reading::seat(const engine::StepResult& result, const std::string& reader, DecisionFiles& files) {
  const config::Review& review = opened_.work->review;
  const PagePlace place = decisionPlace(review, *result.step, reader, opened_.work->outputs);
  DecisionFile* file = nullptr;
  if (!place.file.empty()) {
    std::unique_ptr<DecisionFile>& known = files[place.file];
    if (!known) {
      known = std::make_unique<DecisionFile>(place.file);
      if (std::error_code ignored; std::filesystem::exists(place.file, ignored))
        known->know(engine::readSheets(*opened_.work, {place.file}, {config::relativeName(place.file, review.folder)}));
    }
    file = known.get();
  }
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

const std::string& Reading::whyClosed(const std::string& reader, const std::string& id) const {
  return seats_.at({reader, id}).why;
}

}  // namespace winnow::screen
