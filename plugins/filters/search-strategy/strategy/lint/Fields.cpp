// Which fields the words are searched in.
#include <algorithm>
#include <map>

#include "Rules.hpp"

namespace winnow::search::lint {

namespace {

/// A suffix without brackets at the end of a list: its other members take the default field.
bool endsInOwnSuffix(const Node& node) {
  const Node& last = node.args.back();
  return last.kind == Kind::Field && isText(last.args[0]) && last.args[0].span.column == last.span.column;
}

/// The fields that most lines search, for a line without any.
void offerUsual(const Scene& scene, const Line& line) {
  std::map<std::vector<std::string>, std::size_t> counts;
  for (const Line& other : scene.strategy.lines)
    if (other.tree && other.tree->kind == Kind::Field) ++counts[other.tree->fields];
  const auto usual =
      std::max_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  if (usual == counts.end()) return;
  scene.offer(line, inFields(*line.tree, usual->first));
}

void unfielded(const Scene& scene, const Line& line, const Node& node) {
  if (isText(node)) {
    scene.warn("W21", line, node.span,
               "no field is named; Ovid takes its default (.mp.: title, abstract, headings and more)");
    if (&node == &*line.tree) offerUsual(scene, line);
    return;
  }
  if (node.kind != Kind::And && node.kind != Kind::Or && node.kind != Kind::Not) return;
  bool told = false;
  for (const Node& arg : node.args) {
    if (!isText(arg)) {
      unfielded(scene, line, arg);
    } else if (!told && endsInOwnSuffix(node)) {
      scene.warn("W06", line, arg.span,
                 "the fields at the end belong to the last operand alone; this one takes the default field. Brackets "
                 "round the list would share them");
      told = true;
    } else if (!told) {
      unfielded(scene, line, arg);
      told = true;
    }
  }
}

std::string fieldsText(const Node& node) {
  std::string out = ".";
  for (const std::string& field : node.fields) out += (out.size() == 1 ? "" : ",") + field;
  return out + ".";
}

/// An adj chain whose suffix stands without brackets inside a longer line.
void chains(const Scene& scene, const Line& line, const Node& node, bool whole) {
  if (!whole && node.kind == Kind::Field && node.args[0].kind == Kind::Adj &&
      node.args[0].span.column == node.span.column &&
      node.args[0].span.length + fieldsText(node).size() + 2 > node.span.length) {
    const bool bracketed = node.args[0].args.front().span.column > node.span.column;
    if (!bracketed)
      scene.warn("W06", line, node.span,
                 "the fields are read as belonging to the whole chain of adj; brackets would say so");
  }
  for (const Node& arg : node.args) chains(scene, line, arg, false);
}

/// Lines joined by one "or" of which one searches other fields than all the rest.
void oddOnes(const Scene& scene, std::size_t index) {
  std::map<std::string, std::vector<const Line*>> byFields;
  for (const Node& ref : scene.strategy.lines[index].tree->args) {
    if (ref.kind != Kind::Ref) return;
    const Line* line = scene.strategy.find(ref.n, index);
    if (line != nullptr && line->tree && line->tree->kind == Kind::Field)
      byFields[fieldsText(*line->tree)].push_back(line);
  }
  std::size_t most = 0, all = 0;
  std::string usual;
  for (const auto& [fields, lines] : byFields) {
    all += lines.size();
    if (lines.size() > most) usual = fields;
    most = std::max(most, lines.size());
  }
  if (all < 5 || most * 5 < all * 4) return;
  for (const auto& [fields, lines] : byFields)
    for (const Line* line : lines)
      if (fields != usual)
        scene.warn("W32", *line, line->tree->span,
                   "searches " + fields + " where the other lines of set " +
                       std::to_string(scene.strategy.lines[index].number) + " search " + usual);
}

}  // namespace

void checkFields(const Scene& scene) {
  for (std::size_t i = 0; i < scene.strategy.lines.size(); ++i) {
    const Line& line = scene.strategy.lines[i];
    if (!line.tree) continue;
    unfielded(scene, line, *line.tree);
    chains(scene, line, *line.tree, true);
    if (line.tree->kind == Kind::Or) oddOnes(scene, i);
  }
}

}  // namespace winnow::search::lint
