#include "Settlement.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace winnow::duplicates {
namespace {

const auto kByPlace = [](std::size_t i) { return std::uint64_t{i}; };
const auto kNothing = [](std::size_t, std::size_t) { return false; };

TEST(Settlement, keepsWhatNothingForbids) {
  EXPECT_EQ(settleEdges(3, {{0, 1, 0.9, 0}, {1, 2, 0.9, 0}}, kNothing, kByPlace), (std::vector<bool>{true, true}));
}

TEST(Settlement, cutsTheWeakerEdgeOfAForbiddenChain) {
  const auto ends = [](std::size_t a, std::size_t b) { return a + b == 2 && a != b; };  // 0 and 2
  EXPECT_EQ(settleEdges(3, {{0, 1, 0.8, 0}, {1, 2, 0.9, 0}}, ends, kByPlace), (std::vector<bool>{false, true}));
  EXPECT_EQ(settleEdges(3, {{0, 1, 0.9, 0}, {1, 2, 0.8, 0}}, ends, kByPlace), (std::vector<bool>{true, false}));
}

TEST(Settlement, aWeakEdgeAloneJoinsNoTwoGroups) {
  const std::vector<Edge> edges = {{0, 1, 0.9, 0}, {2, 3, 0.9, 0}, {1, 2, 0.8, 0}};
  EXPECT_EQ(settleEdges(4, edges, kNothing, kByPlace), (std::vector<bool>{true, true, false}));
  std::vector<Edge> supported = edges;
  supported.push_back({0, 3, 0.79, 0});
  EXPECT_EQ(settleEdges(4, supported, kNothing, kByPlace), (std::vector<bool>{true, true, true, true}));
  EXPECT_EQ(settleEdges(3, {{0, 1, 0.9, 0}, {1, 2, 0.8, 0}}, kNothing, kByPlace), (std::vector<bool>{true, true}))
      << "a single record may be attached";
}

TEST(Settlement, doesNotDependOnTheOrderOfEdges) {
  const auto ends = [](std::size_t a, std::size_t b) { return (a == 0 && b == 3) || (a == 3 && b == 0); };
  std::vector<Edge> edges = {{0, 1, 0.9, 1}, {1, 2, 0.9, 1}, {2, 3, 0.9, 1}, {1, 3, 0.9, 1}};
  std::sort(edges.begin(), edges.end(),
            [](const Edge& a, const Edge& b) { return a.left * 9 + a.right < b.left * 9 + b.right; });
  const auto standing = [&](const std::vector<Edge>& list) {
    const std::vector<bool> stands = settleEdges(4, list, ends, kByPlace);
    std::vector<std::pair<std::size_t, std::size_t>> kept;
    for (std::size_t i = 0; i < list.size(); ++i)
      if (stands[i]) kept.emplace_back(list[i].left, list[i].right);
    std::sort(kept.begin(), kept.end());
    return kept;
  };
  const auto expected = standing(edges);
  std::vector<std::size_t> order = {0, 1, 2, 3};
  while (std::next_permutation(order.begin(), order.end())) {
    std::vector<Edge> shuffled;
    for (const std::size_t i : order) shuffled.push_back(edges[i]);
    EXPECT_EQ(standing(shuffled), expected);
  }
}

}  // namespace
}  // namespace winnow::duplicates
