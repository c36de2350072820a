// The original bytes of an input: a file, standard input, a gzip file unpacked on the way, one member of a zip archive,
// or one sheet of a workbook.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace winnow::io {

/// Reads once, from begin to end. One thread.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  /// At most `size` bytes; 0 at the end. Throws winnow::Error on a read error.
  virtual std::size_t read(char* into, std::size_t size) = 0;
  /// Bytes of the input as it lies there (packed, if it is), UINT64_MAX if that is not known; and how many of them were
  /// read.
  virtual std::uint64_t size() const noexcept = 0;
  virtual std::uint64_t bytesRead() const noexcept = 0;
  /// SHA-256 of the file's bytes as they lie there; of a member, of its unpacked bytes. After the end.
  virtual std::string sha256() = 0;
  /// The line of the input that a line of what read() gives stands for: a row, of a sheet.
  virtual std::uint32_t originalLine(std::uint32_t line) const noexcept { return line; }
  /// What is wrong with the packing, empty if nothing: what came before it was read.
  const std::string& damage() const noexcept { return damage_; }

 protected:
  std::string damage_;
};

/// What the reader of an input is given: the text in it, or the bytes of the file (of the member) as they lie there.
enum class Contents { Text, Bytes };

/// Opens a file ("-": standard input), or a member that membersOf() names. Of a text, gzip is recognised by its first
/// bytes and unpacked. Unpacking stops, with damage(), where the data expand as no text does. Throws winnow::Error:
/// missing, folder, no permission, no such member, encrypted.
std::unique_ptr<ByteSource> openBytes(const std::filesystem::path& file, const std::string& member = {},
                                      Contents contents = Contents::Text);

/// What a file consists of: the sheets of a workbook (.xlsx); the files of a zip archive, in its order, without folders
/// and what file managers add ("__MACOSX/", ".DS_Store"), each workbook in it by its sheets. Empty if the file is
/// neither, broken, or a document of another office program. Throws winnow::Error for an archive of more than
/// kMostMembers.
std::vector<std::string> membersOf(const std::filesystem::path& file);
inline constexpr std::size_t kMostMembers = 1000;

/// SHA-256 and number of bytes of a member.
std::pair<std::string, std::uint64_t> sha256Member(const std::filesystem::path& file, const std::string& member);

}  // namespace winnow::io
