#include "Nearest.hpp"

#include <algorithm>

namespace winnow::config {
namespace {

constexpr std::size_t longestWord = 64;
constexpr std::size_t longestList = 24;

std::string folded(std::string_view word) {
  std::string out(word);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == '-' || c == '_') c = ' ';
  }
  return out;
}

}  // namespace

std::size_t editDistance(std::string_view left, std::string_view right) {
  std::vector<std::size_t> beforeLast(right.size() + 1);
  std::vector<std::size_t> last(right.size() + 1);
  std::vector<std::size_t> row(right.size() + 1);
  for (std::size_t j = 0; j <= right.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= left.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= right.size(); ++j) {
      const std::size_t cost = left[i - 1] == right[j - 1] ? 0 : 1;
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + cost});
      if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
        row[j] = std::min(row[j], beforeLast[j - 2] + 1);
    }
    std::swap(beforeLast, last);
    std::swap(last, row);
  }
  return last[right.size()];
}

std::string nearest(std::string_view word, const std::vector<std::string>& names) {
  if (word.empty() || word.size() > longestWord) return {};
  const std::string wanted = folded(word);
  const std::size_t allowed = std::clamp<std::size_t>(word.size() / 3, 1, 3);
  std::size_t best = allowed + 1;
  std::string found;
  for (const std::string& name : names) {
    if (name.size() > word.size() + allowed || word.size() > name.size() + allowed) continue;
    const std::size_t distance = editDistance(wanted, folded(name));
    // A word that shares nothing ("a" for "b") is a different word, not a mistyped one.
    if (distance >= best || distance >= std::max(word.size(), name.size())) continue;
    best = distance;
    found = name;
  }
  return found;
}

std::string didYouMean(std::string_view word, const std::vector<std::string>& names) {
  const std::string name = nearest(word, names);
  return name.empty() ? std::string() : "; did you mean '" + name + "'?";
}

std::string didYouMeanOf(std::string_view word, const std::vector<std::string>& names) {
  const std::string near = didYouMean(word, names);
  if (!near.empty() || names.empty() || names.size() > longestList) return near;
  std::string list = "; known: ";
  for (std::size_t i = 0; i < names.size(); ++i) list += (i == 0 ? "" : ", ") + names[i];
  return list;
}

}  // namespace winnow::config
