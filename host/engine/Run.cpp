#include "Run.hpp"

#include "flow/LastFates.hpp"
#include "flow/Parents.hpp"
#include "flow/ProvenFlow.hpp"
#include "io/Error.hpp"
#include "outputs/Lock.hpp"
#include "outputs/Outputs.hpp"
#include "outputs/ReaderSheets.hpp"

namespace winnow::engine {

namespace {

/// Records that an earlier source brought are not new: the number of those seen here first.
void countNew(ImportReport& imported, const Records& records) {
  for (const RecordId id : records.order()) ++imported.sources[records.files()[records.fileOf(id)].source].added;
}

}  // namespace

Worked workThrough(const Workspace& work, const std::string& until) {
  ImportReport imported = importSources(work);
  if (imported.errors != 0)
    throw Error(std::to_string(imported.errors) + (imported.errors == 1 ? " problem keeps" : " problems keep") +
                " records out of the review; fix the files named above and run again");
  Evaluation evaluation = evaluate(work, imported.files, until);
  if (const std::size_t wrong = checkParents(work, evaluation); wrong != 0)
    throw Error(std::to_string(wrong) + (wrong == 1 ? " source starts" : " sources start") +
                " from a record that is not included; nothing was written");
  countNew(imported, evaluation.records());
  return {std::move(imported), std::move(evaluation)};
}

std::vector<OutputReport> complete(const Workspace& work, const Worked& worked, bool writesExports) {
  const ProvenFlow flow = ProvenFlow::prove(worked.evaluation, work.review);
  remember(work, worked.evaluation);
  std::vector<OutputReport> outputs = writeSheets(work, worked.evaluation);
  if (writesExports)
    for (OutputReport& written : writeExports(work, worked.evaluation, flow)) outputs.push_back(std::move(written));
  if (writesExports) {
    ledger::Ledger::Transaction keeping(work.ledger);
    work.ledger.keepFates(packedFates(worked.evaluation));
    keeping.commit();
  }
  writeLock(work, worked.imported);
  return outputs;
}

}  // namespace winnow::engine
