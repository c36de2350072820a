#include "Blocks.hpp"

#include <algorithm>
#include <numeric>
#include <string>
#include <tuple>
#include <utility>

#include <winnow/plugin.hpp>

#include "Survey.hpp"
#include "io/Error.hpp"
#include "io/Hash.hpp"

namespace winnow::engine {

namespace {

constexpr std::size_t kKeyedAtOnce = 512;

}  // namespace

std::uint64_t keyHash(std::uint32_t space, std::string_view value) {
  std::uint64_t hash = 14695981039346656037ull ^ space;
  for (const char c : value) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ull;
  hash ^= hash >> 32;
  return hash * 0x9E3779B97F4A7C15ull;
}

void SortedKeys::add(std::uint32_t space, std::string_view value, Place record) {
  keys_.add({keyHash(space, value), record, space});
}

void SortedKeys::forEachShared(const std::function<void(const SharedKey&)>& each) {
  SharedKey shared;
  std::uint64_t hash = 0;
  for (Key key; keys_.next(key);) {
    if (shared.records.empty() || key.hash != hash) {
      if (shared.records.size() > 1) each(shared);
      shared.records.clear();
      shared.space = key.space;
      hash = key.hash;
    }
    if (shared.records.empty() || shared.records.back() != key.record) shared.records.push_back(key.record);
  }
  if (shared.records.size() > 1) each(shared);
}

void LargeBlocks::add(std::uint32_t space, std::size_t records) {
  auto& [count, largest] = found_[space];
  ++count;
  largest = std::max(largest, records);
}

void LargeBlocks::report(const io::DiagnosticSink& tell) const {
  for (const auto& [space, found] : found_) {
    io::Diagnostic d;
    d.code = "duplicates.large-block";
    d.message = std::to_string(found.first) + " keys of kind " + std::to_string(space) + " are shared by more than " +
                std::to_string(kLargestBlock) + " records (the largest by " + std::to_string(found.second) + ")";
    d.action = "these keys were not used; the records were compared through their other keys";
    tell(d);
  }
}

Union::Union(std::size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), Place{0}); }

Place Union::root(Place place) {
  while (parent_[place] != place) place = parent_[place] = parent_[parent_[place]];
  return place;
}

void Union::join(Place a, Place b) {
  a = root(a);
  b = root(b);
  parent_[std::max(a, b)] = std::min(a, b);
}

Blocks::Blocks(std::size_t records, std::size_t memory)
    : others_(memory), entries_(memory / sizeof(Entry)), ordered_(memory / sizeof(Entry)), near_(records, -1) {}

bool Blocks::Entry::operator<(const Entry& other) const {
  return std::tie(group, first, second, size, others) <
         std::tie(other.group, other.first, other.second, other.size, other.others);
}

void Blocks::add(Block block) {
  const std::string_view bytes(reinterpret_cast<const char*>(block.data()), block.size_bytes());
  Entry entry{static_cast<std::uint32_t>(io::hash64(bytes)), block[0], block[1],
              static_cast<std::uint32_t>(block.size()), 0};
  if (block.size() > 2) entry.others = others_.append(block.data() + 2, block.size_bytes() - 2 * sizeof(Place));
  entries_.add(entry);
  for (const Place place : block.subspan(1)) bringTogether(block[0], place);
}

void Blocks::finish() {
  Entry before;
  for (Entry entry; entries_.next(entry);) {
    if (count_ != 0 && isSame(entry, before)) continue;  // the same records share several keys
    before = entry;
    ++count_;
    entry.group = neighbourhood(entry.first);
    ordered_.add(entry);
  }
}

bool Blocks::next(std::vector<Place>& block, bool& isElsewhere) {
  Entry entry;
  if (!ordered_.next(entry)) return false;
  isElsewhere = entry.group != last_;
  last_ = entry.group;
  block = membersOf(entry);
  return true;
}

std::vector<Place> Blocks::membersOf(const Entry& entry) const {
  std::vector<Place> members(entry.size);
  members[0] = entry.first;
  members[1] = entry.second;
  if (entry.size > 2) others_.read(entry.others, members.data() + 2, (entry.size - 2) * sizeof(Place));
  return members;
}

bool Blocks::isSame(const Entry& a, const Entry& b) const {
  if (std::tie(a.group, a.first, a.second, a.size) != std::tie(b.group, b.first, b.second, b.size)) return false;
  return a.size == 2 || membersOf(a) == membersOf(b);
}

Place Blocks::neighbourhood(Place place) {
  Place root = place;
  while (near_[root] >= 0) root = static_cast<Place>(near_[root]);
  while (near_[place] >= 0) place = static_cast<Place>(std::exchange(near_[place], static_cast<std::int32_t>(root)));
  return root;
}

/// Only as far as the neighbourhood stays small: in a large set everything hangs together by chance.
void Blocks::bringTogether(Place a, Place b) {
  constexpr std::int32_t kLargest = 256;
  a = neighbourhood(a);
  b = neighbourhood(b);
  if (a == b || near_[a] + near_[b] < -kLargest) return;
  if (b < a) std::swap(a, b);
  near_[a] += near_[b];
  near_[b] = static_cast<std::int32_t>(a);
}

void byContent(std::vector<Place>& places, const MatchInput& input) {
  std::sort(places.begin(), places.end(), [&](Place a, Place b) {
    const std::uint64_t x = input.content(input.order[a]), y = input.content(input.order[b]);
    return x != y ? x < y : a < b;
  });
}

void forEachKey(plugins::Instance& matcher, const MatchInput& input,
                const std::function<void(std::uint64_t, std::uint64_t)>& progress,
                const std::function<void(std::uint32_t space, std::string_view value, Place)>& each) {
  std::vector<RecordId> ids;
  std::vector<std::pair<RecordId, Place>> places;
  for (std::size_t begin = 0; begin < input.order.size(); begin += kKeyedAtOnce) {
    const std::size_t end = std::min(begin + kKeyedAtOnce, input.order.size());
    ids.clear();
    places.clear();
    for (std::size_t place = begin; place < end; ++place) {
      ids.push_back(input.order[place]);
      places.emplace_back(input.order[place], static_cast<Place>(place));
    }
    std::sort(places.begin(), places.end());
    matcher.keys(input.batch(ids), [&](const winnow_key& key) {
      const auto found =
          std::lower_bound(places.begin(), places.end(), std::pair(static_cast<RecordId>(key.record), Place{0}));
      if (found == places.end() || found->first != key.record)
        throw Error("'" + std::string(matcher.id()) + "' gave a key of a record that it was not given");
      each(key.space, view(key.value), found->second);
    });
    if (progress) progress(end, 2 * input.order.size());
  }
}

void addBlock(const SharedKey& shared, Blocks& blocks, LargeBlocks& large) {
  if (shared.records.size() > kLargestBlock)
    large.add(shared.space, shared.records.size());
  else
    blocks.add(shared.records);
}

Blocks findBlocks(plugins::Instance& matcher, const MatchInput& input, const io::DiagnosticSink& tell,
                  const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
  SortedKeys keys(input.memory);
  forEachKey(matcher, input, progress,
             [&](std::uint32_t space, std::string_view value, Place record) { keys.add(space, value, record); });
  Blocks blocks(input.order.size(), input.memory);
  Survey survey(matcher, input);
  LargeBlocks large;
  keys.forEachShared([&](const SharedKey& shared) {
    survey.show(shared);
    addBlock(shared, blocks, large);
  });
  learnFacts(matcher, survey.facts());
  large.report(tell);
  blocks.finish();
  return blocks;
}

}  // namespace winnow::engine
