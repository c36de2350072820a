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
  /// `mostOpen`: files that are open at once; at least 1.
  explicit KeptLines(std::size_t mostOpen) : mostOpen_(mostOpen) {}

  struct Place {
    std::uint64_t byte = 0;  ///< in the file, or of the copies
    std::uint64_t line = 0;
    std::uint32_t file = 0;  ///< which one
    std::uint32_t size = 0;  ///< bytes of the text
    std::uint64_t hash = 0;  ///< of the text
  };
  Place keep(const StreamLine& line);
  /// Makes `text`, `file` and `line` of `line` what they were. Throws Error if the file cannot be read any more, and
  /// BadStream if the line is another one now.
  void read(const Place& place, StreamLine& line);

 private:
  struct File {
    std::string name;
    bool isCopied = false;
    io::Descriptor opened;
  };
  void readInPlace(File& file, const Place& place, std::string& text);

  const std::size_t mostOpen_;
  std::vector<File> files_;
  std::deque<std::uint32_t> open_;  ///< of files_, longest open first
  io::SpillingBytes copies_{std::size_t{1} << 26};
};

}  // namespace winnow::engine
