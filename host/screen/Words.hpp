// Lists of words, as answers and cells hold them.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

namespace winnow::screen {

/// The words with "; " between them: one cell of a file of decisions.
inline std::string cellOf(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : "; ") + word;
  return text;
}

inline bool hasWord(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace winnow::screen
