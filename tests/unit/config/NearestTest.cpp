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

/// One mistake in three letters, three at most: each row is a word, how many of its letters are wrong, and whether it
/// is found.
TEST(Nearest, AllowsOneMistakeInThreeLetters) {
  const std::string alphabet = "abcdefghijklmnopqrstuvwxyz";
  for (std::size_t size = 2; size <= 20; ++size)
    for (std::size_t wrong = 1; wrong < size && wrong <= 5; ++wrong) {
      const std::string name = alphabet.substr(0, size);
      std::string word = name;
      for (std::size_t i = 0; i < wrong; ++i) word[i] = '1';
      const std::size_t allowed = size < 6 ? 1 : size < 9 ? 2 : 3;
      EXPECT_EQ(nearest(word, {name}), wrong <= allowed ? name : "") << word;
    }
}

TEST(Nearest, TakesTheFirstOfEquals) { EXPECT_EQ(nearest("cat", {"bat", "hat"}), "bat"); }

TEST(DidYouMean, ListsWhatThereIsWhenNothingIsNear) {
  EXPECT_EQ(didYouMeanOf("x", {"keep", "unless"}), "; known: keep, unless");
  EXPECT_EQ(didYouMeanOf("kep", {"keep", "unless"}), "; did you mean 'keep'?");
  EXPECT_EQ(didYouMeanOf("x", {}), "");
  EXPECT_EQ(didYouMeanOf("x", std::vector<std::string>(25, "long")), "");
}

}  // namespace winnow::config
