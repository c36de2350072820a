// What the loaded plugins offer: the configuration's only view of plugins.
#pragma once

#include <winnow/abi.h>

#include <string>
#include <string_view>
#include <vector>

namespace winnow::config {

/// One stage of a loaded plugin. The table lives as long as the process.
struct StageDeclaration {
  const winnow_stage* stage = nullptr;
  std::string pluginName;
  std::string pluginVersion;
  std::string file;
};
using StageDeclarations = std::vector<StageDeclaration>;

/// ABI text as a view; null data is the empty text.
inline std::string_view view(winnow_str text) {
  return text.size == 0 ? std::string_view{} : std::string_view{text.data, text.size};
}

/// Where a name of a stage is looked for: "language" means "filters.language" in a step.
struct StageRole {
  std::string_view prefix;           ///< "filters."
  std::string_view noun;             ///< "filter", for messages
  std::vector<std::uint32_t> kinds;  ///< WINNOW_FILTER, ...
};
StageRole importerRole();
StageRole exporterRole();
StageRole annotatorRole();
StageRole rankerRole();
/// Filters; matchers too, where a step removes records.
StageRole filterRole(bool withMatchers);

/// The stage that `name` means, short ("language") or as full id, of any kind; null if there is none.
const winnow_stage* findStage(const StageDeclarations& stages, const StageRole& role, std::string_view name);
/// True if `name` means the stage of this id: the id itself, or what stands behind its kind.
bool meansStage(std::string_view name, std::string_view id);
/// "there is no stage 'langauge'; did you mean 'language'?" among the stages of these ids, for an error.
std::string noStage(std::string_view name, const std::vector<std::string>& ids);
/// The one stage of any kind that `name` means: its full id, or what stands behind the kind. Null, and `why` says so
/// with the nearest names, if there is none or if several are called so ("ris": an importer and an exporter).
const StageDeclaration* findNamed(const StageDeclarations& stages, std::string_view name, std::string& why);
/// True if the stage is of a kind that the role takes.
bool fits(const StageRole& role, const winnow_stage& stage);
/// "filter", "matcher", "sampler", "importer", "exporter", "annotator", "ranker".
std::string_view kindNoun(const winnow_stage& stage);
/// Short names of all stages that fit, in the order of the declarations, each once.
std::vector<std::string> shortNames(const StageDeclarations& stages, const StageRole& role);

}  // namespace winnow::config
