#include "StageDeclarations.hpp"

#include <algorithm>

namespace winnow::config {

StageRole importerRole() { return {"importers.", "importer", {WINNOW_IMPORTER}}; }
StageRole exporterRole() { return {"exporters.", "exporter", {WINNOW_EXPORTER}}; }
StageRole annotatorRole() { return {"annotators.", "annotator", {WINNOW_ANNOTATOR}}; }
StageRole rankerRole() { return {"rankers.", "ranker", {WINNOW_RANKER}}; }
StageRole filterRole(bool withMatchers) {
  StageRole role{"filters.", "filter", {WINNOW_FILTER}};
  if (withMatchers) role.kinds.push_back(WINNOW_MATCHER);
  return role;
}

const winnow_stage* findStage(const StageDeclarations& stages, const StageRole& role, std::string_view name) {
  const std::string full = std::string(role.prefix) + std::string(name);
  for (const std::string_view id : {std::string_view(full), name})
    for (const StageDeclaration& declared : stages)
      if (view(declared.stage->id) == id) return declared.stage;
  return nullptr;
}

bool fits(const StageRole& role, const winnow_stage& stage) {
  return std::find(role.kinds.begin(), role.kinds.end(), stage.kind) != role.kinds.end();
}

std::string_view kindNoun(const winnow_stage& stage) {
  switch (stage.kind) {
    case WINNOW_IMPORTER:
      return "importer";
    case WINNOW_MATCHER:
      return "matcher";
    case WINNOW_SAMPLER:
      return "sampler";
    case WINNOW_EXPORTER:
      return "exporter";
    case WINNOW_ANNOTATOR:
      return "annotator";
    case WINNOW_RANKER:
      return "ranker";
    default:
      return "filter";
  }
}

std::vector<std::string> shortNames(const StageDeclarations& stages, const StageRole& role) {
  std::vector<std::string> names;
  for (const StageDeclaration& declared : stages) {
    if (!fits(role, *declared.stage)) continue;
    std::string_view id = view(declared.stage->id);
    if (id.substr(0, role.prefix.size()) == role.prefix) id.remove_prefix(role.prefix.size());
    if (std::find(names.begin(), names.end(), id) == names.end()) names.emplace_back(id);
  }
  return names;
}

}  // namespace winnow::config
