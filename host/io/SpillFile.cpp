#include "SpillFile.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

#include "Error.hpp"
#include "ReadWrite.hpp"

namespace winnow::io {

namespace {

[[noreturn]] void fail(const std::filesystem::path& folder, const char* what, int code) {
  throw Error(std::string("cannot ") + what + " a temporary file in '" + folder.string() +
              "': " + std::generic_category().message(code) + "; TMPDIR names another folder");
}

}  // namespace

void SpillFile::open() {
  if (folder_.empty()) folder_ = std::filesystem::temp_directory_path();
#ifdef O_TMPFILE
  file_.reset(::open(folder_.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
  if (file_) return;
#endif
  // File systems that know no file without a name: it loses its name at once.
  std::string name = (folder_ / "winnow-XXXXXX").string();
  file_.reset(::mkostemp(name.data(), O_CLOEXEC));
  if (!file_) fail(folder_, "make", errno);
  ::unlink(name.c_str());
}

void SpillFile::append(const void* bytes, std::size_t size) {
  if (!file_) open();
  const char* next = static_cast<const char*>(bytes);
  while (size != 0) {
    const ::ssize_t written = ::pwrite(file_.get(), next, size, static_cast<::off_t>(size_));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) fail(folder_, "write", written < 0 ? errno : ENOSPC);
    next += written;
    size -= static_cast<std::size_t>(written);
    size_ += static_cast<std::uint64_t>(written);
  }
}

void SpillFile::read(std::uint64_t offset, void* bytes, std::size_t size) const {
  const Got got = readAt(file_.get(), offset, static_cast<char*>(bytes), size);
  if (got.size != size) fail(folder_, "read", got.error != 0 ? got.error : EIO);
}

}  // namespace winnow::io
