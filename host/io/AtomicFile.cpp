#include "AtomicFile.hpp"

#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include "Descriptor.hpp"
#include "Error.hpp"
#include "StandardStreams.hpp"
#include "TextSize.hpp"
#include "Waiting.hpp"

namespace winnow::io {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kBuffer = 1 << 16;
constexpr int kMostLinks = 40;  // as the kernel
constexpr int kTries = 8;

Error failure(const fs::path& path, const std::string& why) {
  return Error("cannot write " + (path == "-" ? std::string("to standard output") : "'" + path.string() + "'") + ": " +
               why);
}
Error failure(const fs::path& path) { return failure(path, std::strerror(errno)); }

/// N if `path` lies in the folder of this process's descriptors (/dev/fd/N, /proc/self/fd/N), -1 otherwise.
int descriptorOf(const fs::path& path) {
  const std::string name = path.filename().string();
  if (name.empty() || name.size() > 6 || name.find_first_not_of("0123456789") != std::string::npos) return -1;
  std::error_code ignored;
  const fs::path folder = fs::canonical(path.parent_path(), ignored);
  if (folder != "/proc/" + std::to_string(::getpid()) + "/fd") return -1;
  const int number = std::stoi(name);
  return number == STDOUT_FILENO ? standardOutput() : number;
}

/// The folder as it is in truth, whatever of it exists yet.
fs::path trueFolder(const fs::path& file) {
  std::error_code error;
  const fs::path given = fs::absolute(file, error).parent_path();
  const fs::path folder = fs::weakly_canonical(given, error);
  return error ? given : folder;
}

void syncFolder(const fs::path& file) {
  const Descriptor folder(::open(file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder && ::fsync(folder.get()) != 0 && errno != EINVAL && errno != EBADF) throw failure(file);
}

/// What a killed program left under the temporary name, or what somebody put there, goes away; its content is nobody's.
/// Throws if a living program writes it.
void removeLeftover(const fs::path& temporary, const fs::path& target) {
  struct stat about {};
  if (::lstat(temporary.c_str(), &about) != 0) return;
  const Descriptor leftover(
      S_ISREG(about.st_mode) ? ::open(temporary.c_str(), O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) : -1);
  const bool isInUse = leftover && ::flock(leftover.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  if (!isInUse) ::unlink(temporary.c_str());
  if (isInUse) throw failure(target, "another program is writing it right now");
}

/// True if `path` still names the file that `descriptor` is.
bool isStillAt(int descriptor, const fs::path& path) {
  struct stat own {
  }, there{};
  return ::fstat(descriptor, &own) == 0 && ::lstat(path.c_str(), &there) == 0 && own.st_ino == there.st_ino &&
         own.st_dev == there.st_dev;
}

/// Creates the temporary file and locks it, so that the next program knows it for one that is in use.
Descriptor createTemporary(const fs::path& temporary, const fs::path& target) {
  for (int tries = 0; tries < kTries; ++tries) {
    Descriptor created(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666));
    if (created) {
      ::flock(created.get(), LOCK_EX | LOCK_NB);  // a file system without locks is used by one program at a time
      if (isStillAt(created.get(), temporary)) return created;
    } else if (errno == EEXIST) {
      removeLeftover(temporary, target);
    } else {
      throw failure(target);
    }
  }
  throw failure(target, "'" + temporary.filename().string() + "' beside it cannot be removed; remove it");
}

/// Permissions and owner of the file that is replaced. Set-user-id bits are not given to new content.
void inherit(const Descriptor& descriptor, const struct stat& replaced, const fs::path& target) {
  struct stat own {};
  ::fstat(descriptor.get(), &own);
  const bool isOther = own.st_uid != replaced.st_uid || own.st_gid != replaced.st_gid;
  if (isOther && ::fchown(descriptor.get(), replaced.st_uid, replaced.st_gid) != 0)
    if (::fchown(descriptor.get(), static_cast<uid_t>(-1), replaced.st_gid) != 0) {
      // Only root may give files away: the file then has the owner's group.
    }
  if (::fchmod(descriptor.get(), replaced.st_mode & 0777) != 0) throw failure(target);
}

}  // namespace

OutputPlace outputPlace(const fs::path& target) {
  if (target == "-") return {OutputPlace::Kind::Descriptor, target, standardOutput()};
  fs::path path = target;
  for (int links = 0; links < kMostLinks; ++links) {
    if (const int descriptor = descriptorOf(path); descriptor >= 0)
      return {OutputPlace::Kind::Descriptor, target, descriptor};
    path = trueFolder(path) / path.filename();
    struct stat about {};
    if (::lstat(path.c_str(), &about) != 0) return {OutputPlace::Kind::File, path, -1};
    if (S_ISDIR(about.st_mode)) throw failure(target, "it is a folder");
    if (S_ISREG(about.st_mode)) return {OutputPlace::Kind::File, path, -1};
    if (!S_ISLNK(about.st_mode)) return {OutputPlace::Kind::Special, path, -1};
    std::error_code error;
    const fs::path next = fs::read_symlink(path, error);
    if (error) throw failure(target, error.message());
    path = next.is_absolute() ? next : path.parent_path() / next;
  }
  throw failure(target, "its links lead in a circle");
}

AtomicFile::AtomicFile(const fs::path& target) : target_(target), place_(outputPlace(target)) {
  switch (place_.kind) {
    case OutputPlace::Kind::File:
      openFile();
      break;
    case OutputPlace::Kind::Special:
      descriptor_.reset(fs::is_fifo(place_.path) ? openPipeForWriting(place_.path.c_str(), waitsFor())
                                                 : ::open(place_.path.c_str(), O_WRONLY | O_CLOEXEC));
      break;
    case OutputPlace::Kind::Descriptor:
      descriptor_.reset(::fcntl(place_.descriptor, F_DUPFD_CLOEXEC, 3));
      break;
  }
  if (!descriptor_) throw failure(target_);
  struct stat about {};
  isPipe_ = ::fstat(descriptor_.get(), &about) == 0 && (S_ISFIFO(about.st_mode) || S_ISSOCK(about.st_mode));
}

void AtomicFile::openFile() {
  std::error_code error;
  fs::create_directories(place_.path.parent_path(), error);
  if (error) throw failure(target_, error.message());
  struct stat replaced {};
  const bool replaces = ::stat(place_.path.c_str(), &replaced) == 0;
  // Root may write everything; a file without any right to write is meant to stay as it is all the same.
  if (replaces && ((replaced.st_mode & 0222) == 0 || ::access(place_.path.c_str(), W_OK) != 0))
    throw failure(target_, "it is read-only; make it writable or name another file");
  temporary_ = place_.path;
  temporary_ += ".part";
  descriptor_ = createTemporary(temporary_, target_);
  try {
    if (replaces) inherit(descriptor_, replaced, target_);
  } catch (...) {
    ::unlink(temporary_.c_str());
    throw;
  }
}

AtomicFile::~AtomicFile() {
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

std::string AtomicFile::waitsFor() const { return "'" + target_.string() + "' to be read"; }

void AtomicFile::write(std::string_view bytes) {
  buffer_.append(bytes);
  if (buffer_.size() >= kBuffer) flush();
}

void AtomicFile::flush() {
  hash_.add(buffer_);
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    if (isPipe_) waitUntilReady(descriptor_.get(), POLLOUT, waitsFor());
    // A pipe that is ready takes PIPE_BUF bytes without waiting, so that a wait can always be ended.
    const std::size_t size = isPipe_ ? std::min<std::size_t>(rest.size(), PIPE_BUF) : rest.size();
    const ssize_t done = ::write(descriptor_.get(), rest.data(), size);
    if (done < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (done < 0) throw failure(target_);
    rest.remove_prefix(static_cast<std::size_t>(done));
  }
  buffer_.clear();
}

const std::string& AtomicFile::seal() {
  if (!sealed_.empty()) return sealed_;
  flush();
  if (!temporary_.empty() && ::fsync(descriptor_.get()) != 0) throw failure(target_);
  sealed_ = hex(hash_.finish());
  return sealed_;
}

/// Network file systems tell only when a descriptor is closed that the bytes did not fit. The lock needs one that stays
/// open, so a second one is closed: the system flushes at the close of each.
void AtomicFile::checkedClose() {
  Descriptor second(::fcntl(descriptor_.get(), F_DUPFD_CLOEXEC, 3));
  if (!second) throw failure(target_);
  if (::close(second.release()) != 0 && errno != EINTR) throw failure(target_);
}

void AtomicFile::commit() {
  seal();
  checkedClose();
  if (!temporary_.empty()) {
    if (!isStillAt(descriptor_.get(), temporary_))
      throw failure(target_, "another program removed '" + temporary_.string() + "'");
    if (::rename(temporary_.c_str(), place_.path.c_str()) != 0) throw failure(target_);
    temporary_.clear();
    syncFolder(place_.path);
  }
  descriptor_.reset();
}

void writeFile(const fs::path& target, std::string_view bytes) {
  AtomicFile file(target);
  file.write(bytes);
  file.commit();
}

std::string readFile(const fs::path& file) {
  const Descriptor descriptor = openForReading(file);
  std::string text;
  for (std::size_t got = 1; got != 0;) {
    const std::size_t size = text.size();
    text.resize(size + kBuffer);
    got = readSome(descriptor.get(), text.data() + size, kBuffer, file.string());
    text.resize(size + got);
    requireTextSize(text.size(), file);
  }
  return text;
}

}  // namespace winnow::io
