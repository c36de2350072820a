// Laws of grouping: what order, waves and one bad pair may and may not do.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <random>
#include <set>

#include "engine/steps/Duplicates.hpp"

namespace winnow::engine {
namespace {

constexpr std::size_t kRecords = 14;

/// A set of records with pairs between them, as a matcher would have found them.
struct Found {
  std::vector<RecordId> order;
  std::vector<std::size_t> wave = std::vector<std::size_t>(kRecords + 1, 0);
  std::vector<ledger::Pair> pairs;
};

Found randomPairs(std::mt19937& random, std::size_t waves) {
  Found found;
  for (RecordId id = 1; id <= kRecords; ++id) {
    found.order.push_back(id);
    found.wave[id] = random() % waves;
  }
  // Durable order: wave after wave.
  std::stable_sort(found.order.begin(), found.order.end(),
                   [&](RecordId a, RecordId b) { return found.wave[a] < found.wave[b]; });
  for (RecordId a = 1; a <= kRecords; ++a)
    for (RecordId b = a + 1; b <= kRecords; ++b)
      if (random() % 9 == 0)
        found.pairs.push_back({a, b, static_cast<double>(random() % 100) / 100, 0, random() % 4 == 0, true});
  return found;
}

std::vector<RecordId> groups(const Found& found, std::vector<ledger::Pair>& pairs, bool inWaves,
                             const std::vector<PairDecision>& decisions = {}) {
  const MatchInput input{found.order,
                         [&](RecordId id) { return inWaves ? found.wave[id] : std::size_t{0}; },
                         [](RecordId id) { return std::uint64_t{id} * 7919; },
                         {}};
  return cluster(input, pairs, decisions, kRecords + 1);
}

/// The sets of records that are together, whatever represents them.
std::set<std::set<RecordId>> partition(const std::vector<RecordId>& representative) {
  std::map<RecordId, std::set<RecordId>> sets;
  for (RecordId id = 1; id <= kRecords; ++id) sets[representative[id]].insert(id);
  std::set<std::set<RecordId>> all;
  for (auto& [lead, members] : sets) all.insert(std::move(members));
  return all;
}

TEST(Cluster, TheOrderOfPairsDoesNotMatter) {
  std::mt19937 random(1);
  for (int round = 0; round < 300; ++round) {
    const Found found = randomPairs(random, 3);
    std::vector<ledger::Pair> pairs = found.pairs, shuffled = found.pairs;
    std::shuffle(shuffled.begin(), shuffled.end(), random);
    EXPECT_EQ(groups(found, pairs, true), groups(found, shuffled, true));
  }
}

TEST(Cluster, AnUpdateGroupsLikeEverythingAtOnceButForBridgesThatPeopleAreAskedAbout) {
  std::mt19937 random(2);
  std::size_t bridged = 0;
  for (int round = 0; round < 500; ++round) {
    const Found found = randomPairs(random, 2);
    std::vector<ledger::Pair> together = found.pairs, apart = found.pairs;
    const auto once = partition(groups(found, together, false));
    const auto waves = partition(groups(found, apart, true));
    std::vector<PairDecision> bridges;  // pairs that the update would have joined two earlier groups by
    for (std::size_t i = 0; i < apart.size(); ++i)
      if (apart[i].maybe && !found.pairs[i].maybe) bridges.push_back({apart[i].a, apart[i].b, true});
    if (bridges.empty()) {
      EXPECT_EQ(waves, once);
      continue;
    }
    ++bridged;
    std::vector<ledger::Pair> confirmed = found.pairs;
    EXPECT_EQ(partition(groups(found, confirmed, true, bridges)), once);
  }
  EXPECT_GT(bridged, 20u);  // otherwise nothing was tested
}

TEST(Cluster, NumbersOfTheFirstWaveStay) {
  std::mt19937 random(3);
  for (int round = 0; round < 300; ++round) {
    const Found found = randomPairs(random, 2);
    std::vector<ledger::Pair> first, all = found.pairs;
    for (const ledger::Pair& p : found.pairs)
      if (found.wave[p.a] == 0 && found.wave[p.b] == 0) first.push_back(p);
    const std::vector<RecordId> before = groups(found, first, true), after = groups(found, all, true);
    for (const RecordId a : found.order)
      for (const RecordId b : found.order)
        if (found.wave[a] == 0 && found.wave[b] == 0) {
          EXPECT_EQ(before[a] == before[b], after[a] == after[b]);
        }
  }
}

TEST(Cluster, WhatAPersonCutStaysCutWhateverPairsSay) {
  std::mt19937 random(4);
  for (int round = 0; round < 300; ++round) {
    const Found found = randomPairs(random, 1);
    std::vector<ledger::Pair> pairs = found.pairs;
    const auto a = static_cast<RecordId>(1 + random() % kRecords), b = static_cast<RecordId>(1 + random() % kRecords);
    if (a == b) continue;
    const std::vector<RecordId> lead = groups(found, pairs, false, {{a, b, false}});
    EXPECT_NE(lead[a], lead[b]);
  }
}

TEST(Cluster, MaybePairsJoinNothing) {
  std::mt19937 random(5);
  Found found = randomPairs(random, 1);
  for (ledger::Pair& p : found.pairs) p.maybe = true;
  EXPECT_EQ(partition(groups(found, found.pairs, false)).size(), kRecords);
}

}  // namespace
}  // namespace winnow::engine
