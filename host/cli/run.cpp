// winnow run: everything that is not done yet, then stop where people must decide.
#include <algorithm>
#include <optional>

#include <boost/program_options.hpp>
#include <nlohmann/json.hpp>

#include "CommandLine.hpp"
#include "Report.hpp"
#include "Session.hpp"
#include "engine/flow/LastFates.hpp"
#include "engine/outputs/Lock.hpp"
#include "engine/outputs/PluginChanges.hpp"
#include "io/Error.hpp"
#include "io/FolderLock.hpp"
#include "io/Sha256.hpp"

namespace winnow::cli {

namespace po = boost::program_options;

namespace {

constexpr const char* kRunHelp =
    "Reads every export, applies the steps in their order and writes the exports. What was done before is not done\n"
    "again; a run that was interrupted goes on. Where people must decide, a sheet for each reader is written to\n"
    "out/sheets, and the program ends with exit code 3: fill the sheets in, save them where the step's `decisions`\n"
    "are read from, run again.\n";

/// Ends the run where anything differs from what the lock says, before anything is written.
void requireLocked(Context& context, Session& session, const engine::LockContents& lock) {
  const auto violations = engine::lockViolations(session.workspace(), session.imported(), lock);
  for (const std::string& one : violations) context.console.note("error: not as in the lock: " + one + "\n");
  if (!violations.empty())
    throw Error(std::to_string(violations.size()) + (violations.size() == 1 ? " thing differs" : " things differ") +
                " from review.lock; no output was written");
}

/// Which plugins are others than in the last run, and how many records came out differently since.
void printPluginChanges(Console& console, const Session& session, const engine::LockContents& lock,
                        const std::optional<std::string>& before) {
  const auto changes = engine::pluginChanges(lock, engine::usedStages(session.workspace(), session.imported()));
  if (changes.empty()) return;
  const std::string now = engine::packedFates(session.evaluation());
  const std::size_t records =
      before ? engine::changesBetween(*before, now, session.evaluation()).size() : std::size_t{0};
  for (const engine::PluginChange& change : changes) console.line("changed " + engine::sentenceOf(change));
  console.line("        " + std::to_string(records) + (records == 1 ? " record" : " records") +
               " changed their fate since the last run" + (records == 0 ? "" : " ('winnow diff --last' lists them)"));
}

int run(Context& context, const po::variables_map& values) {
  auto review = openReview(context, values["review"].as<std::string>());
  if (!review) return WrongUsage;
  const std::string until = values.count("until") != 0 ? values["until"].as<std::string>() : std::string();
  if (!until.empty() &&
      std::none_of(review->steps.begin(), review->steps.end(), [&](const config::Step& s) { return s.id == until; }))
    throw UsageError("there is no step '" + until + "'; its steps are: " + [&] {
      std::string ids;
      for (const config::Step& s : review->steps) ids += (ids.empty() ? "" : ", ") + s.id;
      return ids;
    }());
  const bool dry = values.count("dry-run") != 0;
  const std::filesystem::path out = review->folder / review->outFolder;
  std::optional<io::FolderLock> writing;
  if (!dry && std::filesystem::exists(out)) writing.emplace(out);  // who must wait is reported before the work
  Session session(context, std::move(*review), dry ? Session::Where::Scratch : Session::Where::InPlace);
  const ledger::Id id = session.ledger().beginRun(WINNOW_VERSION, io::sha256File(session.review().file).first);
  session.work(until);
  const engine::LockContents lock = engine::readLock(session.review().file);
  if (values.count("locked") != 0) requireLocked(context, session, lock);
  printImport(context.console, session.review(), session.imported());
  const engine::Evaluation& evaluation = session.evaluation();
  printSteps(context.console, session.review(), evaluation);
  const std::optional<std::string> fatesBefore = session.ledger().fates(0);
  std::vector<engine::OutputReport> outputs;
  if (!dry && !writing) writing.emplace(out);
  if (dry)
    engine::ProvenFlow::prove(evaluation, session.review());
  else
    outputs = engine::complete(session.workspace(), session.worked(), until.empty());
  printOutputs(context.console, outputs);
  printPlugins(context.console, engine::usedStages(session.workspace(), session.imported()));
  if (!dry && until.empty()) printPluginChanges(context.console, session, lock, fatesBefore);
  printProvisional(context.console, evaluation);
  const bool open = evaluation.isOpen();
  session.ledger().endRun(id, open ? "waiting" : "done");
  context.console.line(dry    ? "the numbers balance; nothing was written (--dry-run)"
                       : open ? "the numbers balance; the review waits for people"
                              : "the numbers balance; the review is complete");
  if (context.console.json()) context.console.printJson(reportJson(session, outputs));
  return open ? WaitingForPeople : Done;
}

}  // namespace

Command runCommand() {
  return {"run",
          "[OPTIONS] review.yaml",
          "Do everything that is not done yet, stop where people must decide",
          kRunHelp,
          [](po::options_description& options) {
            options.add_options()("review", po::value<std::string>()->default_value("review.yaml"),
                                  "the configuration")("until", po::value<std::string>(),
                                                       "stop after the step with this id; exports are not written")(
                "dry-run", "show what would happen; write nothing")(
                "locked", "end with an error where a plugin or a file is another one than in review.lock");
          },
          {"review"},
          run};
}

}  // namespace winnow::cli
