// winnow check: the same code as run, on a copy of the ledger.
#include "CommandLine.hpp"
#include "Report.hpp"
#include "Session.hpp"
#include "engine/Flow.hpp"
#include "engine/FlowLaws.hpp"
#include "io/Error.hpp"

namespace winnow::cli {

namespace po = boost::program_options;

namespace {

constexpr const char* kHelp =
    "Reads the configuration, every export and every decision file as run would, and tells what is wrong, doubtful or\n"
    "still open, without writing anything into the review's folder.\n";

int check(Context& context, const po::variables_map& values) {
  auto review = openReview(context, values["review"].as<std::string>());
  if (!review) return WrongUsage;
  if (values.count("config-only") != 0) {
    context.console.line("the configuration is right");
    return Done;
  }
  Session session(context, std::move(*review), Session::Where::Scratch);
  session.work();
  printImport(context.console, session.review(), session.imported());
  printSteps(context.console, session.review(), session.evaluation());
  const auto violations = engine::checkFlow(engine::flowOf(session.evaluation(), session.review()));
  for (const auto& v : violations) context.console.error(v.law + " (" + v.where + "): " + v.message);
  if (context.console.json()) context.console.print(reportJson(session, session.imported(), session.evaluation(), {}).dump(1) + "\n");
  context.console.line(violations.empty() ? "the numbers balance; nothing was written" : "the numbers do not balance");
  return violations.empty() ? Done : WorkFailed;
}

}  // namespace

Command checkCommand() {
  return {"check", "[OPTIONS] review.yaml", "Tell what is wrong, doubtful or open; write nothing", kHelp,
          [](po::options_description& options) {
            options.add_options()("review", po::value<std::string>()->default_value("review.yaml"), "the configuration")(
                "config-only", "look at the configuration alone, read no export");
          },
          {"review"}, check};
}

}  // namespace winnow::cli
