// Lines that add nothing to a set because another line of it finds everything they find.
#include <algorithm>
#include <optional>
#include <set>

#include "../mesh/Tree.hpp"
#include "../text/CodePoints.hpp"
#include "Rules.hpp"

namespace winnow::search::lint {

namespace {

/// One alternative of a line: a row of places, each with its words; `distance` 0 = next to each other in order.
struct Row {
  std::vector<std::vector<std::string>> places;
  std::uint32_t distance = 0;
};

/// A line as alternatives in fields; only lines that are nothing else.
struct Shape {
  std::set<std::string> fields;
  std::vector<Row> rows;
  const Node* heading = nullptr;
};

bool addRow(const Node& node, std::vector<Row>& rows);

/// The words that may stand at one place of a chain.
std::optional<std::vector<std::string>> placeOf(const Node& node) {
  if (node.kind == Kind::Term) return std::vector<std::string>{node.text};
  if (node.kind != Kind::Or) return std::nullopt;
  std::vector<std::string> words;
  for (const Node& arg : node.args) {
    if (arg.kind != Kind::Term) return std::nullopt;
    words.push_back(arg.text);
  }
  return words;
}

bool addRow(const Node& node, std::vector<Row>& rows) {
  Row row;
  if (node.kind == Kind::Or)
    return std::all_of(node.args.begin(), node.args.end(), [&](const Node& arg) { return addRow(arg, rows); });
  if (node.kind == Kind::Term || node.kind == Kind::Phrase) {
    for (std::string& word : wordsOf(node.text)) row.places.push_back({std::move(word)});
  } else if (node.kind == Kind::Adj) {
    row.distance = node.n;
    for (const Node& arg : node.args) {
      auto words = arg.kind == Kind::Phrase && node.n == 0 ? std::nullopt : placeOf(arg);
      if (arg.kind == Kind::Phrase && node.n == 0)
        for (std::string& word : wordsOf(arg.text)) row.places.push_back({std::move(word)});
      else if (words)
        row.places.push_back(std::move(*words));
      else
        return false;
    }
  } else {
    return false;
  }
  rows.push_back(std::move(row));
  return true;
}

std::optional<Shape> shapeOf(const Node& tree) {
  Shape shape;
  if (tree.kind == Kind::Heading) {
    shape.heading = &tree;
    return shape;
  }
  if (tree.kind != Kind::Field) return std::nullopt;
  shape.fields.insert(tree.fields.begin(), tree.fields.end());
  return addRow(tree.args[0], shape.rows) ? std::optional(shape) : std::nullopt;
}

bool placeCovers(const std::vector<std::string>& wide, const std::vector<std::string>& narrow) {
  return std::all_of(narrow.begin(), narrow.end(), [&](const std::string& n) {
    return std::any_of(wide.begin(), wide.end(), [&](const std::string& w) { return covers(w, n); });
  });
}

bool rowCovers(const Row& wide, const Row& narrow) {
  const auto matchesAt = [&](std::size_t shift) {
    for (std::size_t i = 0; i < wide.places.size(); ++i)
      if (!placeCovers(wide.places[i], narrow.places[shift + i])) return false;
    return true;
  };
  if (wide.places.size() == 1 || (wide.distance == 0 && narrow.distance == 0)) {
    for (std::size_t shift = 0; shift + wide.places.size() <= narrow.places.size(); ++shift)
      if (matchesAt(shift)) return true;
    return false;
  }
  const bool closer = narrow.distance == 0 || (wide.distance != 0 && narrow.distance <= wide.distance);
  return closer && wide.distance != 0 && wide.places.size() == narrow.places.size() && matchesAt(0);
}

bool headingCovers(const Node& wide, const Node& narrow, const mesh::Tree* tree) {
  if (!wide.subheadings.empty() || wide.focus) return false;
  if (mesh::foldName(wide.text) == mesh::foldName(narrow.text)) return wide.explode || !narrow.explode;
  if (!wide.explode || tree == nullptr) return false;
  const mesh::Heading* above = tree->find(wide.text);
  const mesh::Heading* below = tree->find(narrow.text);
  if (above == nullptr || below == nullptr) return false;
  const auto all = tree->explode(*above);
  if (std::find(all.begin(), all.end(), below) == all.end()) return false;
  if (!narrow.explode) return true;
  // A heading may stand at several places of the tree: all below it must lie below the wider one too.
  const auto inner = tree->explode(*below);
  return std::all_of(inner.begin(), inner.end(),
                     [&](const mesh::Heading* h) { return std::find(all.begin(), all.end(), h) != all.end(); });
}

bool shapeCovers(const Shape& wide, const Shape& narrow, const mesh::Tree* tree) {
  if (wide.heading != nullptr || narrow.heading != nullptr)
    return wide.heading != nullptr && narrow.heading != nullptr && headingCovers(*wide.heading, *narrow.heading, tree);
  if (!std::includes(wide.fields.begin(), wide.fields.end(), narrow.fields.begin(), narrow.fields.end())) return false;
  return std::all_of(narrow.rows.begin(), narrow.rows.end(), [&](const Row& n) {
    return std::any_of(wide.rows.begin(), wide.rows.end(), [&](const Row& w) { return rowCovers(w, n); });
  });
}

/// A line of one "or", as it is or as its fix would make it.
struct Member {
  const Line* line;
  bool repaired;
  Node tree;
};

std::optional<Member> memberOf(const Scene& scene, const Line& line) {
  if (line.tree) return Member{&line, false, *line.tree};
  for (const Diagnostic& d : scene.found) {
    if (d.line != line.line || !d.fix) continue;
    Parsed fixed = parse(*d.fix, Platform::Ovid, scene.tree);
    if (fixed.strategy.lines.size() == 1 && fixed.strategy.lines[0].tree)
      return Member{&line, true, *fixed.strategy.lines[0].tree};
  }
  return std::nullopt;
}

}  // namespace

void checkSubsumed(const Scene& scene) {
  std::set<const Line*> told;
  for (std::size_t i = 0; i < scene.strategy.lines.size(); ++i) {
    const Line& set = scene.strategy.lines[i];
    if (!set.tree || set.tree->kind != Kind::Or) continue;
    std::vector<Member> members;
    for (const Node& ref : set.tree->args)
      if (ref.kind == Kind::Ref)
        if (const Line* line = scene.strategy.find(ref.n, i))
          if (auto member = memberOf(scene, *line)) members.push_back(std::move(*member));
    std::vector<std::optional<Shape>> shapes;
    for (const Member& member : members) shapes.push_back(shapeOf(member.tree));
    for (std::size_t a = 0; a < members.size(); ++a)
      for (std::size_t b = 0; b < members.size(); ++b) {
        if (a == b || members[a].line == members[b].line || !shapes[a] || !shapes[b] || members[a].repaired ||
            !shapeCovers(*shapes[b], *shapes[a], scene.tree))
          continue;
        if (b > a && shapeCovers(*shapes[a], *shapes[b], scene.tree)) continue;
        if (!told.insert(members[a].line).second) continue;
        const Line& line = *members[a].line;
        scene.warn("W23", line, line.tree->span,
                   "line " + std::to_string(members[b].line->number) +
                       (members[b].repaired ? ", once it is repaired," : "") +
                       " finds everything that this line finds");
      }
  }
}

}  // namespace winnow::search::lint
