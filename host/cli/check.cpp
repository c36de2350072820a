// winnow check: the same code as run, on a copy of the ledger.
#include "CommandLine.hpp"

#include <winnow/plugin.hpp>

#include <boost/program_options.hpp>
#include <nlohmann/json.hpp>

#include "Protection.hpp"
#include "Report.hpp"
#include "Session.hpp"
#include "engine/outputs/SearchDocument.hpp"
#include "engine/stages/SettingsCheck.hpp"
#include "engine/stages/Stages.hpp"
#include "io/Error.hpp"
#include "io/InputStream.hpp"
#include "plugins/Services.hpp"

namespace winnow::cli {

namespace po = boost::program_options;

namespace {

constexpr const char* kCheckHelp =
    "Reads the configuration, the search strategy, every export and every decision file as run would, and tells what "
    "is\n"
    "wrong, doubtful or still open, without writing anything into the review's folder.\n";

/// A file of the review, by the plugins that know its language. False if it has errors that nothing in the review
/// answers.
bool checkFile(Context& context, const config::Review& review, const engine::Documents& given, std::string_view subject,
               const std::string& file) {
  if (file.empty()) return true;
  const std::string text = io::readText(review.folder / file);
  std::vector<std::pair<std::string, std::string>> said;
  for (const config::Repair& repair : review.search.repairs) said.emplace_back("repairs." + repair.line, repair.text);
  for (const std::string& field : review.search.fields) said.emplace_back("fields", field);
  std::vector<winnow_setting> settings;
  for (const auto& [name, value] : said) settings.push_back({str(name), str(value)});
  plugins::Services services(context.tags);
  for (const auto& [name, document] : given) services.provide(name, document);
  services.onDiagnostic([&](const winnow_diagnostic& d) {
    io::Diagnostic told = engine::unlocated(d);
    const auto answer = review.accepted.find(told.code);
    if (told.severity == io::Severity::Warning && answer != review.accepted.end()) {
      told.severity = io::Severity::Info;
      told.action = "accepted: " + answer->second;
    }
    told.file = file;
    told.line = d.at.line;
    told.column = d.at.column;
    context.console.tell(told);
  });
  bool right = true;
  for (const plugins::LintEntry& entry : context.catalogue().lints())
    if (view(entry.lint->subject) == subject)
      right = entry.lint->check(services.host(), str(file), str(text), settings.data(), settings.size()) == WINNOW_OK &&
              right;
  return right;
}

/// The thesaurus and the search strategy; empty, or what is wrong.
std::string checkSearch(Context& context, const config::Review& review) {
  const engine::Documents given = engine::givenOf(review);
  const bool meshRight = checkFile(context, review, given, "search.mesh", review.search.mesh);
  if (!checkFile(context, review, given, "search.strategy", review.search.strategy))
    return "the search strategy has errors that no repair answers";
  return meshRight ? "" : "the MeSH file cannot be used";
}

/// The configuration alone, with what its plugins say of their settings; `wrong`: what is known of the search already.
int checkConfiguration(Context& context, const config::Review& review, const std::string& wrong) {
  const std::size_t refusals = engine::checkSettings(review, context.catalogue(), context.tags, engine::givenOf(review),
                                                     [&](const io::Diagnostic& d) { context.console.tell(d); });
  context.console.settle();
  if (!wrong.empty()) context.console.line(wrong);
  if (refusals != 0)
    context.console.line(std::to_string(refusals) + (refusals == 1 ? " plugin refuses" : " plugins refuse") +
                         " its settings");
  if (!wrong.empty() || refusals != 0) return WorkFailed;
  context.console.line("the configuration is right");
  return Done;
}

int check(Context& context, const po::variables_map& values) {
  auto review = openReview(context, values["review"].as<std::string>());
  if (!review) return WrongUsage;
  for (const std::string& name : readOutside(*review))
    context.console.line("reads   " + name + ", outside of the review's folder");
  const std::string wrong = checkSearch(context, *review);
  if (values.count("config-only") != 0) return checkConfiguration(context, *review, wrong);
  Session session(context, std::move(*review), Session::Where::Scratch);
  session.work();
  printImport(context.console, session.review(), session.imported());
  printSteps(context.console, session.review(), session.evaluation());
  const auto violations = engine::ProvenFlow::violations(session.evaluation(), session.review());
  for (const auto& v : violations) context.console.error(v.law + " (" + v.where + "): " + v.message);
  if (context.console.json()) context.console.printJson(reportJson(session, {}));
  printProvisional(context.console, session.evaluation());
  context.console.line(violations.empty() ? "the numbers balance; nothing was written" : "the numbers do not balance");
  return violations.empty() && wrong.empty() ? Done : WorkFailed;
}

}  // namespace

Command checkCommand() {
  return {"check",
          "[OPTIONS] review.yaml",
          "Tell what is wrong, doubtful or open; write nothing",
          kCheckHelp,
          [](po::options_description& options) {
            options.add_options()("review", po::value<std::string>()->default_value("review.yaml"),
                                  "the configuration")("config-only",
                                                       "look at the configuration alone, read no export");
          },
          {"review"},
          check};
}

}  // namespace winnow::cli
