#include "Clusters.hpp"

#include <algorithm>

namespace winnow::engine {

Clusters::Clusters(const Records& records) : records_(records) {
  representative_.resize(records.idLimit());
  for (const RecordId id : records.order()) representative_[id] = id;
  list_ = records.order();
}

void Clusters::assign(std::vector<RecordId> representative) {
  representative_ = std::move(representative);
  list_.clear();
  merged_.clear();
  for (const RecordId id : records_.order()) {
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
