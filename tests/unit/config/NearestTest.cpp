#include "config/Nearest.hpp"

#include <gtest/gtest.h>

namespace winnow::config {

TEST(EditDistance, CountsEditsAndSwapsOfNeighbours) {
  EXPECT_EQ(editDistance("", "abc"), 3U);
  EXPECT_EQ(editDistance("kitten", "sitting"), 3U);
  EXPECT_EQ(editDistance("ab", "ba"), 1U);
  EXPECT_EQ(editDistance("ca", "abc"), 3U);  // restricted: no edit between swapped characters
  EXPECT_EQ(editDistance("same", "same"), 0U);
}

TEST(Nearest, FindsATypingMistake) {
  EXPECT_EQ(nearest("langauges", {"keep", "languages"}), "languages");
  EXPECT_EQ(nearest("on-undecided", {"on_undecided"}), "on_undecided");
  EXPECT_EQ(nearest("Abstract", {"abstract"}), "abstract");
}

TEST(Nearest, FindsNothingForAnotherWord) {
  EXPECT_EQ(nearest("colour", {"keep", "languages"}), "");
  EXPECT_EQ(nearest("a", {"b"}), "");
  EXPECT_EQ(nearest("", {"a"}), "");
  EXPECT_EQ(nearest(std::string(100, 'x'), {std::string(100, 'x')}), "");
}

TEST(Nearest, TakesTheFirstOfEquals) { EXPECT_EQ(nearest("cat", {"bat", "hat"}), "bat"); }

TEST(DidYouMean, ListsWhatThereIsWhenNothingIsNear) {
  EXPECT_EQ(didYouMeanOf("x", {"keep", "unless"}), "; known: keep, unless");
  EXPECT_EQ(didYouMeanOf("kep", {"keep", "unless"}), "; did you mean 'keep'?");
  EXPECT_EQ(didYouMeanOf("x", {}), "");
  EXPECT_EQ(didYouMeanOf("x", std::vector<std::string>(25, "long")), "");
}

}  // namespace winnow::config
