#include "OutputWriter.hpp"

#include <algorithm>
#include <sstream>

#include "engine/records/References.hpp"
#include "engine/stages/Stages.hpp"
#include "io/AtomicFile.hpp"
#include "io/Error.hpp"
#include "io/Sha256.hpp"

namespace winnow::engine {

namespace {

/// Everything an output is made from, as one hash: what is handed over of each record, and of the documents those that
/// its exporter reads.
std::string outputHash(const Workspace& work, const OutputPlan& plan, const DocumentNames& read,
                       const ViewHashes& hashes) {
  io::Sha256 hash;
  hash.add(stageKey(work.stage(plan.plugin), plan.settings)).add(plan.merged ? "merged\n" : "single\n");
  Documents given = plan.documents;
  given.merge(filesOf(work.review.folder, *work.stage(plan.plugin).stage, plan.settings));
  for (const std::string& name : read) {
    const auto found = given.find(name);
    hash.add(name).add("\n").add(found == given.end() ? "none" : found->second).add("\n");
  }
  for (const RecordId id : plan.ids) {
    const std::uint64_t seen = plan.merged ? hashes.merged(id, plan.extra) : hashes.single(id, plan.extra);
    hash.add(std::string_view(reinterpret_cast<const char*>(&seen), sizeof seen));
  }
  return io::hex(hash.finish());
}

/// The key of an output in the ledger: its hash, then a line for each document that went into it.
std::string keyOf(const std::string& hash, const DocumentNames& read) {
  std::string key = hash;
  for (const std::string& name : read) key += "\n" + name;
  return key;
}

DocumentNames documentsIn(const std::string& key) {
  DocumentNames read;
  std::istringstream lines(key);
  std::string line;
  std::getline(lines, line);  // the hash
  while (std::getline(lines, line)) read.insert(line);
  return read;
}

std::string hashIfThere(const std::filesystem::path& file) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(file, ignored) ? io::sha256File(file).first : std::string();
}

}  // namespace

OutputWriter::OutputWriter(const Workspace& work, const Evaluation& evaluation)
    : work_(work),
      views_(work.review, work.ledger, evaluation.records(), evaluation.clusters(), work.tags,
             &evaluation.annotations()),
      hashes_(work.review, evaluation.records(), evaluation.clusters(), &evaluation.annotations()) {}

OutputReport OutputWriter::write(const OutputPlan& plan) {
  OutputReport report{plan.path, plan.plugin, plan.ids.size(), false, false};
  const std::filesystem::path target = work_.review.folder / plan.path;
  const auto last = work_.ledger.lastOutput(plan.path);
  const std::string now = hashIfThere(target);
  if (last && last->second == now && last->first == keyFor(plan, documentsIn(last->first))) {
    report.unchanged = true;
    return report;
  }
  if (!now.empty() && !work_.ledger.isOutput(plan.path, now) && isFilledIn(plan.path, plan.answers)) {
    reportFilledIn(plan.path, plan.answers);
    report.kept = true;
    return report;
  }
  const auto file = work_.outputs.open(target, io::NamedBy::Configuration, plan.role);
  // Killed in between, the next run writes the file again and never takes it for one that somebody filled in.
  writeOutput(work_, plan.plugin, plan.settings, plan.documents, plan.ids, views_, plan.merged, plan.extra, *file,
              [&](const std::string& sha256, const DocumentNames& read) {
                ledger::Ledger::Transaction transaction(work_.ledger);
                work_.ledger.addOutput(plan.path, keyFor(plan, read), sha256);
                transaction.commit();
              });
  return report;
}

OutputReport OutputWriter::writeText(const std::string& path, const std::string& text, const SheetAnswers& answers,
                                     std::size_t records) {
  OutputReport report{path, "sheet", records, false, false};
  const std::filesystem::path target = work_.review.folder / path;
  const std::string now = hashIfThere(target), hash = io::sha256Hex(text);
  report.unchanged = now == hash;
  report.kept = !report.unchanged && !now.empty() && !work_.ledger.isOutput(path, now) && isFilledIn(path, answers);
  if (report.kept) reportFilledIn(path, answers);
  if (report.unchanged || report.kept) return report;
  const auto file = work_.outputs.open(target, io::NamedBy::Configuration, io::FileRole::Decisions);
  ledger::Ledger::Transaction transaction(work_.ledger);
  work_.ledger.addOutput(path, hash, hash);
  transaction.commit();
  file->write(text);
  file->commit();
  return report;
}

void OutputWriter::reportForgotten(const std::string& path, const SheetAnswers& answers) {
  const std::string now = hashIfThere(work_.review.folder / path);
  if (!now.empty() && !work_.ledger.isOutput(path, now) && isFilledIn(path, answers)) reportFilledIn(path, answers);
}

std::string OutputWriter::keyFor(const OutputPlan& plan, const DocumentNames& read) const {
  return keyOf(outputHash(work_, plan, read, hashes_), read);
}

/// True if somebody answered in a sheet what the review does not know. A sheet that cannot be read may hold answers.
bool OutputWriter::isFilledIn(const std::string& path, const SheetAnswers& answers) const {
  if (answers.columns.empty()) return false;
  std::vector<SheetRow> rows;
  try {
    rows = readSheets(work_, {work_.review.folder / path}, {path});
  } catch (const Error&) {  // reported while it was read
    return true;
  }
  return std::any_of(rows.begin(), rows.end(), [&](const SheetRow& row) {
    const bool isAnswered = std::any_of(answers.columns.begin(), answers.columns.end(),
                                        [&](const std::string& column) { return !row.cell(column).empty(); });
    return isAnswered && !(answers.isKnown && answers.isKnown(row));
  });
}

void OutputWriter::reportFilledIn(const std::string& path, const SheetAnswers& answers) const {
  io::Diagnostic d;
  d.code = "sheet.filled-in";
  d.message = "'" + path + "' holds answers that no step has read";
  d.action = "it was left as it is; move it to where the step reads decisions" +
             (answers.readFrom.empty() ? std::string() : " (" + answers.readFrom + ")") + ", then run again";
  work_.tell(d);
}

}  // namespace winnow::engine
