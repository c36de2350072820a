#include "RecordSlices.hpp"

#include <algorithm>
#include <array>

#include <winnow/lines.hpp>

namespace winnow::xml {

namespace {

constexpr std::size_t kLongestTag = 64;            ///< a prefixed name and its sign; longer ones are no record's
constexpr std::size_t kLongestDeclaration = 4096;  ///< of an encoding or an entity, as far as it is read

constexpr std::array<bool, 256> nameEnds() {
  std::array<bool, 256> ends{};
  for (const char c : {'>', ' ', '\n', '\r', '\t', '/', '<'}) ends[static_cast<unsigned char>(c)] = true;
  return ends;
}
constexpr std::array<bool, 256> kNameEnds = nameEnds();

bool isNameStart(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

/// The end of the name behind a "<" at `at`: npos if the text ends within it.
std::size_t endOfName(std::string_view text, std::size_t at) {
  const std::size_t until = std::min(text.size(), at + kLongestTag);
  for (std::size_t i = at + 1; i < until; ++i)
    if (kNameEnds[static_cast<unsigned char>(text[i])]) return i;
  return std::string_view::npos;
}

}  // namespace

bool opensElement(std::string_view text, std::size_t at, const std::vector<std::string_view>& names) {
  const std::size_t end = endOfName(text, at);
  if (end == std::string_view::npos || text[end] == '<') return false;
  for (const std::string_view wanted : names) {
    const std::size_t begin = end - wanted.size();
    if (end < at + 1 + wanted.size() || text[begin] != wanted[0]) continue;
    if (text.substr(begin, wanted.size()) != wanted) continue;
    if (begin == at + 1 || text.find(':', at) == begin - 1) return true;
  }
  return false;
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

/// The next start tag of a record element: npos if there is none in the buffer.
std::size_t RecordSlices::findRecord(std::size_t from) const {
  for (from = buffer_.find('<', from); from != std::string::npos; from = buffer_.find('<', from + 1))
    if (opensElement(buffer_, from, elements_)) return from;
  return std::string::npos;
}

/// Walks over the tags to the end tag or to the next record, whichever comes first. None: `from` is where to go on when
/// there is more in the buffer.
RecordSlices::Boundary RecordSlices::findBoundary(std::size_t& from, std::string_view endTag) const {
  const std::string_view text = buffer_;
  for (from = text.find('<', from); from != std::string_view::npos; from = text.find('<', from + 1)) {
    const bool mayBeCut = text.size() - from < kLongestTag && status_ == WINNOW_OK;
    if (mayBeCut) return Boundary::None;
    if (from + 1 < text.size() && text[from + 1] == '/') {
      const auto isTag = [&](std::string_view tag) {  // most differ in their first letter
        return tag.size() > 2 && from + 2 < text.size() && text[from + 2] == tag[2] &&
               text.substr(from, tag.size()) == tag;
      };
      if (isTag(endTag)) return Boundary::EndTag;
      if (isTag(endOfRoot_)) return Boundary::EndOfDocument;
    } else if (opensElement(text, from, elements_)) {
      return Boundary::NextRecord;
    }
  }
  from = text.size();
  return Boundary::None;
}

void RecordSlices::pass(std::size_t to) {
  std::size_t behind = std::string::npos;
  line_ += countLineEnds(std::string_view(buffer_).substr(at_, to - at_), behind);
  if (behind != std::string::npos) lineBegin_ = at_ + behind;
  at_ = to;
}

/// The element around all records: the first of the document. A record that is open where it ends has lost its end tag,
/// and what follows is another document.
void RecordSlices::lookForRoot(std::string_view between) {
  const std::size_t declaration = between.rfind("<?xml ");
  if (declaration == std::string_view::npos && seenRoot_) return;
  for (std::size_t at = declaration == std::string_view::npos ? 0 : declaration;
       (at = between.find('<', at)) != std::string_view::npos; ++at) {
    if (at + 1 >= between.size() || !isNameStart(between[at + 1])) continue;
    const std::size_t end = endOfName(between, at);
    if (end == std::string_view::npos) return;
    seenRoot_ = true;
    endOfRoot_.assign("</").append(between.substr(at + 1, end - at - 1)).push_back('>');
    return;
  }
}

/// Declarations that a harmless export never has: entities, internal or external.
void RecordSlices::look(std::string_view between) {
  if (const std::size_t entity = between.find("<!ENTITY");
      entity != std::string_view::npos && !around_.entityDeclared) {
    around_.entityDeclared = true;
    const std::string_view before = between.substr(0, entity);
    std::size_t lineBegin = 0;
    const std::uint32_t breaks = countLineEnds(before, lineBegin);
    around_.entityLine = line_ + breaks;
    around_.entityColumn =
        static_cast<std::uint32_t>(breaks == 0 ? entity + at_ - lineBegin_ + 1 : entity - lineBegin + 1);
    const std::string_view declaration =
        between.substr(entity, std::min<std::size_t>(between.find('>', entity), between.size()) - entity);
    around_.externalEntity =
        declaration.find("SYSTEM") != std::string_view::npos || declaration.find("PUBLIC") != std::string_view::npos;
  }
  for (std::size_t at = between.find("<?xml "); at != std::string_view::npos; at = between.find("<?xml ", at + 1)) {
    if (seenDeclaration_ && around_.secondDocument == 0)
      around_.secondDocument = line_ + countLineEnds(between.substr(0, at));
    seenDeclaration_ = true;
    const std::string_view declaration =
        between.substr(at, std::min<std::size_t>(between.find("?>", at), between.size()) - at);
    const std::size_t encoding = declaration.find("encoding=");
    if (encoding == std::string_view::npos || encoding + 10 >= declaration.size()) continue;
    const char quote = declaration[encoding + 9];
    const std::size_t end = declaration.find(quote, encoding + 10);
    if (end != std::string_view::npos) around_.encoding = declaration.substr(encoding + 10, end - encoding - 10);
  }
}

/// Looks at what stands before a record, declares it, and passes it.
void RecordSlices::passGap(std::size_t to) {
  const std::string_view gap = std::string_view(buffer_).substr(at_, to - at_);
  look(gap);
  lookForRoot(gap);
  gaps_.add(gap, {base_ + at_, line_, static_cast<std::uint32_t>(at_ - lineBegin_ + 1), 0, 0});
  pass(to);
}

/// The end of what can be looked at for good: a tag or declaration that is not closed yet waits for more.
std::size_t RecordSlices::endOfWholeTags() const {
  const std::size_t from = buffer_.size() - std::min(buffer_.size() - at_, kLongestDeclaration);
  const std::size_t open = std::string_view(buffer_).substr(from).rfind('<');
  if (open != std::string_view::npos && buffer_.find('>', from + open) == std::string::npos) return from + open;
  const bool mayEndInLf = buffer_.size() > at_ && buffer_.back() == '\r';
  return buffer_.size() - (mayEndInLf ? 1 : 0);
}

bool RecordSlices::next(Slice& slice) {
  std::size_t open;
  while ((open = findRecord(at_)) == std::string::npos) {
    passGap(endOfWholeTags());
    if (fill()) continue;
    passGap(buffer_.size());
    gaps_.end();
    return false;
  }
  passGap(open);
  gaps_.recordBegins();
  const std::size_t headSize = endOfName(buffer_, at_) - at_;
  endTag_.assign("</").append(buffer_, at_ + 1, headSize - 1).push_back('>');
  std::size_t searched = at_ + headSize;
  Boundary boundary;
  while ((boundary = findBoundary(searched, endTag_)) == Boundary::None && searched - at_ < kLargestRecord) {
    const std::size_t before = at_;
    if (status_ != WINNOW_OK) break;
    fill();
    searched -= before - at_;
  }
  slice.closed = boundary == Boundary::EndTag;
  slice.isCut = boundary == Boundary::None && searched - at_ >= kLargestRecord;
  const std::size_t stop = slice.closed ? searched + endTag_.size() : searched;
  slice.byte = base_ + at_;
  slice.line = line_;
  slice.column = static_cast<std::uint32_t>(at_ - lineBegin_ + 1);
  slice.text = std::string_view(buffer_).substr(at_, stop - at_);
  pass(stop);
  slice.endLine = line_;
  if (slice.isCut)
    gaps_.recordIsCut();
  else if (!slice.closed)
    gaps_.recordIsOpen();
  return true;
}

}  // namespace winnow::xml
