// Lines of streams that are looked at again later: read where they lie in their file, or copied where there is none.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "engine/reading/Stream.hpp"
#include "io/Descriptor.hpp"
#include "io/SpillingBytes.hpp"

namespace winnow::engine {

/// Copies take 64 MB of memory, what is more is in a temporary file. One thread.
class KeptLines {
 public:
  /// Half of what a process may usually have open.
  static constexpr std::size_t kMostOpen = 512;
  /// `mostOpen`: files that are open at once; at least 1.
  explicit KeptLines(std::size_t mostOpen) : mostOpen_(mostOpen) {}

  /// Where a line lies.
  struct At {
    std::uint64_t byte = 0;  ///< in the file, or of the copies
    std::uint64_t number = 0;
    std::uint64_t hash = 0;  ///< of the text
    std::uint32_t file = 0;  ///< which one
    std::uint32_t size = 0;  ///< bytes of the text
  };
  At keep(const StreamLine& line);
  /// Makes `text`, `file` and `line` of `line` what they were. Throws Error if the file cannot be read any more, or
  /// holds another line there.
  void read(const At& at, StreamLine& line);

 private:
  struct File {
    std::string name;
    bool isCopied = false;
    io::Descriptor opened;
  };
  const io::Descriptor& opened(std::uint32_t number);

  const std::size_t mostOpen_;
  std::vector<File> files_;
  std::deque<std::uint32_t> open_;  ///< of files_, longest open first
  io::SpillingBytes copies_{std::size_t{1} << 26};
};

}  // namespace winnow::engine
