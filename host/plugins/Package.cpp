#include "Package.hpp"

#include <algorithm>

#include "Catalogue.hpp"
#include "io/Descriptor.hpp"
#include "io/Error.hpp"
#include "io/FolderEntries.hpp"
#include "io/Waiting.hpp"
#include "worker/Command.hpp"

namespace winnow::plugins {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMostFiles = 20000;

/// What CMake and Cargo make, by the marks that they leave.
bool isBuildFolder(const fs::path& folder) {
  std::error_code ignored;
  return fs::exists(folder / "CMakeCache.txt", ignored) || fs::exists(folder / "CACHEDIR.TAG", ignored);
}

bool isSkipped(const std::string& name) { return name.front() == '.' || name == "__pycache__"; }

/// A program may import from any folder beside it, whatever lies in there.
enum class BuildFolders { AreLeftOut, Belong };

/// Files below `folder`, as names below `root`.
void collect(const fs::path& root, const fs::path& folder, BuildFolders built, std::vector<std::string>& names) {
  std::error_code error;
  for (const std::string& name : io::namesIn(folder, error)) {
    const fs::path path = folder / name;
    if (isSkipped(name)) continue;
    const fs::file_status status = fs::symlink_status(path, error);
    if (fs::is_symlink(status))
      throw Error("holds the link '" + path.lexically_relative(root).string() + "'; a package holds its files itself");
    if (fs::is_directory(status) && (built == BuildFolders::Belong || !isBuildFolder(path)))
      collect(root, path, built, names);
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
  const std::string main = readManifest(folder).main;
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
  collect(folder, folder, isProgram(main) ? BuildFolders::Belong : BuildFolders::AreLeftOut, names);
  std::erase(names, main.filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<fs::path> pluginFilesIn(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const fs::path& place : {folder, folder / "build", folder / "target/release"})
    for (const fs::path& file : io::filesIn(place)) {
      if (const std::string why = mistakenFor(file); !why.empty()) throw Error("'" + file.string() + "' " + why);
      if (isPluginFile(file)) files.push_back(file);
    }
  return files;
}

std::vector<std::string> filesBeside(const fs::path& program) {
  std::vector<std::string> names;
  const fs::path folder = program.parent_path();
  std::error_code error;
  for (const std::string& name : io::namesIn(folder, error)) {
    const fs::path path = folder / name;
    if (isSkipped(name) || path.stem().extension() == ".plugin" || isPluginFile(path)) continue;  // names cost less
    const fs::file_status status = fs::symlink_status(path, error);
    if (fs::is_directory(status) && !isPackage(path)) collect(folder, path, BuildFolders::Belong, names);
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
  const std::string name = real.filename().string();
  const bool namesItsVersion = name.find_first_of("0123456789") != std::string::npos;
  return namesItsVersion ? name : name + " of " + std::to_string(fs::file_size(real, error)) + " bytes";
}

}  // namespace winnow::plugins
