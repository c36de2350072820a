#include "Classifiers.hpp"

#include <linear.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <mutex>

namespace winnow::ranker {

namespace {

constexpr std::uint32_t kNoTerm = std::numeric_limits<std::uint32_t>::max();

void silent(const char*) {}

std::mutex oneAtATime;  // guards the generator of the C library

double dot(std::span<const Features::Entry> row, const std::vector<float>& weights) {
  double sum = 0;
  for (const Features::Entry& e : row) sum += static_cast<double>(e.weight) * static_cast<double>(weights[e.term]);
  return sum;
}

/// The examples as liblinear wants them, over the terms that stand in them: all other weights are 0.
struct TrainingSet {
  std::vector<std::uint32_t> terms;  ///< by number in the training set
  std::vector<feature_node> nodes;
  std::vector<feature_node*> rows;
  std::vector<double> classes;  ///< one class an example weight: see labelOf
};

TrainingSet trainingSet(const Features& features, const std::vector<Example>& examples) {
  TrainingSet set;
  std::vector<std::uint32_t> number(features.terms(), kNoTerm);
  std::vector<std::size_t> starts;
  for (const Example& example : examples) {
    starts.push_back(set.nodes.size());
    for (const Features::Entry& e : features.row(example.row)) {
      if (e.weight == 0) continue;
      if (number[e.term] == kNoTerm) {
        number[e.term] = static_cast<std::uint32_t>(set.terms.size());
        set.terms.push_back(e.term);
      }
      set.nodes.push_back({static_cast<int>(number[e.term]) + 1, static_cast<double>(e.weight)});
    }
    set.nodes.push_back({0, 1});   // the bias, numbered below
    set.nodes.push_back({-1, 0});  // the end of the row
    set.classes.push_back(example.isRelevant ? 1 : -1);
  }
  const int bias = static_cast<int>(set.terms.size()) + 1;
  for (feature_node& node : set.nodes)
    if (node.index == 0) node.index = bias;
  for (const std::size_t start : starts) set.rows.push_back(set.nodes.data() + start);
  return set;
}

double weightOf(const std::vector<Example>& examples, bool isRelevant) {
  const auto found =
      std::find_if(examples.begin(), examples.end(), [&](const Example& e) { return e.isRelevant == isRelevant; });
  return found == examples.end() ? 1 : found->weight;
}

}  // namespace

void balance(std::vector<Example>& examples, double ratio) {
  double relevant = 0, irrelevant = 0;
  for (const Example& e : examples) (e.isRelevant ? relevant : irrelevant) += 1;
  if (relevant == 0 || irrelevant == 0) return;
  const double low = relevant / (ratio * irrelevant), scale = (relevant + irrelevant) / (relevant + irrelevant * low);
  for (Example& e : examples) e.weight = (e.isRelevant ? 1 : low) * scale;
}

std::vector<double> scoresOfSvm(const Features& features, const std::vector<Example>& examples, double cost) {
  TrainingSet set = trainingSet(features, examples);
  int classes[] = {1, -1};
  double weights[] = {weightOf(examples, true), weightOf(examples, false)};
  problem task{};
  task.l = static_cast<int>(set.rows.size());
  task.n = static_cast<int>(set.terms.size()) + 1;
  task.y = set.classes.data();
  task.x = set.rows.data();
  task.bias = 1;
  parameter how{};
  how.solver_type = L2R_L2LOSS_SVC_DUAL;
  how.eps = 1e-4;
  how.C = cost;
  how.nr_weight = 2;
  how.weight_label = classes;
  how.weight = weights;
  struct model* trained = nullptr;
  {
    const std::lock_guard lock(oneAtATime);
    set_print_string_function(silent);
    std::srand(1);
    trained = train(&task, &how);
  }
  const double sign = trained->label[0] == 1 ? 1 : -1;
  std::vector<float> term(features.terms());
  for (std::size_t i = 0; i < set.terms.size(); ++i) term[set.terms[i]] = static_cast<float>(sign * trained->w[i]);
  const double bias = sign * trained->w[set.terms.size()];
  free_and_destroy_model(&trained);
  std::vector<double> scores(features.rows());
  for (std::size_t r = 0; r < scores.size(); ++r) scores[r] = dot(features.row(r), term) + bias;
  return scores;
}

std::vector<double> scoresOfBayes(const Features& features, const std::vector<Example>& examples, double alpha) {
  const std::size_t terms = features.terms();
  std::vector<double> counts[2] = {std::vector<double>(terms), std::vector<double>(terms)};
  double sums[2] = {}, priors[2] = {};
  for (const Example& example : examples) {
    priors[example.isRelevant] += example.weight;
    for (const Features::Entry& e : features.row(example.row)) {
      const double w = example.weight * static_cast<double>(e.weight);
      counts[example.isRelevant][e.term] += w;
      sums[example.isRelevant] += w;
    }
  }
  const double smoothing = alpha * static_cast<double>(terms);
  std::vector<float> odds(terms);
  const double totals = std::log(sums[1] + smoothing) - std::log(sums[0] + smoothing);
  for (std::size_t t = 0; t < terms; ++t)
    odds[t] = static_cast<float>(std::log(counts[1][t] + alpha) - std::log(counts[0][t] + alpha) - totals);
  std::vector<double> scores(features.rows());
  for (std::size_t r = 0; r < scores.size(); ++r)
    scores[r] = dot(features.row(r), odds) + std::log(priors[1]) - std::log(priors[0]);
  return scores;
}

std::vector<double> likeness(const Features& features, const std::vector<Example>& examples) {
  std::vector<float> centre(features.terms());
  for (const Example& example : examples)
    for (const Features::Entry& e : features.row(example.row)) centre[e.term] += e.weight;
  std::vector<double> scores(features.rows());
  for (std::size_t r = 0; r < scores.size(); ++r) scores[r] = dot(features.row(r), centre);
  return scores;
}

}  // namespace winnow::ranker
