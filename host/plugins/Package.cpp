#include "Package.hpp"

#include <fcntl.h>

#include <algorithm>
#include <sstream>
#include <string_view>

#include "Catalogue.hpp"
#include "io/AtomicFile.hpp"
#include "io/Descriptor.hpp"
#include "io/Error.hpp"
#include "io/FolderEntries.hpp"
#include "io/Waiting.hpp"
#include "worker/Command.hpp"

namespace winnow::plugins {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kKeys[] = {"winnow", "main",     "id",      "version",     "license",
                                      "vendor", "homepage", "support", "description", "keywords"};
constexpr std::size_t kMostFiles = 20000;

std::string trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  text = text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
  if (text.size() >= 2 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front())
    text = text.substr(1, text.size() - 2);
  return std::string(text);
}

[[noreturn]] void refuse(const fs::path& manifest, std::size_t line, const std::string& what) {
  throw Error(std::string(kManifest) + ":" + std::to_string(line) + ": " + what + " (" +
              manifest.parent_path().string() + ")");
}

/// One line "key: value" each; no nesting. The file is read before anything of the plugin runs, so its reader is small.
std::string valueOf(const fs::path& manifest, std::string_view wanted) {
  std::istringstream lines(io::readFile(manifest));
  std::string found;
  std::size_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    const std::string text = trimmed(line);
    if (text.empty() || text.front() == '#') continue;
    const std::size_t colon = line.find(':');
    if (colon == std::string::npos || line.front() == ' ') refuse(manifest, number, "a line is 'key: value'");
    const std::string key = trimmed(std::string_view(line).substr(0, colon));
    if (std::find(std::begin(kKeys), std::end(kKeys), key) == std::end(kKeys))
      refuse(manifest, number, "a package has no '" + key + "'");
    const std::string value = trimmed(std::string_view(line).substr(colon + 1, line.find(" #", colon) - colon - 1));
    if (key == "winnow" && value != "plugin/1") refuse(manifest, number, "'winnow' is 'plugin/1', not '" + value + "'");
    if (key == wanted) found = value;
  }
  return found;
}

bool isSkipped(const std::string& name) { return name.front() == '.' || name == "__pycache__"; }

/// Files below `folder`, as names below `root`.
void collect(const fs::path& root, const fs::path& folder, std::vector<std::string>& names) {
  std::error_code error;
  for (const std::string& name : io::namesIn(folder, error)) {
    const fs::path path = folder / name;
    if (isSkipped(name)) continue;
    const fs::file_status status = fs::symlink_status(path, error);
    if (fs::is_symlink(status))
      throw Error("holds the link '" + path.lexically_relative(root).string() + "'; a package holds its files itself");
    if (fs::is_directory(status) && !fs::exists(path / "CMakeCache.txt", error)) collect(root, path, names);
    if (fs::is_regular_file(status)) names.push_back(path.lexically_relative(root).string());
    if (names.size() > kMostFiles) throw Error("holds more than " + std::to_string(kMostFiles) + " files");
  }
}

}  // namespace

bool isPackage(const fs::path& folder) {
  std::error_code ignored;
  return fs::is_directory(folder, ignored) && fs::is_regular_file(folder / kManifest, ignored);
}

fs::path mainOf(const fs::path& folder) {
  const fs::path manifest = folder / kManifest;
  const std::string main = valueOf(manifest, "main");
  if (main.empty() || main.find('/') != std::string::npos)
    throw Error(std::string(kManifest) + " names no main file of the package: main: NAME.so or NAME.plugin.py");
  std::error_code ignored;
  if (!fs::is_regular_file(folder / main, ignored))
    throw Error("'" + main + "', which " + kManifest + " names as main, is not there");
  return folder / main;
}

fs::path packageOf(const fs::path& file) {
  const fs::path folder = file.parent_path();
  if (!isPackage(folder)) return {};
  return mainOf(folder) == file ? folder : fs::path();
}

std::vector<std::string> filesOfPackage(const fs::path& folder, const fs::path& main) {
  std::vector<std::string> names;
  collect(folder, folder, names);
  std::erase(names, main.filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::string> filesBeside(const fs::path& program) {
  std::vector<std::string> names;
  const fs::path folder = program.parent_path();
  std::error_code error;
  for (const std::string& name : io::namesIn(folder, error)) {
    const fs::path path = folder / name;
    if (isSkipped(name) || isPluginFile(path) || path.stem().extension() == ".plugin") continue;
    const fs::file_status status = fs::symlink_status(path, error);
    if (fs::is_directory(status) && !isPackage(path) && !fs::exists(path / "CMakeCache.txt", error))
      collect(folder, path, names);
    if (fs::is_regular_file(path, error)) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string interpreterOf(const fs::path& program) {
  const io::Descriptor opened = io::openForReading(program);
  const std::vector<std::string> words = worker::commandOf(opened.get(), program);
  if (words.size() < 2) return {};
  std::error_code error;
  const fs::path real = fs::canonical(words.front(), error);
  if (error) return words.front() + ", which is not there";
  return real.string() + " of " + std::to_string(fs::file_size(real, error)) + " bytes";
}

}  // namespace winnow::plugins
