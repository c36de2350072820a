#include "RisReading.hpp"

#include <algorithm>
#include <utility>

#include <winnow/formats/derive.hpp>
#include <winnow/formats/publication_types.hpp>
#include <winnow/formats/signs.hpp>
#include <winnow/formats/text.hpp>
#include <winnow/formats/volatile.hpp>

namespace winnow::ris {

namespace {

constexpr std::uint16_t kKnown = WINNOW_FIELD_KNOWN;
/// Lines before the first record that are kept, and bytes of each: enough to tell who wrote them.
constexpr std::size_t kMostPreamble = 100;
/// Lines of a record without TY; one of more is none.
constexpr std::size_t kMostOrphans = 20'000;

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
      lines_(source, formats::jointIn),
      writer_(host, source),
      mapper_(host, tags, rules),
      dialects_(dialects),
      fixed_(fixed),
      table_(table),
      fileDialect_(&dialects.general()),
      clean_(host, writer_),
      outside_(host, writer_, "ris.text-between") {}

winnow_status Reading::run() {
  Line line;
  while (lines_.next(line))
    if (const winnow_status status = readLine(line); status != WINNOW_OK) return status;
  if (lines_.status() != WINNOW_OK) return writer_.flushAfter(lines_.status());
  settleOrphans();
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
  clean_.noteHidden(line);
  if (const std::size_t at = gluedTag(line.text); at != 0) return readGlued(line, at);
  return readWhole(line);
}

/// Files that were joined without a line end: "ER  -TY  - JOUR" is two lines.
winnow_status Reading::readGlued(const Line& line, std::size_t at) {
  Line first = line, second = line;
  first.text = line.text.substr(0, at);
  first.end = line.byte + at;
  second.text = line.text.substr(at);
  second.byte += at;
  second.hidden += static_cast<std::uint32_t>(at);
  TagLine tag;
  const std::string what =
      parseTagLine(second.text, tag) ? "the tag " + std::string(tag.tag) : "a record of another format";
  tell(WINNOW_WARNING, "ris.glued-lines", line.number, second.hidden + 1,
       what + " stands behind other text on its line", "read as a line of its own");
  isHeld_ = true;
  const winnow_status status = readLine(first);
  isHeld_ = false;
  return status == WINNOW_OK ? readWhole(second) : status;
}

bool Reading::parse(const Line& line, TagLine& tag) const {
  if (parseTagLine(line.text, tag)) return true;
  if (line.text.substr(0, 3) == "TY-" && parseTightLine(line.text, tag) && formats::isRisType(tag.value)) return true;
  return writer_.isOpen() && isTight_ && parseTightLine(line.text, tag);
}

winnow_status Reading::readWhole(Line& line) {
  TagLine tag;
  bool isTagged = parse(line, tag);
  if (isTagged && code(tag.tag) == kTy && writer_.isOpen()) {
    if (holdsOnlyTy_) {
      addAnotherTy(line, tag);
      return WINNOW_OK;
    }
    tell(WINNOW_WARNING, "ris.missing-er", line.number, tag.column, "the record before this TY has no ER line",
         "closed here");
    close();
  }
  if (!writer_.isOpen() && orphans_.empty() && !isHeld_ && (writer_.full() || lines_.full())) {
    if (const winnow_status status = sendBefore(line); status != WINNOW_OK) return status;
    isTagged = parse(line, tag);
  }
  if (formats::isBlank(line.text)) {
    sawBlank_ = true;
    return WINNOW_OK;
  }
  lastLine_ = line.number;
  if (writer_.isOpen())
    readInside(line, isTagged, tag);
  else
    readOutside(line, isTagged, tag);
  sawBlank_ = false;
  return WINNOW_OK;
}

void Reading::readInside(const Line& line, bool isTagged, const TagLine& tag) {
  if (!isTagged && beginsForeign(line)) {
    tell(WINNOW_WARNING, "ris.missing-er", line.number, 1,
         "the record before this line of another format has no ER line", "closed here");
    close();
    outside_.add(line);
    return;
  }
  if (!isTagged) return addUntagged(line);
  noteOddities(line, tag);
  const std::uint32_t which = code(tag.tag);
  if (which != kEr) return addValue(line, tag, which);
  extend(line);
  close();
}

/// Records of other formats that are recognised by a line; behind a blank line text of a record may look like a table
/// or XML.
bool Reading::beginsForeign(const Line& line) const {
  const formats::Sign sign = formats::signOf(line.text);
  if (sign == formats::Sign::Ris) return false;
  if (line.hidden > 0 && sign != formats::Sign::None) return true;  // a mark of joined files stands before it
  if (formats::isSure(sign, line.text)) return true;
  switch (sign) {
    case formats::Sign::Medline:
    case formats::Sign::Refer:
    case formats::Sign::Bibtex:
    case formats::Sign::Wos:
    case formats::Sign::RefWorks:
      return sawBlank_;
    default:
      return false;
  }
}

/// Numbering, preambles, what platforms print behind ER; and records that lack their TY line.
void Reading::readOutside(const Line& line, bool isTagged, const TagLine& tag) {
  if (!isTagged && writer_.count() == 0 && preamble_.size() < kMostPreamble)
    preamble_.emplace_back(line.text.substr(0, kMostPreamble));
  const std::uint32_t which = isTagged ? code(tag.tag) : 0;
  if (which == kTy) {
    settleOrphans();
    outside_.endForeign();
    isTight_ = line.text.substr(0, 3) == "TY-";
    open(line, tag.column);
    noteOddities(line, tag);
    return addValue(line, tag, kTy);
  }
  if (outside_.isForeign() || (orphans_.empty() && !isTagged)) return outside_.add(line);
  if (!isTagged && formats::signOf(line.text) != formats::Sign::None) {
    settleOrphans();
    return outside_.add(line);
  }
  if (which == kEr && orphans_.empty()) return outside_.add(line, WINNOW_SEPARATOR);
  orphans_.push_back({line, isTagged ? tag : TagLine{}, sawBlank_});
  if (which == kEr || orphans_.size() >= kMostOrphans || lines_.full()) settleOrphans();
}

void Reading::settleOrphans() {
  if (orphans_.empty()) return;
  std::vector<Orphan> behind;  // numbers and links behind the last tag are no part of the record
  while (orphans_.back().tag.tag.empty() && orphans_.back().afterBlank) {
    behind.insert(behind.begin(), orphans_.back());
    orphans_.pop_back();
  }
  if (areRecord())
    readOrphans();
  else
    passOrphans();
  orphans_.clear();
  for (const Orphan& orphan : behind) outside_.add(orphan.line);
}

/// A title with anything else that tells a work, or a name with a date.
bool Reading::areRecord() const {
  const auto has = [&](std::initializer_list<std::string_view> tags) {
    return std::any_of(orphans_.begin(), orphans_.end(), [&](const Orphan& o) {
      return std::find(tags.begin(), tags.end(), o.tag.tag) != tags.end() && !formats::isBlank(o.tag.value);
    });
  };
  const bool hasName = has({"AU", "A1"}), hasDate = has({"PY", "Y1", "DA"});
  if (has({"TI", "T1", "CT", "BT"})) return hasName || hasDate || has({"JO", "JF", "T2", "DO", "AB", "N2", "SN", "AN"});
  return hasName && hasDate;
}

void Reading::readOrphans() {
  const Orphan first = orphans_.front();
  open(first.line, first.tag.column);
  holdsOnlyTy_ = false;
  tell(WINNOW_WARNING, "ris.missing-ty", first.line.number, first.tag.column,
       "the record that begins here has no TY line", "read as a record of unknown type");
  for (const Orphan& orphan : orphans_) readInside(orphan.line, !orphan.tag.tag.empty(), orphan.tag);
  if (writer_.isOpen()) close();
}

/// Ovid prints the short title (NL) or the database (C1) behind ER; other tags there are reported.
void Reading::passOrphans() {
  const auto isUsual = [](const Orphan& o) {
    return o.tag.tag == "NL" || o.tag.tag == "C1" || o.tag.tag == "ER" || formats::isBlank(o.tag.value);
  };
  const auto odd = std::find_if_not(orphans_.begin(), orphans_.end(), isUsual);
  if (odd != orphans_.end())
    tell(WINNOW_WARNING, "ris.text-between", odd->line.number, odd->tag.column,
         "lines with tags stand outside of a record, from " + std::string(odd->tag.tag) + " on", "left out");
  for (const Orphan& orphan : orphans_) {
    if (orphan.tag.tag.empty())
      outside_.add(orphan.line);
    else
      outside_.add(orphan.line, WINNOW_COMMENT);
  }
}

/// TY lines in a row are one record; the last type that says something counts, which is the first that is looked at.
void Reading::addAnotherTy(const Line& line, const TagLine& tag) {
  lastLine_ = line.number;
  addValue(line, tag, kTy);
  if (!formats::isBlank(values_.back().text)) std::swap(values_.front(), values_.back());
}

void Reading::open(const Line& line, std::uint32_t column) {
  winnow_span at = line.at();
  at.column = line.hidden + column;
  writer_.begin(at);
  values_.clear();
  clean_.beginRecord();
  holdsOnlyTy_ = true;
  oddSpacing_ = indented_ = small_ = false;
}

void Reading::noteOddities(const Line& line, const TagLine& tag) {
  if (tag.oddSpacing && !oddSpacing_ && !formats::isBlank(tag.value) && code(tag.tag) != kEr) {
    oddSpacing_ = true;
    tell(WINNOW_WARNING, "ris.tag-spacing", line.number, tag.column + static_cast<std::uint32_t>(tag.tag.size()),
         "tag '" + std::string(tag.tag) + "' is not followed by two blanks, a hyphen and a blank", "read as a tag");
  }
  if (tag.isSmall && !small_) {
    small_ = true;
    tell(WINNOW_WARNING, "ris.tag-case", line.number, tag.column, "tags of this record are in small letters",
         "read as tags");
  }
  if (tag.indented && !indented_) {
    indented_ = true;
    tell(WINNOW_WARNING, "ris.indented", line.number, 1, "tags of this record are indented", "read as tags");
  }
}

/// The record reaches to the end of this line.
void Reading::extend(const Line& line) { writer_.extendTo(line.end); }

std::uint32_t Reading::addRaw(std::string_view tag, std::string_view value, std::uint32_t line) {
  formats::RawTag& raw = tag.size() == 2 ? shortRawTags_[placeOf(tag)] : rawTags_[code(tag)];
  if (raw.number == 0) raw = {host_.tag(std::string("raw:").append(tag)), isKnownTag(tag) ? kKnown : std::uint16_t{0}};
  // Y2 is when somebody looked at it; databases write the day of the export and counts of citations into notes.
  const bool isVolatile = tag == "Y2" || (tag == "N1" && formats::isVolatileRemark(value));
  return writer_.raw(raw.number, value, line,
                     isVolatile ? static_cast<std::uint16_t>(raw.flags | WINNOW_FIELD_VOLATILE) : raw.flags);
}

void Reading::addValue(const Line& line, const TagLine& tag, std::uint32_t which) {
  settle();
  extend(line);
  const std::string_view value = clean_.clean(line, tag.value);
  const bool isOurs = value.substr(0, formats::kWinnowLine.size()) == formats::kWinnowLine;  // its entities are meant
  const std::string_view text = isOurs ? value : clean_.withoutEntities(value, line.number);
  if (!values_.empty() && (which == code("TI") || which == code("T1"))) noteTitle(line, which, text);
  values_.push_back({which, text, addRaw(tag.tag, value, line.number)});
  tagText_ = tag.tag;
  holdsOnlyTy_ = holdsOnlyTy_ && which == kTy;
}

/// A tag that tells the title twice, with others between (Primo writes title and subtitle behind each other): the TY
/// line of a record was lost, or damaged.
void Reading::noteTitle(const Line& line, std::uint32_t which, std::string_view title) {
  const auto isOther = [&](const Value& v) {
    return v.tag == which && v.text != title && !formats::isBlank(v.text) && !formats::isBlank(title);
  };
  if (values_.back().tag != which && std::any_of(values_.begin(), values_.end(), isOther))
    tell(WINNOW_WARNING, "ris.second-title", line.number, 1, "the record has a second title",
         "kept as it is; where another record begins here, its TY line is missing: restore it");
}

void Reading::addUntagged(const Line& line) {
  extend(line);
  if (values_.empty()) return;
  const std::string_view text = clean_.clean(line, line.text);
  const std::uint32_t which = values_.back().tag;
  if (which == kTy) return;  // a preamble behind TY
  if (isList(which)) {
    const std::string_view value = formats::trim(text);
    values_.push_back({which, clean_.withoutEntities(value, line.number), addRaw(tagText_, value, line.number)});
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
  if (!grows_) growing_ = view(writer_.field(values_.back().raw).value);
  grows_ = true;
  growing_ += '\n';
  growing_ += text;
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
