// Pairs are evidence, not groups: a chain of pairs must not join what a rule keeps apart.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include <winnow/plugin.hpp>

namespace winnow::duplicates {

/// A pair by the places of its records in the component.
struct Edge {
  std::size_t left, right;
  double score;
  std::uint32_t rule;
};

/// Largest group whose members are all compared with each other; members of larger ones meet the first so many only.
inline constexpr std::size_t kAllPairsLimit = 50;

/// An edge below this is weak: one alone never joins two groups of two or more.
inline constexpr double kWeakScore = 0.86;

/// Grows groups by falling strength and refuses an edge if `forbidden(a, b)` for a member a of one group and b of the
/// other. `order(i)` is a number of record i that depends on its content alone; it breaks ties. Returns, for every
/// edge, whether it stands. Independent of the order of edges and records. Thread: any.
std::vector<bool> settleEdges(std::size_t records, const std::vector<Edge>& edges,
                              const std::function<bool(std::size_t, std::size_t)>& forbidden,
                              const std::function<std::uint64_t(std::size_t)>& order);

}  // namespace winnow::duplicates
