#include "Duplicates.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include <winnow/plugin.hpp>

namespace winnow::engine {

namespace {

constexpr std::size_t kBatch = 512;
constexpr std::size_t kLargestBlock = 512;

/// 64 bits of (space, value); equal keys meet. Two different keys that collide only cause a comparison more.
std::uint64_t hashKey(std::uint32_t space, std::string_view value) {
  std::uint64_t hash = 14695981039346656037ull ^ space;
  for (const char c : value) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ull;
  hash ^= hash >> 32;
  return hash * 0x9E3779B97F4A7C15ull;
}

struct KeyOf {
  std::uint64_t hash;
  RecordId record;
  std::uint32_t space;
};

class Union {
 public:
  explicit Union(std::size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), RecordId{0}); }
  RecordId root(RecordId id) {
    while (parent_[id] != id) id = parent_[id] = parent_[parent_[id]];
    return id;
  }
  void join(RecordId a, RecordId b) { parent_[root(b)] = root(a); }

 private:
  std::vector<RecordId> parent_;
};

/// Place of each record in the durable order, by record: ids tell when a ledger learned of records, which must not
/// show.
using Places = std::vector<std::size_t>;

Places placesOf(const std::vector<RecordId>& order) {
  Places places(order.empty() ? 1 : *std::max_element(order.begin(), order.end()) + 1);
  for (std::size_t i = 0; i < order.size(); ++i) places[order[i]] = i;
  return places;
}

/// Orders records by content, so that the order of files cannot matter.
void byContent(std::vector<RecordId>& records, const MatchInput& input, const Places& places) {
  std::sort(records.begin(), records.end(), [&](RecordId a, RecordId b) {
    return input.content(a) != input.content(b) ? input.content(a) < input.content(b) : places[a] < places[b];
  });
}

std::vector<KeyOf> collectKeys(plugins::Instance& matcher, const MatchInput& input,
                               const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
  std::vector<KeyOf> keys;
  std::vector<RecordId> ids;
  for (std::size_t begin = 0; begin < input.order.size(); begin += kBatch) {
    const std::size_t end = std::min(begin + kBatch, input.order.size());
    ids.assign(input.order.begin() + static_cast<std::ptrdiff_t>(begin),
               input.order.begin() + static_cast<std::ptrdiff_t>(end));
    matcher.keys(input.batch(ids), [&](const winnow_key& key) {
      keys.push_back({hashKey(key.space, view(key.value)), static_cast<RecordId>(key.record), key.space});
    });
    if (progress) progress(end, 2 * input.order.size());
  }
  std::sort(keys.begin(), keys.end(),
            [](const KeyOf& a, const KeyOf& b) { return a.hash != b.hash ? a.hash < b.hash : a.record < b.record; });
  return keys;
}

/// The end of the keys that are equal to the one at `begin`.
std::size_t endOfEqual(const std::vector<KeyOf>& keys, std::size_t begin) {
  std::size_t end = begin;
  while (end < keys.size() && keys[end].hash == keys[begin].hash) ++end;
  return end;
}

/// Shows the matcher the blocks that it wants to see before it judges pairs, and gives it the facts of all of them.
void teachMatcher(plugins::Instance& matcher, const std::vector<KeyOf>& keys, const MatchInput& input,
                  const Places& places) {
  const winnow_survey* wanted = matcher.surveyed();
  if (wanted == nullptr) return;
  std::set<std::pair<std::uint32_t, std::string>> facts;
  for (std::size_t begin = 0, end = 0; begin < keys.size(); begin = end) {
    end = endOfEqual(keys, begin);
    if (keys[begin].space != wanted->space || end - begin < wanted->fewest) continue;
    std::vector<RecordId> block;
    for (std::size_t i = begin; i < end; ++i)
      if (block.empty() || block.back() != keys[i].record) block.push_back(keys[i].record);
    byContent(block, input, places);
    if (block.size() > kLargestBlock) block.resize(kLargestBlock);
    if (block.size() < wanted->fewest) continue;
    matcher.survey(input.batch(block),
                   [&](const winnow_key& fact) { facts.emplace(fact.space, std::string(view(fact.value))); });
  }
  std::vector<winnow_key> list;
  for (const auto& [space, value] : facts) list.push_back({0, space, 0, str(value)});
  matcher.learn(list);
}

/// A set of two or more records that share a key, ordered by content so that the order of files cannot matter.
using Block = std::vector<RecordId>;

std::vector<Block> blocksOf(const std::vector<KeyOf>& keys, const MatchInput& input, const Places& places,
                            const io::DiagnosticSink& tell) {
  std::set<Block> seen;  // many keys name the same few records
  std::map<std::uint32_t, std::pair<std::uint64_t, std::size_t>> tooLarge;
  for (std::size_t begin = 0; begin < keys.size();) {
    const std::size_t end = endOfEqual(keys, begin);
    Block block;
    for (std::size_t i = begin; i < end; ++i)
      if (block.empty() || block.back() != keys[i].record) block.push_back(keys[i].record);
    if (block.size() > kLargestBlock) {
      auto& [count, largest] = tooLarge[keys[begin].space];
      ++count;
      largest = std::max(largest, block.size());
    } else if (block.size() > 1) {
      seen.insert(std::move(block));
    }
    begin = end;
  }
  for (const auto& [space, found] : tooLarge) {
    io::Diagnostic d;
    d.code = "duplicates.large-block";
    d.message = std::to_string(found.first) + " keys of kind " + std::to_string(space) + " are shared by more than " +
                std::to_string(kLargestBlock) + " records (the largest by " + std::to_string(found.second) + ")";
    d.action = "these keys were not used; the records were compared through their other keys";
    tell(d);
  }
  std::vector<Block> blocks(seen.begin(), seen.end());
  std::sort(blocks.begin(), blocks.end());
  for (Block& block : blocks) byContent(block, input, places);
  return blocks;
}

/// Pairs by the places of their records, the earlier first; of several that name the same two records the strongest
/// sure one.
using PairMap = std::map<std::pair<std::size_t, std::size_t>, ledger::PairRow>;

void keepStronger(PairMap& pairs, const Places& places, const winnow_pair& found) {
  auto a = static_cast<RecordId>(found.left), b = static_cast<RecordId>(found.right);
  if (places[a] > places[b]) std::swap(a, b);
  ledger::PairRow row{a, b, found.rule, found.maybe != 0, true, found.score, std::string(view(found.note))};
  const auto [place, isNew] = pairs.try_emplace({places[a], places[b]}, row);
  if (isNew) return;
  const ledger::PairRow& old = place->second;
  const bool isStronger =
      old.maybe != row.maybe ? old.maybe : row.score > old.score || (row.score == old.score && row.rule < old.rule);
  if (isStronger) place->second = std::move(row);
}

void settleComponents(plugins::Instance& matcher, const MatchInput& input, const Places& places, PairMap& pairs) {
  Union sets(places.size());
  for (const auto& [place, pair] : pairs)
    if (!pair.maybe) sets.join(pair.a, pair.b);
  std::map<RecordId, std::vector<RecordId>> components;
  for (const RecordId id : input.order) components[sets.root(id)].push_back(id);
  std::map<RecordId, std::vector<const ledger::PairRow*>> inside;
  for (const auto& [place, pair] : pairs)
    if (sets.root(pair.a) == sets.root(pair.b)) inside[sets.root(pair.a)].push_back(&pair);
  for (auto& [root, members] : components) {
    if (members.size() < 3) continue;
    byContent(members, input, places);
    std::vector<winnow_pair> list;
    for (const ledger::PairRow* p : inside[root])
      list.push_back({p->a, p->b, p->rule, p->maybe ? 1u : 0u, p->score, str(p->note)});
    std::set<std::pair<std::size_t, std::size_t>> standing;
    matcher.settle(input.batch(members), list, [&](const winnow_pair& p) {
      if (p.maybe == 0) standing.insert(std::minmax({places[p.left], places[p.right]}));
    });
    for (const winnow_pair& p : list) {
      const std::pair place{places[p.left], places[p.right]};
      ledger::PairRow& row = pairs.at(place);
      row.stands = row.maybe || standing.contains(place);
    }
  }
}

}  // namespace

std::vector<ledger::PairRow> findPairs(plugins::Instance& matcher, const MatchInput& input,
                                       const io::DiagnosticSink& tell,
                                       const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
  const Places places = placesOf(input.order);
  std::vector<Block> blocks;
  {
    const std::vector<KeyOf> keys = collectKeys(matcher, input, progress);
    teachMatcher(matcher, keys, input, places);
    blocks = blocksOf(keys, input, places, tell);
  }
  PairMap pairs;
  std::size_t done = 0;
  for (const Block& block : blocks) {
    matcher.match(input.batch(block), [&](const winnow_pair& pair) { keepStronger(pairs, places, pair); });
    if (progress && ++done % 1024 == 0) progress(blocks.size() + done, 2 * blocks.size());
  }
  if (matcher.canSettle()) settleComponents(matcher, input, places, pairs);
  std::vector<ledger::PairRow> rows;
  rows.reserve(pairs.size());
  for (auto& [place, pair] : pairs) rows.push_back(std::move(pair));
  return rows;
}

void orderPairs(std::vector<ledger::PairRow>& pairs, const std::vector<RecordId>& order) {
  const Places places = placesOf(order);
  std::sort(pairs.begin(), pairs.end(), [&](const ledger::PairRow& x, const ledger::PairRow& y) {
    return std::pair(places[x.a], places[x.b]) < std::pair(places[y.a], places[y.b]);
  });
}

std::vector<RecordId> cluster(const MatchInput& input, std::vector<ledger::PairRow>& pairs,
                              const std::vector<PairDecision>& decisions, std::size_t idLimit) {
  Union sets(idLimit);
  std::vector<std::size_t> firstWave(idLimit);
  for (const RecordId id : input.order) firstWave[id] = input.wave(id);
  const auto waveOf = [&](const ledger::PairRow& p) { return std::max(input.wave(p.a), input.wave(p.b)); };
  // What a person decided is no longer asked.
  std::map<std::pair<RecordId, RecordId>, bool> said;
  for (const PairDecision& d : decisions) said[{std::min(d.a, d.b), std::max(d.a, d.b)}] = d.same;
  for (ledger::PairRow& p : pairs) {
    const auto found = said.find({std::min(p.a, p.b), std::max(p.a, p.b)});
    if (found == said.end()) continue;
    p.maybe = false;
    p.stands = found->second;
  }
  std::vector<ledger::PairRow*> order;
  std::set<std::pair<RecordId, RecordId>> apart;
  for (ledger::PairRow& p : pairs)
    if (!p.maybe && p.stands) order.push_back(&p);
  std::sort(order.begin(), order.end(), [&](const ledger::PairRow* x, const ledger::PairRow* y) {
    if (waveOf(*x) != waveOf(*y)) return waveOf(*x) < waveOf(*y);
    if (x->score != y->score) return x->score > y->score;
    return std::minmax({input.content(x->a), input.content(x->b)}) <
           std::minmax({input.content(y->a), input.content(y->b)});
  });
  const auto join = [&](RecordId a, RecordId b) {
    a = sets.root(a);
    b = sets.root(b);
    const std::size_t wave = std::min(firstWave[a], firstWave[b]);
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
  for (ledger::PairRow* p : order) {
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
  std::vector<RecordId> representative(idLimit), first(idLimit);
  for (const RecordId id : input.order) {
    RecordId& lead = first[sets.root(id)];
    if (lead == 0) lead = id;
    representative[id] = lead;
  }
  return representative;
}

}  // namespace winnow::engine
