#include "BibtexSlices.hpp"

#include <algorithm>
#include <array>

#include <winnow/formats/signs.hpp>
#include <winnow/formats/text.hpp>
#include <winnow/lines.hpp>

#include "BibtexEntry.hpp"

namespace winnow::bibtex {

namespace {

/// The text behind marks that stand where files were joined.
std::string_view withoutMarks(std::string_view line) { return line.substr(hiddenSize(line)); }

/// By what the end of an entry is recognised; everything else is passed over.
constexpr auto kSigns = [] {
  std::array<bool, 256> signs{};
  for (const char c : std::string_view("{}\")@\x1A\xEF")) signs[static_cast<unsigned char>(c)] = true;
  return signs;
}();

}  // namespace

bool isWord(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

bool isEntryType(std::string_view word) {
  static constexpr std::string_view kTypes[] = {
      "article",       "artwork",     "audio",        "book",        "bookinbook",  "booklet",
      "collection",    "conference",  "dataset",      "electronic",  "inbook",      "incollection",
      "inproceedings", "inreference", "jurisdiction", "legislation", "letter",      "manual",
      "mastersthesis", "misc",        "movie",        "music",       "mvbook",      "mvcollection",
      "online",        "patent",      "periodical",   "phdthesis",   "proceedings", "reference",
      "report",        "review",      "software",     "standard",    "suppbook",    "techreport",
      "thesis",        "unpublished", "video",        "webpage",     "www"};
  return std::binary_search(std::begin(kTypes), std::end(kTypes), word);
}

namespace {

/// "@article" without its opening sign: an entry that is damaged, no comment.
bool isBrokenEntry(std::string_view line) {
  line = formats::trim(line);
  if (line.empty() || line[0] != '@') return false;
  const auto end = std::find_if_not(line.begin() + 1, line.end(), isWord);
  return isEntryType(formats::lower(line.substr(1, static_cast<std::size_t>(end - line.begin()) - 1)));
}

}  // namespace

/// Appends the next chunk. What was passed is given up only in next(), so that places stay valid while an entry is
/// read.
bool Slices::fill() {
  if (status_ != WINNOW_OK) return false;
  std::string_view chunk;
  status_ = source_.next(chunk);
  if (status_ != WINNOW_OK) return false;
  buffer_.append(chunk);
  return true;
}

/// Counts the lines up to `to`; a CR there waits for the LF that may follow.
void Slices::pass(std::size_t to) {
  if (to > at_ && buffer_[to - 1] == '\r' && isThere(to) && buffer_[to] == '\n') --to;
  const std::size_t from = at_;
  std::size_t behind = std::string::npos;
  line_ += countLineEnds(std::string_view(buffer_).substr(from, to - from), behind);
  if (behind != std::string::npos) lineBegin_ = base_ + from + behind;
  at_ = to;
}

/// Declares what stands before the next entry, line by line, and passes it.
void Slices::passGap(std::size_t to) {
  std::uint32_t line = line_;
  for (std::size_t begin = at_; begin < to;) {
    const std::size_t end = std::min(buffer_.find_first_of("\r\n", begin), to);
    const std::string_view text = std::string_view(buffer_).substr(begin, end - begin);
    std::size_t behind = end;
    if (behind < to && buffer_[behind] == '\r') ++behind;
    if (behind < to && buffer_[behind] == '\n') ++behind;
    if (!formats::isBlank(text)) {
      isForeign_ = isForeign_ || formats::signOf(withoutMarks(text)) != formats::Sign::None || isBrokenEntry(text);
      const auto column = static_cast<std::uint32_t>(base_ + begin - lineBegin_ + 1);
      if (!isForeign_)
        writer_.declare(
            {base_ + begin, line, line == line_ ? column : 1, static_cast<std::uint32_t>(behind - begin), 0},
            WINNOW_COMMENT);
    }
    line += behind == end ? 0 : 1;
    begin = behind;
  }
  pass(to);
}

void Slices::look(std::string_view comment) {
  if (!encoding_.empty() || comment.size() > 4096) return;
  const std::size_t at = comment.find("ncoding");
  if (at == std::string_view::npos) return;
  const std::size_t begin = comment.find_first_not_of(" :=\t", at + 7);
  if (begin == std::string_view::npos) return;
  encoding_ = formats::lower(comment.substr(begin, comment.find_first_of(" \r\n\t", begin) - begin));
}

/// Behind "@", blanks and comment lines: the place of the opening sign, npos if there is none.
std::size_t Slices::bodyOf(std::size_t at) {
  bool hasWord = false;
  for (std::size_t i = at + 1; isThere(i) && i < at + 512; ++i) {
    const char c = buffer_[i];
    if (isBlankByte(c)) continue;
    if (c == '%') {
      while (isThere(i) && buffer_[i] != '\n' && buffer_[i] != '\r') ++i;
    } else if (c == '{' || c == '(') {
      return hasWord ? i : std::string::npos;
    } else if (isWord(c) && !hasWord) {
      hasWord = true;
      while (isThere(i + 1) && isWord(buffer_[i + 1])) ++i;
    } else {
      return std::string::npos;
    }
  }
  return std::string::npos;
}

/// True if the word behind "@" is a type of entry: no address of mail goes on so.
bool Slices::isTypeBehind(std::size_t at) {
  std::size_t end = at + 1;
  while (end < at + 32 && isThere(end) && isWord(buffer_[end])) ++end;
  return isEntryType(formats::lower(std::string_view(buffer_).substr(at + 1, end - at - 1)));
}

/// The next "@" that opens an entry; npos at the end. Passes what stands before.
std::size_t Slices::findEntry() {
  std::size_t from = at_, line = at_;  // what was searched, and where its last line begins: no byte is looked at twice
  std::size_t commentsOf = std::string::npos;
  bool isCommented = false;
  for (;;) {
    const std::size_t at = buffer_.find('@', from);
    const std::string_view passed = std::string_view(buffer_).substr(from, at == std::string::npos ? at : at - from);
    if (const std::size_t lastBreak = passed.find_last_of("\r\n"); lastBreak != std::string_view::npos)
      line = from + lastBreak + 1;
    if (at == std::string::npos) {
      look(std::string_view(buffer_).substr(at_));
      from = buffer_.size();
      // The line's begin must stay: a "%" there makes what follows a comment.
      passGap(buffer_.size() - line > kLongestEntry ? buffer_.size() : std::max(at_, line));
      buffer_.erase(0, at_);
      base_ += at_;
      from -= at_;
      line -= std::min(line, at_);
      at_ = 0;
      commentsOf = std::string::npos;
      if (fill()) continue;
      passGap(buffer_.size());
      return std::string::npos;
    }
    if (commentsOf != line) {
      commentsOf = line;
      isCommented = buffer_[buffer_.find_first_not_of(" \t", line)] == '%';
    }
    const bool isAddress = at > 0 && isWord(buffer_[at - 1]) && !isTypeBehind(at);
    if (!isCommented && !isAddress && bodyOf(at) != std::string::npos) return at;
    from = at + 1;
  }
}

/// True if behind a closing brace the same entry goes on: `, name =`, or a comma and more text on the same line.
bool Slices::goesOn(std::size_t behind) {
  std::size_t i = behind;
  while (isThere(i) && isBlankByte(buffer_[i])) ++i;
  if (!isThere(i) || buffer_[i] != ',') return false;
  const auto isAtLineEnd = [&](std::size_t at) { return !isThere(at) || buffer_[at] == '\n' || buffer_[at] == '\r'; };
  std::size_t next = i + 1;
  while (isThere(next) && (buffer_[next] == ' ' || buffer_[next] == '\t')) ++next;
  if (i == behind && !isAtLineEnd(next) && buffer_[next] != '%' && bodyOf(next) == std::string::npos) return true;
  do ++i;
  while (isThere(i) && isBlankByte(buffer_[i]));
  const std::size_t name = i;
  while (isThere(i) && isWord(buffer_[i]) && i < name + 64) ++i;
  if (i == name) return false;
  while (isThere(i) && (buffer_[i] == ' ' || buffer_[i] == '\t')) ++i;
  return isThere(i) && buffer_[i] == '=';
}

/// A byte order mark or the end mark of DOS with a record of any format behind it: files were joined here.
bool Slices::isJoint(std::size_t at) {
  constexpr std::size_t kEnough = 256;  // for any sign
  const char c = buffer_[at];
  if (c != '\x1A' && c != '\xEF') return false;
  while (buffer_.size() < at + kEnough && fill()) continue;
  const std::string_view rest = std::string_view(buffer_).substr(at), line = rest.substr(0, rest.find_first_of("\r\n"));
  const std::string_view behind = withoutMarks(line);
  return behind.size() < line.size() && formats::signOf(behind) != formats::Sign::None;
}

/// One behind the entry's closing sign; where it has none, the next entry or the end.
std::size_t Slices::findEnd(std::size_t begin, std::size_t body, Slice& slice) {
  const bool isRound = buffer_[body] == '(';
  std::size_t depth = isRound ? 0 : 1;
  bool isQuoted = false;
  for (std::size_t i = body + 1; isThere(i); ++i) {
    while (i + 1 < buffer_.size() && !kSigns[static_cast<unsigned char>(buffer_[i])]) ++i;
    const char c = buffer_[i];
    if (c == '{') {
      ++depth;
    } else if (c == '}') {
      if (depth > 0) --depth;
      if (depth != 0 || isRound) continue;
      if (!goesOn(i + 1)) return i + 1;
      depth = 1;
      if (slice.extraBrace != 0) continue;
      slice.extraBrace = slice.line + countLineEnds(std::string_view(buffer_).substr(begin, i - begin));
    } else if (c == '"' && isRound && depth == 0 && buffer_[i - 1] != '\\') {
      isQuoted = !isQuoted;
    } else if (c == ')' && isRound && depth == 0 && !isQuoted) {
      return i + 1;
    } else if (c == '@' && (buffer_[i - 1] == '\n' || buffer_[i - 1] == '\r') && bodyOf(i) != std::string::npos) {
      slice.closed = false;
      return i;
    } else if (isJoint(i)) {
      slice.closed = false;
      return i;
    }
    if (i - begin > kLongestEntry) break;
  }
  slice.closed = false;
  return buffer_.size();
}

bool Slices::next(Slice& slice) {
  if (at_ > buffer_.size() / 2) {  // moved only when at least as much goes as stays: linear time in all
    buffer_.erase(0, at_);
    base_ += at_;
    at_ = 0;
  }
  const std::size_t begin = findEntry();
  if (begin == std::string::npos) return false;
  look(std::string_view(buffer_).substr(at_, begin - at_));
  passGap(begin);
  isForeign_ = false;
  slice.byte = base_ + begin;
  slice.line = line_;
  slice.column = static_cast<std::uint32_t>(slice.byte - lineBegin_ + 1);
  slice.closed = true;
  slice.extraBrace = 0;
  const std::size_t end = findEnd(begin, bodyOf(begin), slice);
  slice.text = std::string_view(buffer_).substr(begin, end - begin);
  pass(end);
  return true;
}

}  // namespace winnow::bibtex
