// Truncation: too short, covered by a neighbour, or cut too late.
#include <algorithm>

#include "../text/CodePoints.hpp"
#include "Rules.hpp"

namespace winnow::search::lint {

namespace {

constexpr std::string_view kWild = "*$:?#";

bool isWild(char c) { return kWild.find(c) != std::string_view::npos; }
bool isUnlimited(char c) { return c == '*' || c == '$' || c == ':'; }

/// The letters before the first wildcard; nothing without one.
std::string stemOf(const std::string& word) {
  const std::size_t wild = word.find_first_of(kWild);
  return wild == std::string::npos ? std::string() : word.substr(0, wild);
}

/// Stems that end in a suffix lose the forms of the verb: "coproduct*" finds no "coproduce".
struct Suffix {
  std::string_view ending, shorter;
};
constexpr Suffix kSuffixes[] = {{"ations", "at"}, {"ation", "at"}, {"isations", "is"}, {"duction", "duc"},
                                {"duct", "duc"},  {"ements", "e"}, {"ement", "e"},     {"eries", "er"},
                                {"ering", "er"},  {"ating", "at"}};

void shortStem(const Scene& scene, const Line& line, const Node& node, const std::string& word) {
  const std::u32string stem = decode(stemOf(word));
  const std::size_t wild = word.find_first_of(kWild);
  if (wild == std::string::npos || stem.size() >= 3 || !isUnlimited(word[wild])) return;
  if (std::any_of(word.begin() + static_cast<std::ptrdiff_t>(wild), word.end(),
                  [](char c) { return !isWild(c) && (c < '0' || c > '9'); }))
    return;
  scene.warn("W20", line, wordSpan(line, node, word),
             "'" + word + "' is cut after " + std::to_string(stem.size()) +
                 (stem.size() == 1 ? " letter" : " letters") + "; it finds very many words");
}

void lateCut(const Scene& scene, const Line& line, const Node& node, const std::string& word) {
  if (word.size() < 7 || !isUnlimited(word.back())) return;
  const std::string stem = lower(word.substr(0, word.size() - 1));
  for (const Suffix& suffix : kSuffixes) {
    if (stem.size() < suffix.ending.size() + 3 ||
        stem.compare(stem.size() - suffix.ending.size(), suffix.ending.size(), suffix.ending) != 0)
      continue;
    const std::string shorter =
        word.substr(0, word.size() - 1 - suffix.ending.size()) + std::string(suffix.shorter) + "*";
    scene.warn("W31", line, wordSpan(line, node, word),
               "'" + word + "' misses the forms of the verb; '" + shorter + "' finds them too");
    return;
  }
}

void coveredIn(const Scene& scene, const Line& line, const Node& group) {
  for (std::size_t i = 0; i < group.args.size(); ++i) {
    const Node& a = group.args[i];
    if (a.kind != Kind::Term) continue;
    for (std::size_t j = 0; j < group.args.size(); ++j) {
      const Node& b = group.args[j];
      if (i == j || b.kind != Kind::Term || !covers(b.text, a.text) || (j > i && covers(a.text, b.text))) continue;
      scene.warn("W25", line, a.span,
                 lower(a.text) == lower(b.text) ? "'" + a.text + "' stands twice in this group"
                                                : "'" + a.text + "' adds nothing: '" + b.text + "' finds all of it");
      break;
    }
  }
}

}  // namespace

bool covers(const std::string& wide, const std::string& narrow) {
  const std::string a = lower(wide), b = lower(narrow);
  if (a == b) return true;
  if (a.empty() || !isUnlimited(a.back())) return false;
  const std::string stem = a.substr(0, a.size() - 1);
  if (stem.find_first_of(kWild) != std::string::npos ||
      stem.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789") != std::string::npos)
    return false;
  const std::size_t wild = std::min(b.find_first_of(kWild), b.size());
  if (wild < stem.size() || b.compare(0, stem.size(), stem) != 0) return false;
  // What follows must be one word still, or "-" would separate.
  return b.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789*$:?#", stem.size()) == std::string::npos;
}

void checkWords(const Scene& scene) {
  for (const Line& line : scene.strategy.lines) {
    if (!line.tree) continue;
    walk(*line.tree, [&](const Node& node) {
      if (node.kind == Kind::Or) coveredIn(scene, line, node);
      if (node.kind != Kind::Term && node.kind != Kind::Phrase) return;
      for (const std::string& word : wordsOf(node.text)) {
        shortStem(scene, line, node, word);
        lateCut(scene, line, node, word);
      }
    });
  }
}

}  // namespace winnow::search::lint
