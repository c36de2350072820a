// winnow/lines.hpp: the lines of an importer's source, with their places. LF, CR LF and CR end a line, mixed as the
// file has them; U+2028, NEL, VT and FF do not (abstracts hold them).
//
// Marks that show nothing at a line's begin (a byte order mark in the midst of files that were joined, DOS's end of
// file 0x1A, a form feed, zero-width and no-break blanks) are no part of the line: an importer never sees them.
#pragma once

#include <algorithm>
#include <cstring>
#include <deque>
#include <string>
#include <string_view>

#include "blank.hpp"
#include "plugin.hpp"

namespace winnow {

/// One line without its end. `text` lives until Lines::discard().
struct Line {
  std::string_view text;
  std::uint64_t byte = 0;    ///< offset of the first byte in the decoded stream
  std::uint32_t number = 0;  ///< from 1
  std::uint64_t end = 0;     ///< offset behind the line's end mark: where the next line begins
  std::uint32_t hidden = 0;  ///< bytes of marks that stood before the text and are no part of it

  /// The place of the whole line with its end: to begin a record with, or to declare the line.
  winnow_span at() const noexcept { return {byte, number, hidden + 1, static_cast<std::uint32_t>(end - byte), 0}; }
};

/// Bytes of the marks that stand before the text of a line and show nothing. Space and TAB do: an indented line goes on
/// with a value.
inline std::uint32_t hiddenSize(std::string_view line) noexcept {
  std::size_t at = 0;
  while (at < line.size() && line[at] != ' ' && line[at] != '\t') {
    const std::size_t size = blankSize(line, at);
    if (size == 0) break;
    at += size;
  }
  return static_cast<std::uint32_t>(at);
}

/// Calls each(text) for the lines of a text, such as a head that a probe looks at; each without its end and hidden
/// marks. Stops where `each` gives false.
template <class Each>
void forEachLine(std::string_view text, Each&& each) {
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find_first_of("\r\n", begin), text.size());
    std::string_view line = text.substr(begin, end - begin);
    line.remove_prefix(hiddenSize(line));
    if (!each(line)) return;
    begin = end + (text.substr(end, 2) == "\r\n" ? 2 : 1);
  }
}

/// Reads a source line by line; memory is bounded by what was read since the last discard().
class Lines {
 public:
  explicit Lines(Source source) : source_(source) { blocks_.emplace_back(); }

  /// The next line; false at the end of the input or when the source failed (see status()).
  bool next(Line& line) {
    std::size_t end = 0, behind = 0;
    while (!findEnd(end, behind)) {
      if (!fill()) {
        if (at_ >= block().size()) return false;
        end = behind = block().size();
        break;
      }
    }
    line.text = std::string_view(block()).substr(at_, end - at_);
    line.hidden = line.text.empty() ? 0 : hiddenSize(line.text);
    line.text.remove_prefix(line.hidden);
    line.byte = base_ + at_ + line.hidden;
    line.number = ++number_;
    line.end = base_ + behind;
    at_ = behind;
    searched_ = behind;
    return true;
  }

  /// Ends the life of all lines handed out so far.
  void discard() {
    while (blocks_.size() > 1) blocks_.pop_front();
    std::string& current = block();
    current.erase(0, at_);
    base_ += at_;
    searched_ -= at_;
    at_ = 0;
    discarded_ = base_;
  }
  /// True when much was read since discard(), in records or between them: the batch should be sent and the lines
  /// discarded.
  bool full() const noexcept { return position() - discarded_ > kMostBytes; }

  /// WINNOW_OK at the normal end, otherwise what the source said.
  winnow_status status() const noexcept { return status_ == WINNOW_END ? WINNOW_OK : status_; }
  /// Offset of the next unread byte.
  std::uint64_t position() const noexcept { return base_ + at_; }

 private:
  static constexpr std::uint64_t kMostBytes = 4 << 20;
  std::string& block() noexcept { return blocks_.back(); }

  bool findEnd(std::size_t& end, std::size_t& behind) {
    const std::string& text = block();
    if (searched_ >= text.size()) return false;
    const char* from = text.data() + searched_;
    const std::size_t left = text.size() - searched_;
    const char* feed = static_cast<const char*>(std::memchr(from, '\n', left));
    const std::size_t span = feed == nullptr ? left : static_cast<std::size_t>(feed - from);
    const char* carriage = static_cast<const char*>(std::memchr(from, '\r', span));
    if (carriage != nullptr) {
      end = searched_ + static_cast<std::size_t>(carriage - from);
      if (end + 1 == text.size() && status_ == WINNOW_OK) {  // a LF may follow in the next chunk
        searched_ = end;
        return false;
      }
      behind = end + (end + 1 < text.size() && text[end + 1] == '\n' ? 2 : 1);
      return true;
    }
    if (feed == nullptr) {
      searched_ = text.size();
      return false;
    }
    end = searched_ + span;
    behind = end + 1;
    return true;
  }

  /// Appends the next chunk behind the unfinished line. Views already handed out stay valid: a block that holds any
  /// is left alone and the unfinished line moves to a new one.
  bool fill() {
    if (status_ != WINNOW_OK) return false;
    std::string_view chunk;
    status_ = source_.next(chunk);
    if (status_ != WINNOW_OK) return block().size() > searched_;  // a lone CR at the very end
    if (at_ > 0) {
      std::string rest;
      rest.reserve(block().size() - at_ + chunk.size());
      rest.assign(block(), at_);
      blocks_.push_back(std::move(rest));
      base_ += at_;
      searched_ -= at_;
      at_ = 0;
    }
    block().append(chunk);
    return true;
  }

  Source source_;
  std::deque<std::string> blocks_;
  std::uint64_t base_ = 0;       ///< stream offset of the current block's first byte
  std::uint64_t discarded_ = 0;  ///< stream offset of the last discard()
  std::size_t at_ = 0;           ///< next unread byte in the current block
  std::size_t searched_ = 0;     ///< no line end before this byte
  std::uint32_t number_ = 0;
  winnow_status status_ = WINNOW_OK;
};

}  // namespace winnow
