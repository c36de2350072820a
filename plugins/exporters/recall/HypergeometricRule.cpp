#include "HypergeometricRule.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace winnow::recall {

Hypergeometric::Hypergeometric(std::uint64_t largest) : logs_(largest + 1) {
  for (std::uint64_t n = 2; n <= largest; ++n) logs_[n] = logs_[n - 1] + std::log(static_cast<long double>(n));
}

double Hypergeometric::probability(std::uint64_t x, std::uint64_t population, std::uint64_t relevant,
                                   std::uint64_t draws) const {
  return static_cast<double>(
      std::exp(choices(relevant, x) + choices(population - relevant, draws - x) - choices(population, draws)));
}

double Hypergeometric::atMost(std::uint64_t most, std::uint64_t population, std::uint64_t relevant,
                              std::uint64_t draws) const {
  if (relevant > population) return 0;
  const std::uint64_t irrelevant = population - relevant, low = draws > irrelevant ? draws - irrelevant : 0,
                      high = std::min(relevant, draws);
  if (most < low) return 0;
  if (most >= high) return 1;
  // The shorter way from `most` outwards: the terms fall, and the sum ends where they no longer count.
  const double mean = static_cast<double>(draws) * static_cast<double>(relevant) / static_cast<double>(population);
  const bool isBelow = static_cast<double>(most) < mean;
  std::uint64_t x = isBelow ? most : most + 1;
  double term = probability(x, population, relevant, draws), sum = 0;
  while (term > sum * 1e-18) {
    sum += term;
    if (x == (isBelow ? low : high)) break;
    const double a = static_cast<double>(isBelow ? x : relevant - x),
                 b = static_cast<double>(isBelow ? irrelevant + x - draws : draws - x),
                 c = static_cast<double>(isBelow ? relevant - x + 1 : x + 1),
                 d = static_cast<double>(isBelow ? draws - x + 1 : irrelevant + x + 1 - draws);
    term *= a * b / (c * d);
    x = isBelow ? x - 1 : x + 1;
  }
  return std::clamp(isBelow ? sum : 1 - sum, 0.0, 1.0);
}

double hypergeometricStop(const std::vector<bool>& labels, std::uint64_t total, double target) {
  if (labels.size() > total)
    throw std::invalid_argument(std::to_string(labels.size()) + " labels, but only " + std::to_string(total) +
                                " records");
  if (!(target > 0 && target <= 1)) throw std::invalid_argument("the recall must lie between 0 and 1");
  const Hypergeometric distribution(total);
  const auto found = static_cast<double>(std::count(labels.begin(), labels.end(), true));
  double smallest = 1;
  std::uint64_t inTail = 0;
  // Of the tails with equally many relevant records the longest has the smallest probability, so only tails that begin
  // behind a relevant record, and the whole list, are looked at.
  for (std::size_t first = labels.size(); first > 0; --first) {
    inTail += labels[first - 1];
    if (first > 1 && !labels[first - 2]) continue;
    const std::uint64_t draws = labels.size() - (first - 1), before = first - 1;
    const auto missed =
        static_cast<std::uint64_t>(std::floor(found / target + 1 - (found - static_cast<double>(inTail))));
    smallest = std::min(smallest, distribution.atMost(inTail, total - before, missed, draws));
  }
  return smallest;
}

}  // namespace winnow::recall
