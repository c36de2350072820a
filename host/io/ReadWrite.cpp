#include "ReadWrite.hpp"

#include <unistd.h>

#include <cerrno>

namespace winnow::io {

int writeAll(int descriptor, std::string_view bytes) noexcept {
  while (!bytes.empty()) {
    const ::ssize_t done = ::write(descriptor, bytes.data(), bytes.size());
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return done < 0 ? errno : EIO;
    bytes.remove_prefix(static_cast<std::size_t>(done));
  }
  return 0;
}

Got readAt(int descriptor, std::uint64_t offset, char* into, std::size_t size) noexcept {
  Got got;
  while (got.size < size) {
    const ::ssize_t more =
        ::pread(descriptor, into + got.size, size - got.size, static_cast<::off_t>(offset + got.size));
    if (more < 0 && errno == EINTR) continue;
    if (more < 0) got.error = errno;
    if (more <= 0) break;
    got.size += static_cast<std::size_t>(more);
  }
  return got;
}

}  // namespace winnow::io
