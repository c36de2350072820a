#include "Gaps.hpp"

#include <algorithm>

#include <winnow/blank.hpp>
#include <winnow/lines.hpp>

namespace winnow::xml {

namespace {

/// Elements that are records in one format and wrap no record of another.
constexpr std::string_view kRecords[] = {"mods", "PubmedArticle", "PubmedBookArticle", "MedlineCitation",
                                         "rec",  "Trial"};

/// Bytes of a gap that may still turn out to be a record without its start tag; longer gaps are declared as they come.
constexpr std::size_t kLongestGap = 1 << 20;

/// Of a start tag or, without its stroke, an end tag.
std::string_view localName(std::string_view tag) {
  const std::size_t begin = tag.substr(0, 2) == "</" ? 2 : 1;
  std::string_view name = tag.substr(begin, std::min(tag.find_first_of(" \t\r\n/>", begin), tag.size()) - begin);
  if (const std::size_t colon = name.find(':'); colon != std::string_view::npos) name.remove_prefix(colon + 1);
  return name;
}

/// The end of the tag, comment or instruction at `at`.
std::size_t endOfTag(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  const bool hasSubset = rest.substr(0, 9) == "<!DOCTYPE" && rest.find('[') < rest.find('>');
  const std::string_view mark = rest.substr(0, 4) == "<!--"        ? "-->"
                                : rest.substr(0, 9) == "<![CDATA[" ? "]]>"
                                : hasSubset                        ? "]>"
                                                                   : ">";
  const std::size_t end = rest.find(mark);
  return end == std::string_view::npos ? text.size() : at + end + mark.size();
}

/// Moves a place over a text.
void moveOn(winnow_span& at, std::string_view text) {
  at.byte += text.size();
  std::size_t lineBegin = 0;
  const std::uint32_t breaks = countLineEnds(text, lineBegin);
  at.line += breaks;
  at.column = static_cast<std::uint32_t>(breaks == 0 ? at.column + text.size() : text.size() - lineBegin + 1);
}

}  // namespace

bool Gaps::isForeign(std::string_view tag) const {
  const std::string_view name = localName(tag);
  return std::find(std::begin(kRecords), std::end(kRecords), name) != std::end(kRecords) &&
         std::find(elements_.begin(), elements_.end(), name) == elements_.end();
}

bool Gaps::endsRecord(std::string_view tag) const {
  return tag.substr(0, 2) == "</" && std::find(elements_.begin(), elements_.end(), localName(tag)) != elements_.end();
}

void Gaps::add(std::string_view text, winnow_span at) {
  for (std::size_t begin = 0; begin < text.size();) {
    const bool isDigit = begin + 1 < text.size() && text[begin + 1] >= '0' && text[begin + 1] <= '9';
    const bool isTag = text[begin] == '<' && !isDigit;  // "<12. >" numbers a record of Ovid
    const std::size_t end = isTag ? endOfTag(text, begin) : std::min(text.find('<', begin + 1), text.size());
    const std::string_view part = text.substr(begin, end - begin);
    at.length = static_cast<std::uint32_t>(part.size());
    if (part.substr(0, 5) == "<?xml") endDocument();
    if (isTag) {
      const bool isEmpty = part.size() > 1 && part[part.size() - 2] == '/';
      isInLeaf_ = part.size() > 1 && part[1] != '/' && part[1] != '?' && part[1] != '!' && !isEmpty;
      isForeign_ = isForeign_ || (isInLeaf_ && isForeign(part));
    }
    if (isDigit && text[begin] == '<') isInLeaf_ = false;
    const bool isBlank = !isTag && skipBlank(part) == part.size();
    holdsText_ = holdsText_ || (!isTag && !isBlank);
    const bool isEnd = !isRest_ && endsRecord(part), isOwn = isEnd && open_ > 0;
    if (isOwn) --open_;
    if (isEnd && !isOwn && holdsText_) {  // its start tag was lost: the host reports all of it
      pending_.clear();
      pendingBytes_ = 0;
      holdsText_ = false;
    } else if (!isBlank && (isRest_ || ((isTag || isInLeaf_) && !isForeign_))) {
      keep(at, isRest_ ? WINNOW_UNREADABLE : WINNOW_STRUCTURE);
    }
    moveOn(at, part);
    begin = end;
  }
}

void Gaps::keep(winnow_span at, std::uint32_t kind) {
  if (!pending_.empty() && pending_.back().kind == kind &&
      pending_.back().at.byte + pending_.back().at.length == at.byte)
    pending_.back().at.length += at.length;
  else
    pending_.push_back({at, kind, 0});
  pendingBytes_ += at.length;
  if (hasRecords_ && pendingBytes_ > kLongestGap) flush();
}

void Gaps::flush() {
  for (const winnow_declaration& d : pending_) writer_.declare(d.at, d.kind);
  pending_.clear();
  pendingBytes_ = 0;
}

/// Without a record nothing of it was recognised.
void Gaps::endDocument() {
  if (!hasRecords_) pending_.clear();
  flush();
  hasRecords_ = isForeign_ = isRest_ = holdsText_ = false;
  open_ = 0;
}

void Gaps::recordBegins() {
  hasRecords_ = true;
  isForeign_ = isRest_ = isInLeaf_ = holdsText_ = false;
  flush();
}

void Gaps::end() {
  if (!hasRecords_) pending_.clear();
  flush();
}

}  // namespace winnow::xml
