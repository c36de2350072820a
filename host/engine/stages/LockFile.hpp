// review.lock: what the last run's results were made from. Written by every run, and read by the next.
#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace winnow::engine {

/// A stage as it was used.
struct LockedStage {
  std::string version, sha256;
};

/// What stands in the file. A value.
struct LockContents {
  std::map<std::string, std::string> inputs;     ///< name relative to the review's folder -> SHA-256
  std::map<std::string, std::string> importers;  ///< file of a source -> id of the importer that read it
  std::map<std::string, LockedStage> stages;     ///< by id
};

/// The lock of a review beside its file; empty if there is none. Throws winnow::UsageError with the line that is none
/// of winnow's.
LockContents readLock(const std::filesystem::path& reviewFile);

/// review.lock of review.yaml.
std::filesystem::path lockOf(const std::filesystem::path& reviewFile);

}  // namespace winnow::engine
