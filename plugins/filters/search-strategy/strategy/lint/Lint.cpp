#include "Lint.hpp"

#include <algorithm>

#include "../text/CodePoints.hpp"
#include "Rules.hpp"

namespace winnow::search::lint {

std::vector<std::string> wordsOf(const std::string& text) {
  std::vector<std::string> words;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    if (end > begin) words.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

Span wordSpan(const Line& line, const Node& node, const std::string& word) {
  const std::u32string text = decode(line.text), wanted = decode(word);
  const std::size_t at = node.span.column == 0 ? std::u32string::npos : text.find(wanted, node.span.column - 1);
  if (at == std::u32string::npos || at >= node.span.column - 1 + node.span.length) return node.span;
  return {static_cast<std::uint32_t>(at) + 1, static_cast<std::uint32_t>(wanted.size())};
}

std::vector<Diagnostic> lint(const Parsed& parsed, Platform platform, const mesh::Tree* tree,
                             const std::vector<std::string>& declared, const WordList& words) {
  std::vector<Diagnostic> found = parsed.diagnostics;
  const Scene scene{parsed.strategy, tree, platform == Platform::Ovid ? "OVID" : "PUBMED", found};
  offerOperands(scene);
  if (platform == Platform::Ovid) {
    checkFields(scene);
    checkHeadings(scene);
  }
  checkDeclared(scene, declared);
  checkWords(scene);
  checkSpelling(scene);
  checkMisspelt(scene, words);
  checkLimits(scene);
  checkMembers(scene);
  checkUse(scene);
  checkSubsumed(scene);
  std::stable_sort(found.begin(), found.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return a.line != b.line ? a.line < b.line : a.column < b.column;
  });
  return found;
}

}  // namespace winnow::search::lint
