// Words that nobody writes, against a list of words that people do write.
#include <algorithm>

#include "../text/CodePoints.hpp"
#include "Rules.hpp"
#include "WordList.hpp"

namespace winnow::search::lint {

namespace {

constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz";
/// Shorter words have too many neighbours.
constexpr std::size_t kShortest = 5;

/// The letters before a wildcard; empty for a word of anything but ASCII letters.
std::string lettersOf(const std::string& word) {
  const std::string stem = lower(word.substr(0, word.find_first_of("*$:?#")));
  return stem.find_first_not_of(kLetters) == std::string::npos ? stem : std::string();
}

/// Words of the list that are one letter more, less, other or exchanged away.
std::vector<std::string> neighbours(const std::string& stem, bool isCut, const WordList& words) {
  std::vector<std::string> found;
  const auto look = [&](const std::string& other) {
    if (words.has(other, isCut) && std::find(found.begin(), found.end(), other) == found.end()) found.push_back(other);
  };
  for (std::size_t i = 0; i <= stem.size(); ++i) {
    const std::string before = stem.substr(0, i), behind = stem.substr(i);
    for (const char c : kLetters) look(before + c + behind);
    if (behind.empty()) continue;
    look(before + behind.substr(1));
    for (const char c : kLetters) look(before + c + behind.substr(1));
    if (behind.size() > 1) look(before + behind[1] + behind[0] + behind.substr(2));
  }
  if (found.size() > 3) found.resize(3);
  return found;
}

void look(const Scene& scene, const Line& line, const Node& node, const std::string& word, const WordList& words) {
  const std::string stem = lettersOf(word);
  const bool isCut = stem.size() < word.size();
  if (stem.size() < kShortest || words.has(stem, isCut)) return;
  const std::vector<std::string> near = neighbours(stem, isCut, words);
  if (near.empty()) return;
  std::string message = "'" + word + "': no word of the list " + (isCut ? "begins so" : "is written so") + "; near: ";
  for (std::size_t i = 0; i < near.size(); ++i) message += (i == 0 ? "'" : ", '") + near[i] + (isCut ? "*'" : "'");
  scene.warn("W26", line, wordSpan(line, node, word), message);
}

}  // namespace

WordList::WordList(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trimmed(text.substr(0, end));
    if (std::string word = lower(line.substr(0, line.find_first_of(" \t,;"))); !word.empty())
      words_.push_back(std::move(word));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  std::sort(words_.begin(), words_.end());
}

bool WordList::has(const std::string& word, bool asBeginning) const {
  const auto at = std::lower_bound(words_.begin(), words_.end(), word);
  return at != words_.end() && (asBeginning ? at->compare(0, word.size(), word) == 0 : *at == word);
}

void checkMisspelt(const Scene& scene, const WordList& words) {
  if (words.empty()) return;
  for (const Line& line : scene.strategy.lines)
    if (line.tree)
      walk(*line.tree, [&](const Node& node) {
        if (node.kind != Kind::Term && node.kind != Kind::Phrase) return;
        for (const std::string& word : wordsOf(node.text)) look(scene, line, node, word, words);
      });
}

}  // namespace winnow::search::lint
