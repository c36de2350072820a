// winnow run: everything that is not done yet, then stop where people must decide.
#include <algorithm>
#include <optional>

#include "CommandLine.hpp"
#include "Report.hpp"
#include "Session.hpp"
#include "engine/outputs/Lock.hpp"
#include "io/Error.hpp"
#include "io/FolderLock.hpp"
#include "io/Sha256.hpp"

namespace winnow::cli {

namespace po = boost::program_options;

namespace {

constexpr const char* kHelp =
    "Reads every export, applies the steps in their order and writes the exports. What was done before is not done\n"
    "again; a run that was interrupted goes on. Where people must decide, a sheet for each reader is written to\n"
    "out/sheets, and the program ends with exit code 3: fill the sheets in, save them where the step's `decisions`\n"
    "are read from, run again.\n";

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
  if (!dry && std::filesystem::exists(out)) writing.emplace(out);  // who must wait is told before the work
  Session session(context, std::move(*review), dry ? Session::Where::Scratch : Session::Where::InPlace);
  const ledger::Id id = session.ledger().beginRun(WINNOW_VERSION, io::sha256File(session.review().file).first);
  session.work(until);
  printImport(context.console, session.review(), session.imported());
  const engine::Evaluation& evaluation = session.evaluation();
  printSteps(context.console, session.review(), evaluation);
  std::vector<engine::OutputReport> outputs;
  if (!dry && !writing) writing.emplace(out);
  if (dry)
    engine::ProvenFlow::prove(evaluation, session.review());
  else
    outputs = engine::complete(session.workspace(), session.worked(), until.empty());
  printOutputs(context.console, outputs);
  printPlugins(context.console, engine::usedStages(session.workspace(), session.imported()));
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
          kHelp,
          [](po::options_description& options) {
            options.add_options()("review", po::value<std::string>()->default_value("review.yaml"),
                                  "the configuration")("until", po::value<std::string>(),
                                                       "stop after the step with this id; exports are not written")(
                "dry-run", "show what would happen; write nothing");
          },
          {"review"},
          run};
}

}  // namespace winnow::cli
