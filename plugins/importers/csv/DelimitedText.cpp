#include "DelimitedText.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include <winnow/blank.hpp>
#include <winnow/formats/text.hpp>

namespace winnow::csv {

namespace {

constexpr std::size_t kNone = std::string_view::npos;

/// Line ends in a text: CR LF counts once.
std::uint32_t lineEnds(std::string_view text) {
  std::uint32_t count = 0;
  const auto find = [&](char mark, std::size_t from) { return text.find(mark, from); };
  for (std::size_t at = find('\n', 0); at != kNone; at = find('\n', at + 1)) ++count;
  for (std::size_t at = find('\r', 0); at != kNone; at = find('\r', at + 1))
    count += at + 1 == text.size() || text[at + 1] != '\n';
  return count;
}

std::string withoutDoubledQuotes(std::string_view text, bool hasBackslashes) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (hasBackslashes && text[at] == '\\' && at + 1 < text.size() && (text[at + 1] == '"' || text[at + 1] == '\\'))
      ++at;
    out += text[at];
    if (text[at] == '"' && at + 1 < text.size() && text[at + 1] == '"') ++at;
  }
  return out;
}

}  // namespace

char findDelimiter(std::string_view line) {
  constexpr std::array<char, 4> kDelimiters = {',', ';', '\t', '|'};
  std::array<std::size_t, 4> counts{};
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') quoted = !quoted;
    const auto found = std::find(kDelimiters.begin(), kDelimiters.end(), c);
    if (!quoted && found != kDelimiters.end()) ++counts[static_cast<std::size_t>(found - kDelimiters.begin())];
  }
  const auto most = std::max_element(counts.begin(), counts.end());
  return *most == 0 ? '\0' : kDelimiters[static_cast<std::size_t>(most - counts.begin())];
}

std::uint32_t Row::columnOf(std::size_t offset) const {
  std::string_view before = text.substr(0, offset);
  if (const std::size_t end = before.find_last_of("\r\n"); end != kNone) before.remove_prefix(end + 1);
  const auto isFirstByte = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
  return static_cast<std::uint32_t>(std::count_if(before.begin(), before.end(), isFirstByte)) + 1;
}

std::uint32_t ColumnCounter::of(const Row& row, std::size_t offset) {
  if (row.text.data() != row_ || row.at.byte != byte_ || offset < offset_) {
    row_ = row.text.data();
    byte_ = row.at.byte;
    offset_ = 0;
    column_ = 1;
  }
  for (const char c : row.text.substr(offset_, offset - offset_))
    column_ = c == '\r' || c == '\n' ? 1 : column_ + ((static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0);
  offset_ = offset;
  return column_;
}

/// Appends what comes next, as much again as there is: a row is looked at anew each time, and that takes linear time in
/// all. Rows handed out stay valid: what they are views of is left alone, the rest moves on.
bool RowReader::fill() {
  if (isLast()) return false;
  const std::size_t before = rest().size();
  std::string_view chunk;
  for (std::size_t more = 0; more <= before && !isLast(); more += chunk.size()) {
    status_ = source_.next(chunk);
    if (status_ != WINNOW_OK) break;
    append(chunk);
  }
  return rest().size() > before;
}

void RowReader::append(std::string_view chunk) {
  if (at_ > 0) {
    std::string moved;
    moved.reserve(rest().size() + chunk.size());
    moved.assign(rest());
    base_ += at_;
    at_ = 0;
    blocks_.push_back(std::move(moved));
  }
  blocks_.back().append(chunk);
}

void RowReader::discard() {
  while (blocks_.size() > 1) blocks_.pop_front();
  values_.clear();
}

std::string_view RowReader::peek() {
  for (;;) {
    const std::size_t begin = rest().find_first_not_of(" \t\r\n");
    const std::size_t end = begin == kNone ? kNone : rest().find_first_of("\r\n", begin);
    if (end != kNone) {
      const std::size_t before = rest().find_last_of("\r\n", begin);
      const std::size_t from = before == kNone ? 0 : before + 1;  // a line may begin with empty cells of a TAB table
      return rest().substr(from, end - from);
    }
    if (!fill()) return begin == kNone ? std::string_view{} : rest().substr(begin);
  }
}

/// Where the line ends in which `from` stands; npos if its end has not been read yet.
std::size_t RowReader::lineEnd(std::size_t from) const {
  const std::string_view text = rest();
  const std::size_t feed = text.find('\n', from);
  const std::size_t carriage = text.substr(0, std::min(feed, text.size())).find('\r', from);
  if (carriage != kNone) return carriage + 1 == text.size() && !isLast() ? kNone : carriage;
  return feed == kNone && isLast() ? text.size() : feed;
}

/// "\\\"": an odd number of backslashes before a quote.
bool RowReader::isEscaped(std::size_t quote, std::size_t open) const {
  const std::string_view text = rest();
  std::size_t count = 0;
  while (quote > open + 1 + count && text[quote - 1 - count] == '\\') ++count;
  return count % 2 == 1;
}

/// A row that does not fit, in a file that escapes quotes by backslashes: the whole file is read so from here on.
bool RowReader::tryBackslashes(Row& row) {
  if (hasBackslashes_ || width_ < 2) return false;
  if (row.cells.size() == width_ && !row.hasLooseQuote && !row.unclosed) return false;
  if (rest().substr(0, lineEnd(0)).find("\\\"") == kNone) return false;
  hasBackslashes_ = true;
  Found found = parse(row, Quotes::SpanLines);
  while (found == Found::More && (fill() || isLast())) found = parse(row, Quotes::SpanLines);
  row.hasBackslash = found == Found::Row && row.cells.size() == width_ && !row.hasLooseQuote;
  if (row.hasBackslash) return true;
  hasBackslashes_ = false;
  parse(row, Quotes::SpanLines);  // as before; no more has to be read for that
  return false;
}

/// A quoted cell. A quote closes it before a delimiter or a line end; any other is text, as is a doubled one.
bool RowReader::readQuoted(Row& row, std::size_t open, std::size_t& at, Quotes quotes, Found& result) {
  const std::string_view text = rest();
  const std::size_t limit = std::min(text.size(), quotes == Quotes::EndWithLine ? lineEnd(open) : open + kLongestCell);
  bool isDoubled = false;
  for (std::size_t quote = text.find('"', open + 1); quote < limit; quote = text.find('"', quote + 1)) {
    if (quote + 1 == text.size() && !isLast()) return result = Found::More, false;
    if (hasBackslashes_ && isEscaped(quote, open)) {
      isDoubled = true;
      continue;
    }
    if (quote + 1 < limit && text[quote + 1] == '"') {
      isDoubled = true;
      ++quote;
      continue;
    }
    std::size_t behind = quote + 1;
    while (behind < text.size() && text[behind] == ' ' && delimiter_ != ' ') ++behind;
    if (behind == text.size() && !isLast()) return result = Found::More, false;
    if (behind < text.size() && text[behind] != delimiter_ && text[behind] != '\n' && text[behind] != '\r') {
      row.hasLooseQuote = true;
      continue;
    }
    std::string_view value = text.substr(open + 1, quote - open - 1);
    if (isDoubled) value = values_.emplace_back(withoutDoubledQuotes(value, hasBackslashes_));
    row.cells.back().text = value;
    at = behind;
    return true;
  }
  if (quotes == Quotes::SpanLines && limit == text.size() && !isLast()) return result = Found::More, false;
  row.quote = open;
  row.unclosed = true;
  if (quotes == Quotes::SpanLines) return result = Found::Open, false;
  const std::size_t end = std::min(text.find(delimiter_, open), limit);  // a stray quote is text
  row.cells.back().text = text.substr(open + 1, end - open - 1);
  at = end;
  return true;
}

/// One row from the next unread byte. More: its end has not been read. Open: a quote in it never closes.
RowReader::Found RowReader::parse(Row& row, Quotes quotes) {
  row.cells.clear();
  row.isBlank = true;
  row.unclosed = row.hasLooseQuote = row.hasBackslash = false;
  const std::string_view text = rest();
  std::uint32_t line = line_;
  std::size_t end = lineEnd(0);
  for (std::size_t at = 0;; ++at) {  // `at` is the first byte of a cell
    std::size_t begin = at;
    while (begin < text.size() && text[begin] == ' ') ++begin;
    row.cells.push_back({{}, line, at});
    if (delimiter_ != '\0' && begin < text.size() && text[begin] == '"') {  // '\0': plain lines
      Found result = Found::Row;
      if (!readQuoted(row, begin, at, quotes, result)) return result;
      if (at > end) line += lineEnds(text.substr(begin, at - begin));
      if (at > end) end = lineEnd(at);
      if (end == kNone) return Found::More;
    } else {
      if (end == kNone) return Found::More;
      const void* found = at == end ? nullptr : std::memchr(text.data() + at, delimiter_, end - at);
      const std::size_t stop =
          found == nullptr ? end : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
      row.cells.back().text = text.substr(at, stop - at);
      at = stop;
    }
    row.isBlank = row.isBlank && formats::isBlank(row.cells.back().text);
    if (at < end) continue;
    std::size_t behind = end;
    if (behind < text.size())
      behind += text[behind] == '\r' && behind + 1 < text.size() && text[behind + 1] == '\n' ? 2 : 1;
    row.text = text.substr(0, behind);
    return Found::Row;
  }
}

/// Cells of the single line at `from`, its quotes closed by its end.
std::size_t RowReader::widthOf(std::size_t from) const {
  const std::string_view text = rest();
  const std::size_t end = std::min(lineEnd(from), text.size());
  bool quoted = false;
  std::size_t cells = 1;
  for (std::size_t at = from; at < end; ++at) {
    if (text[at] == '"')
      quoted = !quoted;
    else if (text[at] == delimiter_ && !quoted)
      ++cells;
  }
  return cells;
}

/// True if a row over several lines of the wrong width is more likely a quote that was never closed: the line behind
/// its first is a whole row by itself.
bool RowReader::isCutShort(const Row& row) {
  if (width_ < 2 || (row.cells.size() == width_ && !row.hasLooseQuote)) return false;
  const std::size_t first = row.text.find_first_of("\r\n");
  if (first == kNone) return false;
  const std::size_t second = row.text.find_first_not_of("\r\n", first);
  return second != kNone && widthOf(second) == width_;
}

void RowReader::take(Row& row) {
  row.at.byte = base_ + at_;
  row.at.line = line_;
  row.at.column = 1;
  row.at.length = static_cast<std::uint32_t>(row.text.size());
  line_ += lineEnds(row.text);
  at_ += row.text.size();
}

/// Marks that show nothing before a row: a byte order mark where files were joined, DOS's end of file.
void RowReader::passMarks() {
  const std::string_view text = rest();
  std::size_t at = 0;
  while (at < text.size() && text[at] != ' ' && text[at] != '\t' && text[at] != '\r' && text[at] != '\n') {
    const std::size_t size = blankSize(text, at);
    if (size == 0) break;
    at += size;
  }
  at_ += at;
}

bool RowReader::next(Row& row) {
  for (;;) {
    passMarks();
    if (rest().empty()) {
      if (!fill()) return false;
      continue;
    }
    Found found = parse(row, Quotes::SpanLines);
    if (found == Found::More && (fill() || isLast())) continue;  // the second time, the end of the input ends the row
    if (tryBackslashes(row)) {
      take(row);
      return true;
    }
    if (found == Found::Open || isCutShort(row)) {
      const std::size_t quote = row.quote;
      const bool isOpen = row.unclosed;
      while (parse(row, Quotes::EndWithLine) == Found::More && fill()) {
      }
      if (!row.unclosed) row.quote = isOpen ? quote : 0;
      row.unclosed = true;
    }
    take(row);
    return true;
  }
}

}  // namespace winnow::csv
