#include "RisReading.hpp"

#include <algorithm>
#include <utility>

#include <winnow/formats/text.hpp>

namespace winnow::ris {

namespace {

constexpr std::uint32_t kTy = code("TY"), kEr = code("ER");
/// Lines before the first record that are kept, and bytes of each: enough to tell who wrote them.
constexpr std::size_t kMostPreamble = 100;

/// Tags of which each untagged line is one more value; for all others it goes on with the text.
bool isList(std::uint32_t tag) {
  for (const std::string_view list : {"KW", "SN", "UR", "DB", "AU", "A1", "A2", "A3"})
    if (tag == code(list)) return true;
  return false;
}

/// Place of a two-character tag in a table of 36 x 36.
std::size_t placeOf(std::string_view tag) {
  const auto digit = [](char c) { return static_cast<std::size_t>(c <= '9' ? c - '0' : c - 'A' + 10); };
  return digit(tag[0]) * 36 + digit(tag[1]);
}

}  // namespace

Reading::Reading(Host host, Source source, const formats::Tags& tags, const Rules& rules, const Dialects& dialects,
                 const Dialect* fixed, const Dialect* table)
    : host_(host),
      lines_(source),
      writer_(host, source),
      mapper_(host, tags, rules),
      dialects_(dialects),
      fixed_(fixed),
      table_(table),
      fileDialect_(&dialects.general()) {}

winnow_status Reading::run() {
  Line line;
  while (lines_.next(line))
    if (const winnow_status status = readLine(line); status != WINNOW_OK) return status;
  if (lines_.status() != WINNOW_OK) return writer_.flushAfter(lines_.status());
  if (writer_.isOpen()) {
    tell(WINNOW_WARNING, "ris.missing-er", lastLine_, 1, "the last record has no ER line",
         "closed at the end of the file");
    close();
  }
  if (writer_.count() > 0) return send();
  tell(WINNOW_ERROR, "ris.no-record", 1, 1, "no line begins with 'TY  - '", "nothing was imported");
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

void Reading::tell(std::uint32_t severity, std::string_view ruleCode, std::uint32_t line, std::uint32_t column,
                   std::string_view message, std::string_view action) {
  winnow_span at{};
  at.line = line;
  at.column = column;
  host_.diagnose({severity, ruleCode, message, action, at, writer_.count() + (writer_.isOpen() ? 1u : 0u)});
}

winnow_status Reading::readLine(Line& line) {
  TagLine tag;
  bool isTagged = parseTagLine(line.text, tag);
  if (isTagged && code(tag.tag) == kTy && writer_.isOpen()) {
    if (holdsOnlyTy_) {
      addAnotherTy(line, tag);
      return WINNOW_OK;
    }
    tell(WINNOW_WARNING, "ris.missing-er", line.number, tag.column, "the record before this TY has no ER line",
         "closed here");
    close();
  }
  if (!writer_.isOpen() && (writer_.full() || lines_.full())) {
    if (const winnow_status status = sendBefore(line); status != WINNOW_OK) return status;
    isTagged = parseTagLine(line.text, tag);
  }
  if (!formats::isBlank(line.text)) lastLine_ = line.number;
  if (!isTagged) {
    addUntagged(line);
    return WINNOW_OK;
  }
  const std::uint32_t which = code(tag.tag);
  if (which == kTy) open(line, tag);
  if (!writer_.isOpen()) return WINNOW_OK;  // numbering, preambles, and what Ovid puts behind ER
  noteOddities(line, tag);
  if (which != kEr) {
    addValue(line, tag, which);
    return WINNOW_OK;
  }
  extend(line);
  close();
  return WINNOW_OK;
}

/// TY lines in a row are one record; the last type that says something counts, which is the first that is looked at.
void Reading::addAnotherTy(const Line& line, const TagLine& tag) {
  lastLine_ = line.number;
  addValue(line, tag, kTy);
  if (!formats::isBlank(values_.back().text)) std::swap(values_.front(), values_.back());
}

void Reading::open(const Line& line, const TagLine& tag) {
  winnow_span at{};
  at.byte = line.byte;
  at.line = line.number;
  at.column = tag.column;
  at.length = static_cast<std::uint32_t>(line.end - line.byte);
  writer_.begin(at);
  values_.clear();
  holdsOnlyTy_ = true;
  oddSpacing_ = indented_ = decoded_ = nulls_ = false;
}

void Reading::noteOddities(const Line& line, const TagLine& tag) {
  if (tag.oddSpacing && !oddSpacing_ && !formats::isBlank(tag.value) && code(tag.tag) != kEr) {
    oddSpacing_ = true;
    tell(WINNOW_WARNING, "ris.tag-spacing", line.number, tag.column + static_cast<std::uint32_t>(tag.tag.size()),
         "tag '" + std::string(tag.tag) + "' is not followed by two blanks, a hyphen and a blank", "read as a tag");
  }
  if (tag.indented && !indented_) {
    indented_ = true;
    tell(WINNOW_WARNING, "ris.indented", line.number, 1, "tags of this record are indented", "read as tags");
  }
}

/// The record reaches to the end of this line.
void Reading::extend(const Line& line) {
  writer_.at().length = static_cast<std::uint32_t>(line.end - writer_.at().byte);
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

std::uint32_t Reading::rawTag(std::string_view tag) {
  std::uint32_t& number = tag.size() == 2 ? shortRawTags_[placeOf(tag)] : rawTags_[code(tag)];
  if (number == 0) number = host_.tag(std::string("raw:").append(tag));
  return number;
}

void Reading::addValue(const Line& line, const TagLine& tag, std::uint32_t which) {
  settle();
  extend(line);
  const std::string_view value = clean(line, tag.value);
  values_.push_back({which, value, writer_.raw(rawTag(tag.tag), value, line.number)});
  tagText_ = tag.tag;
  holdsOnlyTy_ = holdsOnlyTy_ && which == kTy;
}

void Reading::addUntagged(const Line& line) {
  if (writer_.count() == 0 && !writer_.isOpen() && preamble_.size() < kMostPreamble)
    preamble_.emplace_back(line.text.substr(0, kMostPreamble));
  if (!writer_.isOpen() || values_.empty() || formats::isBlank(line.text)) return;
  extend(line);
  const std::string_view text = clean(line, line.text);
  const std::uint32_t which = values_.back().tag;
  if (which == kTy) return;  // a preamble behind TY
  if (isList(which)) {
    const std::string_view value = formats::trim(text);
    values_.push_back({which, value, writer_.raw(rawTag(tagText_), value, line.number)});
  } else {
    goOnWith(text);
  }
  if (untaggedTold_) return;
  untaggedTold_ = true;
  tell(WINNOW_INFO, "ris.untagged-lines", line.number, 1, "lines without a tag",
       "read as more of the value before, here and below");
}

/// Collects, so that a value of many lines is copied once and not once a line.
void Reading::goOnWith(std::string_view text) {
  if (!grows_) growing_ = values_.back().text;
  grows_ = true;
  growing_ += '\n';
  growing_ += text;
}

/// The newest value is complete.
void Reading::settle() {
  if (!grows_) return;
  grows_ = false;
  Value& last = values_.back();
  last.text = writer_.keep(growing_);
  writer_.extendRaw(last.raw, last.text);
}

void Reading::tellBadDate(const Value& value) {
  tell(WINNOW_WARNING, "date.unreadable", writer_.field(value.raw).line, 1,
       "'" + std::string(value.text) + "' tells no year", "the date was left out");
}

/// What the record shows; where it shows nothing, what the first record that showed something did.
const Dialect& Reading::dialect() {
  if (fixed_ != nullptr) return *fixed_;
  std::vector<std::string_view> before;
  if (writer_.count() == 0) before.assign(preamble_.begin(), preamble_.end());
  const Dialect& seen = dialects_.recognise({values_, before});
  if (fileDialect_ == &dialects_.general()) fileDialect_ = &seen;
  return &seen != &dialects_.general() ? seen : *fileDialect_;
}

void Reading::close() {
  settle();
  const Dialect* const dialects[] = {&dialect(), table_};
  const Value* badDate = mapper_.map(values_, std::span(dialects, table_ == nullptr ? 1 : 2), writer_);
  if (badDate != nullptr) tellBadDate(*badDate);
  writer_.end();
  values_.clear();
}

}  // namespace winnow::ris
