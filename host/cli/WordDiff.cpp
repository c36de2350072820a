#include "WordDiff.hpp"

#include <algorithm>
#include <cstdint>

#include <winnow/formats/text.hpp>

namespace winnow::cli {

namespace {

constexpr std::size_t kLargestTable = 4'000'000;

struct FoldedWords {
  std::vector<DiffWord> words;
  std::vector<std::string> folded;  ///< parallel

  explicit FoldedWords(std::string_view text) {
    for (const std::string_view word : formats::split(text, " \t\r\n")) {
      words.push_back({word});
      folded.push_back(formats::foldForMatching(word));
    }
  }
  void mark(std::size_t i) { words[i].isOwn = !folded[i].empty(); }
};

bool isInitialOf(const std::string& a, const std::string& b) { return a.size() == 1 && !b.empty() && a[0] == b[0]; }

bool isSame(const std::string& a, const std::string& b, Words kind) {
  return a == b || (kind == Words::Names && (isInitialOf(a, b) || isInitialOf(b, a)));
}

}  // namespace

WordDiff diffWords(std::string_view left, std::string_view right, Words kind) {
  FoldedWords a(left), b(right);
  std::size_t begin = 0, endA = a.words.size(), endB = b.words.size();
  while (begin < endA && begin < endB && isSame(a.folded[begin], b.folded[begin], kind)) ++begin;
  while (endA > begin && endB > begin && isSame(a.folded[endA - 1], b.folded[endB - 1], kind)) --endA, --endB;
  const std::size_t rows = endA - begin, columns = endB - begin;
  std::size_t i = 0, k = 0;
  if (rows * columns <= kLargestTable) {
    // common[i][k]: words in common from i and k on.
    std::vector<std::uint16_t> common((rows + 1) * (columns + 1));
    const auto at = [&](std::size_t r, std::size_t c) -> std::uint16_t& { return common[r * (columns + 1) + c]; };
    for (std::size_t r = rows; r-- > 0;)
      for (std::size_t c = columns; c-- > 0;)
        at(r, c) = isSame(a.folded[begin + r], b.folded[begin + c], kind)
                       ? static_cast<std::uint16_t>(at(r + 1, c + 1) + 1)
                       : std::max(at(r + 1, c), at(r, c + 1));
    while (i < rows && k < columns) {
      if (isSame(a.folded[begin + i], b.folded[begin + k], kind))
        ++i, ++k;
      else if (at(i + 1, k) >= at(i, k + 1))
        a.mark(begin + i++);
      else
        b.mark(begin + k++);
    }
  }
  while (i < rows) a.mark(begin + i++);
  while (k < columns) b.mark(begin + k++);
  return {std::move(a.words), std::move(b.words)};
}

}  // namespace winnow::cli
