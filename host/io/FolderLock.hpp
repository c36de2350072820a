// One program at a time in a folder.
#pragma once

#include <filesystem>

#include "Descriptor.hpp"

namespace winnow::io {

/// Keeps other programs that ask for the same lock out of a folder, by any name of it, until the object or the process
/// ends. Leaves nothing in the folder.
class FolderLock {
 public:
  /// Creates the folder if it is missing. Throws winnow::Error if another program has the lock. A file system that
  /// knows no locks lets everybody in.
  explicit FolderLock(const std::filesystem::path& folder);

 private:
  Descriptor descriptor_;
};

}  // namespace winnow::io
