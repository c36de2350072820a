#include "Command.hpp"

#include <unistd.h>

#include <sstream>
#include <string_view>

#include "../Package.hpp"

namespace winnow::plugins::worker {

namespace fs = std::filesystem;

namespace {

/// Runs the bytes of descriptor argv[2] as the program argv[1]; argv[3:]: wheels to import from. Modules of its folder
/// are compiled from the sources that were hashed: what lies in __pycache__ is in no hash, and Python would run it.
constexpr const char* kPython = R"(import importlib.machinery, os, sys
path, descriptor = sys.argv[1], int(sys.argv[2])
folder = os.path.dirname(path)
class Source(importlib.machinery.SourceFileLoader):
    def path_stats(self, path):
        raise OSError
def hook(entry):
    if entry != folder and not entry.startswith(folder + os.sep) or not os.path.isdir(entry):
        raise ImportError
    machinery = importlib.machinery
    kinds = [(machinery.ExtensionFileLoader, machinery.EXTENSION_SUFFIXES), (Source, ['.py']), (machinery.SourcelessFileLoader, ['.pyc'])]
    return machinery.FileFinder(entry, *kinds)
sys.path_hooks.insert(0, hook)
with os.fdopen(descriptor, 'rb') as file:
    code = file.read()
sys.path[:1] = [folder] + sys.argv[3:]
sys.argv[:] = [path]
exec(compile(code, path, 'exec'), {'__name__': '__main__', '__file__': path, '__builtins__': __builtins__})
)";

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

bool isBelow(const fs::path& path, const fs::path& folder) {
  const fs::path inside = path.lexically_relative(folder);
  return !inside.empty() && *inside.begin() != "..";
}

}  // namespace

std::string interpreterProblem(int descriptor, const fs::path& file) {
  const std::vector<std::string> words = interpreter(firstLine(descriptor));
  if (words.empty()) return {};
  const fs::path named = words.front(), folder = file.parent_path();
  const std::string starts = "is started by '" + named.string() + "', ";
  constexpr const char* kDo =
      "; begin with '#!/usr/bin/python3' and put its packages beside it ('pip install --target')";
  std::error_code error;
  if (fs::exists(named.parent_path().parent_path() / "pyvenv.cfg", error) && !isBelow(named, folder))
    return starts + "a virtual environment outside of its folder, which no worker may read" + kDo;
  const fs::path real = fs::canonical(named, error);
  if (error) return starts + "which is not there";
  const auto holds = [&](const char* system) { return isBelow(real, system); };
  if (holds("/usr") || holds("/bin") || holds("/lib") || holds("/lib64") || isBelow(real, folder)) return {};
  return starts + "which no worker may run: only the system's programs (/usr, /bin) and what lies beside it" + kDo;
}

std::vector<std::string> commandOf(int descriptor, const std::filesystem::path& file) {
  const std::string number = std::to_string(descriptor), open = "/proc/self/fd/" + number;
  std::vector<std::string> words = interpreter(firstLine(descriptor));
  if (words.empty()) return {open};
  const bool isPython = std::filesystem::path(words.front()).filename().string().rfind("python", 0) == 0;
  if (!isPython) {
    words.push_back(open);
    return words;
  }
  words.insert(words.end(), {"-c", kPython, file.string(), number});
  if (const std::filesystem::path package = packageOf(file); !package.empty())
    for (const Wheel& wheel : readManifest(package).wheels) words.push_back((package / wheel.file).string());
  return words;
}

}  // namespace winnow::plugins::worker
