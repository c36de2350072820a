#include "ReadingOrder.hpp"

#include <algorithm>

#include "engine/stages/Stages.hpp"
#include "io/Error.hpp"

namespace winnow::engine {

namespace {

constexpr std::size_t kBatch = 256;

}  // namespace

std::map<RecordId, bool> labelsOf(const StepResult& step, const std::string& reviewer) {
  std::map<RecordId, bool> labels;
  for (const RecordId id : step.in) {
    const Decision* word = step.said.word(id, reviewer);
    if (word == nullptr || step.said.unsettled.contains({id, reviewer})) continue;
    labels.emplace(id, word->value != "exclude");
  }
  return labels;
}

ReadingOrder::ReadingOrder(const Workspace& work, const config::StageUse& use, Views& views,
                           const std::vector<RecordId>& given)
    : services_(work.tags) {
  const winnow_stage& stage = *work.stage(use.plugin).stage;
  services_.onDiagnostic([&work, &use, &stage](const winnow_diagnostic& d) {
    work.tell(placedAtOption(unlocated(d), d, work.review, stage, use.settings, use.optionAt));
  });
  provideDocuments(services_, work, stage, use.settings);
  ranker_ = std::make_unique<plugins::Instance>(&stage, use.settings, services_);
  Projection projection(stage, work.tags);
  const bool withRaw = (stage.flags & WINNOW_WANTS_RAW) != 0;
  for (std::size_t begin = 0; begin < given.size(); begin += kBatch) {
    const std::vector<RecordId> part(
        given.begin() + static_cast<std::ptrdiff_t>(begin),
        given.begin() + static_cast<std::ptrdiff_t>(std::min(begin + kBatch, given.size())));
    ranker_->take(projection.of(views.merged(part, withRaw)));
  }
  for (const RecordId id : given) places_.emplace(id, places_.size());
}

std::vector<NextRecord> ReadingOrder::after(const std::map<RecordId, bool>& labels) {
  std::vector<winnow_label> list;
  for (const auto& [id, isRelevant] : labels)
    if (places_.contains(id)) list.push_back({id, isRelevant ? 1u : 0u, 0});
  ranker_->learn(list);
  std::vector<winnow_score> scores = ranker_->rank();
  if (plugins::cancelRequested()) throw Error("cancelled");
  std::stable_sort(scores.begin(), scores.end(), [&](const winnow_score& a, const winnow_score& b) {
    if (a.score != b.score) return a.score > b.score;
    return places_.at(static_cast<RecordId>(a.record)) < places_.at(static_cast<RecordId>(b.record));
  });
  std::vector<NextRecord> order;
  for (const winnow_score& score : scores) order.push_back({static_cast<RecordId>(score.record), score.by_chance != 0});
  return order;
}

}  // namespace winnow::engine
