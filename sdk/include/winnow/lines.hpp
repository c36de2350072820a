// winnow/lines.hpp: the lines of an importer's source, with their places. LF, CR LF and CR end a line, mixed as the
// file has them; U+2028, NEL, VT and FF do not (abstracts hold them).
//
// Marks that show nothing at a line's begin (a byte order mark in the midst of files that were joined, DOS's end of
// file 0x1A, a form feed, zero-width and no-break blanks) are no part of the line: an importer never sees them. Where
// such a mark stands within a line, because the file before it had no line end, a Joint tells where the line is two.
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

/// Line ends in a text: LF, CR LF and CR, each once. `behind`: where the text behind the last one begins; as it was if
/// there is none. A CR at the very end counts.
inline std::uint32_t countLineEnds(std::string_view text, std::size_t& behind) noexcept {
  std::uint32_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char* feed = static_cast<const char*>(std::memchr(text.data() + at, '\n', text.size() - at));
    const std::size_t end = feed == nullptr ? text.size() : static_cast<std::size_t>(feed - text.data());
    const char* carriage = static_cast<const char*>(std::memchr(text.data() + at, '\r', end - at));
    if (carriage == nullptr && feed == nullptr) break;
    at = carriage == nullptr ? end : static_cast<std::size_t>(carriage - text.data());
    if (text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n') ++at;
    ++count;
    behind = at + 1;
  }
  return count;
}
inline std::uint32_t countLineEnds(std::string_view text) noexcept {
  std::size_t behind = 0;
  return countLineEnds(text, behind);
}

/// Where a line is two, because files were joined there: the offset of the mark that stands between them; 0 if nowhere.
using Joint = std::size_t (*)(std::string_view line);

/// Reads a source line by line; memory is bounded by what was read since the last discard().
class Lines {
 public:
  /// `joint` is asked for the lines of a source that holds a byte order mark, 0x1A or a form feed.
  explicit Lines(Source source, Joint joint = nullptr) : source_(source), joint_(joint) { blocks_.emplace_back(); }

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
    line.hidden += passed_;
    line.number = passed_ == 0 ? ++number_ : number_;
    passed_ = 0;
    if (mayBeJoined_) {
      if (const std::size_t joint = joint_(line.text); joint != 0) {
        passed_ = line.hidden + static_cast<std::uint32_t>(joint);
        line.text = line.text.substr(0, joint);
        behind = static_cast<std::size_t>(line.byte - base_) + joint;
      }
    }
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
    mayBeJoined_ = mayBeJoined_ || (joint_ != nullptr && holdsMark(chunk));
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

  /// Looked for once a chunk, so that lines of a source without marks cost nothing.
  static bool holdsMark(std::string_view chunk) noexcept {
    return chunk.find('\x1A') != std::string_view::npos || chunk.find('\f') != std::string_view::npos ||
           chunk.find("\xEF\xBB\xBF") != std::string_view::npos;
  }

  Source source_;
  Joint joint_;
  bool mayBeJoined_ = false;
  std::uint32_t passed_ = 0;  ///< bytes of the line that were given as a line of their own
  std::deque<std::string> blocks_;
  std::uint64_t base_ = 0;       ///< stream offset of the current block's first byte
  std::uint64_t discarded_ = 0;  ///< stream offset of the last discard()
  std::size_t at_ = 0;           ///< next unread byte in the current block
  std::size_t searched_ = 0;     ///< no line end before this byte
  std::uint32_t number_ = 0;
  winnow_status status_ = WINNOW_OK;
};

}  // namespace winnow
