#include "CommandLine.hpp"

#include <algorithm>
#include <csignal>
#include <exception>
#include <iostream>
#include <sstream>

#include <winnow/plugin.hpp>

#include <boost/program_options.hpp>

#include "TrustFile.hpp"
#include "Version.hpp"
#include "config/Nearest.hpp"
#include "conform/Suite.hpp"
#include "io/Cancel.hpp"
#include "io/Error.hpp"
#include "io/StandardStreams.hpp"
#include "io/Waiting.hpp"
#include "plugins/CrashReport.hpp"
#include "plugins/Services.hpp"
#include "plugins/worker/Remote.hpp"
#include "plugins/worker/Serve.hpp"

namespace winnow::cli {

namespace po = boost::program_options;

namespace {

/// The first time the work ends in good order; who asks again wants it to end now.
extern "C" void requestCancel(int signal) {
  io::cancelRequested().store(true, std::memory_order_relaxed);
  std::signal(signal, SIG_DFL);
}

void printOverview(Context& context, std::ostream& out) {
  out << "Winnow reads database exports, removes duplicates, walks your review stage by stage and proves its "
         "numbers.\n\n"
         "  winnow init                  write a first review.yaml from the exports lying here\n"
         "  winnow run review.yaml       do everything that is not done yet, stop where people must decide\n"
         "  winnow check review.yaml     the same, without writing anything\n"
         "  winnow explain KEY           why a record is in or out\n\n"
         "Commands:\n";
  for (const Command& command : commands()) out << "  " << padded(command.name, 12) << command.summary << "\n";
  for (const plugins::CommandEntry& entry : context.known().commands()) {
    const std::string_view help = view(entry.command->help);
    out << "  " << padded(view(entry.command->name), 12) << help.substr(0, help.find('\n')) << "  (plugin "
        << view(entry.plugin->name) << ")\n";
  }
  out << "\n'winnow COMMAND --help' teaches one. Exit codes: 0 done, 1 work failed, 2 wrong usage or configuration,\n"
         "3 waiting for people.\n";
}

po::options_description descriptionOf(const Command& command) {
  po::options_description options("Options");
  if (command.options) command.options(options);
  return options;
}

void printHelp(const Command& command, std::ostream& out) {
  out << "winnow " << command.name << " " << command.arguments << "\n"
      << command.summary << ".\n\n"
      << command.help << "\n";
  po::options_description options = descriptionOf(command);
  po::options_description visible("Options");
  for (const auto& option : options.options())
    if (std::none_of(command.positional.begin(), command.positional.end(),
                     [&](const char* p) { return option->long_name() == p; }))
      visible.add(option);
  if (!visible.options().empty()) out << visible << "\n";
  out << globalOptions();
}

/// Boost's words name no remedy; ours do.
std::string usageMessage(const po::error& error, const po::options_description& known) {
  const auto* unknown = dynamic_cast<const po::unknown_option*>(&error);
  if (unknown == nullptr) return error.what();
  std::vector<std::string> names;
  for (const auto& option : known.options()) names.push_back("--" + option->long_name());
  return "there is no option '" + unknown->get_option_name() + "'" +
         config::didYouMean(unknown->get_option_name(), names);
}

/// Splits what is for every command from what is for this one.
struct Arguments {
  std::vector<std::filesystem::path> pluginDirs, writableFolders;
  bool json = false, mayBeWeak = false;
  std::string command;
  std::vector<std::string> rest;
};

Arguments split(int argc, char** argv) {
  Arguments arguments;
  for (int i = 1; i < argc; ++i) {
    const std::string text = argv[i];
    if (text == "--plugin-dir" && i + 1 < argc)
      arguments.pluginDirs.emplace_back(argv[++i]);
    else if (text.rfind("--plugin-dir=", 0) == 0)
      arguments.pluginDirs.emplace_back(text.substr(13));
    else if (text == "--allow-write" && i + 1 < argc)
      arguments.writableFolders.emplace_back(argv[++i]);
    else if (text.rfind("--allow-write=", 0) == 0)
      arguments.writableFolders.emplace_back(text.substr(14));
    else if (text == "--json")
      arguments.json = true;
    else if (text == "--allow-weak-sandbox")
      arguments.mayBeWeak = true;
    else if (arguments.command.empty() &&
             (text.empty() || text[0] != '-' || text == "--help" || text == "-h" || text == "--version"))
      arguments.command = text;
    else
      arguments.rest.push_back(text);
  }
  return arguments;
}

int dispatch(Context& context, const Arguments& arguments) {
  if (arguments.command == "--version") {
    context.console.print((context.console.json() ? versionJson() : versionText()) + "\n");
    return Done;
  }
  if (arguments.command.empty() || arguments.command == "--help" || arguments.command == "-h" ||
      arguments.command == "help") {
    std::ostringstream text;
    printOverview(context, text);
    context.console.print(text.str());
    return arguments.command.empty() ? WrongUsage : Done;
  }
  for (const Command& command : commands())
    if (arguments.command == command.name)
      return command.runWords ? command.runWords(context, arguments.rest)
                              : runHostCommand(context, command, arguments.rest);
  if (const auto code = runContributed(context, arguments.command, arguments.rest)) return *code;
  std::vector<std::string> names;
  for (const Command& command : commands()) names.emplace_back(command.name);
  for (const plugins::CommandEntry& entry : context.known().commands())
    names.emplace_back(view(entry.command->name).substr(0, view(entry.command->name).find(' ')));
  context.console.error("there is no command '" + arguments.command + "'" +
                        config::didYouMean(arguments.command, names) + "; 'winnow --help' lists all");
  return WrongUsage;
}

int guarded(Context& context, const Arguments& arguments) {
  try {
    return dispatch(context, arguments);
  } catch (const UsageError& error) {
    context.console.error(error.what());
    return WrongUsage;
  } catch (const std::bad_alloc&) {
    context.console.error("there is not enough memory for this; nothing that was written before is lost");
  } catch (const std::filesystem::filesystem_error& error) {  // its own words speak of C++
    const std::string path = error.path1().string();
    context.console.error((path.empty() ? "the folder that winnow was started in" : "'" + path + "'") + ": " +
                          error.code().message());
  } catch (const std::exception& error) {
    context.console.error(error.what());
  }
  return WorkFailed;
}

}  // namespace

std::string valueOf(const po::variables_map& values, const char* name) {
  return values.count(name) == 0 ? std::string() : values[name].as<std::string>();
}

std::filesystem::path fileNamed(const std::string& word) {
  if (word.empty()) throw UsageError("an empty word names no file");
  return std::filesystem::absolute(word);
}

bool takesList(const po::option_description& option) {
  const auto* typed = dynamic_cast<const po::typed_value_base*>(option.semantic().get());
  return typed != nullptr && typed->value_type() == typeid(std::vector<std::string>);
}

int runHostCommand(Context& context, const Command& command, const std::vector<std::string>& arguments) {
  po::options_description options = descriptionOf(command);
  options.add(globalOptions());
  po::positional_options_description positions;
  for (const char* name : command.positional) positions.add(name, takesList(options.find(name, false)) ? -1 : 1);
  po::variables_map values;
  try {
    po::store(po::command_line_parser(arguments).options(options).positional(positions).run(), values);
    if (values.count("help") != 0) {
      std::ostringstream text;
      printHelp(command, text);
      context.console.print(text.str());
      return Done;
    }
    po::notify(values);
  } catch (const po::error& error) {
    context.console.error(usageMessage(error, options) + "; 'winnow " + command.name + " --help' shows how");
    return WrongUsage;
  }
  return command.run(context, values);
}

const plugins::Catalogue& Context::known() {
  if (!catalogue_)
    catalogue_ = std::make_unique<plugins::Catalogue>(
        plugins::Catalogue::discover(pluginDirs_, loadTrust(trustFile()), workers));
  return *catalogue_;
}

const plugins::Catalogue& Context::catalogue() {
  known();
  catalogue_->ask();
  return *catalogue_;
}

void Context::isolate(const config::Isolation& isolation) {
  workers->limits = {isolation.seconds, isolation.megabytes};
  workers->onFailure =
      isolation.leavesUndecided ? plugins::worker::OnFailure::Undecided : plugins::worker::OnFailure::Stop;
  catalogue();
  catalogue_->isolate(isolation.stages);
}

po::options_description globalOptions() {
  po::options_description options("Everywhere");
  options.add_options()("help,h", "show this help")("json", "print for programs")(
      "plugin-dir", po::value<std::vector<std::string>>(), "look for plugins in this folder first (repeatable)")(
      "allow-write", po::value<std::vector<std::string>>(),
      "a review may also write into this folder, outside of its own (repeatable)")(
      "allow-weak-sandbox", "run what nobody approved even where this machine cannot confine it fully");
  return options;
}

const std::vector<Command>& commands() {
  static const std::vector<Command> kCommands{
      initCommand(),     runCommand(),    screenCommand(),    checkCommand(),     explainCommand(),   diffCommand(),
      convertCommand(),  lintCommand(),   formatsCommand(),   dedupCommand(),     splitCommand(),     mergeCommand(),
      withdrawCommand(), packCommand(),   verifyCommand(),    conflictsCommand(), flowCommandEntry(), stageCommand(),
      pluginsCommand(),  schemaCommand(), completionCommand()};
  return kCommands;
}

int runCommandLine(int argc, char** argv) {
  if (argc > 1 && std::string_view(argv[1]) == "--check") return conform::checkMain(argc, argv);
  if (argc > 1 && std::string_view(argv[1]) == "--worker") return plugins::worker::workerMain(argc, argv);
  if (argc > 1 && std::string_view(argv[1]) == "--worker-exec") return plugins::worker::execMain(argc, argv);
  std::signal(SIGINT, requestCancel);
  std::signal(SIGTERM, requestCancel);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // a write beyond the limit of the shell (ulimit -f) then fails with words
  io::secureStandardStreams();
  plugins::reportCrashes();
  const Arguments arguments = split(argc, argv);
  Context context(arguments.pluginDirs, arguments.json);
  for (const std::filesystem::path& folder : arguments.writableFolders) context.outputs.allow(folder);
  context.workers->mayBeWeak = arguments.mayBeWeak;
  context.workers->said = [&](const std::string& plugin, std::string_view line) {
    context.console.note("[" + plugin + "] " + std::string(line) + "\n");
  };
  io::waitNotice() = [&](const std::string& what) { context.console.note("winnow: " + what + "\n"); };
  const int code = guarded(context, arguments);
  if (context.console.finish() || code == WrongUsage) return code;
  return WorkFailed;
}

}  // namespace winnow::cli
