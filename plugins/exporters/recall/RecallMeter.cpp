#include "RecallMeter.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace winnow::recall {

namespace {

/// How believable it is, before a record is drawn, that so many relevant ones are left. Any weights keep the bound
/// valid; these make it cheap where few are left, as they are behind a ranking, and lose little where many are.
double weightOfLeft(std::size_t left) { return left == 0 ? 1 : 1 / (6 * (static_cast<double>(left) + 1)); }

/// Products smaller than this are no longer compared: what is rounded to nothing must not refute anything.
constexpr double kSmallestBet = 1e-250;

}  // namespace

RecallMeter::RecallMeter(std::uint64_t total, double confidence)
    : total_(total), upper_(total), confidence_(confidence) {
  if (!(confidence > 0 && confidence < 1)) throw std::invalid_argument("the confidence must lie between 0 and 1");
}

void RecallMeter::read(bool isRelevant, Choice choice) {
  if (unread() == 0) throw std::invalid_argument("more records were read than there are");
  if (choice == Choice::Random) learn(isRelevant);
  ++read_;
  found_ += isRelevant;
  if (choice == Choice::Random) {
    ++randomDraws_;
    lowerBound();
    rescale();
  } else {
    foundWhenRanked_ = found_;
  }
  upper_ = std::min(upper_, countedTotal());
  isContradicted_ = isContradicted_ || found_ > upper_;
}

double RecallMeter::meanUnread(std::uint64_t most) const {
  double weight = 0, sum = 0;
  for (std::uint64_t r = found_; r <= most; ++r) {
    const double w = prior_[r - foundWhenRanked_] * likelihood_[r];
    weight += w;
    sum += w * static_cast<double>(r - found_);
  }
  return weight > 0 ? sum / weight : 0;
}

/// The bet is made before the draw: its chance to be relevant, averaged over the totals below the bound. Aiming at
/// those only, and not at all totals, is what makes the bet good against the largest total, which is refuted first.
void RecallMeter::learn(bool isRelevant) {
  if (likelihood_.empty()) {
    likelihood_.assign(total_ + 1, 1);
    prior_.resize(total_ + 1);
    for (std::size_t left = 0; left <= total_; ++left) prior_[left] = weightOfLeft(left);
  }
  const double m = static_cast<double>(unread());
  const double bet = upper_ > found_ ? meanUnread(upper_ - 1) / m : 0;
  bets_ *= isRelevant ? bet : 1 - bet;
  for (std::uint64_t r = found_; r <= upper_; ++r) {
    const double left = static_cast<double>(r - found_);
    likelihood_[r] *= (isRelevant ? left : m - left) / m;
  }
}

void RecallMeter::lowerBound() {
  if (bets_ < kSmallestBet) return;
  while (upper_ > found_ && bets_ * (1 - confidence_) >= likelihood_[upper_]) --upper_;
}

/// Keeps the products of thousands of draws within what a double holds; only their ratios matter.
void RecallMeter::rescale() {
  if (bets_ > 1e-100 || upper_ <= found_) return;
  double most = 0;
  for (std::uint64_t r = found_; r <= upper_; ++r) most = std::max(most, likelihood_[r]);
  if (most == 0) return;
  for (std::uint64_t r = found_; r <= upper_; ++r) likelihood_[r] /= most;
  bets_ /= most;
}

std::uint64_t RecallMeter::upperTotal() const { return isContradicted_ ? countedTotal() : upper_; }

std::optional<double> RecallMeter::recall() const {
  if (found_ == 0) return std::nullopt;
  return static_cast<double>(found_) / static_cast<double>(upperTotal());
}

std::optional<double> RecallMeter::expectedUnread() const {
  if (randomDraws_ == 0) return std::nullopt;
  return meanUnread(std::max(upper_, found_));
}

}  // namespace winnow::recall
