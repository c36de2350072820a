// winnow verify: what the ledger holds against the files, and against a ledger made from nothing; a capsule.
#include <map>

#include <boost/program_options.hpp>

#include "Capsules.hpp"
#include "CommandLine.hpp"
#include "Session.hpp"
#include "engine/people/DecisionMemory.hpp"
#include "engine/reading/ReadFile.hpp"
#include "engine/stages/Stages.hpp"

namespace winnow::cli {

namespace po = boost::program_options;

namespace {

constexpr const char* kVerifyHelp =
    "Compares, without writing anything: every row of the ledger with its checksum; every record's bytes with the "
    "place\n"
    "in its export file that the ledger names; and the fate of every record with what a ledger made from nothing "
    "gives.\n"
    "A capsule ('winnow pack') instead of a review: every byte against its hashes, and every output against what the\n"
    "review computes to in a temporary folder.\n"
    "Exit code 0: all agree. 1: each difference is named, with what to do.\n"
    "  $ winnow verify review.yaml\n"
    "  $ winnow verify review.crate.zip\n"
    "  $ winnow verify review.crate.zip --exports FOLDER    one that was packed without its exports\n";

/// What became of each record, by key.
using Fates = std::map<std::string, std::string>;

Fates fatesOf(const engine::Evaluation& evaluation) {
  static constexpr const char* kWords[] = {"kept", "undecided", "excluded", "not retrieved", "waiting"};
  Fates fates;
  for (const engine::RecordId id : evaluation.records().order()) {
    const engine::RecordId lead = evaluation.clusters().representative(id);
    std::string& fate = fates[evaluation.records().key(id)];
    if (lead != id) {
      fate = "duplicate of " + evaluation.records().key(lead);
    } else if (const engine::End end = evaluation.end(id)) {
      const engine::StepResult& step = evaluation.steps()[end.step];
      const engine::Outcome& outcome = evaluation.outcome(end);
      fate = std::string(kWords[static_cast<int>(outcome.fate)]) + " at " + step.step->id +
             (outcome.reason == engine::Outcome::kNone ? "" : " (" + step.reasons[outcome.reason] + ")");
    } else {
      fate = "included";
    }
  }
  return fates;
}

class Verifying {
 public:
  Verifying(Context& context, const config::Review& review) : context_(context), review_(review) {}

  int run() {
    rows();
    if (wrong_ == 0) records();
    context_.console.line(wrong_ == 0 ? "everything agrees; nothing was written"
                                      : std::to_string(wrong_) + (wrong_ == 1 ? " difference" : " differences") +
                                            "; delete the ledger and run again: exports, configuration, assignments "
                                            "and decision files give the same results");
    if (onlyHere_ != 0)
      context_.console.line(std::to_string(onlyHere_) + (onlyHere_ == 1 ? " decision is" : " decisions are") +
                            " in the ledger alone, no file says so any more (winnow run names them): write them into a "
                            "decision file before you delete the ledger");
    return wrong_ == 0 ? Done : WorkFailed;
  }

 private:
  void differ(const std::string& what) {
    ++wrong_;
    context_.console.error(what);
  }

  void rows() {
    const ledger::Ledger ledger(review_.ledger, ledger::Access::ReadOnly, context_.tags);
    for (const std::string& what : ledger.verify()) differ(what);
    context_.console.line(padded("rows of the ledger", 32) + (wrong_ == 0 ? "as written" : "not as written"));
  }

  void records() {
    Session kept(context_, review_, Session::Where::Scratch);
    kept.work();
    bytes(kept);
    config::Review fresh = review_;
    fresh.ledger = review_.folder / ".winnow-verify-no-such-ledger";
    Session anew(context_, fresh, Session::Where::Scratch);
    copyMemory(kept, anew.ledger());
    anew.work();
    const Fates before = fatesOf(kept.evaluation()), after = fatesOf(anew.evaluation());
    const std::size_t sofar = wrong_;
    for (const auto& [key, fate] : before) {
      const auto found = after.find(key);
      if (found == after.end()) differ(key + " is not in the files any more");
      if (found != after.end() && found->second != fate)
        differ(key + " is '" + fate + "' by the ledger and '" + found->second + "' from nothing");
    }
    for (const auto& [key, fate] : after)
      if (!before.contains(key)) differ(key + " is in the files and not in the ledger");
    context_.console.line(padded("fates of " + grouped(after.size()) + " records", 32) +
                          (sofar == wrong_ ? "as from nothing" : "not as from nothing"));
  }

  /// What people said and no file says any more is nowhere but in the ledger, and goes on counting.
  void copyMemory(Session& kept, ledger::Ledger& anew) {
    const engine::Evaluation& evaluation = kept.evaluation();
    ledger::Ledger::Transaction transaction(anew);
    for (const engine::StepResult& step : evaluation.steps())
      onlyHere_ += engine::copyMemory(evaluation.peopleAt(kept.workspace(), step), *step.step, step.said, anew);
    transaction.commit();
  }

  /// The bytes of every record at its place in the export.
  void bytes(Session& session) {
    const engine::Records& records = session.evaluation().records();
    std::map<std::uint32_t, std::vector<engine::RecordId>> byFile;
    for (const engine::RecordId id : records.order()) byFile[records.fileOf(id)].push_back(id);
    const std::size_t sofar = wrong_;
    for (const auto& [file, ids] : byFile) bytesOf(session, records.files()[file], ids);
    context_.console.line(padded("bytes of " + grouped(records.order().size()) + " records", 32) +
                          (sofar == wrong_ ? "as in the files" : "not as in the files"));
  }

  void bytesOf(Session& session, const engine::ActiveFile& file, const std::vector<engine::RecordId>& ids) {
    const engine::Records& records = session.evaluation().records();
    const config::Source& source = session.review().sources[file.source];
    std::map<std::uint64_t, engine::RecordId> wanted;
    for (const engine::RecordId id : ids) wanted[records.home(id).ordinal] = id;
    ledger::RecordBlock block;
    const std::string& path = source.fileNames[file.fileIndex];
    engine::ReadRequest request{
        source.files[file.fileIndex], file.row.name, file.row.importer, {}, {}, source.encoding};
    if (file.row.name.size() > path.size() && file.row.name.compare(0, path.size(), path) == 0)
      request.member = file.row.name.substr(path.size() + 1);
    request.settings = source.importer.empty()
                           ? engine::defaultSettings(*session.workspace().stage(file.row.importer).stage)
                           : source.importerSettings;
    engine::readFile(
        request, context_.catalogue(), context_.tags, [](const io::Diagnostic&) {},
        [&](const engine::ReadRecord& read) {
          const auto found = wanted.find(read.ordinal);
          if (found == wanted.end()) return;
          session.ledger().read({found->second}, true, block, [](engine::RecordId) { return 1u; });
          // A file that was saved with other line ends or in another encoding holds the same records.
          if (ledger::contentHash(block.raw(0)) != ledger::contentHash(read.raw) ||
              read.byte != records.home(found->second).byte)
            differ(file.row.name + ": record " + std::to_string(read.ordinal) + " (" + records.key(found->second) +
                   ") has other bytes than the ledger");
          wanted.erase(found);
        });
    for (const auto& [ordinal, id] : wanted)
      differ(file.row.name + ": record " + std::to_string(ordinal) + " (" + records.key(id) + ") is not in the file");
  }

  Context& context_;
  const config::Review& review_;
  std::size_t wrong_ = 0;
  std::size_t onlyHere_ = 0;  ///< decisions that no file says any more
};

int verify(Context& context, const po::variables_map& values) {
  const std::string file = values["review"].as<std::string>();
  if (isCapsule(file)) {
    std::optional<std::filesystem::path> exports;
    if (values.count("exports") != 0) exports = values["exports"].as<std::string>();
    return verifyCapsule(context, file, exports);
  }
  const auto review = openReview(context, file);
  if (!review) return WrongUsage;
  return Verifying(context, *review).run();
}

}  // namespace

Command verifyCommand() {
  return {"verify",
          "[OPTIONS] review.yaml|CAPSULE.zip",
          "Compare the ledger with the files and with one made from nothing; a capsule with its hashes and itself",
          kVerifyHelp,
          [](po::options_description& options) {
            options.add_options()("review", po::value<std::string>()->default_value("review.yaml"),
                                  "the configuration, or a capsule")("exports", po::value<std::string>(),
                                                                     "of a capsule: folder of the files not in it");
          },
          {"review"},
          verify};
}

}  // namespace winnow::cli
