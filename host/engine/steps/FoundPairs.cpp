#include "FoundPairs.hpp"

namespace winnow::engine {

namespace {

/// Pairs by the groups that sure ones make.
struct Grouped {
  Place group = 0;
  Found pair;

  bool operator<(const Grouped& other) const { return group != other.group ? group < other.group : pair < other.pair; }
};

}  // namespace

void FoundPairs::add(Found pair, std::string_view note) {
  const auto size = static_cast<std::uint32_t>(note.size());
  pair.note = notes_.append(&size, sizeof size);
  notes_.append(note.data(), note.size());
  sorted_.add(pair);
}

void FoundPairs::forEach(const std::function<void(const Found&)>& each) {
  Found before;
  bool isFirst = true;
  for (Found pair; sorted_.next(pair); isFirst = false) {
    if (!isFirst && pair.a == before.a && pair.b == before.b) continue;
    before = pair;
    each(pair);
  }
}

void FoundPairs::forEachGroup(const std::function<void(const std::vector<Found>&)>& each) {
  io::SpillingBytes once(memory_);
  std::uint64_t count = 0;
  forEach([&](const Found& pair) {
    once.append(&pair, sizeof pair);
    ++count;
    if (pair.maybe == 0) sets_.join(pair.a, pair.b);
  });
  io::SpillingSort<Grouped> grouped(memory_ / sizeof(Grouped));
  for (std::uint64_t i = 0; i < count; ++i) {
    Grouped next;
    once.read(i * sizeof(Found), &next.pair, sizeof(Found));
    next.group = sets_.root(next.pair.a);
    grouped.add(next);
  }
  std::vector<Found> group;
  Place root = 0;
  for (Grouped next; grouped.next(next);) {
    if (!group.empty() && next.group != root) {
      each(group);
      group.clear();
    }
    root = next.group;
    group.push_back(next.pair);
  }
  if (!group.empty()) each(group);
}

std::string FoundPairs::note(const Found& pair) const {
  std::uint32_t size = 0;
  notes_.read(pair.note, &size, sizeof size);
  std::string text(size, '\0');
  notes_.read(pair.note + sizeof size, text.data(), size);
  return text;
}

}  // namespace winnow::engine
