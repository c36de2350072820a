// Bytes that are kept for later, more than memory should hold: what does not fit is in a temporary file.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <utility>
#include <vector>

#include "SpillFile.hpp"

namespace winnow::io {

/// Bytes that are appended and read back by their place. At most `most` of them are in memory, the newest ones. Calls
/// throw Error if the temporary file fails. Not for several threads.
class SpillingBytes {
 public:
  explicit SpillingBytes(std::size_t most, std::filesystem::path folder = {}) : most_(most), file_(std::move(folder)) {}

  /// Returns the place of the first byte.
  std::uint64_t append(const void* bytes, std::size_t size) {
    if (newest_.size() + size > most_) spill();
    const std::uint64_t place = this->size();
    const char* first = static_cast<const char*>(bytes);
    newest_.insert(newest_.end(), first, first + size);
    return place;
  }
  /// Reads `size` bytes that were appended.
  void read(std::uint64_t place, void* bytes, std::size_t size) const {
    char* to = static_cast<char*>(bytes);
    if (place < file_.size()) {
      const auto stored = static_cast<std::size_t>(std::min<std::uint64_t>(size, file_.size() - place));
      file_.read(place, to, stored);
      place += stored;
      to += stored;
      size -= stored;
    }
    if (size != 0) std::memcpy(to, newest_.data() + (place - file_.size()), size);
  }
  std::uint64_t size() const noexcept { return file_.size() + newest_.size(); }

 private:
  void spill() {
    if (newest_.empty()) return;
    file_.append(newest_.data(), newest_.size());
    newest_.clear();
  }

  std::size_t most_;
  SpillFile file_;
  std::vector<char> newest_;
};

}  // namespace winnow::io
