// Checks of the file as a whole, before any instance.
#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <set>
#include <variant>

#include <winnow/plugin.hpp>

#include "Check.hpp"
#include "io/Descriptor.hpp"
#include "plugins/Catalogue.hpp"
#include "plugins/Declarations.hpp"
#include "plugins/DialectTable.hpp"
#include "plugins/FirstSizes.hpp"
#include "plugins/Library.hpp"

namespace winnow::conform::file {

namespace {

std::set<std::string> entries(const char* folder) {
  std::set<std::string> names;
  DIR* open = ::opendir(folder);
  if (open == nullptr) return names;
  while (const dirent* entry = ::readdir(open)) names.insert(entry->d_name);
  ::closedir(open);
  return names;
}

/// Sends what the plugin prints into a pipe of ours while it lives; what does not fit is lost, not waited for.
class Muffled {
 public:
  Muffled() : out_(::dup(1)), error_(::dup(2)) {
    int ends[2] = {-1, -1};
    if (::pipe2(ends, O_NONBLOCK | O_CLOEXEC) != 0) throw Fault{"there is no pipe for what it prints"};
    pipe_.reset(ends[0]);
    const io::Descriptor write(ends[1]);
    std::fflush(nullptr);
    ::dup2(write.get(), 1);
    ::dup2(write.get(), 2);
  }
  ~Muffled() { restore(); }
  long bytes() {
    restore();
    long all = 0;
    char buffer[4096];
    for (ssize_t got = 0; (got = ::read(pipe_.get(), buffer, sizeof buffer)) > 0;) all += got;
    return all;
  }

 private:
  void restore() {
    if (out_ < 0) return;
    std::fflush(nullptr);
    ::dup2(out_, 1);
    ::dup2(error_, 2);
    ::close(out_);
    ::close(error_);
    out_ = -1;
  }
  io::Descriptor pipe_;
  int out_, error_;
};

const winnow_plugin* loaded(const Subject& subject) {
  auto result = plugins::openPlugin(subject.file);
  if (auto* refusal = std::get_if<plugins::Refusal>(&result)) throw Fault{"the host refuses it: it " + refusal->reason};
  return std::get<const winnow_plugin*>(result);
}

void requireLibrary(const Subject& subject) {
  if (plugins::isProgram(subject.file)) throw Skip{"it is a program of its own, not a library"};
  if (plugins::isTable(subject.file)) throw Skip{"it is a dialect table, not a library"};
}

}  // namespace

void symbol(const Subject& subject) {
  requireLibrary(subject);
  const std::vector<std::string> symbols = plugins::exportedSymbols(subject.file);
  constexpr std::size_t kShown = 3;
  std::string others;
  std::size_t count = 0;
  for (const std::string& name : symbols)
    if (name != "winnow_plugin_v1" && ++count <= kShown) others += (others.empty() ? "'" : "', '") + name;
  const bool found = count < symbols.size();
  if (!found) throw Fault{"it does not export winnow_plugin_v1; end the source with WINNOW_PLUGIN(...)"};
  if (!others.empty())
    throw Fault{
        "it also exports " + others + "'" +
        (count > kShown ? " and " + std::to_string(count - kShown) + " more symbols" : std::string()) +
        "; build it with winnow_add_plugin(), or link it with $(pkg-config --libs winnow-sdk), which hide all else"};
}

void quiet(const Subject& subject) {
  requireLibrary(subject);
  const auto files = entries("/proc/self/fd"), threads = entries("/proc/self/task");
  const auto began = std::chrono::steady_clock::now();
  long printed = 0;
  {
    Muffled muffled;
    loaded(subject);
    printed = muffled.bytes();
  }
  const auto took = std::chrono::steady_clock::now() - began;
  if (printed != 0)
    throw Fault{"it printed " + std::to_string(printed) +
                " bytes while it was loaded; tell people things through host->diagnose"};
  if (entries("/proc/self/task").size() > threads.size())
    throw Fault{"it started a thread while it was loaded; start it in create()"};
  if (entries("/proc/self/fd").size() > files.size()) throw Fault{"it left a file open while it was loaded"};
  if (took > std::chrono::seconds(1)) throw Fault{"loading took more than a second; move the work to create()"};
}

void version(const Subject& subject) {
  requireLibrary(subject);
  const winnow_plugin* plugin = plugins::unchecked(subject.file);
  if (plugin == nullptr) throw Fault{"it cannot be loaded"};
  if (const std::string problem = plugins::abiProblem(*plugin); !problem.empty()) throw Fault{"it " + problem};
  if (plugin->struct_size < plugins::kFirstPluginSize)
    throw Fault{"winnow_plugin.struct_size is smaller than version 1.0"};
}

bool hasCommand(const winnow_plugin& plugin) {
  if (plugin.extension == nullptr) return false;
  const auto* commands = static_cast<const winnow_commands*>(plugin.extension(WINNOW_EXT_COMMAND));
  return commands != nullptr && commands->command(0) != nullptr;
}

void descriptor(const Subject& subject) {
  const winnow_plugin& plugin = *loaded(subject);
  for (const auto& [text, what] : {std::pair{plugin.vendor, "a vendor"},
                                   {plugin.name, "a name"},
                                   {plugin.version, "a version"},
                                   {plugin.license, "a licence"}})
    if (text.size == 0) throw Fault{std::string("it declares no plugin with ") + what};
  if (plugin.stage(0) == nullptr && !hasCommand(plugin)) throw Fault{"it has neither a stage nor a command"};
  for (const winnow_stage* stage : plugins::knownStages(plugin)) {
    if (stage->version.size == 0) throw Fault{"stage '" + std::string(view(stage->id)) + "' has no version"};
    constexpr std::size_t kShortest = 5;  // bytes
    if (stage->help.size < kShortest)
      throw Fault{"stage '" + std::string(view(stage->id)) + "' has the help '" + std::string(view(stage->help)) +
                  "', which does not say what it is for; write a sentence"};
  }
}

}  // namespace winnow::conform::file
