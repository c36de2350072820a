#include "Simulation.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <stdexcept>

#include "sample/HashOrder.hpp"

namespace winnow::ranker {

namespace {

using Clock = std::chrono::steady_clock;

double millisecondsSince(Clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

}  // namespace

Simulation simulate(const Ranker& ranker, const std::vector<bool>& labels, const std::vector<std::size_t>& priors) {
  const Clock::time_point begin = Clock::now();
  Simulation result;
  std::vector<Reading> read;
  std::size_t left = static_cast<std::size_t>(std::count(labels.begin(), labels.end(), true));
  for (const std::size_t prior : priors) {
    read.push_back({prior, labels[prior]});
    left -= labels[prior];
  }
  Schedule schedule;
  std::vector<std::size_t> ranking;
  std::size_t next = 0, rankings = 0;
  double total = 0;
  while (left > 0) {
    if (schedule.isDue(read.size())) {
      const Clock::time_point started = Clock::now();
      ranking = ranker.order(read);
      next = 0;
      const double took = millisecondsSince(started);
      result.timing.trainRankMaxMs = std::max(result.timing.trainRankMaxMs, took);
      total += took;
      ++rankings;
    }
    const std::size_t record = ranking[next++];
    read.push_back({record, labels[record]});
    left -= labels[record];
    result.order.push_back(record);
  }
  if (rankings == 0) ranking = ranker.order(read);  // the priors were all there was to find
  result.order.insert(result.order.end(), ranking.begin() + static_cast<std::ptrdiff_t>(next), ranking.end());
  if (rankings > 0) result.timing.trainRankMeanMs = total / static_cast<double>(rankings);
  result.timing.totalMs = millisecondsSince(begin);
  return result;
}

Measures measuresOf(const std::vector<std::size_t>& order, const std::vector<bool>& labels) {
  std::vector<std::size_t> ranks;
  for (std::size_t i = 0; i < order.size(); ++i)
    if (labels[order[i]]) ranks.push_back(i + 1);
  Measures measures;
  const auto n = static_cast<double>(order.size()), p = static_cast<double>(ranks.size());
  const auto needed = static_cast<std::size_t>(std::ceil(0.95 * p - 1e-9));
  measures.wss95 = (n - static_cast<double>(ranks[needed - 1])) / n - 0.05;
  const auto recallAfter = [&](double share) {
    const double read = std::ceil(share * n);
    return static_cast<double>(std::count_if(ranks.begin(), ranks.end(),
                                             [&](std::size_t rank) { return static_cast<double>(rank) <= read; })) /
           p;
  };
  measures.recall10 = recallAfter(0.1);
  measures.recall20 = recallAfter(0.2);
  double sum = 0;
  for (const std::size_t rank : ranks) sum += static_cast<double>(rank);
  measures.delay = sum / p / n;
  return measures;
}

std::vector<std::size_t> priorsByHash(const LabelledRecords& records, const std::vector<bool>& labels,
                                      const std::string& seed) {
  std::vector<std::size_t> priors;
  for (const bool wanted : {true, false}) {
    std::string smallest;
    std::size_t found = labels.size();
    for (std::size_t i = 0; i < labels.size(); ++i) {
      if (labels[i] != wanted) continue;
      std::string key = sample::orderKey(seed, records.ids()[i]);
      if (found != labels.size() && key >= smallest) continue;
      smallest = std::move(key);
      found = i;
    }
    if (found == labels.size())
      throw std::invalid_argument(wanted ? "no record is relevant" : "every record is relevant");
    priors.push_back(found);
  }
  return priors;
}

}  // namespace winnow::ranker
