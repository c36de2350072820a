// Files named by a pattern.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::config {

/// True if `name` (one component of a path) matches: '*' any characters, '?' one byte. A leading dot must be written.
bool matchesName(std::string_view pattern, std::string_view name);

/// True if `file` would be found by matchFiles(folder, pattern), whether it is there or not. Names are compared as they
/// are written.
bool matchesPath(const std::filesystem::path& folder, std::string_view pattern, const std::filesystem::path& file);

/// The regular files below `folder` that match, sorted by name in bytes; each component of the pattern may hold '*' and
/// '?'. What cannot be read does not match. An absolute pattern ignores the folder.
std::vector<std::filesystem::path> matchFiles(const std::filesystem::path& folder, std::string_view pattern);

/// Names of the regular files directly in `folder`, hidden ones left out, sorted.
std::vector<std::string> fileNames(const std::filesystem::path& folder);

/// `path` as seen from `folder`, with '/'.
std::string relativeName(const std::filesystem::path& path, const std::filesystem::path& folder);

}  // namespace winnow::config
