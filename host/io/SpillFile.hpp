// A temporary file for what does not fit in memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>

#include "Descriptor.hpp"

namespace winnow::io {

/// Bytes that are appended and read back. The file has no name, so that nothing is left of it however the process ends.
/// Not for several threads.
class SpillFile {
 public:
  /// The file is made by the first append(), in `folder`; empty: the system's folder for temporary files.
  explicit SpillFile(std::filesystem::path folder = {}) : folder_(std::move(folder)) {}

  /// Writes all bytes behind those before. Throws Error naming the folder if it cannot be written or the disk is full.
  void append(const void* bytes, std::size_t size);
  /// Reads exactly `size` bytes that were appended. Throws Error if they cannot be read.
  void read(std::uint64_t offset, void* bytes, std::size_t size) const;
  std::uint64_t size() const noexcept { return size_; }

 private:
  void open();

  std::filesystem::path folder_;
  Descriptor file_;
  std::uint64_t size_ = 0;
};

}  // namespace winnow::io
