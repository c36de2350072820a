// winnow screen: reading in the browser.
#include <algorithm>
#include <charconv>

#include <boost/program_options.hpp>
#include <nlohmann/json.hpp>

#include "CommandLine.hpp"
#include "Session.hpp"
#include "config/Nearest.hpp"
#include "engine/flow/ProvenFlow.hpp"
#include "io/Cancel.hpp"
#include "io/Error.hpp"
#include "io/Listed.hpp"
#include "screen/Api.hpp"
#include "screen/PagePack.hpp"
#include "screen/ScreeningLock.hpp"
#include "screen/Server.hpp"

namespace winnow::cli {

namespace po = boost::program_options;

namespace {

constexpr const char* kScreenHelp =
    "Starts a small web server on this machine (127.0.0.1, nobody else reaches it) and prints a start link for each\n"
    "reviewer. Open yours in a browser: it shows one record after the other beside the criteria. Every decision is\n"
    "saved in the step's own decision file, decisions/STEP-READER.csv, before the page says so; 'winnow run' reads it\n"
    "like any other. Readers see their own decisions alone. A start link works once. Ctrl-C ends the server.\n"
    "  $ winnow screen                       screens review.yaml\n"
    "  $ winnow screen pack --help           the same page as one file, without a server\n"
    "  $ winnow screen --port 8040           at a fixed port, for 'ssh -L 8040:127.0.0.1:8040 HOST'\n";

std::uint16_t portOf(const po::variables_map& values) {
  const std::string text = values["port"].as<std::string>();
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || end != text.data() + text.size())
    throw UsageError("--port takes a number from 1 to 65535, or 0 for any that is free, not '" + text + "'");
  return port;
}

std::string wordOf(const po::variables_map& values, const char* option, std::initializer_list<const char*> known) {
  const std::string word = values[option].as<std::string>();
  std::string list;
  for (const char* one : known) {
    if (word == one) return word;
    list += (list.empty() ? "" : " or ") + std::string(one);
  }
  throw UsageError("--" + std::string(option) + " is " + list + ", not '" + word + "'");
}

/// Evaluates the review and keeps what people said and what was drawn.
screen::Opened evaluated(Context& context, config::Review review) {
  auto session = std::make_shared<Session>(context, std::move(review), Session::Where::InPlace);
  session->work();
  engine::ProvenFlow::prove(session->evaluation(), session->review());
  engine::remember(session->workspace(), session->evaluation());
  const engine::Workspace* work = &session->workspace();
  const engine::Evaluation* evaluation = &session->evaluation();
  return {session, work, evaluation, [held = session.get()] { held->closeLedger(); }};
}

/// What the command line says of keys counts before what the review says.
screen::Manner mannerOf(const po::variables_map& values) {
  return {wordOf(values, "language", {"en", "no"}),
          values.count("keys") == 0 ? std::string() : wordOf(values, "keys", {"winnow", "asreview"}),
          "winnow " WINNOW_VERSION};
}

void addManner(po::options_description& options) {
  options.add_options()("review", po::value<std::string>()->default_value("review.yaml"), "the configuration")(
      "language", po::value<std::string>()->default_value("en"), "of the page: en or no")(
      "keys", po::value<std::string>(),
      "keys of the page: winnow (I include, E exclude) or asreview (R relevant, I irrelevant); as the review says, "
      "winnow unless it does");
}

void printLinks(Console& console, const config::Review& review, screen::Tokens& tokens, screen::Reading& reading,
                const std::string& address) {
  nlohmann::ordered_json json{{"address", address}, {"readers", nlohmann::ordered_json::array()}};
  console.line("Screening '" + review.title + "' at " + address + "; each start link works once:");
  for (const config::Reviewer& reviewer : review.reviewers) {
    if (reading.stepsOf(reviewer.id).empty()) continue;
    const std::string link = address + "/#token=" + tokens.invite(reviewer.id);
    console.line("  " + padded(reviewer.id, 12) + link);
    json["readers"].push_back({{"id", reviewer.id}, {"link", link}});
  }
  if (json["readers"].empty())
    console.note(
        "warning: nobody reads anything in this review; give it a step for people: "
        "- {screen: title and abstract, by: NAME, decisions: decisions/title-and-abstract*.csv}\n");
  console.line("Ctrl-C ends the server.");
  if (console.json()) console.printJson(json);
  console.flush();
}

void tellClosed(Console& console, const config::Review& review, screen::Reading& reading) {
  for (const config::Reviewer& reviewer : review.reviewers)
    for (const std::string& step : reading.stepsOf(reviewer.id))
      if (const std::string& why = reading.whyClosed(reviewer.id, step); !why.empty())
        console.note("warning: " + reviewer.id + " cannot read '" + step + "' in the browser: " + why + "\n");
}

void tellFullTexts(Console& console, screen::Reading& reading) {
  if (const std::string& why = reading.fullTexts().why(); !why.empty()) console.note("warning: " + why + "\n");
  const std::vector<std::string> stray = reading.strayFullTexts();
  if (stray.empty()) return;
  console.note("warning: " + io::listed(stray, 3) + (stray.size() == 1 ? " is" : " are") +
               " of no record that somebody reads; a PDF is named by its record's key, PMID or DOI ('/' as '_')\n");
}

int screenReview(Context& context, const po::variables_map& values) {
  const std::string path = values["review"].as<std::string>();
  const std::uint16_t port = portOf(values);
  const screen::Manner manner = mannerOf(values);
  auto review = openReview(context, path);
  if (!review) return WrongUsage;
  screen::ScreeningLock lock(std::filesystem::path(review->ledger).replace_extension(".screening"));
  screen::Server server(port);
  screen::Tokens tokens;
  const auto open = [&]() -> screen::Opened {
    auto now = std::exchange(review, std::nullopt);
    if (!now) now = openReview(context, path);
    if (!now) throw Error("the configuration has errors");
    return evaluated(context, std::move(*now));
  };
  screen::Api api(open, manner, tokens, server.port());
  const std::string address = "http://127.0.0.1:" + std::to_string(server.port());
  lock.announce(address);
  tellClosed(context.console, api.reading().work().review, api.reading());
  tellFullTexts(context.console, api.reading());
  printLinks(context.console, api.reading().work().review, tokens, api.reading(), address);
  server.run([&](const screen::Request& request) { return api.answer(request); },
             [] { return io::cancelRequested().load(std::memory_order_relaxed); }, [&] { api.rest(); });
  context.console.line("The server has ended; every decision that a page showed as saved is in its file.");
  return Done;
}

// ---- one file

constexpr const char* kScreenPackHelp =
    "Writes the page as one file for one reader: the records that the reader reads, the criteria and the reader's own\n"
    "decisions so far, nothing of other readers. It opens in any browser, offline. Decisions stay in that browser\n"
    "until they are saved as the step's decision file, which 'winnow run' reads like any other.\n"
    "  $ winnow screen pack --reader ON -o ON.html\n";

int packPage(Context& context, const po::variables_map& values) {
  if (values.count("reader") == 0 || values.count("output") == 0)
    throw UsageError("whose page, and into which file? 'winnow screen pack --help' shows how");
  const screen::Manner manner = mannerOf(values);
  auto review = openReview(context, values["review"].as<std::string>());
  if (!review) return WrongUsage;
  const std::string reader = values["reader"].as<std::string>();
  std::vector<std::string> known;
  for (const config::Reviewer& reviewer : review->reviewers) known.push_back(reviewer.id);
  if (std::find(known.begin(), known.end(), reader) == known.end())
    throw UsageError("'" + reader + "' is no reviewer of this review" + config::didYouMeanOf(reader, known));
  const std::filesystem::path target = fileNamed(values["output"].as<std::string>());
  const auto file = context.outputs.open(target, io::NamedBy::CommandLine);
  screen::DecisionFiles files;
  screen::Reading reading(evaluated(context, std::move(*review)), files);
  if (reading.stepsOf(reader).empty()) throw UsageError("'" + reader + "' reads no step of this review");
  const std::size_t count =
      screen::writePack(reading, reader, manner, [&](std::string_view bytes) { file->write(bytes); });
  file->commit();
  context.console.line("wrote " + values["output"].as<std::string>() + ": " + grouped(count) +
                       (count == 1 ? " record for " : " records for ") + reader);
  return Done;
}

Command screenPackCommand() {
  return {"screen pack",
          "--reader NAME -o FILE.html [OPTIONS] [review.yaml]",
          "Write the page as one file for one reader",
          kScreenPackHelp,
          [](po::options_description& options) {
            addManner(options);
            options.add_options()("reader", po::value<std::string>(), "whose records: id of a reviewer")(
                "output,o", po::value<std::string>(), "the page");
          },
          {"review"},
          packPage};
}

Command screenServerCommand() {
  return {"screen",
          "[OPTIONS] [review.yaml]",
          "Read records in the browser: one start link per reviewer",
          kScreenHelp,
          [](po::options_description& options) {
            addManner(options);
            options.add_options()("port", po::value<std::string>()->default_value("0"),
                                  "of 127.0.0.1; 0: any that is free");
          },
          {"review"},
          screenReview};
}

}  // namespace

Command screenCommand() {
  Command command = screenServerCommand();
  command.runWords = [](Context& context, const std::vector<std::string>& words) {
    if (!words.empty() && words.front() == "pack")
      return runHostCommand(context, screenPackCommand(), {words.begin() + 1, words.end()});
    return runHostCommand(context, screenServerCommand(), words);
  };
  return command;
}

}  // namespace winnow::cli
