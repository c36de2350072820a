#include "MedlineReading.hpp"

#include <algorithm>

#include <winnow/formats/ascii.hpp>
#include <winnow/formats/signs.hpp>
#include <winnow/formats/text.hpp>

namespace winnow::medline {

namespace {

bool isCapital(char c) { return c >= 'A' && c <= 'Z'; }
using formats::isDigit;

/// Bytes of a hyphen, or of a dash (U+2010 to U+2015); 0 for anything else.
std::size_t hyphenSize(std::string_view text) {
  if (!text.empty() && text[0] == '-') return 1;
  const bool isDash = text.size() >= 3 && text[0] == '\xE2' && text[1] == '\x80' &&
                      static_cast<unsigned char>(text[2]) >= 0x90 && static_cast<unsigned char>(text[2]) <= 0x95;
  return isDash ? 3 : 0;
}

/// Where a record begins behind other text on its line, or "PMID- 123" behind a blank or two; 0 if nowhere. Text that
/// goes on is indented by six.
std::size_t gluedRecord(std::string_view line) {
  const std::size_t blanks = std::min(line.find_first_not_of(' '), line.size());
  if (blanks > 0 && blanks <= 2 && formats::signOf(line) == formats::Sign::Medline) return blanks;
  return formats::gluedSign(line);
}

/// "<12. >" at the margin: text that goes on is indented, so that a record ends before it.
bool isOvidNumber(std::string_view line) {
  return !line.empty() && line[0] == '<' && formats::signOf(line) == formats::Sign::Ovid;
}

/// NLM, MEDLINE/PubMed Data Element (Field) Descriptions; the last line: what ERIC and KoreaMed add.
bool isKnownTag(std::string_view tag) {
  static constexpr std::string_view kTags[] = {
      "AB",   "AD",   "AID",  "AU",   "AUID", "BTI",  "CDAT", "CI",   "CIN",  "CN",  "COI",  "CON",  "CP",
      "CRDT", "CRF",  "CRI",  "CTDT", "CTI",  "DA",   "DCOM", "DDIN", "DEP",  "DP",  "DRDT", "DRIN", "ECF",
      "ECI",  "ED",   "EDAT", "EFR",  "EIN",  "EN",   "FAU",  "FED",  "FIR",  "FPS", "GN",   "GR",   "GS",
      "IP",   "IR",   "IRAD", "IS",   "ISBN", "JID",  "JT",   "LA",   "LID",  "LR",  "MH",   "MHDA", "MID",
      "NM",   "OAB",  "OABL", "OCI",  "OID",  "ORI",  "OT",   "OTO",  "OWN",  "PB",  "PG",   "PHST", "PL",
      "PMC",  "PMCR", "PMID", "PRIN", "PS",   "PST",  "PT",   "PUBM", "RF",   "RIN", "RN",   "ROF",  "RPF",
      "RPI",  "RRF",  "RRI",  "SB",   "SFM",  "SI",   "SO",   "SPIN", "STAT", "TA",  "TI",   "TT",   "UIN",
      "UOF",  "VI",   "VTI",  "AN",   "DT",   "ISSN", "NID",  "PN",   "SN",   "SPON"};
  return std::find(std::begin(kTags), std::end(kTags), tag) != std::end(kTags);
}

}  // namespace

bool parseTag(std::string_view line, std::string_view& tag, std::string_view& value) {
  if (line.size() < 5 || !isCapital(line[0])) return false;
  std::size_t length = 1;
  while (length < 4 && (isCapital(line[length]) || isDigit(line[length]))) ++length;
  if (length < 2 || line.substr(length, 4 - length).find_first_not_of(' ') != std::string_view::npos) return false;
  const std::size_t hyphen = line[4] == ' ' ? 5 : 4;
  const std::size_t size = hyphen < line.size() ? hyphenSize(line.substr(hyphen)) : 0;
  if (size == 0) return false;
  tag = line.substr(0, length);
  value = line.substr(hyphen + size);
  const bool hasBlank = value.empty() || value[0] == ' ';
  const bool isSure = hyphen == 4 && (length < 4 || (tag == "PMID" && isDigit(value.front())));
  if (!hasBlank && !isSure) return false;
  if (hasBlank && !value.empty()) value.remove_prefix(1);
  return true;
}

winnow_status Reading::run() {
  Line line;
  while (lines_.next(line))
    if (const winnow_status status = readLine(line); status != WINNOW_OK) return status;
  if (lines_.status() != WINNOW_OK) return writer_.flushAfter(lines_.status());
  if (writer_.isOpen()) {
    settle();
    if (isCutOff())
      tell(WINNOW_WARNING, "nbib.truncated", lastLine_, "the last record ends in the middle", "what is there was kept");
    close();
  }
  if (writer_.count() > 0) return send();
  tell(WINNOW_ERROR, "nbib.no-record", 1, "no line begins with a tag such as 'PMID- '", "nothing was imported");
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

void Reading::tell(std::uint32_t severity, std::string_view code, std::uint32_t line, std::string_view message,
                   std::string_view action, std::uint32_t column) {
  winnow_span at{};
  at.line = line;
  at.column = column;
  host_.diagnose({severity, code, message, action, at, writer_.count() + 1});
}

/// A record of PubMed ends with SO, a book's with AID: one that lacks them was cut, as is one without SO where the
/// records before it have it. Of other platforms that use the format only a last line without its end tells.
bool Reading::isCutOff() const {
  if (hasTag("SO") || values_.front().tag != "PMID") return false;
  const bool isWhole = values_.back().tag == "AID" || values_.back().tag == "PST";
  if (sawSource_ && !isWhole && !hasTag("BTI")) return true;
  return values_.size() >= 4 && (endsInLine_ || (hasTag("STAT") && !isWhole));
}

winnow_status Reading::readLine(Line& line) {
  clean_.noteHidden(line);
  isJoint_ = line.hidden > 0;
  if (const std::size_t at = gluedRecord(line.text); at != 0) return readGlued(line, at);
  return readWhole(line);
}

winnow_status Reading::readGlued(const Line& line, std::size_t at) {
  Line first = line, second = line;
  first.text = line.text.substr(0, at);
  first.end = line.byte + at;
  second.text = line.text.substr(at);
  second.byte += at;
  second.hidden += static_cast<std::uint32_t>(at);
  tell(WINNOW_WARNING, "nbib.glued-lines", line.number,
       formats::isBlank(first.text) ? "the tag PMID is indented" : "a record begins behind other text on its line",
       "read as a line of its own", second.hidden + 1);
  isHeld_ = true;
  const winnow_status status = readWhole(first);
  isHeld_ = false;
  if (status != WINNOW_OK) return status;
  if (writer_.isOpen()) close();
  return readWhole(second);
}

winnow_status Reading::readWhole(Line& line) {
  endsInLine_ = line.end == line.byte + line.text.size() && !formats::isBlank(line.text);
  if (formats::isBlank(line.text)) {
    sawBlank_ = true;
    return WINNOW_OK;
  }
  std::string_view tag, value;
  bool isTagged = parseTag(line.text, tag, value);
  if (isOvidNumber(line.text)) {
    if (writer_.isOpen()) close();
  } else if (beginsForeign(line, isTagged)) {
    if (writer_.isOpen()) close();
    outside_.beginForeign();
  } else if (isTagged && writer_.isOpen() && beginsRecord(tag)) {
    if (!sawBlank_ && !tightTold_) {
      tightTold_ = true;
      tell(WINNOW_WARNING, "nbib.no-blank-line", line.number, "a record begins without a blank line before it",
           "read as a new record, here and below");
    }
    close();
  }
  if (!writer_.isOpen() && !isHeld_ && (writer_.full() || lines_.full())) {
    if (const winnow_status status = sendBefore(line); status != WINNOW_OK) return status;
    isTagged = parseTag(line.text, tag, value);
  }
  if (outside_.isForeign() && formats::signOf(line.text) == formats::Sign::Medline) outside_.endForeign();
  if (outside_.isForeign() || (!writer_.isOpen() && !isTagged))
    outside_.add(line);
  else if (isTagged)
    addTag(line, tag, value);
  else
    addMore(line);
  return WINNOW_OK;
}

/// RIS and Ovid share the form of its tags, but MEDLINE has neither TY nor VN; what is not sure to be another format
/// is one only behind a blank line, where a record ends.
bool Reading::beginsForeign(const Line& line, bool isTagged) const {
  if (outside_.isForeign() || line.text.size() < 2) return false;
  const bool mayBeOther = line.text[0] == 'T' || line.text[0] == 't' || line.text[0] == 'V';
  const bool mayEnd = !writer_.isOpen() || sawBlank_ || isJoint_;
  if (!mayBeOther && !mayEnd && (isTagged || line.text[0] == ' ')) return false;
  const formats::Sign sign = formats::signOf(line.text);
  if (sign == formats::Sign::None || sign == formats::Sign::Medline || isOvidNumber(line.text)) return false;
  return mayEnd || formats::isSure(sign, line.text);
}

/// PMID begins a record, whatever stands before it; any tag does behind a blank line, and where records have no PMID
/// the repeated first tag.
bool Reading::beginsRecord(std::string_view tag) const {
  if (sawBlank_) return true;
  if (tag == "PMID") return hasTag("PMID");
  return tag == values_.front().tag && !hasTag("PMID");
}

bool Reading::hasTag(std::string_view tag) const {
  return std::any_of(values_.begin(), values_.end(), [&](const Value& v) { return v.tag == tag; });
}

void Reading::open(const Line& line) {
  writer_.begin(line.at());
  values_.clear();
  clean_.beginRecord();
  indentTold_ = false;
}

void Reading::addTag(const Line& line, std::string_view tag, std::string_view value) {
  if (!writer_.isOpen()) open(line);
  settle();
  sawBlank_ = false;
  lastLine_ = line.number;
  writer_.extendTo(line.end);
  const std::string_view text = formats::trim(clean_.clean(line, value));
  if (tag == "TI" && hasTag("TI"))
    tell(WINNOW_WARNING, "nbib.second-title", line.number, "the record has a second title",
         "kept as it is; where another record begins here, its PMID line is missing: restore it");
  values_.push_back({tag, clean_.withoutEntities(text, line.number), addRaw(tag, text, line.number)});
}

/// Collects, so that a value of many lines is copied once and not once a line.
void Reading::addMore(const Line& line) {
  writer_.extendTo(line.end);
  lastLine_ = line.number;
  const bool isIndented = line.text.front() == ' ' || line.text.front() == '\t';
  if (!isIndented && !indentTold_) {
    indentTold_ = true;
    tell(WINNOW_WARNING, "nbib.lost-indent", line.number, "a line that is neither a tag nor indented",
         "read as more of the value before");
  }
  if (!grows_) growing_ = view(writer_.field(values_.back().raw).value);
  grows_ = true;
  growing_ += ' ';
  growing_ += formats::trim(clean_.clean(line, line.text));
}

/// The newest value is complete.
void Reading::settle() {
  if (!grows_) return;
  grows_ = false;
  Value& last = values_.back();
  const std::string_view whole = writer_.keep(formats::trim(growing_));
  writer_.extendRaw(last.raw, whole);
  last.text = clean_.withoutEntities(whole, writer_.field(last.raw).line);
}

void Reading::close() {
  settle();
  if (const Value* bad = deriveFields(values_, tags_, rule_, writer_))
    tell(WINNOW_WARNING, "date.unreadable", writer_.field(bad->raw).line,
         "'" + std::string(bad->text) + "' tells no year", "the date was left out");
  sawSource_ = sawSource_ || hasTag("SO");
  writer_.end();
  values_.clear();
}

std::uint32_t Reading::addRaw(std::string_view tag, std::string_view value, std::uint32_t line) {
  auto raw = rawTags_.find(tag);
  if (raw == rawTags_.end()) {
    std::uint16_t flags = isKnownTag(tag) ? WINNOW_FIELD_KNOWN : 0;
    // How far NLM has got with the record, and when it last touched it.
    if (tag == "STAT" || tag == "LR" || tag == "DCOM") flags |= WINNOW_FIELD_VOLATILE;
    raw = rawTags_.emplace(tag, formats::RawTag{host_.tag("raw:" + std::string(tag)), flags}).first;
  }
  return writer_.raw(raw->second.number, value, line, raw->second.flags);
}

}  // namespace winnow::medline
