// The commands of the program and how each reads its arguments.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "Console.hpp"
#include "config/Review.hpp"
#include "io/OutputPolicy.hpp"
#include "plugins/Catalogue.hpp"
#include "plugins/TagTable.hpp"
#include "plugins/worker/Remote.hpp"

namespace boost::program_options {
class options_description;
class variables_map;
}  // namespace boost::program_options

namespace winnow::cli {

/// What the user must know from the number alone.
enum ExitCode : int { Done = 0, WorkFailed = 1, WrongUsage = 2, WaitingForPeople = 3 };

/// What all commands share: the console, the plugins (found at first use), the tags.
class Context {
 public:
  Context(std::vector<std::filesystem::path> pluginDirs, bool json)
      : console(json), pluginDirs_(std::move(pluginDirs)) {}
  /// All plugins; what nobody approved is asked in worker processes.
  const plugins::Catalogue& catalogue();
  /// The same without those, unless they were asked already: for commands that only show what is there.
  const plugins::Catalogue& known();
  /// Runs stages in worker processes, as a review says.
  void isolate(const config::Isolation& isolation);
  plugins::TagTable tags;
  Console console;
  /// How workers run: the command line says it first, then the review.
  std::shared_ptr<plugins::worker::Policy> workers = std::make_shared<plugins::worker::Policy>();
  io::OutputPolicy outputs;  ///< every output that somebody named is opened through it

 private:
  std::vector<std::filesystem::path> pluginDirs_;
  std::unique_ptr<plugins::Catalogue> catalogue_;
};

/// One command of the host.
struct Command {
  const char* name;
  const char* arguments;  ///< for the usage line
  const char* summary;    ///< one line
  const char* help;       ///< what --help teaches beside the options
  std::function<void(boost::program_options::options_description&)> options;
  std::vector<const char*>
      positional;  ///< option names that positions fill; one that takes a list takes all that follow
  std::function<int(Context&, const boost::program_options::variables_map&)> run;
  /// Instead of `run`, for a command that reads its own words.
  std::function<int(Context&, const std::vector<std::string>&)> runWords = {};
};

/// The options of every command, with what they are for.
boost::program_options::options_description globalOptions();

/// The host's own commands, in the order in which they are listed.
const std::vector<Command>& commands();

/// Runs a command with its own words: options, help and positions as declared. For commands that have commands.
int runHostCommand(Context& context, const Command& command, const std::vector<std::string>& words);

/// The text of the option `name`, empty if it was not given.
std::string valueOf(const boost::program_options::variables_map& values, const char* name);

/// The file that a word of the command line names, from the root. Throws UsageError for an empty word.
std::filesystem::path fileNamed(const std::string& word);

/// Runs the program; never throws.
int runCommandLine(int argc, char** argv);

// One file a command.
Command initCommand();
Command runCommand();
Command screenCommand();
Command checkCommand();
Command explainCommand();
Command diffCommand();
Command convertCommand();
Command lintCommand();
Command formatsCommand();
Command dedupCommand();
Command splitCommand();
Command mergeCommand();
Command withdrawCommand();
Command packCommand();
Command verifyCommand();
Command conflictsCommand();
Command flowCommandEntry();
Command pluginsCommand();
Command schemaCommand();
Command stageCommand();
Command completionCommand();

/// Runs a command that a plugin contributed.
int runContributed(Context& context, const plugins::CommandEntry& entry, const std::vector<std::string>& arguments);

/// Runs what plugins contributed under the first word: the command of that name, or one of a group ("search lint") by
/// the first of `words`. A group alone or with --help lists itself. Nothing if no plugin knows the word.
std::optional<int> runContributed(Context& context, const std::string& name, std::vector<std::string> words);

}  // namespace winnow::cli
