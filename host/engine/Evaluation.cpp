#include "Evaluation.hpp"

#include <algorithm>

#include "steps/Annotate.hpp"
#include "steps/DecidedElsewhere.hpp"

namespace winnow::engine {

namespace {

bool merges(const Workspace& work, const config::Step& step) {
  return !step.plugin.empty() && work.stage(step.plugin).stage->kind == WINNOW_MATCHER;
}

void applyVerb(StepContext& context, StepResult& result) {
  const config::Step& step = *result.step;
  const bool hasPlugin = !step.plugin.empty();
  if (merges(context.work, step)) {
    context.annotations.clear();  // other records are merged from now on
    return removeDuplicates(context, result);
  }
  annotate(context, result.in);
  result.outcomes.resize(result.in.size());
  result.said = readDecisions(context.people(), step);
  result.elsewhere = decidedElsewhere(context, result);
  reportElsewhere(context, result);
  if (step.verb == config::Verb::Screen) return screen(context, result);
  if (step.verb == config::Verb::Map)
    return step.severalCategories ? mapSeveral(context, result) : map(context, result);
  return hasPlugin ? removeByMachine(context, result) : removeByPeople(context, result);
}

}  // namespace

Evaluation::Evaluation(const Workspace& work, std::vector<ActiveFile> files)
    : review_(&work.review),
      records_(std::make_unique<const Records>(work.review, work.ledger, std::move(files))),
      clusters_(std::make_unique<Clusters>(*records_)),
      references_(std::make_unique<const References>(*records_, work.ledger, work.tags)),
      annotations_(std::make_unique<Annotations>()),
      included_(clusters_->representatives()) {}

void Evaluation::apply(const Workspace& work, const std::string& until) {
  Views views(work.review, work.ledger, *records_, *clusters_, work.tags, annotations_.get());
  const ViewHashes hashes(work.review, *records_, *clusters_, annotations_.get());
  StepContext context{work, *records_, *clusters_, *references_, views, hashes, *annotations_, steps_};
  for (const config::Step& step : work.review.steps) {
    if (step.verb == config::Verb::Chart) {
      const Studies studies(context.people(), included_);
      charts_.push_back(readCharting(context.people(), step, studies, included_));
    } else {
      if (merges(work, step)) keepClusters();
      StepResult result;
      result.step = &step;
      result.in = std::move(included_);
      applyVerb(context, result);
      finish(std::move(result));
    }
    if (step.id == until) break;
  }
  annotate(context, included_);
  studies_ = Studies(context.people(), included_);
}

void Evaluation::finish(StepResult&& result) {
  included_.clear();
  const auto index = static_cast<std::uint32_t>(steps_.size());
  for (std::size_t i = 0; i < result.in.size(); ++i) {
    if (goesOn(result.outcomes[i].fate)) {
      included_.push_back(result.in[i]);
      continue;
    }
    if (ends_.empty()) ends_.resize(records_->idLimit());
    ends_[result.in[i]] = {index, static_cast<std::uint32_t>(i)};
  }
  steps_.push_back(std::move(result));
}

/// Records are merged from now on: what was said in the steps before is about them as they are.
void Evaluation::keepClusters() {
  std::shared_ptr<const Clusters> now;
  for (StepResult& step : steps_) {
    if (step.clusters || step.merging) continue;
    if (!now) now = std::make_shared<const Clusters>(*clusters_);
    step.clusters = now;
  }
}

bool Evaluation::isOpen() const {
  return std::any_of(steps_.begin(), steps_.end(), [](const StepResult& s) { return s.isOpen(); }) ||
         std::any_of(charts_.begin(), charts_.end(), [](const ChartResult& c) { return c.isOpen(); });
}

std::vector<Provisional> Evaluation::provisional() const {
  std::vector<Provisional> list;
  for (const StepResult& step : steps_) {
    const std::size_t waiting = step.count(Fate::Waiting) + (step.merging ? step.merging->unconfirmed : 0);
    if (waiting != 0) list.push_back({step.step->id, step.step->label, waiting});
  }
  return list;
}

Lane Evaluation::lane(RecordId representative) const {
  const std::size_t wave = records_->wave(representative);
  for (const RecordId member : clusters_->members(representative))
    for (const std::uint32_t f : records_->filesOf(member)) {
      const ActiveFile& file = records_->files()[f];
      if (file.wave == wave && review_->sources[file.source].kind != config::SourceKind::OtherMethod)
        return Lane::Databases;
    }
  return Lane::OtherMethods;
}

Evaluation evaluate(const Workspace& work, std::vector<ActiveFile> files, const std::string& until) {
  Evaluation evaluation(work, std::move(files));
  evaluation.apply(work, until);
  return evaluation;
}

void remember(const Workspace& work, const Evaluation& evaluation) {
  ledger::Ledger::Transaction transaction(work.ledger);
  for (const StepResult& step : evaluation.steps()) {
    const PeopleInput input = evaluation.peopleAt(work, step);
    rememberDecisions(input, *step.step, step.said);
    if (step.screening) appendDraws(input, step.screening->draws);
  }
  transaction.commit();
}

}  // namespace winnow::engine
