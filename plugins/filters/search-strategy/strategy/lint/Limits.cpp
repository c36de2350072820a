// Limits that only the database itself can decide.
#include "Rules.hpp"

namespace winnow::search::lint {

namespace {

/// What the database's indexers or its own hidden searches decide: no export says it.
bool isTheirs(const Limit& limit) { return limit.kind == LimitKind::Age || limit.kind == LimitKind::Other; }

void tell(const Scene& scene, const Line& line, const Node& node, const std::vector<Limit>& limits) {
  for (const Limit& limit : limits) {
    tell(scene, line, node, limit.of);
    if (isTheirs(limit))
      scene.warn(
          "W36", line, node.span,
          std::string(limit.kind == LimitKind::Age ? "the age group '" : "the limit '") + limit.value +
              "' is known to the database alone; on exported records, and on other platforms, it cannot be decided");
  }
}

}  // namespace

void checkLimits(const Scene& scene) {
  for (const Line& line : scene.strategy.lines)
    if (line.tree)
      walk(*line.tree, [&](const Node& node) {
        if (node.kind == Kind::Limit) tell(scene, line, node, node.limits);
      });
}

}  // namespace winnow::search::lint
