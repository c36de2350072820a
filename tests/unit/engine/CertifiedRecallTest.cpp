// Which readings count as draws by chance, and that what is claimed from them holds whatever a reader does.
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

#include "engine/flow/CertifiedRecall.hpp"

namespace winnow::engine {
namespace {

ReadSoFar population(RecordId records) {
  ReadSoFar reading;
  reading.byChance.resize(records);
  std::iota(reading.byChance.begin(), reading.byChance.end(), RecordId{0});
  return reading;
}

TEST(CertifiedRecall, DrawsEndAtTheFirstGap) {
  ReadSoFar reading = population(100);
  for (RecordId id = 0; id < 40; ++id) reading.read.push_back({id, id % 10 == 0});
  reading.read.push_back({41, true});
  const ReaderRecall recall = certified(reading, 1);
  EXPECT_EQ(recall.why, "");
  EXPECT_EQ(recall.claim->randomDraws, 40u);
  EXPECT_EQ(recall.claim->found, 5u);
  reading.read.push_back({40, false});
  EXPECT_EQ(certified(reading, 1).claim->randomDraws, 42u) << "the gap was read";
}

TEST(CertifiedRecall, TheOrderInWhichDrawsWereDecidedDoesNotMatter) {
  ReadSoFar forward = population(50), backward = population(50);
  for (RecordId id = 0; id < 30; ++id) {
    forward.read.push_back({id, id % 7 == 0});
    backward.read.push_back({29 - id, (29 - id) % 7 == 0});
  }
  EXPECT_EQ(certified(forward, 1).claim->upperTotal, certified(backward, 1).claim->upperTotal);
}

TEST(CertifiedRecall, WhatWasChosenBeforeTheTailIsFoundAndDrawsNothing) {
  ReadSoFar reading = population(60);
  for (const RecordId id : {50u, 51u, 0u}) reading.read.push_back({id, true});
  EXPECT_EQ(certified(reading, 4).claim->randomDraws, 0u);
  EXPECT_EQ(certified(reading, 4).why, "no record was read by chance yet; that begins with record 4");
  for (RecordId id = 1; id < 20; ++id) reading.read.push_back({id, false});
  const ReaderRecall recall = certified(reading, 4);
  EXPECT_EQ(recall.claim->randomDraws, 19u) << "the chosen record 0 leaves no gap";
  EXPECT_EQ(recall.claim->found, 3u);
}

TEST(CertifiedRecall, SaysWhyNothingMayBeClaimed) {
  ReadSoFar reading = population(10);
  reading.read = {{3, true}, {0, false}};
  EXPECT_NE(certified(reading, 0).why.find("'random_from: 3'"), std::string::npos);
  reading.untimed = 1;
  EXPECT_EQ(certified(reading, 2).why,
            "1 record was decided without a time, so that nothing tells which were read by chance; fill in the column "
            "'time'");
  EXPECT_EQ(certified(reading, 1).why, "") << "from the first record on, times do not matter";
  reading.read.clear();
  EXPECT_EQ(certified(reading, 1).why, "no record was read yet");
}

/// A reader who knows every answer and does the worst: reads what spoils the claim, jumps, comes back, looks at each
/// moment. The share of reviews in which the bound is ever below the truth stays under 5 %.
TEST(CertifiedRecall, HoldsWhateverTheReaderDoes) {
  constexpr std::size_t kReviews = 400, kRecords = 120;
  std::mt19937 random(7);
  std::size_t broken = 0;
  for (std::size_t review = 0; review < kReviews; ++review) {
    std::vector<bool> isRelevant(kRecords);
    const std::size_t relevant = 2 + review % 40;
    for (std::size_t i = 0; i < relevant; ++i) isRelevant[i] = true;
    ReadSoFar reading = population(kRecords);
    std::shuffle(reading.byChance.begin(), reading.byChance.end(), random);
    // Chosen first, knowing everything: some relevant records or none, but never by their place in the order by chance.
    const std::size_t chosen = review % 3 == 0 ? 0 : std::min<std::size_t>(relevant / 2, 10);
    for (std::size_t i = 0; i < chosen; ++i) reading.read.push_back({static_cast<RecordId>(i), true});
    std::vector<RecordId> tail;
    for (const RecordId id : reading.byChance)
      if (id >= chosen) tail.push_back(id);
    if (review % 2 == 1)  // irrelevant ones first within each ten, so that gaps close late
      for (std::size_t i = 0; i + 10 <= tail.size(); i += 10)
        std::stable_partition(tail.begin() + static_cast<std::ptrdiff_t>(i),
                              tail.begin() + static_cast<std::ptrdiff_t>(i + 10),
                              [&](RecordId id) { return !isRelevant[id]; });
    bool isBroken = false;
    for (const RecordId id : tail) {
      reading.read.push_back({id, isRelevant[id]});
      const ReaderRecall recall = certified(reading, chosen + 1);
      isBroken = isBroken || (!recall.claim->isContradicted && recall.claim->upperTotal < relevant);
    }
    broken += isBroken;
  }
  EXPECT_LE(broken, kReviews / 20);
  EXPECT_GT(broken, 0u) << "a bound that is never wrong claims too little to be of use";
}

}  // namespace
}  // namespace winnow::engine
