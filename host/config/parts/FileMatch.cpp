#include "FileMatch.hpp"

#include <algorithm>
#include <system_error>

#include "io/FolderEntries.hpp"

namespace winnow::config {
namespace {

namespace fs = std::filesystem;

bool isPattern(std::string_view component) { return component.find_first_of("*?") != std::string_view::npos; }

std::vector<fs::path> step(const std::vector<fs::path>& folders, const std::string& component) {
  std::vector<fs::path> next;
  for (const fs::path& folder : folders) {
    if (!isPattern(component)) {
      next.push_back(folder / component);
      continue;
    }
    std::error_code unreadable;  // matches nothing
    for (const std::string& name : io::namesIn(folder, unreadable))
      if (matchesName(component, name)) next.push_back(folder / name);
  }
  return next;
}

bool isRegular(const fs::path& path) {
  std::error_code error;
  return fs::is_regular_file(path, error);
}

}  // namespace

bool matchesName(std::string_view pattern, std::string_view name) {
  if (!name.empty() && name[0] == '.' && (pattern.empty() || pattern[0] != '.')) return false;
  std::size_t p = 0;
  std::size_t n = 0;
  std::size_t star = std::string_view::npos;
  std::size_t retry = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      retry = n;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == name[n])) {
      ++p;
      ++n;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++retry;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

bool matchesPath(const fs::path& folder, std::string_view pattern, const fs::path& file) {
  const fs::path wanted = (folder / pattern).lexically_normal(), given = (folder / file).lexically_normal();
  return std::equal(wanted.begin(), wanted.end(), given.begin(), given.end(), [](const fs::path& w, const fs::path& g) {
    return isPattern(w.native()) ? matchesName(w.native(), g.native()) : w == g;
  });
}

std::vector<fs::path> matchFiles(const fs::path& folder, std::string_view pattern) {
  const fs::path wanted(pattern);
  std::vector<fs::path> found{wanted.is_absolute() ? wanted.root_path() : folder};
  for (const fs::path& component : wanted.relative_path()) found = step(found, component.string());
  std::erase_if(found, [](const fs::path& path) { return !isRegular(path); });
  for (fs::path& path : found) path = path.lexically_normal();
  std::sort(found.begin(), found.end(),
            [](const fs::path& left, const fs::path& right) { return left.native() < right.native(); });
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

std::vector<std::string> fileNames(const fs::path& folder) {
  std::error_code unreadable;  // holds nothing
  std::vector<std::string> names = io::namesIn(folder, unreadable);
  std::erase_if(names, [&](const std::string& name) { return name[0] == '.' || !isRegular(folder / name); });
  return names;
}

std::string relativeName(const fs::path& path, const fs::path& folder) {
  const fs::path relative = path.lexically_relative(folder);
  return relative.empty() ? path.generic_string() : relative.generic_string();
}

}  // namespace winnow::config
