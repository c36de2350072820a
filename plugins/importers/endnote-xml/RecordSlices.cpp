#include "RecordSlices.hpp"

#include <algorithm>
#include <cstring>

namespace winnow::endnote {

namespace {

constexpr std::string_view kOpen = "<record", kClose = "</record>";

}  // namespace

bool RecordSlices::fill() {
  if (status_ != WINNOW_OK) return false;
  std::string_view chunk;
  status_ = source_.next(chunk);
  if (status_ != WINNOW_OK) return false;
  if (at_ > 0) {
    buffer_.erase(0, at_);
    base_ += at_;
    lineBegin_ -= at_;  // wraps below zero on purpose: only differences are used
    at_ = 0;
  }
  buffer_.append(chunk);
  return true;
}

/// "<record" that is not "<records" or "<record-...": npos if there is none in the buffer.
std::size_t RecordSlices::findRecord(std::size_t from) const {
  for (std::size_t at = buffer_.find(kOpen, from); at != std::string::npos; at = buffer_.find(kOpen, at + 1)) {
    if (at + kOpen.size() >= buffer_.size()) return std::string::npos;
    const char after = buffer_[at + kOpen.size()];
    if (after == '>' || after == ' ' || after == '\n' || after == '\r' || after == '\t' || after == '/') return at;
  }
  return std::string::npos;
}

void RecordSlices::pass(std::size_t to) {
  for (const char* p = buffer_.data() + at_; (p = static_cast<const char*>(std::memchr(p, '\n', static_cast<std::size_t>(buffer_.data() + to - p)))) != nullptr; ++p) {
    ++line_;
    lineBegin_ = static_cast<std::size_t>(p - buffer_.data()) + 1;
  }
  at_ = to;
}

/// Declarations that a harmless export never has: entities, internal or external.
void RecordSlices::look(std::string_view between) {
  if (const std::size_t entity = between.find("<!ENTITY"); entity != std::string_view::npos && !around_.entityDeclared) {
    around_.entityDeclared = true;
    const std::string_view before = between.substr(0, entity);
    const auto breaks = static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n'));
    around_.entityLine = line_ + breaks;
    const std::size_t last = before.rfind('\n');
    around_.entityColumn = static_cast<std::uint32_t>(last == std::string_view::npos ? entity + at_ - lineBegin_ + 1 : entity - last);
    const std::string_view declaration = between.substr(entity, std::min<std::size_t>(between.find('>', entity), between.size()) - entity);
    around_.externalEntity = declaration.find("SYSTEM") != std::string_view::npos || declaration.find("PUBLIC") != std::string_view::npos;
  }
  for (std::size_t at = between.find("<?xml "); at != std::string_view::npos; at = between.find("<?xml ", at + 1)) {
    if (seenDeclaration_ && around_.secondDocument == 0)
      around_.secondDocument = line_ + static_cast<std::uint32_t>(std::count(between.begin(), between.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
    seenDeclaration_ = true;
    const std::string_view declaration = between.substr(at, std::min<std::size_t>(between.find("?>", at), between.size()) - at);
    const std::size_t encoding = declaration.find("encoding=");
    if (encoding == std::string_view::npos || encoding + 10 >= declaration.size()) continue;
    const char quote = declaration[encoding + 9];
    const std::size_t end = declaration.find(quote, encoding + 10);
    if (end != std::string_view::npos) around_.encoding = declaration.substr(encoding + 10, end - encoding - 10);
  }
}

bool RecordSlices::next(Slice& slice) {
  std::size_t open;
  while ((open = findRecord(at_)) == std::string::npos) {
    // Keep a tail in which a tag may be cut; everything before it is looked at once.
    const std::size_t tail = std::min<std::size_t>(buffer_.size() - at_, 64);
    if (buffer_.size() - at_ > tail) {
      look(std::string_view(buffer_).substr(at_, buffer_.size() - at_ - tail));
      pass(buffer_.size() - tail);
    }
    if (fill()) continue;
    look(std::string_view(buffer_).substr(at_));
    pass(buffer_.size());
    return false;
  }
  look(std::string_view(buffer_).substr(at_, open - at_));
  pass(open);
  std::size_t searched = at_ + kOpen.size();
  std::size_t end, nextOpen;
  for (;;) {
    end = buffer_.find(kClose, searched);
    nextOpen = findRecord(at_ + kOpen.size());
    if (end != std::string::npos || nextOpen != std::string::npos) break;
    searched = std::max(at_ + kOpen.size(), buffer_.size() < kClose.size() ? 0 : buffer_.size() - kClose.size());
    const std::size_t before = at_;
    if (!fill()) break;
    searched -= before - at_;
  }
  slice.closed = end != std::string::npos && (nextOpen == std::string::npos || end < nextOpen);
  const std::size_t stop = slice.closed ? end + kClose.size() : nextOpen != std::string::npos ? nextOpen : buffer_.size();
  slice.byte = base_ + at_;
  slice.line = line_;
  slice.column = static_cast<std::uint32_t>(at_ - lineBegin_ + 1);
  slice.text = std::string_view(buffer_).substr(at_, stop - at_);
  pass(stop);
  slice.endLine = line_;
  return true;
}

}  // namespace winnow::endnote
