// An open zip archive: a file, or one that is a member of another.
#pragma once

#include <filesystem>
#include <string>

struct zip;
struct zip_file;

namespace winnow::io {

class Archive {
 public:
  /// Null inside if the file, or the member, is no archive that can be read. Throws winnow::Error for a member of more
  /// than kLargestWithin.
  explicit Archive(const std::filesystem::path& file, const std::string& member = {});
  ~Archive();
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;
  zip* get() const noexcept { return archive_; }
  const std::string& name() const noexcept { return name_; }
  /// True if it holds a file of that name.
  bool holds(const std::string& name) const;

  static constexpr std::size_t kLargestWithin = 256u << 20;

 private:
  std::string name_, bytes_;  ///< bytes_: of an archive within another
  zip* archive_ = nullptr;
};

/// One file of an archive, open for reading from begin to end.
class ArchiveFile {
 public:
  /// Null inside if there is none of that name.
  ArchiveFile(const Archive& archive, const std::string& name);
  ~ArchiveFile();
  ArchiveFile(const ArchiveFile&) = delete;
  ArchiveFile& operator=(const ArchiveFile&) = delete;
  explicit operator bool() const noexcept { return file_ != nullptr; }
  zip_file* get() const noexcept { return file_; }
  /// Bytes read; 0 at the end, -1 where the archive is broken.
  long read(char* into, std::size_t size);
  /// Bytes that it takes in the archive, 0 if that is not known.
  std::uint64_t packedSize() const noexcept { return packedSize_; }

 private:
  zip_file* file_ = nullptr;
  std::uint64_t packedSize_ = 0;
};

}  // namespace winnow::io
