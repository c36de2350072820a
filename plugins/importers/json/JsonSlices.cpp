#include "JsonSlices.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include <winnow/lines.hpp>

namespace winnow::json {

namespace {

constexpr std::size_t kForgetFrom = 1 << 20;

bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool endsToken(char c) { return isBlank(c) || std::string_view(",:[]{}\"").find(c) != std::string_view::npos; }

}  // namespace

bool JsonSlices::fill() {
  if (status_ != WINNOW_OK) return false;
  std::string_view chunk;
  status_ = source_.next(chunk);
  if (status_ != WINNOW_OK) return false;
  buffer_.append(chunk);
  return true;
}

/// Counts the lines up to `to`; a CR there waits for the LF that may follow.
void JsonSlices::pass(std::size_t to) {
  if (to > at_ && buffer_[to - 1] == '\r' && isThere(to) && buffer_[to] == '\n') --to;
  if (to <= at_) return;
  const std::size_t from = at_;
  std::size_t behind = std::string::npos;
  line_ += countLineEnds(std::string_view(buffer_).substr(from, to - from), behind);
  if (behind != std::string::npos) lineBegin_ = base_ + from + behind;
  at_ = to;
}

/// Gives up what was passed; only between records.
void JsonSlices::forget() {
  buffer_.erase(0, at_);
  base_ += at_;
  declared_ -= at_;
  at_ = 0;
}

winnow_span JsonSlices::placeOf(std::size_t at) {
  pass(at);
  winnow_span span{};
  span.byte = base_ + at;
  span.line = line_;
  span.column = static_cast<std::uint32_t>(span.byte - lineBegin_ + 1);
  return span;
}

/// Declares what stands before `end` and is not declared yet.
void JsonSlices::declareTo(std::size_t end) {
  winnow_span at = placeOf(std::max(declared_, at_));
  at.length = static_cast<std::uint32_t>(end - std::min(declared_, end));
  at.byte = base_ + declared_;
  writer_.declare(at, WINNOW_STRUCTURE);
  pass(end);
  declared_ = end;
}

/// Lets a long stretch without records go, also from the host's memory.
void JsonSlices::passStructure(std::size_t& at) {
  declareTo(at);
  at -= at_;
  forget();
  if (const winnow_status status = writer_.flush(); status != WINNOW_OK && status_ == WINNOW_OK) status_ = status;
}

std::vector<Notice> JsonSlices::takeNotices() { return std::exchange(notices_, {}); }

std::size_t JsonSlices::matchedByValue() const {
  if (levels_.empty()) return 0;
  const Level& level = levels_.back();
  if (level.isList) return level.matched;
  const bool isNext = level.matched < path_.size() && hasKey_ && key_ == path_[level.matched];
  return isNext ? level.matched + 1 : kOffPath;
}

/// The place behind the string that opens at `at`. A line end within a string is a defect; the string is taken to end
/// there, so that one missing quotation mark costs one record.
std::size_t JsonSlices::skipString(std::size_t at) {
  for (++at; isThere(at);) {
    const char* const end = buffer_.data() + buffer_.size();
    const char* sign = buffer_.data() + at;
    while (sign != end && *sign != '"' && *sign != '\\' && *sign != '\n' && *sign != '\r') ++sign;
    at = static_cast<std::size_t>(sign - buffer_.data());
    if (sign == end) continue;
    if (*sign != '\\') return *sign == '"' ? at + 1 : at;
    at += 2;
  }
  return buffer_.size();
}

/// Passes a list or object that holds no records, however large.
void JsonSlices::skipValue(std::size_t& at) {
  std::size_t depth = 0;
  while (isThere(at)) {
    const char c = buffer_[at];
    if (c == '"') {
      at = skipString(at);
    } else {
      ++at;
      if (c == '{' || c == '[') ++depth;
      if ((c == '}' || c == ']') && --depth == 0) return;
    }
    if (at - at_ > kForgetFrom) passStructure(at);
  }
  at = buffer_.size();
}

/// At a bracket outside of records. True: a record begins.
bool JsonSlices::open(std::size_t& at, bool isList, bool& isRecord) {
  const std::size_t matched = matchedByValue();
  isRecord = !isList && matched == path_.size();
  const std::string key = std::exchange(hasKey_, false) ? key_ : std::string();
  const bool holdsRecords = isList && matched == path_.size();
  if (isRecord || holdsRecords)
    for (Level& level : levels_) level.hasList = true;
  if (isRecord) return true;
  if (matched != kOffPath && levels_.size() < kDeepest) {
    levels_.push_back({isList, matched, holdsRecords, placeOf(at)});
    ++at;
    return false;
  }
  std::size_t first = at + 1;
  while (isThere(first) && isBlank(buffer_[first])) ++first;
  if (!isList || !isThere(first) || buffer_[first] != '{') {
    skipValue(at);
    return false;
  }
  const winnow_span place = placeOf(at);
  skipValue(at);
  notices_.push_back({Notice::Is::OtherList, place, key});
  return false;
}

void JsonSlices::close(bool isList) {
  while (!levels_.empty()) {
    const Level level = levels_.back();
    levels_.pop_back();
    const bool isWhole = levels_.empty() || levels_.back().isList;
    if (!level.isList && isWhole && level.matched == 0 && !level.hasList)
      notices_.push_back({Notice::Is::NoList, level.at, {}});
    if (level.isList == isList) return;
  }
}

/// Text where records should be, up to the next bracket: no JSON, or a value. The host reports it.
void JsonSlices::passStray(std::size_t& at) {
  declareTo(at);
  const std::string_view stops = levels_.empty() ? "{[" : "{[]}";
  for (++at; isThere(at) && stops.find(buffer_[at]) == std::string_view::npos && at - at_ < kForgetFrom;) ++at;
  pass(at);
  declared_ = at;
  if (at_ < kForgetFrom) return;
  const std::size_t ahead = at - at_;
  forget();
  at = ahead;
}

/// One sign or value outside of records; moves `at` behind it. False at the end.
bool JsonSlices::step(std::size_t& at, bool& isRecord) {
  isRecord = false;
  if (!isThere(at)) return false;
  const char c = buffer_[at];
  if (isBlank(c) || c == ',' || c == ':') {
    ++at;
    return true;
  }
  if (c == '{' || c == '[') {
    open(at, c == '[', isRecord);
    return true;
  }
  if (c == '}' || c == ']') {
    hasKey_ = false;
    close(c == ']');
    ++at;
    return true;
  }
  const std::size_t begin = at;
  const bool isInObject = !levels_.empty() && !levels_.back().isList;
  if (!isInObject) {
    passStray(at);
    return true;
  }
  if (c == '"') {
    at = skipString(at);
  } else {
    for (++at; isThere(at) && !endsToken(buffer_[at]) && at - begin < kForgetFrom;) ++at;
  }
  if (!hasKey_ && c == '"') {
    key_ = buffer_.substr(begin + 1, at - begin >= 2 ? at - begin - 2 : 0);
    hasKey_ = true;
    return true;
  }
  hasKey_ = false;
  return true;
}

/// Behind the record that opens at `open`. A bracket that does not match, or the end, shows that a closing one is
/// missing: the record then ends where the next one seems to begin.
std::size_t JsonSlices::findEnd(std::size_t open, bool& closed) {
  std::string brackets;
  closed = true;
  for (std::size_t i = open; isThere(i) && i - open < kLargestRecord;) {
    const char c = buffer_[i];
    if (c == '"') {
      i = skipString(i);
      continue;
    }
    if (c == '{' || c == '[') brackets.push_back(c);
    if (c == '}' || c == ']') {
      if (brackets.back() != (c == '}' ? '{' : '[')) {
        closed = false;
        return cutBack(open, i);
      }
      brackets.pop_back();
      if (brackets.empty()) return i + 1;
    }
    ++i;
  }
  closed = false;
  return cutBack(open, std::min(buffer_.size(), open + kLargestRecord));
}

/// A line that begins with a brace, no further in than the one that begins with the record's own, is the next record.
std::size_t JsonSlices::cutBack(std::size_t open, std::size_t end) const {
  const std::uint64_t column = base_ + open - lineBegin_;
  const std::string_view text = buffer_;
  if (column > open) return end;
  if (text.substr(open - column, column).find_first_not_of(" \t[,") != std::string_view::npos) return end;
  for (std::size_t line = text.find('\n', open); line < end; line = text.find('\n', line + 1)) {
    const std::size_t first = text.find_first_not_of(" \t\r", line + 1);
    if (first < end && text[first] == '{' && first - line - 1 <= column) return first;
  }
  return end;
}

bool JsonSlices::next(Slice& slice) {
  if (at_ > buffer_.size() / 2) forget();  // moved only when at least as much goes as stays: linear time in all
  std::size_t at = at_;
  bool isRecord = false;
  while (step(at, isRecord) && !isRecord)
    if (at - at_ > kForgetFrom) passStructure(at);
  if (!isRecord) {
    declareTo(buffer_.size());
    return false;
  }
  declareTo(at);
  const winnow_span place = placeOf(at);
  slice.byte = place.byte;
  slice.line = place.line;
  slice.column = place.column;
  const std::size_t end = findEnd(at, slice.closed);
  slice.text = std::string_view(buffer_).substr(at, end - at);
  pass(end);
  declared_ = end;
  return true;
}

}  // namespace winnow::json
