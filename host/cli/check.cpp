// winnow check: the same code as run, on a copy of the ledger.
#include "CommandLine.hpp"

#include <winnow/plugin.hpp>

#include "Report.hpp"
#include "Session.hpp"
#include "engine/Flow.hpp"
#include "engine/FlowLaws.hpp"
#include "engine/Judging.hpp"
#include "io/Error.hpp"
#include "io/InputStream.hpp"
#include "plugins/Services.hpp"

namespace winnow::cli {

namespace po = boost::program_options;

namespace {

constexpr const char* kHelp =
    "Reads the configuration, the search strategy, every export and every decision file as run would, and tells what is\n"
    "wrong, doubtful or still open, without writing anything into the review's folder.\n";

/// The whole file as the importers would get it.
std::string textOf(const std::filesystem::path& file) {
  std::string text;
  io::InputStream input(file);
  for (std::string_view chunk = input.next(); !chunk.empty(); chunk = input.next()) {
    text.append(chunk);
    input.release(text.size());
  }
  return text;
}

/// The search strategy, by the plugins that know its language. False if it has errors that no repair answers.
bool checkStrategy(Context& context, const config::Review& review) {
  if (review.search.strategy.empty()) return true;
  const std::string text = textOf(review.folder / review.search.strategy);
  std::vector<std::string> names;
  for (const config::Repair& repair : review.search.repairs) names.push_back("repairs." + repair.line);
  std::vector<winnow_setting> settings;
  for (std::size_t i = 0; i < names.size(); ++i) settings.push_back({str(names[i]), str(review.search.repairs[i].text)});
  plugins::Services services(context.tags);
  services.onDiagnostic([&](const winnow_diagnostic& d) {
    io::Diagnostic told = engine::unlocated(d);
    told.file = review.search.strategy;
    told.line = d.at.line;
    told.column = d.at.column;
    context.console.tell(told);
  });
  bool right = true;
  for (const plugins::LintEntry& entry : context.catalogue().lints())
    if (view(entry.lint->subject) == "search.strategy")
      right = entry.lint->check(services.host(), str(review.search.strategy), str(text), settings.data(), settings.size()) == WINNOW_OK && right;
  return right;
}

int check(Context& context, const po::variables_map& values) {
  auto review = openReview(context, values["review"].as<std::string>());
  if (!review) return WrongUsage;
  const bool strategyRight = checkStrategy(context, *review);
  if (values.count("config-only") != 0) {
    context.console.line(strategyRight ? "the configuration is right" : "the search strategy has errors that no repair answers");
    return strategyRight ? Done : WorkFailed;
  }
  Session session(context, std::move(*review), Session::Where::Scratch);
  session.work();
  printImport(context.console, session.review(), session.imported());
  printSteps(context.console, session.review(), session.evaluation());
  const auto violations = engine::checkFlow(engine::flowOf(session.evaluation(), session.review()));
  for (const auto& v : violations) context.console.error(v.law + " (" + v.where + "): " + v.message);
  if (context.console.json()) context.console.print(reportJson(session, session.imported(), session.evaluation(), {}).dump(1) + "\n");
  context.console.line(violations.empty() ? "the numbers balance; nothing was written" : "the numbers do not balance");
  return violations.empty() && strategyRight ? Done : WorkFailed;
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
