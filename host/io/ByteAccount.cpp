#include "ByteAccount.hpp"

#include <algorithm>

#include <winnow/blank.hpp>
#include <winnow/lines.hpp>

#include "Error.hpp"

namespace winnow::io {

namespace {

std::uint64_t endOf(const winnow_span& at) { return at.byte + at.length; }

bool isBlank(std::string_view text) { return skipBlank(text) == text.size(); }

std::uint32_t characters(std::string_view text) {
  return static_cast<std::uint32_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

void ByteAccount::declare(const winnow_declaration& declaration, std::uint64_t read) {
  const winnow_span& at = declaration.at;
  if (at.line == 0 || at.length == 0) throw Error("declared bytes without their place");
  if (declaration.kind < WINNOW_HEADING || declaration.kind > WINNOW_UNREADABLE)
    throw Error("declared bytes of the unknown kind " + std::to_string(declaration.kind));
  if (endOf(at) > read) throw Error("declared bytes outside of what was read");
  const auto behind =
      std::upper_bound(pending_.begin() + static_cast<std::ptrdiff_t>(nextPending_), pending_.end(), at.byte,
                       [](std::uint64_t byte, const winnow_declaration& d) { return byte < d.at.byte; });
  const bool isFirst = behind == pending_.begin() + static_cast<std::ptrdiff_t>(nextPending_);
  if (at.byte < settled_ || (!isFirst && endOf(std::prev(behind)->at) > at.byte) ||
      (behind != pending_.end() && behind->at.byte < endOf(at)))
    throw Error("declared bytes that are in a record or were declared before");
  if (declaration.kind == WINNOW_UNREADABLE && firstUnreadable_.line == 0) firstUnreadable_ = at;
  pending_.insert(behind, declaration);
}

void ByteAccount::take(const winnow_span& record, std::uint64_t read) {
  if (record.byte < settled_) throw Error("emitted a record that begins before the one before it ends");
  if (endOf(record) > read) throw Error("emitted a record outside of what was read");
  if (record.byte > settled_) settle(record.byte);
  if (nextPending_ < pending_.size() && pending_[nextPending_].at.byte < endOf(record))
    throw Error("emitted a record with bytes that were declared to be in none");
  counts_.records += record.length;
  settled_ = endOf(record);
  anchor_ = {record.byte, record.line, record.column};
}

void ByteAccount::finish(std::uint64_t read, bool failed) {
  hasFailed_ = failed;
  if (read > settled_) settle(read);
}

std::uint64_t ByteAccount::releasable() {
  while (nextPending_ < pending_.size()) {
    const winnow_span& next = pending_[nextPending_].at;
    if (!isBlank(slice_(settled_, next.byte - settled_))) break;
    settle(endOf(next));
  }
  anchor_ = placeOf(settled_);
  return settled_;
}

/// Counts all bytes before `until`, which no record will take any more.
void ByteAccount::settle(std::uint64_t until) {
  for (; nextPending_ < pending_.size() && pending_[nextPending_].at.byte < until; ++nextPending_) {
    const winnow_declaration& next = pending_[nextPending_];
    if (endOf(next.at) > until) throw Error("emitted a record with bytes that were declared to be in none");
    add(settled_, next.at.byte);
    countOf(next.kind) += next.at.length;
    settled_ = endOf(next.at);
    anchor_ = {next.at.byte, next.at.line, std::max(next.at.column, 1u)};
  }
  if (nextPending_ == pending_.size()) {
    pending_.clear();
    nextPending_ = 0;
  }
  add(settled_, until);
  settled_ = until;
}

/// Counts bytes that nobody declared.
void ByteAccount::add(std::uint64_t begin, std::uint64_t end) {
  if (begin == end) return;
  const std::string_view gap = slice_(begin, end - begin);
  if (gap.size() != end - begin) throw Error("declared bytes after a record behind them");
  const std::size_t from = skipBlank(gap);
  const std::size_t to = from == gap.size() ? from : endOfShown(gap);
  counts_.blank += gap.size() - (to - from);
  (hasFailed_ ? counts_.unreadable : counts_.unaccounted) += to - from;
  if (hasFailed_) return;
  if (from < to) addStretch(begin + from, gap.substr(from, to - from), begin == stretchEnd_);
  if (from < to || begin == stretchEnd_) stretchEnd_ = end;
}

/// `goesOn`: nothing but blanks stands between it and the stretch before, which was cut by the end of a chunk.
void ByteAccount::addStretch(std::uint64_t byte, std::string_view text, bool goesOn) {
  if (!goesOn) ++stretchCount_;
  if (stretchCount_ > kMostStretches) return;
  const Anchor place = placeOf(byte);
  if (!goesOn) stretches_.push_back({byte, 0, place.line, place.column, 1, {}});
  Unaccounted& stretch = stretches_.back();
  stretch.length = byte + text.size() - stretch.byte;
  stretch.lines = place.line + countLineEnds(text) - stretch.line + 1;
  if (stretch.text.size() < kMostText) stretch.text += text.substr(0, kMostText - stretch.text.size());
}

ByteAccount::Anchor ByteAccount::placeOf(std::uint64_t byte) const {
  const std::string_view before = slice_(anchor_.byte, byte - anchor_.byte);
  const std::size_t lastEnd = before.find_last_of("\r\n");
  if (lastEnd == std::string_view::npos) return {byte, anchor_.line, anchor_.column + characters(before)};
  return {byte, anchor_.line + countLineEnds(before), 1 + characters(before.substr(lastEnd + 1))};
}

std::uint64_t& ByteAccount::countOf(std::uint32_t kind) {
  switch (kind) {
    case WINNOW_HEADING:
      return counts_.heading;
    case WINNOW_STRUCTURE:
      return counts_.structure;
    case WINNOW_COMMENT:
      return counts_.comment;
    case WINNOW_SEPARATOR:
      return counts_.separator;
    default:
      return counts_.unreadable;
  }
}

}  // namespace winnow::io
