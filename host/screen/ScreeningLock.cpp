#include "ScreeningLock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "io/Error.hpp"
#include "io/ReadWrite.hpp"

namespace winnow::screen {

namespace {

/// False: the server that had the file has ended meanwhile and taken it away.
bool isStillThere(const std::filesystem::path& file, int descriptor) {
  struct stat named {
  }, open{};
  return ::stat(file.c_str(), &named) == 0 && ::fstat(descriptor, &open) == 0 && named.st_dev == open.st_dev &&
         named.st_ino == open.st_ino;
}

std::string addressIn(int descriptor) {
  char text[256];
  std::string address(text, io::readAt(descriptor, 0, text, sizeof text).size);
  return address.substr(0, address.find('\n'));
}

}  // namespace

ScreeningLock::ScreeningLock(const std::filesystem::path& file) : file_(file) {
  do {
    descriptor_.reset(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644));
    if (!descriptor_) throw Error("cannot write '" + file.string() + "': " + std::strerror(errno));
    if (::flock(descriptor_.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
      const std::string address = addressIn(descriptor_.get());
      throw Error("this review is being screened already" + (address.empty() ? std::string() : " at " + address) +
                  "; use the start links of that server, or end it with Ctrl-C");
    }
  } while (!isStillThere(file, descriptor_.get()));
}

ScreeningLock::~ScreeningLock() { ::unlink(file_.c_str()); }

void ScreeningLock::announce(const std::string& address) {
  const std::string line = address + "\n";
  const bool isWritten = ::ftruncate(descriptor_.get(), 0) == 0 &&
                         ::pwrite(descriptor_.get(), line.data(), line.size(), 0) == static_cast<ssize_t>(line.size());
  if (!isWritten) throw Error("cannot write '" + file_.string() + "': " + std::strerror(errno));
}

}  // namespace winnow::screen
