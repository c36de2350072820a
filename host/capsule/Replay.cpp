#include "Replay.hpp"

#include <winnow/plugin.hpp>

#include "engine/Run.hpp"
#include "engine/outputs/Lock.hpp"
#include "engine/outputs/SearchDocument.hpp"
#include "io/Error.hpp"
#include "io/Sha256.hpp"

namespace winnow::capsule {

void copyFiles(const std::filesystem::path& from, const std::filesystem::path& to,
               const std::vector<FileEntry>& files) {
  for (const FileEntry& file : files) {
    const std::filesystem::path target = to / file.path;
    std::error_code error;
    std::filesystem::create_directories(target.parent_path(), error);
    std::filesystem::copy_file(from / file.path, target, error);
    if (error) throw Error("cannot copy '" + (from / file.path).string() + "': " + error.message());
  }
}

Replayed replay(const Program& program, const std::filesystem::path& reviewFile) {
  io::OutputPolicy outputs;
  const config::Review review = program.read(reviewFile, outputs);
  ledger::Ledger ledger(review.ledger, ledger::Access::ReadWrite, program.tags);
  const ledger::Id run = ledger.beginRun("replay", io::sha256File(review.file).first);
  const engine::Workspace work{
      review, program.catalogue,      program.tags, ledger, outputs, [](const io::Diagnostic&) {},
      {},     engine::givenOf(review)};
  const engine::Worked worked = engine::workThrough(work);
  engine::complete(work, worked, true);
  Replayed out;
  out.isOpen = worked.evaluation.isOpen();
  for (const plugins::StageEntry* entry : engine::usedStages(work, worked.imported))
    out.plugins.push_back({std::string(view(entry->stage->id)), std::string(view(entry->stage->version)),
                           io::sha256File(entry->file).first});
  ledger.endRun(run, out.isOpen ? "waiting" : "done");
  return out;
}

}  // namespace winnow::capsule
