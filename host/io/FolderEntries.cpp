#include "FolderEntries.hpp"

#include <dirent.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <string_view>

namespace winnow::io {

std::vector<std::string> namesIn(const std::filesystem::path& folder, std::error_code& error) {
  error.clear();
  const std::unique_ptr<DIR, int (*)(DIR*)> open(::opendir(folder.c_str()), ::closedir);
  if (open == nullptr) {
    error.assign(errno, std::generic_category());
    return {};
  }
  std::vector<std::string> names;
  for (errno = 0; const dirent* entry = ::readdir(open.get()); errno = 0) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
  }
  if (errno != 0) error.assign(errno, std::generic_category());
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::filesystem::path> filesIn(const std::filesystem::path& folder) {
  std::error_code unreadable;  // holds nothing
  std::vector<std::filesystem::path> files;
  for (const std::string& name : namesIn(folder, unreadable))
    if (std::filesystem::is_regular_file(folder / name, unreadable)) files.push_back(folder / name);
  return files;
}

std::vector<std::filesystem::path> filesBelow(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files = filesIn(folder);
  std::error_code unreadable;
  for (const std::string& name : namesIn(folder, unreadable)) {
    if (std::filesystem::symlink_status(folder / name, unreadable).type() != std::filesystem::file_type::directory)
      continue;
    for (std::filesystem::path& file : filesBelow(folder / name)) files.push_back(std::move(file));
  }
  return files;
}

}  // namespace winnow::io
