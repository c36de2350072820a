// Bytes to a descriptor, to the last one: write(2) may take fewer than it is given, and be interrupted.
#pragma once

#include <unistd.h>

#include <cerrno>
#include <string_view>

namespace winnow::io {

/// Returns 0, or the number of the error (errno) after which the rest was not written. For a descriptor that waits
/// until it can take more; of one that does not, EAGAIN is an error as any other.
inline int writeAll(int descriptor, std::string_view bytes) noexcept {
  while (!bytes.empty()) {
    const ::ssize_t done = ::write(descriptor, bytes.data(), bytes.size());
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return done < 0 ? errno : EIO;
    bytes.remove_prefix(static_cast<std::size_t>(done));
  }
  return 0;
}

}  // namespace winnow::io
