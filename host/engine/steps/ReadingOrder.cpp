#include "ReadingOrder.hpp"

#include <algorithm>
#include <set>

#include "engine/stages/Stages.hpp"
#include "io/Cancel.hpp"
#include "io/Error.hpp"
#include "io/Sha256.hpp"

namespace winnow::engine {

std::map<RecordId, bool> labelsOf(const StepResult& step, const std::string& reviewer) {
  std::map<RecordId, bool> labels;
  for (const RecordId id : step.in) {
    const Decision* word = step.said.word(id, reviewer);
    if (word == nullptr || step.said.unsettled.contains({id, reviewer})) continue;
    labels.emplace(id, word->value != "exclude");
  }
  return labels;
}

std::vector<RecordId> givenTo(const StepResult& step, const std::string& reviewer) {
  if (step.screening) {
    const auto sample = step.screening->sample.find(reviewer);
    return sample == step.screening->sample.end() ? step.in : sample->second;
  }
  std::set<RecordId> waiting;
  for (const OpenWork& open : step.open)
    if (open.reviewer == reviewer) waiting.insert(open.records.begin(), open.records.end());
  std::vector<RecordId> given;
  for (const RecordId id : step.in)
    if (waiting.contains(id) || step.said.written(id, reviewer) != nullptr) given.push_back(id);
  return given;
}

bool isByChance(const config::Step& step, std::size_t read) {
  return step.randomFrom != 0 && read + 1 >= step.randomFrom;
}

std::vector<RecordId> byChance(const Records& records, const Clusters& clusters, const config::Step& step,
                               std::vector<RecordId> given) {
  const std::string seed = step.seed + "\n";
  std::vector<std::pair<std::string, RecordId>> hashed;
  hashed.reserve(given.size());
  for (const RecordId id : given) hashed.emplace_back(io::sha256Hex(seed + workKey(records, clusters, id)), id);
  std::sort(hashed.begin(), hashed.end());
  for (std::size_t i = 0; i < given.size(); ++i) given[i] = hashed[i].second;
  return given;
}

std::vector<RecordId> openOf(std::vector<RecordId> given, const std::map<RecordId, bool>& labels) {
  std::erase_if(given, [&](RecordId id) { return labels.contains(id); });
  return given;
}

ReadingOrder::ReadingOrder(const Workspace& work, const config::StageUse& use, Views& views,
                           const std::vector<RecordId>& given)
    : work_(work), use_(use), services_(work.tags) {
  const winnow_stage& stage = *work.stage(use.plugin).stage;
  services_.onDiagnostic([&work, &use, &stage](const winnow_diagnostic& d) {
    work.tell(placedAtOption(unlocated(d), d, work.review, {stage, use.settings, use.optionAt, use.at}));
  });
  provideDocuments(services_, work, stage, use.settings);
  ranker_ = std::make_unique<plugins::Instance>(&stage, use.settings, services_);
  Projection projection(stage, work.tags);
  const bool withRaw = (stage.flags & WINNOW_WANTS_RAW) != 0;
  for (std::size_t begin = 0; begin < given.size(); begin += plugins::kRecordsAtOnce) {
    const std::vector<RecordId> part(
        given.begin() + static_cast<std::ptrdiff_t>(begin),
        given.begin() + static_cast<std::ptrdiff_t>(std::min(begin + plugins::kRecordsAtOnce, given.size())));
    ranker_->take(projection.of(views.merged(part, withRaw)));
  }
  for (const RecordId id : given) places_.emplace(id, places_.size());
}

void ReadingOrder::holdDiagnostics() {
  const winnow_stage& stage = *work_.stage(use_.plugin).stage;
  services_.onDiagnostic([this, &stage](const winnow_diagnostic& d) {
    held_.push_back(placedAtOption(unlocated(d), d, work_.review, {stage, use_.settings, use_.optionAt, use_.at}));
  });
}

std::vector<NextRecord> ReadingOrder::after(const std::map<RecordId, bool>& labels) {
  std::vector<winnow_label> list;
  for (const auto& [id, isRelevant] : labels)
    if (places_.contains(id)) list.push_back({id, isRelevant ? 1u : 0u, 0});
  ranker_->learn(list);
  std::vector<winnow_score> scores = ranker_->rank();
  io::stopIfCancelled();
  std::stable_sort(scores.begin(), scores.end(), [&](const winnow_score& a, const winnow_score& b) {
    if (a.score != b.score) return a.score > b.score;
    return places_.at(static_cast<RecordId>(a.record)) < places_.at(static_cast<RecordId>(b.record));
  });
  std::vector<NextRecord> order;
  for (const winnow_score& score : scores) order.push_back({static_cast<RecordId>(score.record), score.by_chance != 0});
  return order;
}

}  // namespace winnow::engine
