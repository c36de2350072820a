#include "Reading.hpp"

#include <algorithm>
#include <utility>

#include <winnow/formats/signs.hpp>
#include <winnow/formats/text.hpp>

namespace winnow::tagged {

namespace {

using Kind = TagLine::Kind;

/// Lines of a record that lacks its first one; more are none.
constexpr std::size_t kMostOrphans = 20'000;

bool isTitleTag(const Table& table, std::string_view tag) {
  return std::any_of(table.rules.begin(), table.rules.end(),
                     [&](const Rule& rule) { return rule.to == Target::Title && isOneOf(rule.tags, tag); });
}

}  // namespace

Reading::Reading(Host host, Source source, const Table& table, const Mapper& mapper, TagNames& names)
    : host_(host),
      lines_(source, formats::jointIn),
      writer_(host, source),
      table_(table),
      mapper_(mapper),
      names_(names),
      clean_(host, writer_),
      outside_(host, writer_, "tagged.text-between") {}

TagLine Reading::look(std::string_view line) {
  TagLine tag = lookAt(line, table_);
  if (tag.kind != Kind::Tag) return tag;
  tag.number = names_.number(tag.tag);
  while (uses_.size() < names_.size()) uses_.push_back(useOf(names_.name(static_cast<std::uint32_t>(uses_.size()))));
  return tag;
}

Reading::TagUse Reading::useOf(const std::string& tag) const {
  TagUse use;
  use.isList = isOneOf(table_.lists, tag);
  use.isBegin = isOneOf(table_.begins, tag);
  use.isEnd = isOneOf(table_.ends, tag);
  use.isOutside = isOneOf(table_.outsideTags, tag);
  use.isTitle = isTitleTag(table_, tag);
  const bool isKnownTag = isKnown(table_, tag);
  use.isOwn = isKnownTag || !formats::isTagOfSign(tag);
  use.rawFlags = isKnownTag ? WINNOW_FIELD_KNOWN : 0;
  if (isVolatile(table_, tag)) use.rawFlags |= WINNOW_FIELD_VOLATILE;
  return use;
}

winnow_status Reading::run() {
  Line line;
  while (lines_.next(line))
    if (const winnow_status status = readLine(line); status != WINNOW_OK) return status;
  if (lines_.status() != WINNOW_OK) return writer_.flushAfter(lines_.status());
  settleBehindBlank();
  settleOrphans();
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

bool Reading::isEnd(const TagLine& tag) const { return tag.kind == Kind::Tag && uses_[tag.number].isEnd; }

bool Reading::isNamedBegin(const TagLine& tag) const { return tag.kind == Kind::Tag && uses_[tag.number].isBegin; }

bool Reading::isOutsideTag(const TagLine& tag) const { return tag.kind == Kind::Tag && uses_[tag.number].isOutside; }

/// The first tag again, behind a title: the number line of the next record was lost.
bool Reading::lacksNumber(const TagLine& tag) const {
  if (!table_.numbered || numbered_ || !writer_.isOpen() || !hasTitle_ || values_.empty()) return false;
  const std::uint32_t first = values_.front().tag;
  return first == tag.number && (blankBefore_ || !uses_[first].isTitle);
}

/// Tags behind a blank line within a record that has its title: the next record perhaps, without its first line.
bool Reading::waitsBehindBlank(const TagLine& tag) const {
  if (!behindBlank_.empty()) return true;
  const bool mayLackBegin = !table_.numbered && !table_.blankEnds && !table_.begins.empty();
  return mayLackBegin && writer_.isOpen() && blankBefore_ && hasTitle_ && tag.kind == Kind::Tag && !isEnd(tag);
}

/// True if this tag begins a record, one being open or not.
bool Reading::begins(const TagLine& tag) const {
  if (table_.numbered) return numbered_ || !writer_.isOpen() || lacksNumber(tag);
  if (!table_.blankEnds) return isNamedBegin(tag);
  if (!writer_.isOpen() || blankBefore_) return true;
  // Without a blank line a repeated first tag begins the next record; two in a row are one record.
  const bool holdsOnlyBegins =
      std::all_of(values_.begin(), values_.end(), [&](const Value& v) { return uses_[v.tag].isBegin; });
  return isNamedBegin(tag) && !holdsOnlyBegins &&
         std::any_of(values_.begin(), values_.end(), [&](const Value& v) { return v.tag == tag.number; });
}

/// Lines that look like records of another format: the tags of some formats look alike, so that within a record a line
/// with a tag is none, and one without must be sure.
bool Reading::beginsForeign(const Line& line, const TagLine& tag) const {
  if (isNamedBegin(tag) || isOutsideTag(tag)) return false;
  const bool isTagged = tag.kind == Kind::Tag, isOwn = isTagged && uses_[tag.number].isOwn;
  const bool mayEnd = !writer_.isOpen() || blankBefore_ || isJoint_;
  if (!mayEnd && (isOwn || line.text.empty() || line.text.front() == ' ')) return false;
  const formats::Sign sign = formats::signOf(line.text);
  switch (sign) {
    case formats::Sign::Ris:
    case formats::Sign::Medline:
    case formats::Sign::Refer:
    case formats::Sign::Bibtex:
    case formats::Sign::Wos:
    case formats::Sign::RefWorks:
      return mayEnd || formats::isSure(sign, line.text);
    case formats::Sign::Json:
    case formats::Sign::Xml:
    case formats::Sign::Table:
      return !isTagged && (mayEnd || formats::isSure(sign, line.text));
    case formats::Sign::Ovid:
      return !table_.numbered && formats::isSure(sign, line.text);
    default:
      return false;
  }
}

winnow_status Reading::readLine(Line& line) {
  clean_.noteHidden(line);
  isJoint_ = line.hidden > 0;
  if (const std::size_t at = gluedRecord(line.text, table_); at != 0) return readGlued(line, at);
  return readWhole(line);
}

/// Files that were joined without a line end: the line is two.
winnow_status Reading::readGlued(const Line& line, std::size_t at) {
  Line first = line, second = line;
  first.text = line.text.substr(0, at);
  first.end = line.byte + at;
  second.text = line.text.substr(at);
  second.byte += at;
  second.hidden += static_cast<std::uint32_t>(at);
  tell(WINNOW_WARNING, "tagged.glued-lines", line.number, second.hidden + 1,
       "a record begins behind other text on its line", "read as a line of its own");
  isHeld_ = true;
  const winnow_status status = readWhole(first);
  isHeld_ = false;
  if (status != WINNOW_OK) return status;
  if (writer_.isOpen() && table_.blankEnds) close();
  return readWhole(second);
}

/// A record ends because something else begins.
void Reading::endByNext(const Line& line, std::string_view next) {
  if (!table_.ends.empty())
    tell(WINNOW_WARNING, "tagged.missing-end", line.number, 1,
         "the record before this " + std::string(next) + " has no " + table_.ends.front() + " line", "closed here");
  close();
}

/// Editors that join files leave a blank or two before the first line of a record; text that goes on has more.
void Reading::withoutIndent(Line& line) {
  constexpr std::size_t kMost = 2;  // more of them are a continuation line's
  const auto isBlank = [&](std::size_t i) {
    return i < line.text.size() && (line.text[i] == ' ' || line.text[i] == '\t');
  };
  std::size_t blanks = 0;
  while (blanks <= kMost && isBlank(blanks)) ++blanks;
  if (blanks == 0 || blanks > kMost || table_.numbered) return;
  const TagLine tag = look(line.text.substr(blanks));
  if (!isNamedBegin(tag) && !isOutsideTag(tag)) return;
  line.text.remove_prefix(blanks);
  line.hidden += static_cast<std::uint32_t>(blanks);
  if (std::exchange(indentTold_, true)) return;
  tell(WINNOW_WARNING, "tagged.indented", line.number, line.hidden + 1, "the first line of a record is indented",
       "read as if it stood at the margin, here and below");
}

winnow_status Reading::readWhole(Line& line) {
  const std::size_t before = line.text.size();
  line.text = withoutMargin(line.text, margin_);
  line.hidden += static_cast<std::uint32_t>(before - line.text.size());
  withoutIndent(line);
  TagLine tag = look(line.text);
  if (tag.kind == Kind::Blank) {
    settleBehindBlank();
    blankBefore_ = true;
    return WINNOW_OK;
  }
  if (tag.kind == Kind::Number) {
    settleBehindBlank();
    settleOrphans();  // what waits stands before this line, and no record reaches across it
    if (writer_.isOpen()) close();
    margin_ += marginOf(line.text);
    writer_.declare(line.at(), WINNOW_SEPARATOR);
    outside_.endForeign();
    numbered_ = true;
    blankBefore_ = false;
    return WINNOW_OK;
  }
  const bool isUnnumbered = tag.kind == Kind::Tag && lacksNumber(tag);
  const bool isOwnBegin = isUnnumbered || (tag.kind == Kind::Tag && !(table_.numbered && !numbered_) && begins(tag));
  const bool isForeign = beginsForeign(line, tag);
  if (isForeign || isOutsideTag(tag) || isOwnBegin) settleBehindBlank();
  if (isUnnumbered)
    tell(WINNOW_WARNING, "tagged.missing-begin", line.number, 1, "the record that begins here has no number line",
         "read as a record of its own");
  if (writer_.isOpen() && (isForeign || isOutsideTag(tag) || isOwnBegin)) {
    endByNext(line, tag.kind == Kind::Tag ? tag.tag : "line of another format");
    if (isOwnBegin && !isForeign && table_.blankEnds && !blankBefore_ && !isHeld_ && !tightTold_) {
      tightTold_ = true;
      tell(WINNOW_WARNING, "tagged.no-blank-line", line.number, 1, "a record begins without a blank line before it",
           "read as a new record, here and below");
    }
  }
  if (!writer_.isOpen() && orphans_.empty() && !isHeld_ && (writer_.full() || lines_.full())) {
    if (const winnow_status status = sendBefore(line); status != WINNOW_OK) return status;
    tag = look(line.text);
  }
  if (isForeign) {
    settleOrphans();
    outside_.beginForeign();
  }
  if (waitsBehindBlank(tag))
    behindBlank_.push_back({line, tag});
  else if (writer_.isOpen())
    readInside(line, tag);
  else
    readOutside(line, tag);
  if (behindBlank_.size() >= kMostOrphans || (!behindBlank_.empty() && lines_.full())) settleBehindBlank();
  blankBefore_ = false;
  return WINNOW_OK;
}

void Reading::settleBehindBlank() {
  if (behindBlank_.empty()) return;
  const std::vector<Orphan> lines = std::exchange(behindBlank_, {});
  if (areRecord(lines)) {
    close();
    orphans_ = lines;
    return settleOrphans();
  }
  for (const Orphan& line : lines)
    if (writer_.isOpen())
      readInside(line.line, line.tag);
    else
      readOutside(line.line, line.tag);
}

void Reading::readInside(const Line& line, const TagLine& tag) {
  if (tag.kind == Kind::Value)
    addMore(line, tag);
  else
    addTag(line, tag);
}

void Reading::readOutside(const Line& line, const TagLine& tag) {
  const bool isNamed = isNamedBegin(tag);
  if (isNamed || isOutsideTag(tag) || (table_.numbered && formats::signOf(line.text) == formats::Sign::Ovid))
    outside_.endForeign();
  if (isOutsideTag(tag)) {
    settleOrphans();
    return outside_.add(line, WINNOW_HEADING);
  }
  if (outside_.isForeign()) return outside_.add(line);
  if (tag.kind == Kind::Tag && begins(tag)) {
    settleOrphans();
    open(line);
    return addTag(line, tag);
  }
  if (orphans_.empty() && tag.kind == Kind::Value) return outside_.add(line);
  if (orphans_.empty() && isEnd(tag)) return outside_.add(line, WINNOW_SEPARATOR);
  orphans_.push_back({line, tag});
  if (isEnd(tag) || orphans_.size() >= kMostOrphans || lines_.full()) settleOrphans();
}

void Reading::settleOrphans() {
  if (orphans_.empty()) return;
  if (areRecord(orphans_)) {
    const Line& first = orphans_.front().line;
    open(first);
    tell(WINNOW_WARNING, "tagged.missing-begin", first.number, 1,
         "the record that begins here has no " + table_.begins.front() + " line", "read as a record of unknown type");
    for (const Orphan& orphan : orphans_)
      if (writer_.isOpen()) readInside(orphan.line, orphan.tag);
    if (writer_.isOpen()) close();
  } else {
    const Line& first = orphans_.front().line;
    tell(WINNOW_WARNING, "tagged.text-between", first.number, 1,
         "lines with tags stand outside of a record, from " + std::string(orphans_.front().tag.tag) + " on",
         "left out");
    for (const Orphan& orphan : orphans_) outside_.add(orphan.line, WINNOW_COMMENT);
  }
  orphans_.clear();
}

/// A title, and anything else that tells a work.
bool Reading::areRecord(const std::vector<Orphan>& lines) const {
  bool hasTitle = false, hasMore = false;
  for (const Orphan& orphan : lines) {
    if (orphan.tag.kind != Kind::Tag || formats::isBlank(orphan.tag.value)) continue;
    for (const Rule& rule : table_.rules) {
      if (!isOneOf(rule.tags, orphan.tag.tag)) continue;
      hasTitle = hasTitle || rule.to == Target::Title;
      hasMore = hasMore || rule.to == Target::Author || rule.to == Target::Date || rule.to == Target::Container ||
                rule.to == Target::Doi || rule.to == Target::Abstract;
    }
  }
  return hasTitle && hasMore && !table_.begins.empty();
}

void Reading::open(const Line& line) {
  writer_.begin(line.at());
  values_.clear();
  clean_.beginRecord();
  numbered_ = hasTitle_ = false;
}

void Reading::addTag(const Line& line, const TagLine& tag) {
  lastLine_ = line.number;
  const TagUse& use = uses_[tag.number];
  const bool isSecondBegin = !values_.empty() && use.isBegin && values_.front().tag == tag.number;
  addValue(line, tag.number, tag.value);
  if (use.isTitle) noteTitle(line, tag.number);
  if (isSecondBegin && !formats::isBlank(values_.back().text))
    std::swap(values_.front(), values_.back());  // the last one counts
  if (isEnd(tag)) close();
}

/// A tag that tells the title twice, with others between: the first line of a record was lost, or damaged.
void Reading::noteTitle(const Line& line, std::uint32_t tag) {
  const std::string_view title = values_.back().text;
  if (formats::isBlank(title)) return;
  const auto isOther = [&](const Value& v) { return v.tag == tag && !formats::isBlank(v.text) && v.text != title; };
  const bool isApart = values_.size() > 1 && values_[values_.size() - 2].tag != tag;
  if (hasTitle_ && isApart && std::any_of(values_.begin(), values_.end() - 1, isOther))
    tell(WINNOW_WARNING, "tagged.second-title", line.number, 1, "the record has a second title",
         "kept as it is; where another record begins here, its first line is missing: restore it");
  hasTitle_ = true;
}

void Reading::addValue(const Line& line, std::uint32_t tag, std::string_view text) {
  settle();
  writer_.extendTo(line.end);
  const std::string_view value = clean_.clean(line, text);
  values_.push_back({tag, clean_.withoutEntities(value, line.number), addRaw(tag, value, line.number)});
}

/// A line without a tag: one more value of a list, or more of the text before.
void Reading::addMore(const Line& line, const TagLine& more) {
  if (values_.empty() || (numbered_ && table_.numbered)) return outside_.add(line);
  lastLine_ = line.number;
  const std::uint32_t tag = values_.back().tag;
  if (blankBefore_ && table_.blankEnds && !gapTold_) {
    gapTold_ = true;
    tell(WINNOW_WARNING, "tagged.text-after-blank", line.number, 1, "text without a tag behind a blank line",
         "read as more of the value before, here and below");
  }
  if (table_.shape == Shape::Label) {
    if (!values_.back().text.empty()) return addValue(line, tag, more.value);
    settle();  // the first value stands below its label
    writer_.extendTo(line.end);
    const std::string_view value = clean_.clean(line, more.value);
    writer_.extendRaw(values_.back().raw, value);
    values_.back().text = clean_.withoutEntities(value, line.number);
    return;
  }
  if (uses_[tag].isList) return addValue(line, tag, formats::trim(more.value));
  writer_.extendTo(line.end);
  if (!grows_) growing_ = view(writer_.field(values_.back().raw).value);
  grows_ = true;
  growing_ += '\n';
  growing_ += clean_.clean(line, more.value);
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
  const std::string_view whole = writer_.keep(growing_);
  writer_.extendRaw(last.raw, whole);
  last.text = clean_.withoutEntities(whole, writer_.field(last.raw).line);
}

std::uint32_t Reading::addRaw(std::uint32_t tag, std::string_view value, std::uint32_t line) {
  TagUse& use = uses_[tag];
  if (use.raw == 0) use.raw = host_.tag("raw:" + names_.name(tag));
  return writer_.raw(use.raw, value, line, use.rawFlags);
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
