// How long a text may be that is read whole.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "Error.hpp"

namespace winnow::io {

/// Bytes of a text that is read whole, at most.
inline constexpr std::uint64_t kLargestText = 256ULL << 20U;

/// Throws winnow::Error that names the file if `size` bytes are more: a device such as /dev/zero never ends.
inline void requireTextSize(std::uint64_t size, const std::filesystem::path& file) {
  if (size > kLargestText)
    throw Error("'" + file.string() + "' holds more than the " + std::to_string(kLargestText >> 20U) +
                " MiB that a text may have");
}

}  // namespace winnow::io
