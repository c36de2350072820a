#include "Fields.hpp"

#include <algorithm>
#include <set>

#include "TextWriter.hpp"

namespace winnow::search {

namespace {

using Codes = std::set<std::string>;

const FieldRule* ruleOf(const Dialect& dialect, const Codes& codes) {
  const auto same = [&](const FieldRule& rule) {
    return rule.ovid.size() == codes.size() && Codes(rule.ovid.begin(), rule.ovid.end()) == codes;
  };
  const auto found = std::find_if(dialect.fields.begin(), dialect.fields.end(), same);
  return found == dialect.fields.end() ? nullptr : &*found;
}

/// The rule that covers the most of `codes` and nothing else.
const FieldRule* largest(const Dialect& dialect, const Codes& codes) {
  const FieldRule* best = nullptr;
  for (const FieldRule& rule : dialect.fields) {
    const bool fits = std::all_of(rule.ovid.begin(), rule.ovid.end(),
                                  [&](const std::string& code) { return codes.count(code) != 0; });
    if (fits && (best == nullptr || rule.ovid.size() > best->ovid.size())) best = &rule;
  }
  return best;
}

Codes withAliases(const Dialect& dialect, const Codes& codes) {
  Codes all;
  for (const std::string& code : codes) {
    const auto alias = dialect.aliases.find(code);
    if (alias == dialect.aliases.end())
      all.insert(code);
    else
      all.insert(alias->second.begin(), alias->second.end());
  }
  return all;
}

}  // namespace

Piece inFields(const Dialect& dialect, const std::vector<std::string>& fields, const Node& text) {
  Codes codes(fields.begin(), fields.end());
  codes.erase("default");
  if (codes.empty()) return TextWriter(dialect, dialect.noField).write(text);
  if (const FieldRule* rule = ruleOf(dialect, codes)) return TextWriter(dialect, *rule).write(text);
  codes = withAliases(dialect, codes);
  std::vector<Piece> pieces;
  while (const FieldRule* rule = largest(dialect, codes)) {
    pieces.push_back(TextWriter(dialect, *rule).write(text));
    for (const std::string& code : rule->ovid) codes.erase(code);
  }
  Piece piece = either(dialect, pieces);
  for (const std::string& code : codes)
    piece.loss.add(pieces.empty() ? Exactness::Exact : Exactness::Subset, "T16",
                   std::string(messageOf("T16")) + ": field ." + code + ".");
  return piece;
}

}  // namespace winnow::search
