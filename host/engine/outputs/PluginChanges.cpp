#include "PluginChanges.hpp"

#include <algorithm>
#include <map>

#include <winnow/plugin.hpp>

namespace winnow::engine {

std::vector<PluginChange> pluginChanges(const LockContents& lock, const std::vector<const plugins::StageEntry*>& used) {
  std::map<std::string, PluginChange> changes;
  if (lock.stages.empty()) return {};
  std::map<std::string, const plugins::StageEntry*> now;
  for (const plugins::StageEntry* entry : used) now.emplace(view(entry->stage->id), entry);
  for (const auto& [id, before] : lock.stages) {
    const auto found = now.find(id);
    const std::string version = found == now.end() ? std::string() : std::string(view(found->second->stage->version));
    const bool isOtherFile = found != now.end() && version == before.version &&
                             found->second->standing != plugins::Standing::Installed &&
                             found->second->content->sha256() != before.sha256;
    if (version != before.version || isOtherFile) changes[id] = {id, before.version, version, isOtherFile};
  }
  for (const auto& [id, entry] : now)
    if (!lock.stages.contains(id)) changes[id] = {id, {}, std::string(view(entry->stage->version)), false};
  std::vector<PluginChange> list;
  for (auto& [id, change] : changes) list.push_back(std::move(change));
  return list;
}

std::string sentenceOf(const PluginChange& change) {
  if (change.before.empty()) return change.id + " " + change.now + " is new";
  if (change.now.empty()) return change.id + " " + change.before + " is not used any more";
  if (change.isOtherFile) return change.id + " " + change.now + ", another file of the same version";
  return change.id + " " + change.before + " -> " + change.now;
}

std::vector<std::string> lockViolations(const Workspace& work, const ImportReport& imported, const LockContents& lock) {
  if (lock.stages.empty()) return {"there is no review.lock beside the review; a run without --locked writes one"};
  std::vector<std::string> violations;
  for (const PluginChange& change : pluginChanges(lock, usedStages(work, imported)))
    violations.push_back("plugin " + sentenceOf(change));
  std::map<std::string, std::string> inputs;
  for (const ActiveFile& file : imported.files) inputs[file.row.name] = file.row.sha256;
  for (const auto& [name, sha256] : inputs) {
    const auto before = lock.inputs.find(name);
    if (before == lock.inputs.end()) violations.push_back("'" + name + "' is new");
    if (before != lock.inputs.end() && before->second != sha256)
      violations.push_back("'" + name + "' has another content");
  }
  for (const auto& [name, importer] : lock.importers)
    if (!inputs.contains(name)) violations.push_back("'" + name + "' is not read any more");
  return violations;
}

}  // namespace winnow::engine
