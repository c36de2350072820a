// The stopping rule of M. W. Callaghan and F. Müller-Hansen, Statistical stopping criteria for automated screening in
// systematic reviews, Systematic Reviews 9:273 (2020).
#pragma once

#include <cstdint>
#include <vector>

namespace winnow::recall {

/// P(X <= most) where X counts the relevant ones among `draws` records drawn without replacement from `population`
/// records with `relevant` relevant ones. 1 where everything is allowed, 0 where nothing is possible.
/// Accurate to about 1e-12. Pure; any thread.
class Hypergeometric {
 public:
  /// For populations of at most `largest` records.
  explicit Hypergeometric(std::uint64_t largest);
  double atMost(std::uint64_t most, std::uint64_t population, std::uint64_t relevant, std::uint64_t draws) const;

 private:
  double probability(std::uint64_t x, std::uint64_t population, std::uint64_t relevant, std::uint64_t draws) const;
  long double choices(std::uint64_t n, std::uint64_t k) const { return logs_[n] - logs_[k] - logs_[n - k]; }
  std::vector<long double> logs_;  ///< of factorials
};

/// The rule's p: the smallest, over every tail of the labels, of the probability to find as few relevant records in
/// that tail as were found, if the share `target` of all relevant records had not been reached. `labels` in reading
/// order, `total` records in all. It is a valid p only for one look at records read in random order (docs/recall.md).
/// Throws std::invalid_argument if there are more labels than records or `target` is not between 0 and 1.
double hypergeometricStop(const std::vector<bool>& labels, std::uint64_t total, double target);

}  // namespace winnow::recall
