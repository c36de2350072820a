#include "ByteSource.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>
#include <zlib.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <limits>
#include <string_view>

#include "Archive.hpp"
#include "Error.hpp"
#include "Sha256.hpp"
#include "Waiting.hpp"
#include "Workbook.hpp"

namespace winnow::io {

namespace {

/// Text exports shrink to a third or a tenth; what shrinks to less than a hundredth over so many bytes is an attack.
constexpr std::uint64_t kBombRatio = 100, kBombFrom = 16u << 20;

bool isBomb(std::uint64_t packed, std::uint64_t unpacked) {
  return unpacked > kBombFrom && unpacked / kBombRatio > packed;
}

class FileBytes final : public ByteSource {
 public:
  explicit FileBytes(const std::filesystem::path& file) : name_(file.string()) {
    if (name_ == "-") {
      descriptor_.reset(::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3));
      return;
    }
    descriptor_ = openForReading(file);
    struct stat about {};
    ::fstat(descriptor_.get(), &about);
    if (S_ISREG(about.st_mode)) size_ = static_cast<std::uint64_t>(about.st_size);
    ::posix_fadvise(descriptor_.get(), 0, 0, POSIX_FADV_SEQUENTIAL);
  }

  /// The first bytes, without consuming them.
  std::string_view peek(std::size_t size) {
    peeked_.resize(size);
    std::size_t got = 0;
    while (got < size) {
      const std::size_t more = readFile(peeked_.data() + got, size - got);
      if (more == 0) break;
      got += more;
    }
    peeked_.resize(got);
    return peeked_;
  }
  std::size_t read(char* into, std::size_t size) override {
    if (peeked_.empty()) return readFile(into, size);
    const std::size_t given = std::min(size, peeked_.size());
    std::memcpy(into, peeked_.data(), given);
    peeked_.erase(0, given);
    return given;
  }
  std::uint64_t size() const noexcept override { return size_; }
  std::uint64_t bytesRead() const noexcept override { return bytesRead_; }
  std::string sha256() override { return hex(hash_.finish()); }

 private:
  std::size_t readFile(char* into, std::size_t size) {
    const std::size_t got = readSome(descriptor_.get(), into, size, name_ == "-" ? "standard input" : name_);
    hash_.add({into, got});
    bytesRead_ += got;
    return got;
  }

  Descriptor descriptor_;
  std::string name_, peeked_;
  std::uint64_t size_ = std::numeric_limits<std::uint64_t>::max(), bytesRead_ = 0;
  Sha256 hash_;
};

/// Unpacks gzip (RFC 1952), several members one behind the other as one text.
class GzipBytes final : public ByteSource {
 public:
  explicit GzipBytes(std::unique_ptr<ByteSource> packed) : packed_(std::move(packed)), input_(256 * 1024, '\0') {
    if (inflateInit2(&stream_, 15 + 16) != Z_OK) throw Error("cannot unpack: out of memory");
  }
  ~GzipBytes() override { inflateEnd(&stream_); }
  GzipBytes(const GzipBytes&) = delete;
  GzipBytes& operator=(const GzipBytes&) = delete;

  std::size_t read(char* into, std::size_t size) override {
    stream_.next_out = reinterpret_cast<Bytef*>(into);
    stream_.avail_out = static_cast<uInt>(std::min<std::size_t>(size, 1u << 30));
    const uInt wanted = stream_.avail_out;
    while (stream_.avail_out == wanted && !ended_) step();
    const std::size_t got = wanted - stream_.avail_out;
    unpacked_ += got;
    if (!ended_ && isBomb(packed_->bytesRead(), unpacked_))
      stop("the gzip data expand more than a hundredfold: refused as an attack");
    while (ended_ && packed_->read(input_.data(), input_.size()) > 0) {  // the hash is of the whole file
    }
    return got;
  }
  std::uint64_t size() const noexcept override { return packed_->size(); }
  std::uint64_t bytesRead() const noexcept override { return packed_->bytesRead(); }
  std::string sha256() override { return packed_->sha256(); }

 private:
  void stop(std::string_view why) {
    damage_ = why;
    ended_ = true;
  }
  bool fill() {
    if (stream_.avail_in > 0) return true;
    stream_.avail_in = static_cast<uInt>(packed_->read(input_.data(), input_.size()));
    stream_.next_in = reinterpret_cast<Bytef*>(input_.data());
    return stream_.avail_in > 0;
  }
  void step() {
    if (!fill()) {
      if (isWithin_) stop("the gzip data end too early: the file is cut off");
      ended_ = true;
      return;
    }
    if (!isWithin_ && stream_.next_in[0] != 0x1F) {  // padding behind the last member
      ended_ = true;
      return;
    }
    isWithin_ = true;
    const int result = inflate(&stream_, Z_NO_FLUSH);
    if (result == Z_STREAM_END) {
      isWithin_ = false;
      inflateReset(&stream_);
    } else if (result != Z_OK && result != Z_BUF_ERROR) {
      stop(std::string("the gzip data are broken") + (stream_.msg == nullptr ? "" : std::string(": ") + stream_.msg));
    }
  }

  std::unique_ptr<ByteSource> packed_;
  std::string input_;
  z_stream stream_{};
  std::uint64_t unpacked_ = 0;
  bool isWithin_ = false, ended_ = false;
};

class ZipMember final : public ByteSource {
 public:
  ZipMember(const std::filesystem::path& file, const std::string& member) : archive_(file) {
    if (archive_.get() == nullptr) throw Error("cannot read the zip archive '" + archive_.name() + "'");
    zip_stat_t about;
    zip_stat_init(&about);
    if (zip_stat(archive_.get(), member.c_str(), 0, &about) != 0)
      throw Error("'" + archive_.name() + "' holds no '" + member + "'");
    if ((about.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && about.encryption_method != ZIP_EM_NONE)
      throw Error("'" + member + "' in '" + archive_.name() + "' is encrypted; unpack it and name the file itself");
    size_ = (about.valid & ZIP_STAT_SIZE) != 0 ? about.size : std::numeric_limits<std::uint64_t>::max();
    opened_ = std::make_unique<ArchiveFile>(archive_, member);
    if (!*opened_)
      throw Error("cannot read '" + member + "' in '" + archive_.name() + "': " + zip_strerror(archive_.get()));
  }

  std::size_t read(char* into, std::size_t size) override {
    if (!damage_.empty()) return 0;
    const long got = opened_->read(into, size);
    if (got < 0) {
      damage_ = std::string("the zip archive is broken: ") + zip_error_strerror(zip_file_get_error(opened_->get()));
      return 0;
    }
    bytesRead_ += static_cast<std::uint64_t>(got);
    hash_.add({into, static_cast<std::size_t>(got)});
    if (isBomb(opened_->packedSize(), bytesRead_))
      damage_ = "the zip data expand more than a hundredfold: refused as an attack";
    return static_cast<std::size_t>(got);
  }
  std::uint64_t size() const noexcept override { return size_; }
  std::uint64_t bytesRead() const noexcept override { return bytesRead_; }
  std::string sha256() override { return hex(hash_.finish()); }

 private:
  Archive archive_;
  std::unique_ptr<ArchiveFile> opened_;
  std::uint64_t size_ = 0, bytesRead_ = 0;
  Sha256 hash_;
};

bool isZip(const std::filesystem::path& file) {
  if (file == "-") return false;
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(file, ignored)) return false;
  char mark[4] = {};
  std::ifstream(file, std::ios::binary).read(mark, 4);
  return std::string_view(mark, 4) == std::string_view("PK\x03\x04", 4);
}

bool isGzip(std::string_view head) { return head.size() >= 3 && head.substr(0, 3) == "\x1F\x8B\x08"; }

/// What people did not put there.
bool isByTheWay(std::string_view name) {
  const std::size_t slash = name.rfind('/');
  const std::string_view last = slash == std::string_view::npos ? name : name.substr(slash + 1);
  return last.empty() || last[0] == '.' || name.substr(0, 9) == "__MACOSX/" || last == "Thumbs.db" ||
         last == "desktop.ini";
}

/// "savedrecs.xlsx/Sheet 1" of an archive that holds a workbook; null if the member is no sheet.
std::unique_ptr<ByteSource> openSheetOf(const std::filesystem::path& file, const std::string& member) {
  const Archive archive(file);
  if (archive.holds("xl/workbook.xml")) return openSheet(file, {}, member);
  if (archive.holds(member)) return nullptr;
  for (std::size_t slash = member.find('/'); slash != std::string::npos; slash = member.find('/', slash + 1))
    if (const std::string book = member.substr(0, slash); archive.holds(book))
      return openSheet(file, book, member.substr(slash + 1));
  return nullptr;
}

bool isWorkbookName(std::string_view name) {
  return name.size() > 5 && (name.substr(name.size() - 5) == ".xlsx" || name.substr(name.size() - 5) == ".XLSX");
}

}  // namespace

std::unique_ptr<ByteSource> openBytes(const std::filesystem::path& file, const std::string& member, Contents contents) {
  const bool isText = contents == Contents::Text;
  if (!member.empty()) {
    if (auto sheet = openSheetOf(file, member)) return sheet;
    auto opened = std::make_unique<ZipMember>(file, member);
    if (!isText) return opened;
    char head[3] = {};
    const std::size_t got = opened->read(head, sizeof head);
    const bool isPacked = isGzip({head, got});
    opened = std::make_unique<ZipMember>(file, member);
    if (isPacked) return std::make_unique<GzipBytes>(std::move(opened));
    return opened;
  }
  auto opened = std::make_unique<FileBytes>(file);
  if (isText && isGzip(opened->peek(3))) return std::make_unique<GzipBytes>(std::move(opened));
  return opened;
}

std::vector<std::string> membersOf(const std::filesystem::path& file) {
  std::vector<std::string> members;
  if (!isZip(file)) return members;
  const Archive archive(file);
  if (archive.get() == nullptr) return members;
  if (archive.holds("xl/workbook.xml")) return sheetsOf(file);
  const zip_int64_t count = zip_get_num_entries(archive.get(), 0);
  for (zip_int64_t i = 0; i < count; ++i) {
    const char* name = zip_get_name(archive.get(), static_cast<zip_uint64_t>(i), 0);
    if (name == nullptr) continue;
    // Word and LibreOffice keep their documents in zip archives.
    if (std::string_view(name) == "[Content_Types].xml" || (i == 0 && std::string_view(name) == "mimetype")) return {};
    if (isByTheWay(name)) continue;
    std::vector<std::string> sheets;
    if (isWorkbookName(name)) sheets = sheetsOf(file, name);
    for (const std::string& sheet : sheets) members.push_back(std::string(name) + "/" + sheet);
    if (sheets.empty()) members.emplace_back(name);
    if (members.size() > kMostMembers)
      throw Error("'" + archive.name() + "' holds more than " + std::to_string(kMostMembers) +
                  " files; unpack it and name those that are exports");
  }
  return members;
}

std::pair<std::string, std::uint64_t> sha256Member(const std::filesystem::path& file, const std::string& member) {
  const auto bytes = openBytes(file, member);
  std::string buffer(1 << 20, '\0');
  while (bytes->read(buffer.data(), buffer.size()) > 0) {
  }
  return {bytes->sha256(), bytes->bytesRead()};
}

}  // namespace winnow::io
