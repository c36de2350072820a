#include "Overlap.hpp"

#include <algorithm>

namespace winnow::overlap {

void Overlap::add(const std::vector<std::string_view>& sources) {
  std::vector<std::string> names(sources.begin(), sources.end());
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  ++works_;
  if (names.empty())
    ++unsourced_;
  else
    ++counts_[names];
}

std::vector<SourceCount> Overlap::sources() const {
  std::map<std::string, SourceCount> byName;
  for (const auto& [names, works] : counts_)
    for (const std::string& name : names) {
      SourceCount& source = byName[name];
      source.name = name;
      source.works += works;
      if (names.size() == 1) source.onlyHere += works;
    }
  std::vector<SourceCount> list;
  for (auto& [name, source] : byName) list.push_back(std::move(source));
  std::stable_sort(list.begin(), list.end(),
                   [](const SourceCount& a, const SourceCount& b) { return a.works > b.works; });
  return list;
}

std::vector<std::string> Overlap::ordered() const {
  std::vector<std::string> names;
  for (const SourceCount& source : sources()) names.push_back(source.name);
  return names;
}

std::vector<std::pair<Combination, std::uint64_t>> Overlap::combinations() const {
  const std::vector<std::string> order = ordered();
  std::vector<std::pair<Combination, std::uint64_t>> list;
  for (const auto& [names, works] : counts_) {
    Combination members;
    for (const std::string& name : names)
      members.push_back(static_cast<std::size_t>(std::find(order.begin(), order.end(), name) - order.begin()));
    std::sort(members.begin(), members.end());
    list.emplace_back(std::move(members), works);
  }
  std::sort(list.begin(), list.end(), [](const auto& a, const auto& b) {
    if (a.second != b.second) return a.second > b.second;
    if (a.first.size() != b.first.size()) return a.first.size() < b.first.size();
    return a.first < b.first;
  });
  return list;
}

std::uint64_t Overlap::shared(std::size_t a, std::size_t b) const {
  const std::vector<std::string> order = ordered();
  std::uint64_t works = 0;
  for (const auto& [names, count] : counts_)
    if (std::binary_search(names.begin(), names.end(), order[a]) &&
        std::binary_search(names.begin(), names.end(), order[b]))
      works += count;
  return works;
}

}  // namespace winnow::overlap
