// Headings against the loaded tree, and the idiom that leaves out animal studies.
#include <set>

#include "../mesh/Tree.hpp"
#include "../text/CodePoints.hpp"
#include "Rules.hpp"

namespace winnow::search::lint {

namespace {

bool isNamed(const Node& node, std::set<std::string> names) {
  return (node.kind == Kind::Heading || node.kind == Kind::Term) && names.count(lower(node.text)) != 0;
}

void unknownHeading(const Scene& scene, const Line& line, const Node& node) {
  if (scene.tree->find(node.text) != nullptr) return;
  std::string message =
      "'" + node.text + "' is no heading of MeSH" + (scene.tree->year().empty() ? "" : " " + scene.tree->year());
  const auto near = scene.tree->near(node.text);
  for (std::size_t i = 0; i < near.size(); ++i) message += (i == 0 ? "; near: '" : ", '") + near[i] + "'";
  scene.warn("W24", line, node.span, message);
}

const Node& bare(const Node& node) { return node.kind == Kind::Field ? bare(node.args[0]) : node; }

/// `animals/ not humans/` and its damaged forms.
void animals(const Scene& scene, const Line& line, const Node& node) {
  if (node.kind != Kind::Not) return;
  const Node &left = node.args[0], &right = node.args[1];
  if (isNamed(left, {"animals", "animal"}) && left.kind == Kind::Heading && isNamed(bare(right), {"humans", "human"}) &&
      right.kind != Kind::Heading)
    scene.warn("W27", line, right.span, "'humans' is a word here; the heading is written humans/");
  else if (right.kind == Kind::Heading && isNamed(right, {"animals"}) && !isNamed(left, {"humans"}))
    scene.warn("W27", line, right.span,
               "this leaves out studies of animals and humans too; usual is: not (animals/ not humans/)");
  else if (isNamed(left, {"humans"}) && isNamed(right, {"animals"}))
    scene.warn("W27", line, node.span, "the headings are the wrong way round; usual is: animals/ not humans/");
}

}  // namespace

void checkHeadings(const Scene& scene) {
  for (const Line& line : scene.strategy.lines)
    if (line.tree)
      walk(*line.tree, [&](const Node& node) {
        if (node.kind == Kind::Heading && scene.tree != nullptr) unknownHeading(scene, line, node);
        animals(scene, line, node);
      });
}

}  // namespace winnow::search::lint
