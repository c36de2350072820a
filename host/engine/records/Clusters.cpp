#include "Clusters.hpp"

#include <algorithm>

namespace winnow::engine {

void Clusters::assign(std::vector<RecordId> representative) {
  representative_ = std::move(representative);
  list_.clear();
  merged_.clear();
  const std::vector<RecordId>& order = records_.order();
  const auto works = std::count_if(order.begin(), order.end(), [&](RecordId id) { return representative_[id] == id; });
  list_.reserve(static_cast<std::size_t>(works));
  merged_.reserve(order.size() - static_cast<std::size_t>(works));
  for (const RecordId id : order) {
    if (representative_[id] == id)
      list_.push_back(id);
    else
      merged_.emplace_back(representative_[id], id);
  }
  std::stable_sort(merged_.begin(), merged_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
}

std::vector<RecordId> Clusters::members(RecordId representative) const {
  std::vector<RecordId> list{representative};
  auto it = std::lower_bound(merged_.begin(), merged_.end(), representative,
                             [](const auto& pair, RecordId id) { return pair.first < id; });
  for (; it != merged_.end() && it->first == representative; ++it) list.push_back(it->second);
  return list;
}

std::vector<RecordId> visibleMembers(const Records& records, const Clusters& clusters, RecordId representative) {
  std::vector<RecordId> list = clusters.members(representative);
  std::erase_if(list, [&](RecordId id) { return records.wave(id) != records.wave(representative); });
  return list;
}

std::string workKey(const Records& records, const Clusters& clusters, RecordId representative) {
  std::string least;
  for (const RecordId member : visibleMembers(records, clusters, representative)) {
    std::string key = records.key(member);
    if (least.empty() || key < least) least = std::move(key);
  }
  return least;
}

}  // namespace winnow::engine
