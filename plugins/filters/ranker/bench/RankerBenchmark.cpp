// How long a ranking takes, each figure beside its limit: learning again from 200 labels and ordering everything, in
// CPU time of this process, the least of several turns, because others may use the machine. Exit 1: a limit is missed.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

#include "Ranker.hpp"

namespace {

using winnow::ranker::Model;
using winnow::ranker::Ranker;
using winnow::ranker::Reading;

double cpuMs() {
  timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

/// xorshift64*: the same numbers everywhere.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15ull + 1) {}
  double share() {
    state_ ^= state_ >> 12;
    state_ ^= state_ << 25;
    state_ ^= state_ >> 27;
    return static_cast<double>((state_ * 0x2545F4914F6CDD1Dull) >> 11) * 0x1p-53;
  }

 private:
  std::uint64_t state_;
};

/// An invented title and abstract of about 200 words: a vocabulary of 60,000 that is used as Zipf says, which gives as
/// many words and pairs a record as the public sets have.
std::string text(Dice& dice, bool isRelevant) {
  std::string out;
  for (int i = 0; i < 200; ++i) {
    const bool isTopic = isRelevant && dice.share() < 0.05;
    const auto word = static_cast<int>(isTopic ? 1e6 + dice.share() * 40 : std::exp(dice.share() * std::log(60000.0)));
    out += "w" + std::to_string(word) + " ";
  }
  return out;
}

/// False if the limit is missed.
bool measure(std::size_t records, double limitMs) {
  constexpr int kTurns = 7;
  Dice dice(records);
  std::vector<std::string> ids, texts;
  std::vector<bool> isRelevant;
  for (std::size_t i = 0; i < records; ++i) {
    isRelevant.push_back(dice.share() < 0.1);
    ids.push_back("r" + std::to_string(i));
    texts.push_back(text(dice, isRelevant.back()));
  }
  double begin = cpuMs();
  const Ranker ranker(ids, texts, Model::U4, "0");
  const double vectorise = cpuMs() - begin;
  double least = 1e9;
  for (int turn = 0; turn < kTurns; ++turn) {
    std::vector<Reading> readings;
    for (std::size_t i = 0; i < 200; ++i) {
      const std::size_t record = (i * 7 + static_cast<std::size_t>(turn)) % records;
      readings.push_back({record, isRelevant[record]});
    }
    begin = cpuMs();
    const std::vector<std::size_t> order = ranker.order(readings);
    least = std::min(least, cpuMs() - begin);
    if (order.size() != records - 200) return false;
  }
  std::printf("%6zu records: retrain and rank %6.1f ms CPU (limit %3.0f ms: %s); vectors, once: %.0f ms, %zu terms\n",
              records, least, limitMs, least <= limitMs ? "met" : "MISSED", vectorise, ranker.terms());
  return least <= limitMs;
}

}  // namespace

/// Without an argument both sizes; with one the small one alone, for the tests.
int main(int count, char**) {
  const bool small = measure(2000, 50), large = count > 1 || measure(20000, 200);
  return small && large ? EXIT_SUCCESS : EXIT_FAILURE;
}
