// Bytes to and from a descriptor, to the last one: the system may move fewer than it is asked to, and be interrupted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace winnow::io {

/// Returns 0, or the number of the error (errno) after which the rest was not written. For a descriptor that waits
/// until it can take more; of one that does not, EAGAIN is an error as any other.
int writeAll(int descriptor, std::string_view bytes) noexcept;

/// What readAt() got, and the number of the error (errno) that ended it; 0: none. Fewer bytes and no error: the file
/// ends.
struct Got {
  std::size_t size = 0;
  int error = 0;
};
/// Reads `size` bytes of a file from `offset` on; the descriptor's own place stays.
Got readAt(int descriptor, std::uint64_t offset, char* into, std::size_t size) noexcept;

}  // namespace winnow::io
