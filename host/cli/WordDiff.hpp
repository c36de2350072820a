// What differs between two texts, word by word, in order.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace winnow::cli {

/// A word as written, and whether the other text has nothing in its place.
struct DiffWord {
  std::string_view text;
  bool isOwn = false;
};

struct WordDiff {
  std::vector<DiffWord> left, right;
};

enum class Words { Text, Names };

/// Aligns the words of two texts (longest common subsequence). Case, accents and punctuation are no difference; among
/// names "A." and "Anna" are none. Very long stretches that differ are marked as a whole. Views into the arguments; any
/// thread.
WordDiff diffWords(std::string_view left, std::string_view right, Words kind = Words::Text);

}  // namespace winnow::cli
