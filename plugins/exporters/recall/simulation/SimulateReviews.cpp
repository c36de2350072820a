// Simulates reviews and counts how often a claim about recall is false, at any look. The table of docs/recall.md.
//   recall-simulation [REVIEWS] [RECORDS] [SEED]
// Exit 1 if more claims of the meter are false than it promises.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "Claim.hpp"
#include "HypergeometricRule.hpp"
#include "RecallMeter.hpp"

namespace {

using winnow::recall::Choice;
using winnow::recall::Label;
using winnow::recall::Phase;
using winnow::recall::RecallMeter;

constexpr double kTarget = 0.95, kConfidence = 0.95;

/// Random numbers that are the same with every standard library.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  double unit() { return static_cast<double>(engine_() >> 11) * 0x1p-53; }
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(unit() * static_cast<double>(n)); }
  /// Standard normal, by Box and Muller.
  double normal() {
    const double u = 1 - unit();
    return std::sqrt(-2 * std::log(u)) * std::cos(2 * 3.141592653589793 * unit());
  }

 private:
  std::mt19937_64 engine_;
};

/// A set of records, and the order in which a ranking would show them.
struct Review {
  std::vector<bool> isRelevant;
  std::vector<std::size_t> ranked;
  std::size_t relevant = 0;
};

/// `separation`: distance of the mean scores of relevant and other records in standard deviations. Negative: the
/// ranking shows relevant records last.
Review makeReview(std::size_t records, double prevalence, double separation, Dice& dice) {
  Review review;
  review.relevant =
      std::max<std::size_t>(1, static_cast<std::size_t>(std::lround(prevalence * static_cast<double>(records))));
  review.isRelevant.assign(records, false);
  for (std::size_t left = review.relevant; left > 0;) {
    const std::size_t at = dice.below(records);
    left -= !review.isRelevant[at];
    review.isRelevant[at] = true;
  }
  std::vector<std::pair<double, std::size_t>> scores;
  for (std::size_t i = 0; i < records; ++i)
    scores.emplace_back(-dice.normal() - (review.isRelevant[i] ? separation : 0), i);
  std::sort(scores.begin(), scores.end());
  for (const auto& score : scores) review.ranked.push_back(score.second);
  return review;
}

/// How a reviewer proceeds: which of the next records is drawn at random.
struct Way {
  const char* name;
  double separation;
  std::size_t randomStart;  ///< so many records first, in random order
  std::size_t drawEvery;    ///< every n-th record is drawn at random; 0: none
  std::size_t tailAfter;    ///< irrelevant ones in a row after which the rest is read in random order; 0: never
  bool returnsToRanking;    ///< a find in the tail ends it
};

struct Outcome {
  bool isFalse = false;             ///< at some look more was claimed than true
  bool reached = false;             ///< the target was claimed before everything was read
  double read = 1, trueRecall = 1;  ///< when it was first claimed
};

/// Reads a whole review, looking at the claim after each record.
class Reading {
 public:
  Reading(const Review& review, const Way& way, Dice& dice)
      : review_(review), way_(way), dice_(dice), meter_(review.isRelevant.size(), kConfidence) {
    for (std::size_t i = 0; i < review.isRelevant.size(); ++i) unread_.push_back(i);
    place_ = unread_;
  }

  Outcome run() {
    Outcome outcome;
    while (!unread_.empty()) {
      const Choice choice = next();
      const std::size_t record = choice == Choice::Random ? unread_[dice_.below(unread_.size())] : topOfRanking();
      take(record);
      const bool isRelevant = review_.isRelevant[record];
      meter_.read(isRelevant, choice);
      labels_.push_back({isRelevant, choice, Phase::None});
      sinceRelevant_ = isRelevant ? 0 : sinceRelevant_ + 1;
      if (isRelevant && way_.returnsToRanking) inTail_ = false;
      if (way_.tailAfter > 0 && sinceRelevant_ >= way_.tailAfter) inTail_ = true;
      judge(outcome);
    }
    return outcome;
  }
  /// What was read, after run().
  const std::vector<Label>& labels() const { return labels_; }

 private:
  Choice next() const {
    const std::size_t read = meter_.recordsRead();
    if (read < way_.randomStart || inTail_) return Choice::Random;
    return way_.drawEvery > 0 && read % way_.drawEvery == 0 ? Choice::Random : Choice::Ranked;
  }
  std::size_t topOfRanking() {
    while (place_[review_.ranked[rank_]] == kRead) ++rank_;
    return review_.ranked[rank_];
  }
  void take(std::size_t record) {
    const std::size_t at = place_[record];
    place_[unread_.back()] = at;
    unread_[at] = unread_.back();
    unread_.pop_back();
    place_[record] = kRead;
  }
  void judge(Outcome& outcome) const {
    outcome.isFalse = outcome.isFalse || meter_.upperTotal() < review_.relevant;
    if (outcome.reached || meter_.recall().value_or(0) < kTarget) return;
    outcome.reached = true;
    outcome.read = static_cast<double>(meter_.recordsRead()) / static_cast<double>(meter_.total());
    outcome.trueRecall = static_cast<double>(meter_.found()) / static_cast<double>(review_.relevant);
  }

  static constexpr std::size_t kRead = static_cast<std::size_t>(-1);
  const Review& review_;
  const Way& way_;
  Dice& dice_;
  RecallMeter meter_;
  std::vector<Label> labels_;
  std::vector<std::size_t> unread_, place_;
  std::size_t rank_ = 0, sinceRelevant_ = 0;
  bool inTail_ = false;
};

constexpr Way kWays[] = {
    {"random order", 0, static_cast<std::size_t>(-1), 0, 0, false},
    {"good ranking, then a random tail", 2.5, 0, 0, 50, false},
    {"weak ranking, then a random tail", 1.0, 0, 0, 50, false},
    {"useless ranking, then a random tail", 0, 0, 0, 50, false},
    {"ranking upside down, then a random tail", -1.5, 0, 0, 50, false},
    {"random start, good ranking, random tail", 2.5, 50, 0, 50, false},
    {"tail left at each find, back to the ranking", 1.5, 0, 0, 50, true},
    {"every fifth record drawn at random", 2.0, 0, 5, 0, false},
    {"ranking only", 2.5, 0, 0, 0, false},
};

/// Prevalences spread evenly over the logarithm from 0.5 % to 40 %.
double prevalenceOf(std::size_t i, std::size_t reviews) {
  const double share = reviews > 1 ? static_cast<double>(i) / static_cast<double>(reviews - 1) : 0;
  return 0.005 * std::pow(80, share);
}

/// Shares of reviews.
struct Tally {
  double falseClaims = 0, below = 0, read = 0;
  void add(const Outcome& outcome) {
    falseClaims += outcome.isFalse;
    below += outcome.trueRecall < kTarget;
    read += outcome.read;
  }
};

void print(const std::string& name, const Tally& tally, std::size_t reviews) {
  const double scale = 100 / static_cast<double>(reviews);
  std::printf("| %s | %.2f %% | %.2f %% | %.1f %% |\n", name.c_str(), tally.falseClaims * scale, tally.below * scale,
              tally.read * scale);
  std::fflush(stdout);
}

/// When another rule would have ended the same reading, and what it would have missed. `stops` is asked every
/// `kLookEvery` records with the labels read so far.
constexpr std::size_t kLookEvery = 5;
template <class Stops>
Outcome judgeRule(const std::vector<Label>& labels, std::size_t relevant, Stops&& stops) {
  Outcome outcome;
  std::vector<bool> read;
  std::size_t found = 0;
  for (const Label& label : labels) {
    read.push_back(label.isRelevant);
    found += label.isRelevant;
    if (read.size() % kLookEvery != 0 || found == 0 || !stops(read)) continue;
    outcome.reached = true;
    outcome.read = static_cast<double>(read.size()) / static_cast<double>(labels.size());
    outcome.trueRecall = static_cast<double>(found) / static_cast<double>(relevant);
    outcome.isFalse = outcome.trueRecall < kTarget;
    break;
  }
  return outcome;
}

/// Four looks in the random tail, planned beforehand: after 100, 200, 400 and 800 draws.
Outcome judgePlanned(const std::vector<Label>& labels, std::size_t relevant) {
  const winnow::recall::Question question{labels.size(), kConfidence, kTarget, {100, 200, 400, 800}};
  Outcome outcome;
  std::size_t draws = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    draws += labels[i].choice == Choice::Random;
    if (!std::binary_search(question.looks.begin(), question.looks.end(), draws)) continue;
    const auto end = labels.begin() + static_cast<std::ptrdiff_t>(i + 1);
    const winnow::recall::Claim claim = winnow::recall::claimOf(std::vector<Label>(labels.begin(), end), question);
    outcome.isFalse = outcome.isFalse || claim.upperTotal < relevant;
    if (outcome.reached || !claim.reachesTarget()) continue;
    outcome.reached = true;
    outcome.read = static_cast<double>(i + 1) / static_cast<double>(labels.size());
    outcome.trueRecall = static_cast<double>(claim.found) / static_cast<double>(relevant);
  }
  return outcome;
}

bool endsInIrrelevant(const std::vector<bool>& read, std::size_t run) {
  return read.size() >= run && std::find(read.end() - static_cast<std::ptrdiff_t>(run), read.end(), true) == read.end();
}

/// Whether the share of false claims is explained by the 5 % that the meter promises: three standard errors.
bool holdsPromise(const Tally& meter, std::size_t reviews) {
  const double n = static_cast<double>(reviews), allowed = 1 - kConfidence;
  return meter.falseClaims / n <= allowed + 3 * std::sqrt(allowed * (1 - allowed) / n);
}

/// The meter over a way of reading; other rules on the same reviews where `others`. False if the meter breaks its word.
bool simulate(const Way& way, std::size_t reviews, std::size_t records, std::uint64_t seed, bool others) {
  Tally meter, planned, rule, row;
  for (std::size_t i = 0; i < reviews; ++i) {
    Dice dice(seed + i);
    const Review review = makeReview(records, prevalenceOf(i, reviews), way.separation, dice);
    Reading reading(review, way, dice);
    meter.add(reading.run());
    if (!others) continue;
    const std::vector<Label>& labels = reading.labels();
    planned.add(judgePlanned(labels, review.relevant));
    rule.add(judgeRule(labels, review.relevant, [&](const std::vector<bool>& read) {
      return winnow::recall::hypergeometricStop(read, records, kTarget) < 0.05;
    }));
    row.add(
        judgeRule(labels, review.relevant, [](const std::vector<bool>& read) { return endsInIrrelevant(read, 50); }));
  }
  const std::string name = way.name;
  print(others ? name + ": the meter" : name, meter, reviews);
  if (!others) return holdsPromise(meter, reviews);
  print(name + ": four planned looks", planned, reviews);
  print(name + ": hypergeometric p < .05, every 5 records", rule, reviews);
  print(name + ": 50 irrelevant in a row", row, reviews);
  return holdsPromise(meter, reviews);
}

void printHeading() {
  std::printf(
      "| way of reading | claim false at some look | recall below 95 %% when 95 %% was claimed | read until then |\n"
      "|---|---|---|---|\n");
}

}  // namespace

int main(int count, char** words) {
  std::uint64_t numbers[] = {10000, 1000, 1};  // reviews, records, seed
  for (int i = 1; i < count; ++i) {
    const std::string_view word = words[i];
    const auto read = i > 3 ? std::from_chars_result{nullptr, std::errc::invalid_argument}
                            : std::from_chars(word.data(), word.data() + word.size(), numbers[i - 1]);
    if (read.ec == std::errc() && read.ptr == word.data() + word.size() && (numbers[i - 1] > 0 || i == 3)) continue;
    std::fprintf(stderr, "usage: recall-simulation [REVIEWS] [RECORDS] [SEED], not '%s'\n", words[i]);
    return 2;
  }
  const auto [reviews, records, seed] = numbers;
  printHeading();
  bool holds = true;
  for (const Way& way : kWays) holds = simulate(way, reviews, records, seed, false) && holds;
  std::printf("\n");
  printHeading();
  for (const Way& way : {kWays[0], kWays[1]})
    holds = simulate(way, std::max<std::size_t>(reviews / 10, 1), records, seed, true) && holds;
  return holds ? 0 : 1;
}
