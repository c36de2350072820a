#include "Lock.hpp"

#include <map>
#include <set>

#include <winnow/plugin.hpp>

#include "engine/stages/LockFile.hpp"
#include "engine/stages/Stages.hpp"
#include "io/AtomicFile.hpp"
#include "io/Sha256.hpp"

namespace winnow::engine {

namespace {

std::string lockText(const Workspace& work, const ImportReport& imported) {
  const config::Review& review = work.review;
  std::string text =
      "# Written by winnow run: what the results beside it were made from.\nversion: 1\nconfiguration: " +
      io::sha256File(review.file).first + "\ninputs:\n";
  for (const ActiveFile& f : imported.files) text += "  \"" + f.row.name + "\": " + f.row.sha256 + "\n";
  if (!review.search.mesh.empty())
    text += "  \"" + review.search.mesh + "\": " + io::sha256File(review.folder / review.search.mesh).first + "\n";
  std::set<std::string> named;
  for (const config::Step& s : review.steps)
    if (!s.plugin.empty())
      for (std::string& name : namedFiles(*work.stage(s.plugin).stage, s.settings)) named.insert(std::move(name));
  for (const std::string& name : named)
    text += "  \"" + name + "\": " + io::sha256File(review.folder / name).first + "\n";
  text += "importers:\n";
  for (const ActiveFile& f : imported.files) text += "  \"" + f.row.name + "\": " + f.row.importer + "\n";
  text += "plugins:\n";
  for (const plugins::StageEntry* entry : usedStages(work, imported))
    text += "  " + std::string(view(entry->stage->id)) + ": " + std::string(view(entry->stage->version)) + " " +
            entry->content->sha256() + (entry->missingLimits.empty() ? "" : " # in a worker " + entry->missingLimits) +
            "\n";
  return text;
}

}  // namespace

std::vector<const plugins::StageEntry*> usedStages(const Workspace& work, const ImportReport& imported) {
  std::map<std::string, const plugins::StageEntry*> used;
  const auto use = [&](const std::string& id) {
    if (!id.empty()) used[id] = &work.stage(id);
  };
  for (const ActiveFile& f : imported.files) use(f.row.importer);
  for (const config::StageUse& annotator : work.review.annotators) use(annotator.plugin);
  for (const config::Step& s : work.review.steps) {
    use(s.plugin);
    if (s.order) use(s.order->plugin);
  }
  for (const config::Export& e : work.review.exports) use(e.plugin);
  std::vector<const plugins::StageEntry*> list;
  for (const auto& [id, entry] : used) list.push_back(entry);
  return list;
}

void writeLock(const Workspace& work, const ImportReport& imported) {
  const std::filesystem::path file = lockOf(work.review.file);
  const std::string text = lockText(work, imported);
  std::error_code ignored;
  if (std::filesystem::exists(file, ignored) && io::readFile(file) == text) return;
  const auto target = work.outputs.open(file, io::NamedBy::Configuration, io::FileRole::Lock);
  target->write(text);
  target->commit();
}

}  // namespace winnow::engine
