#include "Duplicates.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include <winnow/plugin.hpp>

#include "Blocks.hpp"

namespace winnow::engine {

namespace {

/// Place of each record in the durable order, by record.
std::vector<Place> placesOf(const std::vector<RecordId>& order) {
  std::vector<Place> places(order.empty() ? 1 : *std::max_element(order.begin(), order.end()) + 1);
  for (std::size_t i = 0; i < order.size(); ++i) places[order[i]] = static_cast<Place>(i);
  return places;
}

/// Records that were read at once, of which blocks are shown: a record is read once however many blocks it is in.
class Shelf {
 public:
  explicit Shelf(const MatchInput& input) : input_(input) {}

  /// `members` ascending.
  void fill(std::vector<Place> members) {
    members_ = std::move(members);
    all_ = &read(members_);
  }
  /// The records of these places, in the given order; valid until the next call. What is not all here is read.
  const winnow_batch& show(const std::vector<Place>& places) {
    records_.clear();
    for (const Place place : places) {
      const auto found = std::lower_bound(members_.begin(), members_.end(), place);
      if (found == members_.end() || *found != place) {
        members_.clear();
        return read(places);
      }
      records_.push_back(all_->records[found - members_.begin()]);
    }
    shown_ = {sizeof shown_, 0, records_.data(), records_.size()};
    return shown_;
  }

 private:
  const winnow_batch& read(const std::vector<Place>& places) {
    ids_.clear();
    for (const Place place : places) ids_.push_back(input_.order[place]);
    return input_.batch(ids_);
  }

  const MatchInput& input_;
  std::vector<Place> members_;  ///< of `all_`
  const winnow_batch* all_ = nullptr;
  std::vector<RecordId> ids_;
  std::vector<winnow_record> records_;
  winnow_batch shown_{};
};

/// Compares the records of a component and settles its groups.
class Component {
 public:
  Component(plugins::Instance& matcher, const MatchInput& input, const std::vector<Place>& places, Shelf& shelf)
      : matcher_(matcher), input_(input), places_(places), shelf_(shelf) {}

  void match(Blocks::Block block) {
    std::vector<Place> records(block.begin(), block.end());
    byContent(records, input_);
    matcher_.match(shelf_.show(records), [&](const winnow_pair& found) {
      auto a = static_cast<RecordId>(found.left), b = static_cast<RecordId>(found.right);
      if (places_[a] > places_[b]) std::swap(a, b);
      pairs_.push_back({a, b, found.rule, found.maybe != 0, true, found.score, std::string(view(found.note))});
    });
  }

  /// The pairs, each once, by the places of their records.
  std::vector<ledger::PairRow> finish() {
    keepStrongest();
    if (matcher_.canSettle()) settle();
    return std::move(pairs_);
  }

 private:
  std::pair<Place, Place> placeOf(const ledger::PairRow& p) const { return {places_[p.a], places_[p.b]}; }

  /// Of several that name the same two records the strongest sure one.
  void keepStrongest() {
    std::sort(pairs_.begin(), pairs_.end(), [&](const ledger::PairRow& x, const ledger::PairRow& y) {
      if (placeOf(x) != placeOf(y)) return placeOf(x) < placeOf(y);
      if (x.maybe != y.maybe) return y.maybe;
      return x.score != y.score ? x.score > y.score : x.rule < y.rule;
    });
    const auto end = std::unique(pairs_.begin(), pairs_.end(), [](const ledger::PairRow& x, const ledger::PairRow& y) {
      return x.a == y.a && x.b == y.b;
    });
    pairs_.erase(end, pairs_.end());
  }

  /// Groups of three or more that sure pairs join: the matcher says which of their pairs stand.
  void settle() {
    std::map<Place, std::vector<Place>> groups;
    std::map<Place, std::vector<ledger::PairRow*>> inside;
    const std::vector<Place> members = membersOfPairs();
    const auto indexOf = [&](RecordId id) {
      return static_cast<Place>(std::lower_bound(members.begin(), members.end(), places_[id]) - members.begin());
    };
    Union sets(members.size());
    for (const ledger::PairRow& p : pairs_)
      if (!p.maybe) sets.join(indexOf(p.a), indexOf(p.b));
    for (std::size_t i = 0; i < members.size(); ++i) groups[sets.root(static_cast<Place>(i))].push_back(members[i]);
    for (ledger::PairRow& p : pairs_)
      if (const Place root = sets.root(indexOf(p.a)); root == sets.root(indexOf(p.b))) inside[root].push_back(&p);
    for (auto& [root, group] : groups)
      if (group.size() > 2) settleGroup(group, inside[root]);
  }

  std::vector<Place> membersOfPairs() const {
    std::vector<Place> members;
    for (const ledger::PairRow& p : pairs_) members.insert(members.end(), {places_[p.a], places_[p.b]});
    std::sort(members.begin(), members.end());
    members.erase(std::unique(members.begin(), members.end()), members.end());
    return members;
  }

  void settleGroup(std::vector<Place>& group, const std::vector<ledger::PairRow*>& pairs) {
    byContent(group, input_);
    std::vector<winnow_pair> list;
    for (const ledger::PairRow* p : pairs)
      list.push_back({p->a, p->b, p->rule, p->maybe ? 1u : 0u, p->score, str(p->note)});
    std::set<std::pair<Place, Place>> standing;
    matcher_.settle(shelf_.show(group), list, [&](const winnow_pair& p) {
      if (p.maybe == 0) standing.insert(std::minmax({places_[p.left], places_[p.right]}));
    });
    for (ledger::PairRow* p : pairs) p->stands = p->maybe || standing.contains(placeOf(*p));
  }

  plugins::Instance& matcher_;
  const MatchInput& input_;
  const std::vector<Place>& places_;
  Shelf& shelf_;
  std::vector<ledger::PairRow> pairs_;
};

/// The blocks from `begin` on whose records are read together: some hundred members, and whole components unless one is
/// large.
std::size_t endOfBatch(Blocks& blocks, std::size_t begin) {
  constexpr std::size_t kEnough = 512, kMost = 4096;
  std::size_t end = begin;
  for (std::size_t size = 0; end < blocks.count() && size < kMost; ++end) {
    if (size >= kEnough && blocks.endsComponent(end - 1)) break;
    size += blocks[end].size();
  }
  return end;
}

/// The records of some blocks, ascending.
std::vector<Place> membersOf(const Blocks& blocks, std::size_t begin, std::size_t end) {
  std::vector<Place> members;
  for (std::size_t i = begin; i < end; ++i) members.insert(members.end(), blocks[i].begin(), blocks[i].end());
  std::sort(members.begin(), members.end());
  members.erase(std::unique(members.begin(), members.end()), members.end());
  return members;
}

}  // namespace

std::vector<ledger::PairRow> findPairs(plugins::Instance& matcher, const MatchInput& input,
                                       const io::DiagnosticSink& tell,
                                       const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
  const std::vector<Place> places = placesOf(input.order);
  Blocks blocks = findBlocks(matcher, input, tell, progress);
  std::vector<ledger::PairRow> rows;
  Shelf shelf(input);
  std::optional<Component> component;
  for (std::size_t begin = 0, end = 0; begin < blocks.count(); begin = end) {
    end = endOfBatch(blocks, begin);
    shelf.fill(membersOf(blocks, begin, end));
    for (std::size_t i = begin; i < end; ++i) {
      if (!component) component.emplace(matcher, input, places, shelf);
      component->match(blocks[i]);
      if (!blocks.endsComponent(i)) continue;
      for (ledger::PairRow& p : component->finish()) rows.push_back(std::move(p));
      component.reset();
    }
    if (progress) progress(blocks.count() + end, 2 * blocks.count());
  }
  orderPairs(rows, input.order);
  return rows;
}

void orderPairs(std::vector<ledger::PairRow>& pairs, const std::vector<RecordId>& order) {
  const std::vector<Place> places = placesOf(order);
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
