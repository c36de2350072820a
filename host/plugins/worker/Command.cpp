#include "Command.hpp"

#include <unistd.h>

#include <sstream>
#include <string_view>

namespace winnow::plugins::worker {

namespace {

/// Runs the bytes of descriptor argv[2] as the program argv[1].
constexpr const char* kPython =
    "import os, sys\n"
    "path, descriptor = sys.argv[1], int(sys.argv[2])\n"
    "with os.fdopen(descriptor, 'rb') as file:\n"
    "    code = file.read()\n"
    "sys.argv[:] = [path]\n"
    "sys.path[0] = os.path.dirname(path)\n"
    "exec(compile(code, path, 'exec'), {'__name__': '__main__', '__file__': path, '__builtins__': __builtins__})\n";

std::string firstLine(int descriptor) {
  char head[1024];
  const ssize_t got = ::pread(descriptor, head, sizeof head, 0);
  const std::string_view text(head, got > 0 ? static_cast<std::size_t>(got) : 0);
  return std::string(text.substr(0, text.find('\n')));
}

std::vector<std::string> wordsOf(const std::string& line) {
  std::vector<std::string> words;
  std::istringstream text(line);
  for (std::string word; text >> word;) words.push_back(word);
  return words;
}

/// What /usr/bin/env would start.
std::string found(const std::string& program) {
  if (program.find('/') != std::string::npos) return program;
  for (const char* folder : {"/usr/local/bin/", "/usr/bin/", "/bin/"})
    if (::access((folder + program).c_str(), X_OK) == 0) return folder + program;
  return "/usr/bin/" + program;
}

/// The interpreter and its options; empty: the file runs by itself.
std::vector<std::string> interpreter(const std::string& line) {
  if (line.rfind("#!", 0) != 0) return {};
  std::vector<std::string> words = wordsOf(line.substr(2));
  if (words.empty()) return {};
  if (std::filesystem::path(words.front()).filename() == "env") {
    words.erase(words.begin());
    if (!words.empty() && words.front() == "-S") words.erase(words.begin());
    if (words.empty()) return {};
    words.front() = found(words.front());
  }
  return words;
}

}  // namespace

std::vector<std::string> commandOf(int descriptor, const std::filesystem::path& file) {
  const std::string number = std::to_string(descriptor), open = "/proc/self/fd/" + number;
  std::vector<std::string> words = interpreter(firstLine(descriptor));
  if (words.empty()) return {open};
  const bool isPython = std::filesystem::path(words.front()).filename().string().rfind("python", 0) == 0;
  if (isPython)
    words.insert(words.end(), {"-c", kPython, file.string(), number});
  else
    words.push_back(open);
  return words;
}

}  // namespace winnow::plugins::worker
