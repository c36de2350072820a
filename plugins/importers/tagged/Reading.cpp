#include "Reading.hpp"

#include <algorithm>

#include <winnow/formats/text.hpp>

namespace winnow::tagged {

namespace {

using Kind = TagLine::Kind;
}  // namespace

Reading::Reading(Host host, Source source, const Table& table, const Mapper& mapper, TagNames& names)
    : host_(host), lines_(source), writer_(host, source), table_(table), mapper_(mapper), names_(names) {
  for (const std::string& tag : table.lists) names_.number(tag);
  for (const std::string& tag : table.begins) names_.number(tag);
  isList_.resize(names_.size());
  isBegin_.resize(names_.size());
  for (const std::string& tag : table.lists) isList_[names_.number(tag)] = true;
  for (const std::string& tag : table.begins) isBegin_[names_.number(tag)] = true;
}

winnow_status Reading::run() {
  Line line;
  while (lines_.next(line))
    if (const winnow_status status = readLine(line); status != WINNOW_OK) return status;
  if (lines_.status() != WINNOW_OK) return writer_.flushAfter(lines_.status());
  if (writer_.isOpen()) {
    if (!table_.ends.empty())
      tell(WINNOW_WARNING, "tagged.missing-end", lastLine_, 1,
           "the last record has no " + table_.ends.front() + " line", "closed at the end of the file");
    close();
  }
  if (writer_.count() > 0) return send();
  tell(WINNOW_ERROR, "tagged.no-record", 1, 1, "there is no record", "nothing was imported");
  return WINNOW_FAILED;
}

winnow_status Reading::send() {
  const winnow_status status = writer_.flush();
  lines_.discard();
  return status;
}

/// Sends the batch when `line` was already read: its text moves to memory that the next batch may view.
winnow_status Reading::sendBefore(Line& line) {
  std::string text(line.text);
  const winnow_status status = send();
  carried_ = std::move(text);
  line.text = carried_;
  return status;
}

void Reading::tell(std::uint32_t severity, std::string_view code, std::uint32_t line, std::uint32_t column,
                   std::string_view message, std::string_view action) {
  winnow_span at{};
  at.line = line;
  at.column = column;
  host_.diagnose({severity, code, message, action, at, writer_.count() + (writer_.isOpen() ? 1u : 0u)});
}

bool Reading::isEnd(std::string_view tag) const {
  return std::find(table_.ends.begin(), table_.ends.end(), tag) != table_.ends.end();
}

/// True if this tag begins a record, one being open or not.
bool Reading::begins(const TagLine& tag) const {
  if (table_.numbered) return numbered_ || !writer_.isOpen();
  const bool named = std::find(table_.begins.begin(), table_.begins.end(), tag.tag) != table_.begins.end();
  if (!table_.blankEnds) return named;
  if (!writer_.isOpen() || blankBefore_) return true;
  // Without a blank line a repeated first tag begins the next record; two in a row are one record.
  const bool holdsOnlyBegins = std::all_of(values_.begin(), values_.end(),
                                           [&](const Value& v) { return v.tag < isBegin_.size() && isBegin_[v.tag]; });
  return named && !holdsOnlyBegins &&
         std::any_of(values_.begin(), values_.end(), [&](const Value& v) { return names_.name(v.tag) == tag.tag; });
}

winnow_status Reading::readLine(Line& line) {
  TagLine tag = lookAt(line.text, table_);
  if (tag.kind == Kind::Blank) {
    blankBefore_ = true;
    return WINNOW_OK;
  }
  if (tag.kind == Kind::Number) {
    if (writer_.isOpen()) close();
    numbered_ = true;
    blankBefore_ = false;
    return WINNOW_OK;
  }
  if (tag.kind == Kind::Tag && writer_.isOpen() && !(table_.numbered && !numbered_) && begins(tag)) {
    if (!table_.ends.empty())
      tell(WINNOW_WARNING, "tagged.missing-end", line.number, 1,
           "the record before this " + std::string(tag.tag) + " has no " + table_.ends.front() + " line",
           "closed here");
    close();
    if (table_.blankEnds && !blankBefore_ && !tightTold_) {
      tightTold_ = true;
      tell(WINNOW_WARNING, "tagged.no-blank-line", line.number, 1, "a record begins without a blank line before it",
           "read as a new record, here and below");
    }
  }
  if (!writer_.isOpen() && (writer_.full() || lines_.full())) {
    if (const winnow_status status = sendBefore(line); status != WINNOW_OK) return status;
    tag = lookAt(line.text, table_);
  }
  if (tag.kind == Kind::Value) {
    addMore(line, tag);
  } else if (writer_.isOpen() || begins(tag)) {
    if (!writer_.isOpen()) open(line);
    addTag(line, tag);
  }
  blankBefore_ = false;
  return WINNOW_OK;
}

void Reading::open(const Line& line) {
  winnow_span at{};
  at.byte = line.byte;
  at.line = line.number;
  at.column = 1;
  at.length = static_cast<std::uint32_t>(line.end - line.byte);
  writer_.begin(at);
  values_.clear();
  numbered_ = decoded_ = nulls_ = false;
}

void Reading::addTag(const Line& line, const TagLine& tag) {
  lastLine_ = line.number;
  const std::uint32_t number = names_.number(tag.tag);
  const bool isSecondBegin =
      !values_.empty() && number < isBegin_.size() && isBegin_[number] && values_.front().tag == number;
  addValue(line, number, tag.value);
  if (isSecondBegin && !formats::isBlank(values_.back().text))
    std::swap(values_.front(), values_.back());  // the last one counts
  if (isEnd(tag.tag)) close();
}

void Reading::addValue(const Line& line, std::uint32_t tag, std::string_view text) {
  settle();
  writer_.at().length = static_cast<std::uint32_t>(line.end - writer_.at().byte);
  const std::string_view value = clean(line, text);
  values_.push_back({tag, value, writer_.raw(rawTag(tag), value, line.number)});
}

/// A line without a tag: one more value of a list, or more of the text before.
void Reading::addMore(const Line& line, const TagLine& more) {
  if (!writer_.isOpen() || values_.empty() || (numbered_ && table_.numbered)) return;
  lastLine_ = line.number;
  const std::uint32_t tag = values_.back().tag;
  if (blankBefore_ && table_.blankEnds && !gapTold_) {
    gapTold_ = true;
    tell(WINNOW_WARNING, "tagged.text-after-blank", line.number, 1, "text without a tag behind a blank line",
         "read as more of the value before, here and below");
  }
  if (table_.shape == Shape::Label) {
    if (values_.back().text.empty()) {  // the first value stands below its label
      settle();
      writer_.at().length = static_cast<std::uint32_t>(line.end - writer_.at().byte);
      values_.back().text = clean(line, more.value);
      writer_.extendRaw(values_.back().raw, values_.back().text);
      return;
    }
    return addValue(line, tag, more.value);
  }
  if (tag < isList_.size() && isList_[tag]) return addValue(line, tag, formats::trim(more.value));
  writer_.at().length = static_cast<std::uint32_t>(line.end - writer_.at().byte);
  const std::string_view text = clean(line, more.value);
  if (!grows_) growing_ = values_.back().text;
  grows_ = true;
  growing_ += '\n';
  growing_ += text;
  const bool isIndented = !line.text.empty() && (line.text.front() == ' ' || line.text.front() == '\t');
  if (isIndented || untaggedTold_) return;
  untaggedTold_ = true;
  tell(WINNOW_INFO, "tagged.untagged-lines", line.number, 1, "lines without a tag",
       "read as more of the value before, here and below");
}

/// The newest value is complete.
void Reading::settle() {
  if (!grows_) return;
  grows_ = false;
  Value& last = values_.back();
  last.text = writer_.keep(growing_);
  writer_.extendRaw(last.raw, last.text);
}

/// The text of a line as UTF-8 without NUL bytes.
std::string_view Reading::clean(const Line& line, std::string_view text) {
  const auto columnOf = [&](std::size_t at) {
    return static_cast<std::uint32_t>(static_cast<std::size_t>(text.data() - line.text.data()) + at + 1);
  };
  std::size_t bad = 0;
  const bool isGood = formats::isUtf8(text, &bad);
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos && !nulls_) {
    nulls_ = true;
    tell(WINNOW_WARNING, "text.nul", line.number, columnOf(nul), "the value holds NUL bytes", "left out of the value");
  }
  if (!isGood && !decoded_) {
    decoded_ = true;
    tell(WINNOW_WARNING, "text.cp1252", line.number, columnOf(bad), "this record is not UTF-8", "read as Windows-1252");
  }
  if (!isGood) text = writer_.keep(formats::cp1252ToUtf8(text));
  if (text.find('\0') == std::string_view::npos) return text;
  std::string without(text);
  without.erase(std::remove(without.begin(), without.end(), '\0'), without.end());
  return writer_.keep(without);
}

std::uint32_t Reading::rawTag(std::uint32_t tag) {
  if (tag >= rawTags_.size()) rawTags_.resize(names_.size());
  if (rawTags_[tag] == 0) rawTags_[tag] = host_.tag("raw:" + names_.name(tag));
  return rawTags_[tag];
}

void Reading::close() {
  settle();
  if (const Value* bad = mapper_.map(values_, writer_))
    tell(WINNOW_WARNING, "date.unreadable", writer_.field(bad->raw).line, 1,
         "'" + std::string(bad->text) + "' tells no year", "the date was left out");
  writer_.end();
  values_.clear();
}

}  // namespace winnow::tagged
