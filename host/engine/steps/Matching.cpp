#include "Matching.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <winnow/plugin.hpp>

namespace winnow::engine {

namespace {

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

/// Shows the matcher block after block and keeps the pairs that it finds.
class Matching {
 public:
  Matching(plugins::Instance& matcher, const MatchInput& input, FoundPairs& pairs)
      : matcher_(matcher), input_(input), places_(placesOf(input.order)), pairs_(pairs), shelf_(input) {}

  void run(Blocks& blocks, const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
    std::uint64_t done = 0;
    std::vector<Place> block;
    for (bool isElsewhere = false; blocks.next(block, isElsewhere);) {
      if (isEnough(isElsewhere)) match();
      members_ += block.size();
      blocks_.push_back(std::move(block));
      ++done;
      if (blocks_.size() == 1 && progress) progress(blocks.count() + done, 2 * blocks.count());
    }
    match();
  }

 private:
  /// Some hundred members, and whole neighbourhoods unless one is large.
  bool isEnough(bool isElsewhere) const {
    constexpr std::size_t kEnough = 512, kMost = 4096;
    return members_ >= kMost || (members_ >= kEnough && isElsewhere);
  }

  void match() {
    std::vector<Place> members;
    for (const std::vector<Place>& block : blocks_) members.insert(members.end(), block.begin(), block.end());
    std::sort(members.begin(), members.end());
    members.erase(std::unique(members.begin(), members.end()), members.end());
    if (!members.empty()) shelf_.fill(std::move(members));
    for (std::vector<Place>& block : blocks_) match(block);
    blocks_.clear();
    members_ = 0;
    found_.clear();
  }

  void match(std::vector<Place>& block) {
    byContent(block, input_);
    matcher_.match(shelf_.show(block), [&](const winnow_pair& pair) {
      Place a = places_[pair.left], b = places_[pair.right];
      if (b < a) std::swap(a, b);
      const Found found{a, b, pair.rule, pair.maybe != 0 ? 1u : 0u, pair.score, 0};
      // Most pairs share several blocks.
      if (found_.insert(found).second) pairs_.add(found, view(pair.note));
    });
  }

  plugins::Instance& matcher_;
  const MatchInput& input_;
  const std::vector<Place> places_;
  FoundPairs& pairs_;
  Shelf shelf_;
  std::vector<std::vector<Place>> blocks_;
  std::size_t members_ = 0;
  std::set<Found> found_;  ///< in these blocks
};

/// Asks the matcher which pairs of a group stand, and gives all of them away.
class Settling {
 public:
  Settling(plugins::Instance& matcher, const MatchInput& input, FoundPairs& pairs)
      : matcher_(matcher), input_(input), places_(placesOf(input.order)), pairs_(pairs), shelf_(input) {}

  void settle(const std::vector<Found>& group, const std::function<void(const ledger::PairRow&)>& each) {
    std::vector<ledger::PairRow> rows;
    for (const Found& p : group)
      rows.push_back({{input_.order[p.a], input_.order[p.b], p.score, p.rule, p.maybe != 0, true}, pairs_.note(p)});
    if (matcher_.canSettle()) cut(group, rows);
    for (const ledger::PairRow& row : rows) each(row);
  }

 private:
  void cut(const std::vector<Found>& group, std::vector<ledger::PairRow>& rows) {
    std::vector<Place> members;
    std::vector<winnow_pair> inside;
    for (std::size_t i = 0; i < group.size(); ++i) {
      if (!pairs_.isOneGroup(group[i])) continue;
      const ledger::Pair& row = rows[i].pair;
      inside.push_back({row.a, row.b, row.rule, row.maybe ? 1u : 0u, row.score, str(rows[i].note)});
      if (!row.maybe) members.insert(members.end(), {group[i].a, group[i].b});
    }
    std::sort(members.begin(), members.end());
    members.erase(std::unique(members.begin(), members.end()), members.end());
    const std::size_t all = members.size() * (members.size() - 1) / 2;
    const auto sure = std::count_if(inside.begin(), inside.end(), [](const winnow_pair& p) { return p.maybe == 0; });
    if (static_cast<std::size_t>(sure) == all) return;  // every two are a sure pair: no bridge to cut
    byContent(members, input_);
    std::set<std::pair<Place, Place>> standing;
    matcher_.settle(shelf_.show(members), inside, [&](const winnow_pair& p) {
      if (p.maybe == 0) standing.insert(std::minmax({places_[p.left], places_[p.right]}));
    });
    for (std::size_t i = 0; i < group.size(); ++i)
      rows[i].pair.stands = rows[i].pair.maybe || standing.contains({group[i].a, group[i].b});
  }

  plugins::Instance& matcher_;
  const MatchInput& input_;
  const std::vector<Place> places_;
  FoundPairs& pairs_;
  Shelf shelf_;
};

}  // namespace

/// Place of each record in the durable order, by record.
std::vector<Place> placesOf(const std::vector<RecordId>& order) {
  std::vector<Place> places(order.empty() ? 1 : *std::max_element(order.begin(), order.end()) + 1);
  for (std::size_t i = 0; i < order.size(); ++i) places[order[i]] = static_cast<Place>(i);
  return places;
}

void matchBlocks(plugins::Instance& matcher, const MatchInput& input, Blocks& blocks,
                 const std::function<void(std::uint64_t, std::uint64_t)>& progress, FoundPairs& pairs) {
  Matching(matcher, input, pairs).run(blocks, progress);
}

void settleGroups(plugins::Instance& matcher, const MatchInput& input, FoundPairs& pairs,
                  const std::function<void(const ledger::PairRow&)>& each) {
  Settling settling(matcher, input, pairs);
  pairs.forEachGroup([&](const std::vector<Found>& group) { settling.settle(group, each); });
}

}  // namespace winnow::engine
