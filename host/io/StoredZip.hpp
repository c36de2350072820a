// ZIP archives whose every byte follows from names and contents: nothing is compressed, no clock, no room for anything
// else. So a reader can tell that one byte was changed, wherever it stands. APPNOTE.TXT 6.3, 4.3.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::io {

class AtomicFile;

/// Writes members in their order. One thread. At most 65,535 members and 4 GiB; more throws winnow::Error.
class StoredZipWriter {
 public:
  explicit StoredZipWriter(AtomicFile& target) : target_(target) {}

  void add(const std::string& name, std::string_view bytes);
  /// A file, read twice: once for its checksum, once for its bytes. Throws winnow::Error.
  void addFile(const std::string& name, const std::filesystem::path& file);
  /// The directory behind the members. Does not commit the target.
  void finish();

 private:
  struct Member {
    std::string name;
    std::uint32_t crc, size, offset;
  };
  void begin(const std::string& name, std::uint32_t crc, std::uint64_t size);
  void put(std::string_view bytes);

  AtomicFile& target_;
  std::vector<Member> members_;
  std::uint64_t written_ = 0;
};

/// Unpacks such an archive into a folder and gives the members' names in order. Throws winnow::Error naming the member
/// or the byte where the archive is not as it was written, and for names that lead out of the folder; then the folder
/// holds a part.
std::vector<std::string> unpackStoredZip(const std::filesystem::path& archive, const std::filesystem::path& folder);

}  // namespace winnow::io
