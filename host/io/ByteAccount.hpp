// Where every byte of a source went: into records, declared by the importer, blank, or nowhere.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <winnow/abi.h>

namespace winnow::io {

/// Bytes of the text that the importer was given (a file in UTF-16 is counted as UTF-8; a byte order mark at its begin
/// is no text). The sum of all is the size of that text.
struct ByteCounts {
  std::uint64_t records = 0, heading = 0, structure = 0, comment = 0, separator = 0, unreadable = 0;
  std::uint64_t blank = 0;        ///< outside of records: white space, control characters, marks
  std::uint64_t unaccounted = 0;  ///< in no record and not declared
  std::uint64_t total() const noexcept {
    return records + heading + structure + comment + separator + unreadable + blank + unaccounted;
  }
};

/// A stretch of a source that is in no record and was not declared.
struct Unaccounted {
  std::uint64_t byte = 0, length = 0;
  std::uint32_t line = 0, column = 0;  ///< of its first byte that shows something
  std::uint32_t lines = 1;             ///< how many it touches
  std::string text;                    ///< its first 64 KiB
};

/// Adds up one source as its importer hands over records and declarations. Throws winnow::Error where they overlap, lie
/// outside of what was read, or come too late. One thread.
class ByteAccount {
 public:
  /// The bytes [byte, byte + length) of the text; they must be there from the last releasable() on.
  using Slice = std::function<std::string_view(std::uint64_t byte, std::uint64_t length)>;

  explicit ByteAccount(Slice slice) : slice_(std::move(slice)) {}

  /// Bytes that the importer says are in no record; `read`: where what it was given ends.
  void declare(const winnow_declaration& declaration, std::uint64_t read);
  /// A record; all bytes before it are settled.
  void take(const winnow_span& record, std::uint64_t read);
  /// The importer is done with everything before `read`. `failed`: it gave up, and reported why.
  void finish(std::uint64_t read, bool failed);

  /// Everything before this byte is settled and may be released. Remembers on which line it stands.
  std::uint64_t releasable();
  /// The line on which releasable() stands.
  std::uint32_t line() const noexcept { return anchor_.line; }

  const ByteCounts& counts() const noexcept { return counts_; }
  /// The first stretches in order, kMostStretches at most.
  const std::vector<Unaccounted>& unaccounted() const noexcept { return stretches_; }
  /// How many there are in all.
  std::uint64_t stretchCount() const noexcept { return stretchCount_; }
  /// The place of the first byte declared as unreadable; line 0 if none was.
  const winnow_span& firstUnreadable() const noexcept { return firstUnreadable_; }

  static constexpr std::size_t kMostStretches = 20, kMostText = 64 * 1024;

 private:
  struct Anchor {
    std::uint64_t byte = 0;
    std::uint32_t line = 1, column = 1;
  };
  void settle(std::uint64_t until);
  void add(std::uint64_t begin, std::uint64_t end);
  void addStretch(std::uint64_t byte, std::string_view text, bool goesOn);
  Anchor placeOf(std::uint64_t byte) const;
  std::uint64_t& countOf(std::uint32_t kind);

  Slice slice_;
  ByteCounts counts_;
  std::uint64_t settled_ = 0;                ///< every byte before it is counted
  Anchor anchor_;                            ///< a known place at or before settled_
  std::vector<winnow_declaration> pending_;  ///< from nextPending_ on: behind settled_, in order
  std::size_t nextPending_ = 0;
  bool hasFailed_ = false;
  std::vector<Unaccounted> stretches_;
  std::uint64_t stretchCount_ = 0, stretchEnd_ = UINT64_MAX;
  winnow_span firstUnreadable_{};
};

}  // namespace winnow::io
