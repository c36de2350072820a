// Commands that plugins add: their options are declared like a stage's and checked by the host.
#include <iostream>
#include <map>

#include <winnow/ext/command.h>
#include <winnow/plugin.hpp>

#include "CommandLine.hpp"
#include "config/Nearest.hpp"
#include "config/OptionChecker.hpp"
#include "engine/reading/ReadFile.hpp"
#include "engine/stages/Stages.hpp"
#include "io/Error.hpp"
#include "io/InputStream.hpp"
#include "plugins/CrashReport.hpp"
#include "plugins/Services.hpp"

namespace winnow::cli {

namespace {

/// An option's name on the command line: "min_per_stratum" -> "min-per-stratum".
std::string onCommandLine(std::string_view name) {
  std::string text(name);
  for (char& c : text) c = c == '_' ? '-' : c;
  return text;
}

void printHelp(Console& console, const winnow_command& command) {
  std::string text = "winnow " + std::string(view(command.name)) + " [OPTIONS] " +
                     std::string(view(command.arguments)) + "\n" + std::string(view(command.help)) + "\n\nOptions:\n";
  for (std::size_t i = 0; i < command.option_count; ++i) {
    const winnow_option& o = *command.options[i];
    text += "  --" + padded(onCommandLine(view(o.name)), 24) + std::string(view(o.help));
    if (o.choices.size != 0) text += " One of: " + std::string(view(o.choices)) + ".";
    if (o.fallback.size != 0) text += " Default: " + std::string(view(o.fallback)) + ".";
    text += "\n";
  }
  console.print(text + "  --json                    print for programs\n");
}

/// What the words on the command line mean.
struct Parsed {
  config::Settings settings;
  std::vector<std::string> arguments;
  bool help = false;
};

const winnow_option* find(const winnow_command& command, std::string_view name) {
  for (std::size_t i = 0; i < command.option_count; ++i)
    if (onCommandLine(view(command.options[i]->name)) == name) return command.options[i];
  return nullptr;
}

void addValue(const winnow_option& option, const std::string& text, config::Settings& settings) {
  const auto add = [&](const std::string& value) {
    if (const auto fault = config::checkOption(option, value)) throw UsageError(*fault);
    settings.emplace_back(view(option.name), config::settingText(option, value));
  };
  if (option.type != WINNOW_LIST) return add(text);
  std::size_t begin = 0;
  for (std::size_t comma; (comma = text.find(',', begin)) != std::string::npos; begin = comma + 1)
    add(text.substr(begin, comma - begin));
  add(text.substr(begin));
}

Parsed parse(const winnow_command& command, const std::vector<std::string>& words) {
  Parsed parsed;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (word == "--help" || word == "-h") parsed.help = true;
    if (word.rfind("--", 0) != 0 || word == "--help") {
      if (word != "-h" && word != "--help") parsed.arguments.push_back(word);
      continue;
    }
    const std::size_t equals = word.find('=');
    const winnow_option* option = find(command, word.substr(2, equals == std::string::npos ? equals : equals - 2));
    if (option == nullptr)
      throw UsageError("'" + std::string(view(command.name)) + "' has no option '" + word + "'; --help lists them");
    if (equals != std::string::npos)
      addValue(*option, word.substr(equals + 1), parsed.settings);
    else if (option->type == WINNOW_BOOLEAN)
      addValue(*option, "true", parsed.settings);
    else if (i + 1 < words.size())
      addValue(*option, words[++i], parsed.settings);
    else
      throw UsageError("option '" + word + "' needs a value");
  }
  for (std::size_t i = 0; i < command.option_count; ++i) {
    const winnow_option& o = *command.options[i];
    const bool given = std::any_of(parsed.settings.begin(), parsed.settings.end(),
                                   [&](const auto& s) { return s.first == view(o.name); });
    if (given || parsed.help) continue;
    if ((o.flags & WINNOW_OPTION_REQUIRED) != 0)
      throw UsageError("option '--" + onCommandLine(view(o.name)) + "' is missing; --help shows how");
    for (auto& setting : config::fallbackSettings(o)) parsed.settings.push_back(std::move(setting));
  }
  return parsed;
}

/// The host's end of a contributed command.
struct Invocation {
  Context& context;
  Console& console;
  std::vector<std::string> arguments;
  std::map<std::string, std::string> texts;

  static Invocation& of(const winnow_invocation* invocation) { return *static_cast<Invocation*>(invocation->impl); }

  /// Thrown through the reader when the plugin has had enough.
  struct Ended {
    winnow_status status;
  };

  winnow_status readRecords(const std::string& path, void* to,
                            winnow_status(WINNOW_CALL* each)(void*, const winnow_batch*)) noexcept {
    try {
      std::uint64_t count = 0;
      const auto hand = [&](const engine::ReadRecord& read) {
        winnow_record record = read.record;
        record.id = ++count;
        const winnow_batch batch{sizeof batch, 0, &record, 1};
        if (const winnow_status status = each(to, &batch); status != WINNOW_OK) throw Ended{status};
      };
      for (const engine::ReadRequest& request :
           engine::readable({path, path, {}, {}, {}}, context.catalogue(), context.tags,
                            [&](const io::Diagnostic& d) { console.tell(d); }))
        engine::readFile(
            request, context.catalogue(), context.tags, [&](const io::Diagnostic& d) { console.tell(d); }, hand);
      return WINNOW_OK;
    } catch (const Ended& ended) {
      return ended.status;
    } catch (const std::exception& error) {
      console.error(error.what());
      return WINNOW_FAILED;
    }
  }

  winnow_status load(const std::string& path, winnow_str* text) noexcept {
    try {
      const auto [found, isNew] = texts.try_emplace(path);
      std::string& content = found->second;
      if (!isNew) {  // asked for twice: views of it are out, and it is the same text
        *text = str(content);
        return WINNOW_OK;
      }
      content = io::readText(path);
      *text = str(content);
      return WINNOW_OK;
    } catch (const std::exception& error) {
      texts.erase(path);
      console.error(error.what());
      return WINNOW_FAILED;
    }
  }
  static winnow_status WINNOW_CALL records(const winnow_invocation* invocation, winnow_str path, void* context,
                                           winnow_status(WINNOW_CALL* each)(void*, const winnow_batch*)) {
    return of(invocation).readRecords(std::string(view(path)), context, each);
  }
  static winnow_status WINNOW_CALL read(const winnow_invocation* invocation, std::size_t index, winnow_str* text) {
    Invocation& self = of(invocation);
    return index < self.arguments.size() ? self.load(self.arguments[index], text) : winnow_status{WINNOW_FAILED};
  }
  static winnow_status WINNOW_CALL readPath(const winnow_invocation* invocation, winnow_str path, winnow_str* text) {
    return of(invocation).load(std::string(view(path)), text);
  }
  static void WINNOW_CALL print(const winnow_invocation* invocation, winnow_str text) {
    of(invocation).console.print(view(text));
  }
};

}  // namespace

int runContributed(Context& context, const plugins::CommandEntry& entry, const std::vector<std::string>& words) {
  const Parsed parsed = parse(*entry.command, words);
  if (parsed.help) {
    printHelp(context.console, *entry.command);
    return Done;
  }
  Invocation impl{context, context.console, parsed.arguments, {}};
  std::vector<winnow_setting> settings;
  for (const auto& [name, value] : parsed.settings) settings.push_back({str(name), str(value)});
  std::vector<winnow_str> arguments;
  for (const std::string& argument : parsed.arguments) arguments.push_back(str(argument));
  const winnow_invocation invocation{sizeof invocation,
                                     context.console.json() ? 1u : 0u,
                                     &impl,
                                     settings.data(),
                                     settings.size(),
                                     arguments.data(),
                                     arguments.size(),
                                     Invocation::read,
                                     Invocation::readPath,
                                     Invocation::print,
                                     Invocation::records};
  plugins::Services services(context.tags);
  services.onDiagnostic([&](const winnow_diagnostic& d) {
    io::Diagnostic told = engine::unlocated(d);
    told.file = parsed.arguments.empty() ? std::string(view(entry.command->name)) : parsed.arguments.front();
    told.line = d.at.line;
    told.column = d.at.column;
    told.record = d.record;
    context.console.tell(told);
  });
  const plugins::InCall in(entry.plugin->name, "a command");
  try {
    return entry.command->run(services.host(), &invocation);
  } catch (...) {
    throw Error("the command '" + std::string(view(entry.command->name)) + "' of plugin '" +
                std::string(view(entry.plugin->name)) + "' threw through its boundary");
  }
}

namespace {

/// The commands of a group, as a command lists its options.
void printGroup(Context& context, const std::string& group, const std::vector<const plugins::CommandEntry*>& members) {
  std::string text = "winnow " + group + " COMMAND [OPTIONS] [ARGUMENTS]\n\nCommands:\n";
  for (const plugins::CommandEntry* entry : members) {
    const std::string_view help = view(entry->command->help);
    text += "  " + padded(view(entry->command->name).substr(group.size() + 1), 12) +
            std::string(help.substr(0, help.find('\n'))) + "\n";
  }
  context.console.print(text + "\n'winnow " + group + " COMMAND --help' teaches one.\n");
}

}  // namespace

std::optional<int> runContributed(Context& context, const std::string& name, std::vector<std::string> words) {
  std::vector<const plugins::CommandEntry*> members;
  std::vector<std::string> names;
  for (const plugins::CommandEntry& entry : context.known().commands()) {
    const std::string_view full = view(entry.command->name);
    if (full == name) return runContributed(context, entry, words);
    if (full.size() <= name.size() || full.substr(0, name.size()) != name || full[name.size()] != ' ') continue;
    members.push_back(&entry);
    names.emplace_back(full.substr(name.size() + 1));
  }
  if (members.empty()) return std::nullopt;
  if (words.empty() || words[0] == "--help" || words[0] == "-h") {
    printGroup(context, name, members);
    return words.empty() ? WrongUsage : Done;
  }
  for (std::size_t i = 0; i < members.size(); ++i)
    if (words[0] == names[i]) {
      words.erase(words.begin());
      return runContributed(context, *members[i], words);
    }
  context.console.error("'" + name + "' has no command '" + words[0] + "'" + config::didYouMeanOf(words[0], names));
  return WrongUsage;
}

}  // namespace winnow::cli
