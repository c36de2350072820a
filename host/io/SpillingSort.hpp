// Sorting more than memory should hold: sorted runs go to a temporary file and are merged when they are read.
#pragma once

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <type_traits>
#include <utility>
#include <vector>

#include "SpillFile.hpp"

namespace winnow::io {

/// Sorts entries by `<`, holding at most `most` of them in memory while they come in. First add() all, then next()
/// until it is false. Entries that differ must be ordered, then what comes out does not depend on `most`. Calls throw
/// Error if the temporary file fails. Not for several threads.
template <class Entry>
class SpillingSort {
  static_assert(std::is_trivially_copyable_v<Entry>, "entries are stored as their bytes");

 public:
  explicit SpillingSort(std::size_t most, std::filesystem::path folder = {})
      : most_(std::max<std::size_t>(most, 2)), file_(std::move(folder)) {}

  void add(const Entry& entry) {
    if (memory_.size() == most_) spill();
    memory_.push_back(entry);
  }

  /// Gives the next entry in order; false after the last.
  bool next(Entry& entry) {
    if (!isReading_) beginReading();
    if (runs_.empty()) {
      if (at_ == memory_.size()) return false;
      entry = memory_[at_++];
      return true;
    }
    if (heap_.empty()) return false;
    std::pop_heap(heap_.begin(), heap_.end(), isLater);
    Head& head = heap_.back();
    entry = head.entry;
    if (runs_[head.run].next(head.entry, file_))
      std::push_heap(heap_.begin(), heap_.end(), isLater);
    else
      heap_.pop_back();
    return true;
  }

 private:
  static constexpr std::size_t kRead = 4096;  ///< entries of a run that are read at once

  /// A sorted part of the file.
  struct Run {
    std::uint64_t offset = 0, left = 0;  ///< bytes, entries
    std::vector<Entry> buffer;
    std::size_t at = 0;

    bool next(Entry& entry, const SpillFile& file) {
      if (at == buffer.size()) {
        if (left == 0) return false;
        buffer.resize(static_cast<std::size_t>(std::min<std::uint64_t>(left, kRead)));
        file.read(offset, buffer.data(), buffer.size() * sizeof(Entry));
        offset += buffer.size() * sizeof(Entry);
        left -= buffer.size();
        at = 0;
      }
      entry = buffer[at++];
      return true;
    }
  };
  struct Head {
    Entry entry;
    std::size_t run;
  };
  static bool isLater(const Head& a, const Head& b) { return b.entry < a.entry; }

  void spill() {
    std::sort(memory_.begin(), memory_.end());
    runs_.push_back({file_.size(), memory_.size(), {}, 0});
    file_.append(memory_.data(), memory_.size() * sizeof(Entry));
    memory_.clear();
  }

  void beginReading() {
    isReading_ = true;
    if (runs_.empty()) return std::sort(memory_.begin(), memory_.end());
    if (!memory_.empty()) spill();
    std::vector<Entry>().swap(memory_);
    for (std::size_t run = 0; run < runs_.size(); ++run) {
      Head head{{}, run};
      runs_[run].next(head.entry, file_);
      heap_.push_back(head);
    }
    std::make_heap(heap_.begin(), heap_.end(), isLater);
  }

  std::size_t most_;
  SpillFile file_;
  std::vector<Entry> memory_;
  std::vector<Run> runs_;
  std::vector<Head> heap_;
  std::size_t at_ = 0;
  bool isReading_ = false;
};

}  // namespace winnow::io
