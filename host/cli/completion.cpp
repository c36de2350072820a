// winnow completion: completion for bash, made from the commands themselves.
#include <winnow/plugin.hpp>

#include "CommandLine.hpp"

namespace winnow::cli {

namespace po = boost::program_options;

namespace {

constexpr const char* kHelp =
    "Prints a completion script for bash:\n  $ winnow completion > /etc/bash_completion.d/winnow\n";

std::string optionWords(const Command& command) {
  po::options_description options;
  if (command.options) command.options(options);
  std::string words = "--help --json --plugin-dir --allow-write --allow-weak-sandbox";
  for (const auto& option : options.options()) {
    const bool isPositional = std::any_of(command.positional.begin(), command.positional.end(),
                                          [&](const char* p) { return option->long_name() == p; });
    if (!isPositional) words += " --" + option->long_name();
  }
  return words;
}

int completion(Context& context, const po::variables_map&) {
  std::string names, cases;
  for (const Command& command : commands()) {
    names += std::string(names.empty() ? "" : " ") + command.name;
    cases += std::string("    ") + command.name + ") words=\"" + optionWords(command) + "\" ;;\n";
  }
  for (const plugins::CommandEntry& entry : context.known().commands())
    names += " " + std::string(view(entry.command->name));
  context.console.print(
      "_winnow() {\n  local word=${COMP_WORDS[COMP_CWORD]} words=\"" + names +
      "\"\n  if [ \"$COMP_CWORD\" -gt 1 ]; then\n    case ${COMP_WORDS[1]} in\n" + cases +
      "    *) words=\"--help --json\" ;;\n    esac\n  fi\n"
      "  if [[ $word == -* || $COMP_CWORD -eq 1 ]]; then\n    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
      "  else\n    COMPREPLY=($(compgen -f -- \"$word\"))\n  fi\n}\ncomplete -o filenames -F _winnow winnow\n");
  return Done;
}

}  // namespace

Command completionCommand() {
  return {"completion", "", "Print the completion script for bash", kHelp, {}, {}, completion};
}

}  // namespace winnow::cli
