// Cuts a stream of JSON into the objects that are items, so that one broken item never takes the others along.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <winnow/plugin.hpp>
#include <winnow/record_writer.hpp>

namespace winnow::csl {

/// The text of one "{...}". Valid until the next call.
struct Slice {
  std::string_view text;
  std::uint64_t byte = 0;
  std::uint32_t line = 1, column = 1;
  bool closed = true;  ///< false: the end came before the closing brace
};

/// Reads items in order: those of an array, of `{"items": [...]}` or `{"references": [...]}`, one alone, or one a line.
/// Brackets, commas and the wrapper are declared as structure; other text between items is left to the host.
/// Memory is bounded by one item and one chunk.
class ItemSlices {
 public:
  ItemSlices(Source source, RecordWriter& writer) : source_(source), writer_(writer) {}
  bool next(Slice& slice);
  winnow_status status() const noexcept { return status_ == WINNOW_END ? WINNOW_OK : status_; }

  static constexpr std::size_t kLargestItem = 64u << 20;

 private:
  bool fill();
  bool isThere(std::size_t at) { return at < buffer_.size() || (fill() && at < buffer_.size()); }
  std::size_t findItem();
  std::size_t behindWrapper(std::size_t open);
  std::size_t findEnd(std::size_t open, bool& closed);
  void pass(std::size_t to);
  void declare(std::size_t begin, std::size_t end);

  Source source_;
  RecordWriter& writer_;
  std::string buffer_;
  std::size_t at_ = 0;
  std::uint64_t base_ = 0;
  std::uint32_t line_ = 1;
  std::uint64_t lineBegin_ = 0;
  bool isFirst_ = true;
  bool isWrapped_ = false;  ///< the list is a member of an object; what stands behind it are other members
  winnow_status status_ = WINNOW_OK;
};

}  // namespace winnow::csl
