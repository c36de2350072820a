// winnow completion: completion for bash, zsh and fish, made from the commands themselves.
#include <map>
#include <string>
#include <vector>

#include <winnow/plugin.hpp>

#include <boost/program_options.hpp>

#include "CommandLine.hpp"
#include "io/Error.hpp"

namespace winnow::cli {

namespace po = boost::program_options;

namespace {

constexpr const char* kCompletionHelp =
    "Prints a completion script for bash, zsh or fish:\n"
    "  $ winnow completion > /etc/bash_completion.d/winnow\n"
    "  $ winnow completion zsh > ~/.zfunc/_winnow                      (a folder of $fpath)\n"
    "  $ winnow completion fish > ~/.config/fish/completions/winnow.fish\n";

struct Word {
  std::string text, help;
};

/// A command as shells complete it. Commands of plugins read their own options.
struct Completed {
  Word command;
  std::vector<Word> options;
};

const std::vector<Word>& everywhere() {
  static const std::vector<Word> kWords = [] {
    const po::options_description options = globalOptions();
    std::vector<Word> words;
    for (const auto& option : options.options()) words.push_back({"--" + option->long_name(), option->description()});
    return words;
  }();
  return kWords;
}

std::vector<Word> optionsOf(const Command& command) {
  po::options_description options;
  if (command.options) command.options(options);
  std::vector<Word> words;
  for (const auto& option : options.options()) {
    const bool isPositional = std::any_of(command.positional.begin(), command.positional.end(),
                                          [&](const char* p) { return option->long_name() == p; });
    if (!isPositional) words.push_back({"--" + option->long_name(), option->description()});
  }
  return words;
}

std::vector<Completed> completed(Context& context) {
  std::vector<Completed> all;
  for (const Command& command : commands()) all.push_back({{command.name, command.summary}, optionsOf(command)});
  for (const plugins::CommandEntry& entry : context.known().commands()) {
    const std::string_view help = view(entry.command->help);
    all.push_back({{std::string(view(entry.command->name)), std::string(help.substr(0, help.find('\n')))}, {}});
  }
  return all;
}

std::string wordsOfAll(const std::vector<Word>& words) {
  std::string out;
  for (const Word& word : words) out += (out.empty() ? "" : " ") + word.text;
  return out;
}

std::string forBash(const std::vector<Completed>& all) {
  std::string names, cases;
  for (const auto& [command, options] : all) {
    names += (names.empty() ? "" : " ") + command.text;
    if (!options.empty())
      cases += "    " + command.text + ") words=\"" + wordsOfAll(everywhere()) + " " + wordsOfAll(options) + "\" ;;\n";
  }
  return "_winnow() {\n  local word=${COMP_WORDS[COMP_CWORD]} words=\"" + names +
         "\"\n  if [ \"$COMP_CWORD\" -gt 1 ]; then\n    case ${COMP_WORDS[1]} in\n" + cases + "    *) words=\"" +
         wordsOfAll(everywhere()) +
         "\" ;;\n    esac\n  fi\n"
         "  if [[ $word == -* || $COMP_CWORD -eq 1 ]]; then\n    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
         "  else\n    COMPREPLY=($(compgen -f -- \"$word\"))\n  fi\n}\ncomplete -o filenames -F _winnow winnow\n";
}

/// In single quotes, for both shells.
std::string quotedWord(std::string text) {
  for (std::size_t at = 0; (at = text.find('\'', at)) != std::string::npos; at += 4) text.replace(at, 1, "'\\''");
  return "'" + text + "'";
}

/// "[" and "]" stand around the help of an option in _arguments.
std::string forZshHelp(std::string text) {
  for (const char sign : {'[', ']', ':'})
    for (std::size_t at = 0; (at = text.find(sign, at)) != std::string::npos; at += 2) text.insert(at, "\\");
  return text;
}

std::string forZsh(const std::vector<Completed>& all) {
  std::string out = "#compdef winnow\n_winnow() {\n  local -a commands options\n  commands=(\n";
  for (const auto& [command, options] : all)
    if (command.text.find(' ') == std::string::npos)
      out += "    " + quotedWord(command.text + ":" + command.help) + "\n";
  out += "  )\n  if (( CURRENT == 2 )); then\n    _describe command commands\n    return\n  fi\n  options=(";
  for (const Word& word : everywhere()) out += " " + quotedWord(word.text + "[" + forZshHelp(word.help) + "]");
  out += ")\n  case $words[2] in\n";
  for (const auto& [command, options] : all) {
    if (options.empty()) continue;
    out += "    " + command.text + ")\n      options+=(\n";
    for (const Word& word : options)
      out += "        " + quotedWord(word.text + "[" + forZshHelp(word.help) + "]") + "\n";
    out += "      ) ;;\n";
  }
  return out + "  esac\n  _arguments $options '*:file:_files'\n}\n_winnow \"$@\"\n";
}

std::string forFish(const std::vector<Completed>& all) {
  std::string out;
  const auto add = [&](const std::string& condition, const Word& word, const char* flag) {
    out += "complete -c winnow" + (condition.empty() ? "" : " -n " + quotedWord(condition)) + flag +
           quotedWord(word.text.substr(word.text.find_first_not_of('-'))) + " -d " + quotedWord(word.help) + "\n";
  };
  for (const auto& [command, options] : all)
    if (command.text.find(' ') == std::string::npos) add("__fish_use_subcommand", command, " -f -a ");
  for (const Word& word : everywhere()) add({}, word, " -l ");
  for (const auto& [command, options] : all)
    for (const Word& word : options) add("__fish_seen_subcommand_from " + command.text, word, " -l ");
  return out;
}

int completion(Context& context, const po::variables_map& values) {
  using Maker = std::string (*)(const std::vector<Completed>&);
  static const std::map<std::string, Maker> kShells{{"bash", forBash}, {"zsh", forZsh}, {"fish", forFish}};
  const std::string shell = values["shell"].as<std::string>();
  const auto maker = kShells.find(shell);
  if (maker == kShells.end()) throw UsageError("there is no completion for '" + shell + "'; for bash, zsh and fish");
  context.console.print(maker->second(completed(context)));
  return Done;
}

}  // namespace

Command completionCommand() {
  return {"completion",
          "[bash|zsh|fish]",
          "Print the completion script for bash, zsh or fish",
          kCompletionHelp,
          [](po::options_description& options) {
            options.add_options()("shell", po::value<std::string>()->default_value("bash"), "bash, zsh or fish");
          },
          {"shell"},
          completion};
}

}  // namespace winnow::cli
