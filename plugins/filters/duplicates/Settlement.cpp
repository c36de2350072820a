#include "Settlement.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace winnow::duplicates {

namespace {

/// Edges by falling score, then rule, then content of both ends.
std::vector<std::size_t> byStrength(const std::vector<Edge>& edges,
                                    const std::function<std::uint64_t(std::size_t)>& order) {
  const auto ends = [&](const Edge& e) {
    const std::uint64_t left = order(e.left), right = order(e.right);
    return std::pair(std::min(left, right), std::max(left, right));
  };
  std::vector<std::size_t> sorted(edges.size());
  std::iota(sorted.begin(), sorted.end(), std::size_t{0});
  std::stable_sort(sorted.begin(), sorted.end(), [&](std::size_t a, std::size_t b) {
    if (edges[a].score != edges[b].score) return edges[a].score > edges[b].score;
    if (edges[a].rule != edges[b].rule) return edges[a].rule < edges[b].rule;
    return ends(edges[a]) < ends(edges[b]);
  });
  return sorted;
}

/// The groups while they grow.
class Groups {
 public:
  explicit Groups(std::size_t records) : members_(records), group_(records) {
    for (std::size_t i = 0; i < records; ++i) {
      group_[i] = i;
      members_[i] = {i};
    }
  }
  std::size_t of(std::size_t record) const { return group_[record]; }
  std::size_t size(std::size_t group) const { return members_[group].size(); }

  /// True if a member of one group must not meet a member of the other.
  bool clash(std::size_t a, std::size_t b, const std::function<bool(std::size_t, std::size_t)>& forbidden) const {
    for (std::size_t i = 0; i < std::min(members_[a].size(), kAllPairsLimit); ++i)
      for (std::size_t k = 0; k < std::min(members_[b].size(), kAllPairsLimit); ++k)
        if (forbidden(members_[a][i], members_[b][k])) return true;
    return false;
  }
  /// True if at least two edges run between two groups.
  bool haveTwoEdges(std::size_t a, std::size_t b, const std::vector<Edge>& edges) const {
    std::size_t found = 0;
    for (const Edge& edge : edges) {
      const std::size_t left = of(edge.left), right = of(edge.right);
      found += (left == a && right == b) || (left == b && right == a) ? 1 : 0;
      if (found == 2) return true;
    }
    return false;
  }
  /// Members stay in the order of their content, so that the first ones do not depend on the order of records.
  void join(std::size_t to, std::size_t from, const std::function<std::uint64_t(std::size_t)>& order) {
    if (size(to) < size(from)) std::swap(to, from);
    for (const std::size_t member : members_[from]) {
      group_[member] = to;
      members_[to].push_back(member);
    }
    members_[from].clear();
    std::sort(members_[to].begin(), members_[to].end(),
              [&](std::size_t a, std::size_t b) { return order(a) < order(b); });
  }

 private:
  std::vector<std::vector<std::size_t>> members_;
  std::vector<std::size_t> group_;
};

}  // namespace

std::vector<bool> settleEdges(std::size_t records, const std::vector<Edge>& edges,
                              const std::function<bool(std::size_t, std::size_t)>& forbidden,
                              const std::function<std::uint64_t(std::size_t)>& order) {
  Groups groups(records);
  std::vector<bool> stands(edges.size(), false);
  for (const std::size_t index : byStrength(edges, order)) {
    const std::size_t a = groups.of(edges[index].left), b = groups.of(edges[index].right);
    if (a != b) {
      const bool joinsGroups = groups.size(a) >= 2 && groups.size(b) >= 2;
      const bool isWeak = edges[index].score < kWeakScore;
      if (joinsGroups && isWeak && !groups.haveTwoEdges(a, b, edges)) continue;
      if (groups.clash(a, b, forbidden)) continue;
      groups.join(a, b, order);
    }
    stands[index] = true;
  }
  return stands;
}

}  // namespace winnow::duplicates
