// The rules of lint, one group a file. Each appends what it finds.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "../Parser.hpp"
#include "Lint.hpp"
#include "WordList.hpp"

namespace winnow::search::lint {

/// What the rules look at.
struct Scene {
  const Strategy& strategy;
  const mesh::Tree* tree;  ///< may be null
  std::string prefix;      ///< "OVID" or "PUBMED"
  std::vector<Diagnostic>& found;

  void warn(const char* code, const Line& line, Span at, std::string message) const {
    found.push_back({Severity::Warning,
                     prefix + "-" + code,
                     line.line,
                     line.number,
                     at.column,
                     at.length == 0 ? 1 : at.length,
                     std::move(message),
                     {}});
  }
  /// As the fix of what was reported last: the line with another tree.
  void offer(const Line& line, const Node& changed) const { found.back().fix = reprint(line, changed, tree); }
};

/// The operand, searched in these fields.
inline Node inFields(Node operand, std::vector<std::string> codes) {
  Node field;
  field.kind = Kind::Field;
  field.span = operand.span;
  field.fields = std::move(codes);
  field.args.push_back(std::move(operand));
  return field;
}

/// Words of the record's text, with no field named.
inline bool isText(const Node& node) {
  return node.kind == Kind::Term || node.kind == Kind::Phrase || node.kind == Kind::Adj;
}

/// The place of one word of a term or phrase.
Span wordSpan(const Line& line, const Node& node, const std::string& word);
/// The words of a text, between blanks.
std::vector<std::string> wordsOf(const std::string& text);
/// Calls `each(node)` for the node and all below, parents first.
template <class Each>
void walk(const Node& node, Each&& each) {
  each(node);
  for (const Node& arg : node.args) walk(arg, each);
}

/// True if the word pattern `wide` finds everything that `narrow` finds (certain cases only).
bool covers(const std::string& wide, const std::string& narrow);

void checkFields(const Scene&);                                              // W06 W21 W32
void checkDeclared(const Scene&, const std::vector<std::string>& declared);  // W33 W34 W35
void checkWords(const Scene&);                                               // W20 W25 W31
void checkSpelling(const Scene&);                                            // W30
void checkMisspelt(const Scene&, const WordList& words);                     // W26
void checkLimits(const Scene&);                                              // W36
void checkMembers(const Scene&);                                             // I03
void checkUse(const Scene&);                                                 // W22
void checkSubsumed(const Scene&);                                            // W23
void checkHeadings(const Scene&);                                            // W24 W27
void offerOperands(const Scene&);                                            // the fix of a dangling operator

}  // namespace winnow::search::lint
