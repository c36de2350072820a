#include "RecordSlices.hpp"

#include <algorithm>
#include <cstring>

namespace winnow::xml {

namespace {

constexpr std::size_t kLongestTag = 64;  ///< a prefixed name and its sign; longer ones are no record's

bool isNameEnd(char c) { return c == '>' || c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '/'; }

/// The end of the name behind a "<" at `at`: npos if the text ends within it.
std::size_t endOfName(std::string_view text, std::size_t at) {
  for (std::size_t i = at + 1; i < text.size() && i < at + kLongestTag; ++i)
    if (isNameEnd(text[i]) || text[i] == '<') return i;
  return std::string_view::npos;
}

/// As std::string::find, which stops at every "<"; memmem (glibc, BSD) looks for the whole text at once.
std::size_t findText(const std::string& text, const std::string& wanted, std::size_t from) {
  if (from >= text.size()) return std::string::npos;
  const void* found = ::memmem(text.data() + from, text.size() - from, wanted.data(), wanted.size());
  return found == nullptr ? std::string::npos : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

}  // namespace

bool opensElement(std::string_view text, std::size_t at, const std::vector<std::string_view>& names) {
  const std::size_t end = endOfName(text, at);
  if (end == std::string_view::npos || text[end] == '<') return false;
  std::string_view name = text.substr(at + 1, end - at - 1);
  if (const std::size_t colon = name.find(':'); colon != std::string_view::npos) name.remove_prefix(colon + 1);
  return std::find(names.begin(), names.end(), name) != names.end();
}

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

/// The next start tag of a record element before `until`: npos if there is none in the buffer.
std::size_t RecordSlices::findRecord(std::size_t from, std::size_t until) const {
  until = std::min(until, buffer_.size());
  while (from < until) {
    const auto* open = static_cast<const char*>(std::memchr(buffer_.data() + from, '<', until - from));
    if (open == nullptr) return std::string::npos;
    from = static_cast<std::size_t>(open - buffer_.data());
    if (from + 1 < until && open[1] != '/' && opensElement(buffer_, from, elements_)) return from;
    ++from;
  }
  return std::string::npos;
}

std::size_t RecordSlices::nameEnd(std::size_t open) const { return endOfName(buffer_, open); }

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
    const std::size_t tail = std::min<std::size_t>(buffer_.size() - at_, kLongestTag);
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
  const std::size_t headSize = nameEnd(at_) - at_;
  const std::string closeTag = "</" + buffer_.substr(at_ + 1, headSize - 1) + ">";
  std::size_t searched = at_ + headSize, searchedOpen = at_ + headSize;
  std::size_t end, nextOpen;
  for (;;) {
    end = findText(buffer_, closeTag, searched);
    nextOpen = findRecord(searchedOpen, end);
    if (end != std::string::npos || nextOpen != std::string::npos) break;
    const auto resume = [&](std::size_t tail) { return std::max(at_ + headSize, buffer_.size() < tail ? 0 : buffer_.size() - tail); };
    searched = resume(closeTag.size());
    searchedOpen = resume(kLongestTag);
    const std::size_t before = at_;
    if (!fill()) break;
    searched -= before - at_;
    searchedOpen -= before - at_;
  }
  slice.closed = end != std::string::npos && (nextOpen == std::string::npos || end < nextOpen);
  const std::size_t stop = slice.closed ? end + closeTag.size() : nextOpen != std::string::npos ? nextOpen : buffer_.size();
  slice.byte = base_ + at_;
  slice.line = line_;
  slice.column = static_cast<std::uint32_t>(at_ - lineBegin_ + 1);
  slice.text = std::string_view(buffer_).substr(at_, stop - at_);
  pass(stop);
  slice.endLine = line_;
  return true;
}

}  // namespace winnow::xml
