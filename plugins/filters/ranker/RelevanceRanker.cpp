#include "RelevanceRanker.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>

namespace winnow::ranker {

RelevanceRanker::RelevanceRanker(Host host, const Settings& settings)
    : RelevanceRanker(host, modelNamed(settings.text("model")).value(), std::string(settings.text("seed"))) {}

RelevanceRanker::RelevanceRanker(Host host, Model model, std::string seed)
    : winnow::Ranker(host),
      title_(host.tag(tags::kTitle)),
      abstract_(host.tag(tags::kAbstract)),
      key_(host.tag(tags::kRecordKey)),
      model_(model),
      seed_(std::move(seed)) {}

void RelevanceRanker::take(Record record) {
  if (ranker_) throw std::logic_error("a record came after the first ranking");
  places_.emplace(record.id(), records_.size());
  records_.push_back(record.id());
  // A record without a key is known by its place: the order of hashes needs some name.
  const std::string_view key = record.first(key_);
  keys_.emplace_back(key.empty() ? "record " + std::to_string(records_.size()) : std::string(key));
  std::string text(record.first(title_));
  for (const std::uint32_t field : record.all(abstract_)) text.append(" ").append(record.value(field));
  texts_.push_back(std::move(text));
}

/// The ranking numbers words as it meets them, so it gets the records by key: their order must not matter.
void RelevanceRanker::prepare() {
  std::vector<std::size_t> byKey(records_.size());
  std::iota(byKey.begin(), byKey.end(), std::size_t{0});
  std::sort(byKey.begin(), byKey.end(), [&](std::size_t a, std::size_t b) { return keys_[a] < keys_[b]; });
  std::vector<std::uint64_t> records;
  std::vector<std::string> keys, texts;
  for (const std::size_t i : byKey) {
    places_[records_[i]] = records.size();
    records.push_back(records_[i]);
    keys.push_back(std::move(keys_[i]));
    texts.push_back(std::move(texts_[i]));
  }
  records_ = std::move(records);
  texts_.clear();
  const auto meanings = meaningsOf(texts);
  ranker_.emplace(std::move(keys), texts, model_, seed_, meanings, weight());
}

void RelevanceRanker::learn(const std::vector<Label>& labels) {
  if (!ranker_) prepare();
  readings_.clear();
  for (const Label& label : labels) readings_.push_back({places_.at(label.record), label.isRelevant});
}

void RelevanceRanker::rank(Scores& scores) {
  if (!ranker_) prepare();
  const std::vector<std::size_t> order = ranker_->order(readings_);
  // Without anything relevant there is nothing to learn from: the order is that of hashes.
  const bool byChance =
      model_ == Model::Random ||
      std::none_of(readings_.begin(), readings_.end(), [](const Reading& reading) { return reading.isRelevant; });
  for (std::size_t place = 0; place < order.size(); ++place)
    scores.add(records_[order[place]], static_cast<double>(order.size() - place), byChance);
}

}  // namespace winnow::ranker
