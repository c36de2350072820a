// winnow run: everything that is not done yet, then stop where people must decide.
#include <winnow/plugin.hpp>

#include "CommandLine.hpp"
#include "Report.hpp"
#include "Session.hpp"
#include "engine/flow/Flow.hpp"
#include "engine/flow/FlowLaws.hpp"
#include "engine/outputs/Outputs.hpp"
#include "engine/outputs/SearchDocument.hpp"
#include "engine/steps/Judging.hpp"
#include "io/AtomicFile.hpp"
#include "io/Error.hpp"
#include "io/Sha256.hpp"

namespace winnow::cli {

namespace po = boost::program_options;

namespace {

constexpr const char* kHelp =
    "Reads every export, applies the steps in their order and writes the exports. What was done before is not done\n"
    "again; a run that was interrupted goes on. Where people must decide, a sheet for each reader is written to\n"
    "out/sheets, and the program ends with exit code 3: fill the sheets in, save them where the step's `decisions`\n"
    "are read from, run again.\n";

/// All that an exporter may ask for.
engine::Documents documentsOf(const engine::Workspace& work, const engine::Evaluation& evaluation,
                              const nlohmann::ordered_json& flow) {
  const config::Review& review = work.review;
  engine::Documents documents{
      {"flow", flow.dump()},
      {"steps", engine::stepsOf(evaluation, review).dump()},
      {"votes", engine::votesOf(evaluation, review).dump()},
      {"review", engine::reviewOf(review).dump()},
      {"search",
       engine::searchOf(evaluation, review).dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace)}};
  for (const config::Form& form : review.forms) documents["form " + form.name] = engine::formOf(form).dump();
  documents.insert(work.given.begin(), work.given.end());
  return documents;
}

/// A diagram is only drawn from numbers that hold.
void requireBalance(const nlohmann::ordered_json& flow) {
  const auto violations = engine::checkFlow(flow);
  if (violations.empty()) return;
  std::string text = "the numbers do not balance, so nothing was drawn:";
  for (const auto& v : violations) text += "\n  " + v.law + " (" + v.where + "): " + v.message;
  throw Error(text);
}

/// review.lock: what this result was made from.
std::string lockText(const Session& session) {
  const config::Review& review = session.review();
  std::string text =
      "# Written by winnow run: what the results beside it were made from.\nversion: 1\nconfiguration: " +
      io::sha256File(review.file).first + "\ninputs:\n";
  for (const engine::ActiveFile& f : session.imported().files)
    text += "  \"" + f.row.name + "\": " + f.row.sha256 + "\n";
  if (!review.search.mesh.empty())
    text += "  \"" + review.search.mesh + "\": " + io::sha256File(review.folder / review.search.mesh).first + "\n";
  text += "plugins:\n";
  for (const plugins::StageEntry* entry : usedPlugins(session))
    text += "  " + std::string(view(entry->stage->id)) + ": " + std::string(view(entry->stage->version)) + " " +
            io::sha256File(entry->file).first + "\n";
  return text;
}

void writeLock(const Session& session) {
  const std::filesystem::path file = std::filesystem::path(session.review().file).replace_extension(".lock");
  const std::string text = lockText(session);
  std::error_code ignored;
  if (std::filesystem::exists(file, ignored) && io::readFile(file) == text) return;
  io::writeFile(file, text);
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
  Session session(context, std::move(*review), dry ? Session::Where::Scratch : Session::Where::InPlace);
  const ledger::Id id = session.ledger().beginRun(WINNOW_VERSION, io::sha256File(session.review().file).first);
  session.work(until);
  printImport(context.console, session.review(), session.imported());
  engine::Evaluation& evaluation = session.evaluation();
  printSteps(context.console, session.review(), evaluation);
  const nlohmann::ordered_json flow = engine::flowOf(evaluation, session.review());
  requireBalance(flow);
  std::vector<engine::OutputReport> outputs;
  if (!dry) {
    const engine::Documents documents = documentsOf(session.workspace(), evaluation, flow);
    outputs = engine::writeSheets(session.workspace(), evaluation, documents);
    if (until.empty()) {
      const auto exports = engine::writeExports(session.workspace(), evaluation, documents);
      outputs.insert(outputs.end(), exports.begin(), exports.end());
    }
    writeLock(session);
  }
  printOutputs(context.console, outputs);
  printPlugins(context.console, usedPlugins(session));
  const bool open = evaluation.isOpen();
  session.ledger().endRun(id, open ? "waiting" : "done");
  context.console.line(dry    ? "the numbers balance; nothing was written (--dry-run)"
                       : open ? "the numbers balance; the review waits for people"
                              : "the numbers balance; the review is complete");
  if (context.console.json())
    context.console.print(reportJson(session, session.imported(), evaluation, outputs).dump(1) + "\n");
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
