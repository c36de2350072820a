// A file that appears whole or not at all: written under a temporary name, synced, renamed into place.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "Sha256.hpp"

namespace winnow::io {

/// One output file. Without commit() the target stays as it was and the temporary file is removed. One thread.
class AtomicFile {
 public:
  /// Creates the folder of `target` if it is missing. Throws winnow::Error with the path.
  explicit AtomicFile(std::filesystem::path target);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  /// Appends. Throws winnow::Error with the path, for example when the disk is full.
  void write(std::string_view bytes);
  /// No more bytes: they are on the disk, still under the temporary name. Gives their SHA-256 in hexadecimal. Throws
  /// winnow::Error.
  const std::string& seal();
  /// Seals, then puts the file into place. Throws winnow::Error.
  void commit();

 private:
  void flush();
  std::filesystem::path target_, temporary_;
  int descriptor_ = -1;
  std::string buffer_;
  Sha256 hash_;
  std::string sealed_;  // hexadecimal; empty until seal()
};

/// Writes a whole file at once.
void writeFile(const std::filesystem::path& target, std::string_view bytes);
/// The whole text of a file. Throws winnow::Error with the path and the reason, also for a directory.
std::string readFile(const std::filesystem::path& file);

}  // namespace winnow::io
