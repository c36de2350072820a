// A file that appears whole or not at all: written under a temporary name, synced, renamed into place. What is no
// regular file (a device, a pipe, a descriptor) is written through.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "Descriptor.hpp"
#include "Sha256.hpp"

namespace winnow::io {

/// What the bytes for a path go into, links followed to their end.
struct OutputPlace {
  enum class Kind {
    File,        ///< a regular file, or none yet: replaced as a whole
    Special,     ///< a device or a named pipe: written through
    Descriptor,  ///< "-", /dev/stdout, /dev/fd/N: written through
  };
  Kind kind = Kind::File;
  std::filesystem::path path;  ///< absolute, behind all links; of a descriptor as given
  int descriptor = -1;
};

/// Looks where `target` leads; a missing file is a File. Throws winnow::Error: a folder, links without end.
OutputPlace outputPlace(const std::filesystem::path& target);

/// One output file. Without commit() the target stays as it was and the temporary file is removed. One thread.
class AtomicFile {
 public:
  /// Creates the folder of `target` if it is missing. The temporary file, "NAME.part", is always a new one of this
  /// process: what somebody put there is never written through, what a killed program left is removed. Throws
  /// winnow::Error with the path, also for a read-only target and for one that another winnow is writing.
  explicit AtomicFile(const std::filesystem::path& target);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  /// As it was named.
  const std::filesystem::path& target() const noexcept { return target_; }
  /// Appends. Throws winnow::Error with the path, for example when the disk is full.
  void write(std::string_view bytes);
  /// No more bytes: they are on the disk, still under the temporary name. Gives their SHA-256 in hexadecimal. Throws
  /// winnow::Error.
  const std::string& seal();
  /// Seals, then puts the file into place with the permissions of the one that it replaces. Throws winnow::Error.
  void commit();

 private:
  void openFile();
  void flush();
  void checkedClose();
  std::string waitsFor() const;
  std::filesystem::path target_;  ///< as the user named it, for messages
  OutputPlace place_;
  std::filesystem::path temporary_;
  Descriptor descriptor_;
  bool isPipe_ = false;
  std::string buffer_;
  Sha256 hash_;
  std::string sealed_;  // hexadecimal; empty until seal()
};

/// Writes a whole file at once.
void writeFile(const std::filesystem::path& target, std::string_view bytes);
/// The whole text of a file. Throws winnow::Error with the path and the reason, also for a directory and for more than
/// kLargestText.
std::string readFile(const std::filesystem::path& file);

}  // namespace winnow::io
