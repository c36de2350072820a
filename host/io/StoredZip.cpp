#include "StoredZip.hpp"

#include <zlib.h>

#include <array>
#include <fstream>
#include <limits>
#include <set>

#include "AtomicFile.hpp"
#include "Error.hpp"

namespace winnow::io {

namespace {

constexpr std::uint64_t kLargest = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t kMostMembers = std::numeric_limits<std::uint16_t>::max(), kChunk = 1 << 16;
constexpr std::uint16_t kVersion = 20, kMadeBy = 3 << 8 | 20, kUtf8 = 0x0800, kTime = 0, kDate = 1 << 5 | 1;
constexpr std::uint32_t kFileMode = 0100644u << 16;

void put16(std::string& out, std::uint32_t value) {
  out += static_cast<char>(value & 0xFF);
  out += static_cast<char>(value >> 8 & 0xFF);
}
void put32(std::string& out, std::uint32_t value) {
  put16(out, value & 0xFFFF);
  put16(out, value >> 16);
}

/// What local header and directory say alike.
std::string common(const std::string& name, std::uint32_t crc, std::uint32_t size) {
  std::string out;
  put16(out, kVersion);
  put16(out, kUtf8);
  put16(out, 0);  // stored
  put16(out, kTime);
  put16(out, kDate);
  put32(out, crc);
  put32(out, size);
  put32(out, size);
  put16(out, static_cast<std::uint32_t>(name.size()));
  put16(out, 0);
  return out;
}

std::string localHeader(const std::string& name, std::uint32_t crc, std::uint32_t size) {
  return "PK\3\4" + common(name, crc, size) + name;
}

std::string directoryEntry(const std::string& name, std::uint32_t crc, std::uint32_t size, std::uint32_t offset) {
  std::string out = "PK\1\2";
  put16(out, kMadeBy);
  out += common(name, crc, size);
  put16(out, 0);
  put16(out, 0);
  put16(out, 0);
  put32(out, kFileMode);
  put32(out, offset);
  return out + name;
}

std::string directoryEnd(std::size_t members, std::uint32_t size, std::uint32_t offset) {
  std::string out = "PK\5\6";
  put16(out, 0);
  put16(out, 0);
  put16(out, static_cast<std::uint32_t>(members));
  put16(out, static_cast<std::uint32_t>(members));
  put32(out, size);
  put32(out, offset);
  put16(out, 0);
  return out;
}

std::uint32_t updated(std::uint32_t crc, std::string_view bytes) {
  return static_cast<std::uint32_t>(
      crc32(crc, reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<uInt>(bytes.size())));
}

template <class Each>
std::uint64_t readChunks(const std::filesystem::path& file, Each&& each) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw Error("cannot read '" + file.string() + "'");
  std::array<char, kChunk> buffer;
  std::uint64_t size = 0;
  while (in.read(buffer.data(), buffer.size()) || in.gcount() > 0) {
    each(std::string_view(buffer.data(), static_cast<std::size_t>(in.gcount())));
    size += static_cast<std::uint64_t>(in.gcount());
  }
  if (in.bad()) throw Error("cannot read '" + file.string() + "' to its end");
  return size;
}

/// True for a name that stays within the folder.
bool isInside(const std::string& name) {
  const std::filesystem::path path(name);
  if (name.empty() || path.is_absolute() || name.find('\\') != std::string::npos ||
      name.find('\0') != std::string::npos)
    return false;
  for (const auto& part : path)
    if (part == ".." || part == "." || part.empty()) return false;
  return true;
}

/// Reads an archive from front to back and compares every byte with what the writer would have written.
class Unpacker {
 public:
  Unpacker(const std::filesystem::path& archive, const std::filesystem::path& folder)
      : in_(archive, std::ios::binary), name_(archive.filename().string()), folder_(folder) {
    if (!in_) throw Error("cannot read '" + archive.string() + "'");
  }

  std::vector<std::string> run() {
    std::string directory;
    std::vector<std::string> names;
    std::set<std::string> seen;
    for (std::string signature = take(4); signature == "PK\3\4"; signature = take(4)) {
      const std::uint64_t offset = at_ - 4;
      const std::string fields = take(26);
      const std::uint32_t crc = number(fields, 10, 4), size = number(fields, 14, 4);
      const std::string name = take(number(fields, 22, 2));
      if ("PK\3\4" + fields + name != localHeader(name, crc, size)) refuse(offset);
      if (!isInside(name)) throw Error(name_ + ": the name '" + name + "' leads out of the archive");
      if (!seen.insert(name).second) throw Error(name_ + ": '" + name + "' stands in it twice");
      extract(name, crc, size);
      directory += directoryEntry(name, crc, size, static_cast<std::uint32_t>(offset));
      names.push_back(name);
    }
    const auto begin = static_cast<std::uint32_t>(at_ - 4);
    const std::string expected =
        directory + directoryEnd(names.size(), static_cast<std::uint32_t>(directory.size()), begin);
    in_.seekg(begin);
    std::string rest(expected.size() + 1, '\0');
    in_.read(rest.data(), static_cast<std::streamsize>(rest.size()));
    rest.resize(static_cast<std::size_t>(in_.gcount()));
    if (rest == expected) return names;
    std::size_t same = 0;
    while (same < rest.size() && same < expected.size() && rest[same] == expected[same]) ++same;
    refuse(begin + same);
  }

 private:
  [[noreturn]] void refuse(std::uint64_t byte) const {
    throw Error(name_ + ": byte " + std::to_string(byte) +
                " is not as 'winnow pack' writes it; the archive was changed, cut "
                "off or packed by another program");
  }
  std::string take(std::size_t size) {
    std::string bytes(size, '\0');
    in_.read(bytes.data(), static_cast<std::streamsize>(size));
    if (static_cast<std::size_t>(in_.gcount()) != size) refuse(at_ + static_cast<std::uint64_t>(in_.gcount()));
    at_ += size;
    return bytes;
  }
  static std::uint32_t number(const std::string& bytes, std::size_t at, std::size_t size) {
    std::uint32_t value = 0;
    for (std::size_t i = size; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
  }
  void extract(const std::string& name, std::uint32_t crc, std::uint32_t size) {
    AtomicFile out(folder_ / name);
    std::uint32_t sum = 0;
    for (std::uint64_t left = size; left > 0;) {
      const std::string bytes = take(static_cast<std::size_t>(std::min<std::uint64_t>(left, kChunk)));
      sum = updated(sum, bytes);
      out.write(bytes);
      left -= bytes.size();
    }
    if (sum != crc) throw Error(name_ + ": '" + name + "' was changed after it was packed");
    out.commit();
  }

  std::ifstream in_;
  std::string name_;
  std::filesystem::path folder_;
  std::uint64_t at_ = 0;
};

}  // namespace

void StoredZipWriter::put(std::string_view bytes) {
  target_.write(bytes);
  written_ += bytes.size();
}

void StoredZipWriter::begin(const std::string& name, std::uint32_t crc, std::uint64_t size) {
  if (members_.size() >= kMostMembers) throw Error("the archive would hold more than 65,535 files");
  if (written_ + size > kLargest - (1 << 20))
    throw Error("the archive would be larger than 4 GiB; leave the exports out");
  members_.push_back({name, crc, static_cast<std::uint32_t>(size), static_cast<std::uint32_t>(written_)});
  put(localHeader(name, crc, static_cast<std::uint32_t>(size)));
}

void StoredZipWriter::add(const std::string& name, std::string_view bytes) {
  begin(name, updated(0, bytes), bytes.size());
  put(bytes);
}

void StoredZipWriter::addFile(const std::string& name, const std::filesystem::path& file) {
  std::uint32_t crc = 0;
  const std::uint64_t size = readChunks(file, [&](std::string_view bytes) { crc = updated(crc, bytes); });
  begin(name, crc, size);
  std::uint32_t again = 0;
  readChunks(file, [&](std::string_view bytes) {
    again = updated(again, bytes);
    put(bytes);
  });
  if (again != crc) throw Error("'" + file.string() + "' changed while it was packed");
}

void StoredZipWriter::finish() {
  const std::uint64_t begin = written_;
  for (const Member& member : members_) put(directoryEntry(member.name, member.crc, member.size, member.offset));
  put(directoryEnd(members_.size(), static_cast<std::uint32_t>(written_ - begin), static_cast<std::uint32_t>(begin)));
}

std::vector<std::string> unpackStoredZip(const std::filesystem::path& archive, const std::filesystem::path& folder) {
  return Unpacker(archive, folder).run();
}

}  // namespace winnow::io
