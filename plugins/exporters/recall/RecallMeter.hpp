// The certified-recall meter: at each moment of reading, the largest recall that may be claimed with a stated
// confidence, whenever and however often one looks. docs/recall.md derives the bound and shows what it was tested with.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace winnow::recall {

/// How a record came to be read next.
enum class Choice {
  Ranked,  ///< by a ranking, or in any other order that may know something about the records
  Random,  ///< drawn uniformly from everything unread at that moment (a random order of the rest does so)
};

/// Follows one review of `total` records. One thread. Not copyable by accident: copying is meant for looking ahead.
///
/// The claim. Whatever the total R of relevant records and however the ranked records were chosen, the probability that
/// upperTotal() ever falls below R is at most 1 - confidence. Only random draws lower the bound below what counting
/// alone says. Sources: J. Ville 1939 (maximal inequality); I. Waudby-Smith & A. Ramdas, Confidence sequences for
/// sampling without replacement, NeurIPS 2020; P. B. Stark, ALPHA, Annals of Applied Statistics 17 (2023).
class RecallMeter {
 public:
  /// `total` records in the set, `confidence` between 0 and 1. Throws std::invalid_argument otherwise.
  RecallMeter(std::uint64_t total, double confidence);

  /// Counts the next record read. Throws std::invalid_argument if all have been read.
  void read(bool isRelevant, Choice choice);

  std::uint64_t total() const { return total_; }
  double confidence() const { return confidence_; }
  std::uint64_t recordsRead() const { return read_; }
  std::uint64_t found() const { return found_; }
  std::uint64_t unread() const { return total_ - read_; }
  std::uint64_t randomDraws() const { return randomDraws_; }
  /// The most relevant records that the set may hold, found ones included.
  std::uint64_t upperTotal() const;
  /// found / upperTotal; none while nothing is found.
  std::optional<double> recall() const;
  /// Bound and data disagree: more was found than the bound allowed (at most 1 - confidence of all reviews). From then
  /// on the meter claims what counting alone says.
  bool isContradicted() const { return isContradicted_; }
  /// Relevant records expected among the unread: the mean of the totals that are still possible, weighted by what the
  /// random draws say of them. For planning, never for a claim. None before the first random draw.
  std::optional<double> expectedUnread() const;

 private:
  /// Relevant records expected among the unread, over the totals from found() to `most`.
  double meanUnread(std::uint64_t most) const;
  void learn(bool isRelevant);
  void lowerBound();
  void rescale();
  std::uint64_t countedTotal() const { return found_ + unread(); }

  std::uint64_t total_, read_ = 0, found_ = 0, randomDraws_ = 0;
  std::uint64_t foundWhenRanked_ = 0;  ///< found at the last record that was not drawn at random
  std::uint64_t upper_;                ///< every larger total has been refuted
  double confidence_;
  double bets_ = 1;                 ///< product of the probabilities that the bets gave to what was drawn
  std::vector<double> likelihood_;  ///< of the random draws, by total; on one scale with bets_
  std::vector<double> prior_;       ///< weight of a total by how much it exceeds foundWhenRanked_
  bool isContradicted_ = false;
};

}  // namespace winnow::recall
