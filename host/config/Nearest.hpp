// The name that a mistyped word was most likely meant to be.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::config {

/// How many single-character insertions, deletions, substitutions and swaps of neighbours turn one word into the other
/// (optimal string alignment, the restricted form of Damerau 1964 and Levenshtein 1966). Bytes, case counts.
std::size_t editDistance(std::string_view left, std::string_view right);

/// The nearest of `names`, or empty if none is close enough to be a typing mistake: at most a third of the word, and
/// three edits. Upper case, '-', '_' and ' ' are no difference. Of equally near names the first.
std::string nearest(std::string_view word, const std::vector<std::string>& names);

/// "; did you mean 'NAME'?" or nothing.
std::string didYouMean(std::string_view word, const std::vector<std::string>& names);

/// As didYouMean; with no near name "; known: A, B, C" while the list is short enough to be read.
std::string didYouMeanOf(std::string_view word, const std::vector<std::string>& names);

}  // namespace winnow::config
