#include "HeadingsAndLimits.hpp"

#include <cstdlib>

#include "../text/CodePoints.hpp"
#include "Fields.hpp"
#include "Subheadings.hpp"

namespace winnow::search {

namespace {

std::string cleaned(std::string_view name) {
  std::string text;
  for (const char c : name) text += c == '"' || c == '[' || c == ']' ? ' ' : c;
  // A bracket without its partner would upset the whole line.
  int depth = 0;
  bool balanced = true;
  for (const char c : text) {
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    balanced = balanced && depth >= 0;
  }
  if (!balanced || depth != 0)
    for (char& c : text) c = c == '(' || c == ')' ? ' ' : c;
  return squeezed(text);
}

Piece none(std::string_view code, const std::string& what) {
  Piece piece;
  piece.loss.add(Exactness::Exact, code, std::string(messageOf(code)) + ": " + what);
  return piece;
}

Piece filled(const Pattern& pattern, const std::string& name, const std::string& code) {
  return {filledSubheading(fill(pattern.out, {{"h", name}}), code), true, pattern.loss};
}

/// The heading and all below it, where the platform cannot explode but the tree is known.
std::vector<std::string> namesOf(const Dialect& dialect, const Node& heading, const mesh::Tree* tree, Loss& loss) {
  if (!heading.explode || dialect.headings.most == 0) return {cleaned(heading.text)};
  const mesh::Heading* found = tree == nullptr ? nullptr : tree->find(heading.text);
  if (found == nullptr) {
    loss.add(Exactness::Subset, "T12",
             tree == nullptr ? "the headings below are missing: no MeSH tree is loaded"
                             : "the headings below are missing: the loaded MeSH tree does not know it");
    return {cleaned(heading.text)};
  }
  const std::vector<const mesh::Heading*> all = tree->explode(*found);
  loss.add(dialect.headings.tree);
  if (all.size() > dialect.headings.most) {
    loss.add(Exactness::Subset, "T12",
             "it has " + std::to_string(all.size()) +
                 " headings below, more than can be written out; only the heading itself is searched");
    return {cleaned(heading.text)};
  }
  std::vector<std::string> names{cleaned(found->name)};
  for (const mesh::Heading* below : all)
    if (below != found) names.push_back(cleaned(below->name));
  return names;
}

Piece limitPiece(const Dialect& dialect, const Limit& limit);

Piece anyOf(const Dialect& dialect, const Limit& limit) {
  std::vector<Piece> pieces;
  for (const Limit& one : limit.of) {
    pieces.push_back(limitPiece(dialect, one));
    if (pieces.back().empty()) return pieces.back();  // half of an alternative would lose records
  }
  return either(dialect, pieces);
}

Piece yearPiece(const Dialect& dialect, const Limit& limit) {
  const Limits& l = dialect.limits;
  const auto& pattern = limit.from.empty() ? l.yearTo : limit.to.empty() ? l.yearFrom : l.yearBetween;
  if (!pattern || (limit.from.empty() && limit.to.empty())) return none("T15", "year");
  const std::string before = std::to_string(std::atoi(limit.from.c_str()) - 1),
                    after = std::to_string(std::atoi(limit.to.c_str()) + 1);
  return {fill(pattern->out, {{"from", limit.from}, {"to", limit.to}, {"before", before}, {"after", after}}), true,
          pattern->loss};
}

Piece limitPiece(const Dialect& dialect, const Limit& limit) {
  const auto written = [&](const std::optional<Pattern>& pattern, const std::string& what) -> Piece {
    if (!pattern) return none("T15", what);
    return {fill(pattern->out, {{"v", cleaned(limit.value)}}), true, pattern->loss};
  };
  switch (limit.kind) {
    case LimitKind::Language:
      return written(dialect.limits.language, limit.value);
    case LimitKind::Humans:
      return written(dialect.limits.humans, "humans");
    case LimitKind::Animals:
      return written(dialect.limits.animals, "animals");
    case LimitKind::Year:
      return yearPiece(dialect, limit);
    case LimitKind::Any:
      return anyOf(dialect, limit);
    case LimitKind::PublicationType: {
      Node value;
      value.kind = Kind::Phrase;
      value.text = limit.value;
      return inFields(dialect, {"pt"}, value);
    }
    case LimitKind::Date:
      return none("T16", "entry date " + limit.field);
    case LimitKind::Age:
      return none("T16", "age group '" + limit.value + "'");
    case LimitKind::Other:
      break;
  }
  return none("T16", "limit '" + limit.value + "'");
}

}  // namespace

Piece headingPiece(const Dialect& dialect, const Node& heading, const mesh::Tree* tree) {
  const std::size_t form = (heading.explode ? 1u : 0u) + (heading.focus ? 2u : 0u);
  const bool sub = !heading.subheadings.empty() && dialect.headings.subheading[form];
  const std::optional<Pattern>& pattern = sub ? dialect.headings.subheading[form] : dialect.headings.plain[form];
  if (!pattern || cleaned(heading.text).empty()) return none("T10", "heading '" + heading.text + "'");
  Loss loss;
  std::vector<Piece> pieces;
  for (const std::string& name : namesOf(dialect, heading, tree, loss)) {
    if (!sub)
      pieces.push_back(filled(*pattern, name, {}));
    else
      for (const std::string& code : heading.subheadings) pieces.push_back(filled(*pattern, name, lower(code)));
  }
  Piece piece = either(dialect, pieces);
  piece.loss.add(loss);
  if (!heading.subheadings.empty() && !sub) piece.loss.add(Exactness::Superset, "T10", "the subheadings are left out");
  return piece;
}

std::vector<Piece> limitPieces(const Dialect& dialect, const std::vector<Limit>& limits) {
  std::vector<Piece> pieces;
  for (const Limit& limit : limits) pieces.push_back(limitPiece(dialect, limit));
  return pieces;
}

}  // namespace winnow::search
