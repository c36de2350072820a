#include "Gaps.hpp"

#include <algorithm>

#include <winnow/blank.hpp>

namespace winnow::xml {

namespace {

/// Elements that are records in one format and wrap no record of another.
constexpr std::string_view kRecords[] = {"mods", "PubmedArticle", "PubmedBookArticle", "MedlineCitation",
                                         "rec",  "Trial"};

std::string_view localName(std::string_view tag) {
  std::string_view name = tag.substr(1, std::min(tag.find_first_of(" \t\r\n/>", 1), tag.size()) - 1);
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
  const auto breaks = static_cast<std::uint32_t>(std::count(text.begin(), text.end(), '\n'));
  at.line += breaks;
  const std::size_t last = text.rfind('\n');
  at.column = last == std::string_view::npos ? at.column + static_cast<std::uint32_t>(text.size())
                                             : static_cast<std::uint32_t>(text.size() - last);
}

}  // namespace

bool Gaps::isForeign(std::string_view tag) const {
  const std::string_view name = localName(tag);
  return std::find(std::begin(kRecords), std::end(kRecords), name) != std::end(kRecords) &&
         std::find(elements_.begin(), elements_.end(), name) == elements_.end();
}

void Gaps::add(std::string_view text, winnow_span at) {
  for (std::size_t begin = 0; begin < text.size();) {
    const bool isTag = text[begin] == '<';
    const std::size_t end = isTag ? endOfTag(text, begin) : std::min(text.find('<', begin), text.size());
    const std::string_view part = text.substr(begin, end - begin);
    at.length = static_cast<std::uint32_t>(part.size());
    if (part.substr(0, 5) == "<?xml") {
      flush();
      hasRecords_ = isForeign_ = isRest_ = false;
    }
    if (isTag) {
      const bool isEmpty = part.size() > 1 && part[part.size() - 2] == '/';
      isInLeaf_ = part.size() > 1 && part[1] != '/' && part[1] != '?' && part[1] != '!' && !isEmpty;
      isForeign_ = isForeign_ || (isInLeaf_ && isForeign(part));
    }
    const bool isBlank = !isTag && skipBlank(part) == part.size();
    if (!isBlank && (isRest_ || ((isTag || isInLeaf_) && !isForeign_)))
      keep(at, isRest_ ? WINNOW_UNREADABLE : WINNOW_STRUCTURE);
    moveOn(at, part);
    begin = end;
  }
}

void Gaps::keep(winnow_span at, std::uint32_t kind) {
  if (hasRecords_) return writer_.declare(at, kind);
  if (!pending_.empty() && pending_.back().kind == kind &&
      pending_.back().at.byte + pending_.back().at.length == at.byte)
    pending_.back().at.length += at.length;
  else
    pending_.push_back({at, kind, 0});
}

/// The document has ended: without a record nothing of it was recognised.
void Gaps::flush() {
  if (hasRecords_)
    for (const winnow_declaration& d : pending_) writer_.declare(d.at, d.kind);
  pending_.clear();
}

void Gaps::recordBegins() {
  hasRecords_ = true;
  isForeign_ = isRest_ = isInLeaf_ = false;
  flush();
}

void Gaps::end() { flush(); }

}  // namespace winnow::xml
