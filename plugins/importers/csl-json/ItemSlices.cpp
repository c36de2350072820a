#include "ItemSlices.hpp"

#include <algorithm>
#include <cstring>

namespace winnow::csl {

bool ItemSlices::fill() {
  if (status_ != WINNOW_OK) return false;
  std::string_view chunk;
  status_ = source_.next(chunk);
  if (status_ != WINNOW_OK) return false;
  buffer_.append(chunk);
  return true;
}

void ItemSlices::pass(std::size_t to) {
  for (const char* p = buffer_.data() + at_;
       (p = static_cast<const char*>(std::memchr(p, '\n', static_cast<std::size_t>(buffer_.data() + to - p)))) !=
       nullptr;
       ++p) {
    ++line_;
    lineBegin_ = base_ + static_cast<std::size_t>(p - buffer_.data()) + 1;
  }
  at_ = to;
}

/// Behind the "[" of the wrapper's list, if the object that opens here is a wrapper: the member "items" or "references"
/// comes before any that an item has.
std::size_t ItemSlices::behindWrapper(std::size_t open) {
  while (buffer_.size() < open + 4096 && fill()) {
  }
  const std::string_view head = std::string_view(buffer_).substr(open, 4096);
  for (const std::string_view name : {"\"items\"", "\"references\""}) {
    const std::size_t at = head.find(name);
    const std::size_t item = head.find("\"type\"");
    if (at == std::string_view::npos || (item != std::string_view::npos && item < at)) continue;
    const std::size_t colon = head.find_first_not_of(" \t\r\n", at + name.size());
    if (colon == std::string_view::npos || head[colon] != ':') continue;
    const std::size_t list = head.find_first_not_of(" \t\r\n", colon + 1);
    if (list != std::string_view::npos && head[list] == '[') return open + list + 1;
  }
  return std::string::npos;
}

/// What belongs to the list of items and not to an item.
void ItemSlices::declare(std::size_t begin, std::size_t end) {
  while (begin < end && std::strchr(" \t\r\n", buffer_[begin]) != nullptr) ++begin;
  while (end > begin && std::strchr(" \t\r\n", buffer_[end - 1]) != nullptr) --end;
  if (begin == end) return;
  const auto breaks = static_cast<std::uint32_t>(std::count(
      buffer_.begin() + static_cast<std::ptrdiff_t>(at_), buffer_.begin() + static_cast<std::ptrdiff_t>(begin), '\n'));
  const std::size_t last = breaks == 0 ? std::string::npos : buffer_.rfind('\n', begin);
  const std::uint64_t column = last == std::string::npos ? base_ + begin - lineBegin_ + 1 : begin - last;
  writer_.declare(
      {base_ + begin, line_ + breaks, static_cast<std::uint32_t>(column), static_cast<std::uint32_t>(end - begin), 0},
      WINNOW_STRUCTURE);
}

/// The "{" of the next item; npos at the end. Behind a wrapped list the other members of the wrapper are structure up
/// to its brace.
std::size_t ItemSlices::findItem() {
  std::size_t structure = at_;  // from here on only signs of the list
  bool isStray = false, isTail = false;
  const auto moveOn = [&](std::size_t i) {
    if (!isStray) declare(structure, i);
    pass(i);
  };
  for (std::size_t i = at_; isThere(i); ++i) {
    const char c = buffer_[i];
    if (c == '{' && !isTail) {
      const std::size_t behind = isFirst_ ? behindWrapper(i) : std::string::npos;
      isFirst_ = false;
      if (behind == std::string::npos) {
        moveOn(i);
        return i;
      }
      isWrapped_ = true;
      i = behind - 1;
      continue;
    }
    if (isTail) {
      isTail = c != '}';
    } else if (c == ']' && isWrapped_) {
      isWrapped_ = false;
      isTail = true;
    } else {
      const bool isSign = std::strchr(" \t\r\n,[]}", c) != nullptr || c == '\xEF' || c == '\xBB' || c == '\xBF';
      if (isSign == isStray) {
        if (!isStray) declare(structure, i);
        isStray = !isStray;
        structure = i;
      }
    }
    if (i - at_ > (1u << 20)) {
      moveOn(i);
      buffer_.erase(0, at_);
      base_ += at_;
      at_ = 0;
      i = 0;
      structure = 0;
    }
  }
  moveOn(buffer_.size());
  return std::string::npos;
}

/// A line end within a string is a defect; the string is taken to end there, so that one missing quotation mark costs
/// one item.
std::size_t ItemSlices::findEnd(std::size_t open, bool& closed) {
  std::size_t depth = 0;
  bool inString = false;
  for (std::size_t i = open; isThere(i) && i - open < kLargestItem; ++i) {
    const char c = buffer_[i];
    if (inString) {
      if (c == '\\')
        ++i;
      else if (c == '"' || c == '\n')
        inString = false;
    } else if (c == '"') {
      inString = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if ((c == '}' || c == ']') && --depth == 0) {
      return i + 1;
    }
  }
  closed = false;
  return buffer_.size();
}

bool ItemSlices::next(Slice& slice) {
  if (at_ > buffer_.size() / 2) {  // moved only when at least as much goes as stays: linear time in all
    buffer_.erase(0, at_);
    base_ += at_;
    at_ = 0;
  }
  const std::size_t open = findItem();
  if (open == std::string::npos) return false;
  pass(open);
  slice.byte = base_ + open;
  slice.line = line_;
  slice.column = static_cast<std::uint32_t>(slice.byte - lineBegin_ + 1);
  slice.closed = true;
  const std::size_t end = findEnd(open, slice.closed);
  slice.text = std::string_view(buffer_).substr(open, end - open);
  pass(end);
  return true;
}

}  // namespace winnow::csl
