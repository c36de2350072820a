// winnow withdraw: says yes to decisions that no file says any more.
#include "CommandLine.hpp"

#include <boost/program_options.hpp>
#include "Session.hpp"
#include "engine/people/Decisions.hpp"
#include "io/Error.hpp"

namespace winnow::cli {

namespace po = boost::program_options;

namespace {

constexpr const char* kWithdrawHelp =
    "A decision that was read once goes on counting when its row disappears: a sheet saved over another must not undo\n"
    "anybody's reading. This command takes back all decisions that FILE no longer holds. A single one is taken back "
    "by\n"
    "a row with the decision 'taken back'.\n"
    "  $ winnow withdraw decisions/title-ON.csv --review review.yaml\n";

int withdraw(Context& context, const po::variables_map& values) {
  if (values.count("file") == 0) throw UsageError("which decision file? 'winnow withdraw --help' shows how");
  auto review = openReview(context, values["review"].as<std::string>());
  if (!review) return WrongUsage;
  const std::string file = values["file"].as<std::string>();
  Session session(context, std::move(*review), Session::Where::InPlace);
  session.work();
  const engine::Evaluation& evaluation = session.evaluation();
  std::size_t count = 0;
  ledger::Ledger::Transaction transaction(session.ledger());
  for (const engine::StepResult& step : evaluation.steps())
    count += engine::withdrawRemembered(evaluation.peopleAt(session.workspace(), step), *step.step, step.said, file);
  transaction.commit();
  if (count == 0)
    throw Error("nothing that '" + file + "' said is missing from it; it is named as in the message of winnow run");
  context.console.line(grouped(count) + (count == 1 ? " decision" : " decisions") + " of " + file + " taken back");
  return Done;
}

}  // namespace

Command withdrawCommand() {
  return {"withdraw",
          "FILE [--review review.yaml]",
          "Take back the decisions that a file no longer holds",
          kWithdrawHelp,
          [](po::options_description& options) {
            options.add_options()("file", po::value<std::string>(), "the decision file, as winnow run names it")(
                "review", po::value<std::string>()->default_value("review.yaml"), "the configuration");
          },
          {"file"},
          withdraw};
}

}  // namespace winnow::cli
