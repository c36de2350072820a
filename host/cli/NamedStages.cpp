#include "NamedStages.hpp"

#include <set>

#include <winnow/plugin.hpp>

#include "config/StageDeclarations.hpp"
#include "io/Error.hpp"
#include "plugins/Package.hpp"

namespace winnow::cli {

namespace fs = std::filesystem;

std::vector<const plugins::StageEntry*> stagesNamed(const plugins::Catalogue& catalogue, std::string_view name) {
  std::vector<const plugins::StageEntry*> found;
  for (const plugins::StageEntry& entry : catalogue.stages())
    if (config::meansStage(name, view(entry.stage->id))) found.push_back(&entry);
  return found;
}

std::string noStage(const plugins::Catalogue& catalogue, const std::string& name) {
  std::vector<std::string> ids;
  for (const plugins::StageEntry& entry : catalogue.stages()) ids.emplace_back(view(entry.stage->id));
  return config::noStage(name, ids) + "; 'winnow plugins --why' shows where Winnow looked";
}

fs::path pluginNamed(Context& context, const std::string& given) {
  std::error_code ignored;
  if (fs::exists(given, ignored)) return given;
  if (given.find('/') != std::string::npos) throw UsageError("there is no file '" + given + "'");
  std::set<fs::path> files;
  for (const plugins::StageEntry* entry : stagesNamed(context.catalogue(), given)) {
    const fs::path package = plugins::packageOf(entry->file);
    files.insert(package.empty() ? entry->file : package);
  }
  if (files.empty()) throw UsageError("there is no file '" + given + "', and " + noStage(context.catalogue(), given));
  if (files.size() == 1) return *files.begin();
  std::string list;
  for (const fs::path& file : files) list += "\n  " + file.string();
  throw UsageError("'" + given + "' may be one of several plugins; name the file, or the full id of the stage:" + list);
}

}  // namespace winnow::cli
