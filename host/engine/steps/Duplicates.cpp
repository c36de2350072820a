#include "Duplicates.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include <winnow/plugin.hpp>

#include "Blocks.hpp"
#include "FoundPairs.hpp"
#include "Matching.hpp"

namespace winnow::engine {

void findPairs(plugins::Instance& matcher, const MatchInput& input, const io::DiagnosticSink& tell,
               const std::function<void(std::uint64_t, std::uint64_t)>& progress,
               const std::function<void(const ledger::PairRow&)>& each) {
  FoundPairs pairs(input.order.size(), input.memory);
  {
    Blocks blocks = findBlocks(matcher, input, tell, progress);
    matchBlocks(matcher, input, blocks, progress, pairs);
  }
  settleGroups(matcher, input, pairs, each);
}

void orderPairs(std::vector<ledger::Pair>& pairs, const std::vector<RecordId>& order) {
  const std::vector<Place> places = placesOf(order);
  std::sort(pairs.begin(), pairs.end(), [&](const ledger::Pair& x, const ledger::Pair& y) {
    return std::pair(places[x.a], places[x.b]) < std::pair(places[y.a], places[y.b]);
  });
}

namespace {

/// By record: the first of its set in order; 0 for records that are not in `order`.
std::vector<RecordId> leads(Union& sets, const std::vector<RecordId>& order, std::size_t idLimit) {
  std::vector<RecordId> lead(idLimit);
  std::vector<bool> isIn(idLimit);
  for (const RecordId id : order) {
    isIn[id] = true;
    if (RecordId& first = lead[sets.root(id)]; first == 0) first = id;
  }
  for (const RecordId id : order) lead[id] = lead[sets.root(id)];
  for (std::size_t id = 0; id < idLimit; ++id)
    if (!isIn[id]) lead[id] = 0;
  return lead;
}

}  // namespace

std::vector<RecordId> cluster(const MatchInput& input, std::vector<ledger::Pair>& pairs,
                              const std::vector<PairDecision>& decisions, std::size_t idLimit) {
  Union sets(idLimit);
  std::vector<std::uint32_t> firstWave(idLimit);
  for (const RecordId id : input.order) firstWave[id] = static_cast<std::uint32_t>(input.wave(id));
  const auto waveOf = [&](const ledger::Pair& p) { return std::max(input.wave(p.a), input.wave(p.b)); };
  // What a person decided is no longer asked.
  std::map<std::pair<RecordId, RecordId>, bool> said;
  for (const PairDecision& d : decisions) said[{std::min(d.a, d.b), std::max(d.a, d.b)}] = d.same;
  for (ledger::Pair& p : pairs) {
    const auto found = said.find({std::min(p.a, p.b), std::max(p.a, p.b)});
    if (found == said.end()) continue;
    p.maybe = false;
    p.stands = found->second;
  }
  const auto joins = [](const ledger::Pair& p) { return !p.maybe && p.stands; };
  std::vector<ledger::Pair*> order;
  order.reserve(static_cast<std::size_t>(std::count_if(pairs.begin(), pairs.end(), joins)));
  std::set<std::pair<RecordId, RecordId>> apart;
  for (ledger::Pair& p : pairs)
    if (joins(p)) order.push_back(&p);
  std::sort(order.begin(), order.end(), [&](const ledger::Pair* x, const ledger::Pair* y) {
    if (waveOf(*x) != waveOf(*y)) return waveOf(*x) < waveOf(*y);
    if (x->score != y->score) return x->score > y->score;
    return std::minmax({input.content(x->a), input.content(x->b)}) <
           std::minmax({input.content(y->a), input.content(y->b)});
  });
  const auto join = [&](RecordId a, RecordId b) {
    a = sets.root(a);
    b = sets.root(b);
    const std::uint32_t wave = std::min(firstWave[a], firstWave[b]);
    sets.join(a, b);
    firstWave[sets.root(a)] = wave;
  };
  for (const PairDecision& d : decisions)
    if (!d.same) apart.insert({std::min(d.a, d.b), std::max(d.a, d.b)});
  // A cut holds between the groups of the two records, so it is checked against every member that was cut.
  const auto isCut = [&](RecordId a, RecordId b) {
    return std::any_of(apart.begin(), apart.end(), [&](const auto& cut) {
      const RecordId x = sets.root(cut.first), y = sets.root(cut.second);
      return (x == a && y == b) || (x == b && y == a);
    });
  };
  for (ledger::Pair* p : order) {
    const RecordId a = sets.root(p->a), b = sets.root(p->b);
    if (a == b) continue;
    const std::size_t wave = waveOf(*p);
    if (isCut(a, b) || (firstWave[a] < wave && firstWave[b] < wave)) {
      p->stands = false;
      p->maybe = true;
      continue;
    }
    join(a, b);
  }
  // Last, so that what a person joined takes along what the rules had joined to either side.
  for (const PairDecision& d : decisions)
    if (d.same && sets.root(d.a) != sets.root(d.b) && !isCut(sets.root(d.a), sets.root(d.b))) join(d.a, d.b);
  return leads(sets, input.order, idLimit);
}

}  // namespace winnow::engine
