#include "StageDeclarations.hpp"

#include <algorithm>

#include "Nearest.hpp"

namespace winnow::config {

namespace {

std::string_view withoutKind(std::string_view id) { return id.substr(id.find('.') + 1); }

}  // namespace

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

bool meansStage(std::string_view name, std::string_view id) { return id == name || withoutKind(id) == name; }

std::string noStage(std::string_view name, const std::vector<std::string>& ids) {
  std::vector<std::string> shorter;
  for (const std::string& id : ids) shorter.emplace_back(withoutKind(id));
  const std::string near = didYouMean(name, ids);
  return "there is no stage '" + std::string(name) + "'" + (near.empty() ? didYouMean(name, shorter) : near);
}

const StageDeclaration* findNamed(const StageDeclarations& stages, std::string_view name, std::string& why) {
  std::vector<const StageDeclaration*> found;
  std::vector<std::string> ids;
  for (const StageDeclaration& declared : stages) {
    const std::string_view id = view(declared.stage->id);
    if (id == name) return &declared;
    if (meansStage(name, id)) found.push_back(&declared);
    ids.emplace_back(id);
  }
  if (found.size() == 1) return found.front();
  if (found.empty()) {
    why = noStage(name, ids);
    return nullptr;
  }
  why = "several stages are called '" + std::string(name) + "'; write one of";
  for (const StageDeclaration* one : found)
    why += (one == found.front() ? " " : ", ") + std::string(view(one->stage->id));
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
