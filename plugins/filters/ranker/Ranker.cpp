#include "Ranker.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <unordered_set>

#include "Classifiers.hpp"
#include "sample/HashOrder.hpp"

namespace winnow::ranker {

namespace {

// Parameters of ASReview LAB 2, models "ELAS u4" and "ELAS u3".
constexpr double kSvmCost = 0.11, kSvmRatio = 9.8, kBayesAlpha = 3.822, kBayesRatio = 1.2;

TermOptions termsOf(Model model) {
  return model == Model::U3 ? TermOptions{false, true, false, 1.0} : TermOptions{true, false, true, 0.95};
}

constexpr std::pair<std::string_view, Model> kNames[] = {
    {"u4", Model::U4}, {"u3", Model::U3}, {"random", Model::Random}};

}  // namespace

std::optional<Model> modelNamed(std::string_view name) {
  for (const auto& [known, model] : kNames)
    if (known == name) return model;
  return std::nullopt;
}
std::string_view nameOf(Model model) { return kNames[static_cast<std::size_t>(model)].first; }

struct Ranker::Parts {
  std::vector<std::string> ids;
  Model model;
  std::string seed;
  std::optional<Features> features;  ///< none for the random order
  std::vector<std::size_t> byHash;   ///< all records in the order of hashes

  /// Answers by record; a record without one was not read.
  std::vector<std::optional<bool>> answers(const std::vector<Reading>& readings) const {
    std::vector<std::optional<bool>> answers(ids.size());
    for (const Reading& reading : readings) {
      auto& answer = answers.at(reading.record);
      answer = answer.value_or(false) || reading.isRelevant;
    }
    return answers;
  }

  /// Scores of all records; empty: nothing to learn from.
  std::vector<double> scores(const std::vector<std::optional<bool>>& answers) const {
    std::vector<Example> examples;
    std::size_t relevant = 0;
    for (std::size_t i = 0; i < answers.size(); ++i) {
      if (!answers[i]) continue;
      examples.push_back({i, *answers[i], 1});
      relevant += *answers[i];
    }
    if (!features || relevant == 0) return {};
    if (relevant == examples.size()) return likeness(*features, examples);
    balance(examples, model == Model::U4 ? kSvmRatio : kBayesRatio);
    return model == Model::U4 ? scoresOfSvm(*features, examples, kSvmCost)
                              : scoresOfBayes(*features, examples, kBayesAlpha);
  }
};

Ranker::Ranker(std::vector<std::string> ids, const std::vector<std::string>& texts, Model model, std::string seed,
               const std::vector<std::vector<float>>& meanings, double weight)
    : parts_(std::make_unique<Parts>()) {
  std::unordered_set<std::string_view> seen;
  for (const std::string& id : ids)
    if (!seen.insert(id).second) throw std::invalid_argument("the record '" + id + "' stands twice");
  parts_->model = model;
  parts_->seed = std::move(seed);
  if (model != Model::Random) parts_->features.emplace(texts, termsOf(model));
  if (parts_->features && !meanings.empty()) parts_->features->append(meanings, weight);
  std::vector<std::string> keys;
  for (const std::string& id : ids) keys.push_back(sample::orderKey(parts_->seed, id));
  parts_->byHash.resize(ids.size());
  std::iota(parts_->byHash.begin(), parts_->byHash.end(), std::size_t{0});
  std::sort(parts_->byHash.begin(), parts_->byHash.end(),
            [&](std::size_t a, std::size_t b) { return keys[a] < keys[b]; });
  parts_->ids = std::move(ids);
}
Ranker::~Ranker() = default;
Ranker::Ranker(Ranker&&) noexcept = default;
Ranker& Ranker::operator=(Ranker&&) noexcept = default;

std::vector<std::size_t> Ranker::order(const std::vector<Reading>& readings) const {
  const auto answers = parts_->answers(readings);
  const std::vector<double> scores = parts_->scores(answers);
  std::vector<std::size_t> order;
  if (scores.empty()) {
    for (const std::size_t i : parts_->byHash)
      if (!answers[i]) order.push_back(i);
    return order;
  }
  for (std::size_t i = 0; i < answers.size(); ++i)
    if (!answers[i]) order.push_back(i);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
  return order;
}

std::size_t Ranker::records() const { return parts_->ids.size(); }
std::size_t Ranker::terms() const { return parts_->features ? parts_->features->terms() : 0; }

bool Schedule::isDue(std::size_t read) {
  if (last_ && read < *last_ + (read < kEveryOneBelow ? 1 : kThenEvery)) return false;
  last_ = read;
  return true;
}

}  // namespace winnow::ranker
