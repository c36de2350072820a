#include "LockFile.hpp"

#include <sstream>

#include "io/AtomicFile.hpp"
#include "io/Error.hpp"

namespace winnow::engine {

namespace {

[[noreturn]] void refuse(const std::filesystem::path& file, std::size_t line) {
  throw UsageError(
      file.filename().string() + ":" + std::to_string(line) +
      ": this is no line of a lock that winnow wrote; restore the file, or remove it to accept the plugins "
      "and files as they are now");
}

/// "  NAME: REST" with NAME as written or in quotes; false if it is no such line.
bool splitEntry(const std::string& line, std::string& name, std::string& rest) {
  if (line.rfind("  ", 0) != 0) return false;
  const bool isQuoted = line.size() > 3 && line[2] == '"';
  const std::size_t end = isQuoted ? line.rfind("\": ") : line.find(": ");
  if (end == std::string::npos || end < 3) return false;
  name = line.substr(isQuoted ? 3 : 2, end - (isQuoted ? 3 : 2));
  rest = line.substr(end + (isQuoted ? 3 : 2));
  return true;
}

}  // namespace

std::filesystem::path lockOf(const std::filesystem::path& reviewFile) {
  return std::filesystem::path(reviewFile).replace_extension(".lock");
}

LockContents readLock(const std::filesystem::path& reviewFile) {
  LockContents lock;
  const std::filesystem::path file = lockOf(reviewFile);
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) return lock;
  std::istringstream lines(io::readFile(file));
  std::string section, name, rest;
  std::size_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty() || line.front() == '#') continue;
    if (line.front() != ' ') {
      section = line.substr(0, line.find(':'));
      continue;
    }
    if (!splitEntry(line, name, rest)) refuse(file, number);
    std::istringstream words(rest);
    LockedStage stage;
    words >> stage.version >> stage.sha256;
    if (section == "inputs") lock.inputs[name] = stage.version;
    if (section == "importers") lock.importers[name] = stage.version;
    if (section == "plugins") lock.stages[name] = stage;
  }
  return lock;
}

}  // namespace winnow::engine
