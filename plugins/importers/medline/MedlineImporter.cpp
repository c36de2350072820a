// importers.medline: MEDLINE/PubMed tagged text (nbib). See README.md.
#include <algorithm>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include <winnow/formats/text.hpp>
#include <winnow/lines.hpp>
#include <winnow/plugin.hpp>
#include <winnow/record_writer.hpp>

#include "MedlineFields.hpp"

namespace winnow::medline {
namespace {

bool isCapital(char c) { return c >= 'A' && c <= 'Z'; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// "PMID- 123": two to four capitals or digits, padded with blanks to four, a hyphen, a blank; ERIC writes "ISSN -
/// 123". The blank behind may be missing where padding shows that it is a tag ("TI  -x"), and in "PMID-123".
bool parseTag(std::string_view line, std::string_view& tag, std::string_view& value) {
  if (line.size() < 5 || !isCapital(line[0])) return false;
  std::size_t length = 1;
  while (length < 4 && (isCapital(line[length]) || isDigit(line[length]))) ++length;
  if (length < 2 || line.substr(length, 4 - length).find_first_not_of(' ') != std::string_view::npos) return false;
  const std::size_t hyphen = line[4] == ' ' ? 5 : 4;
  if (hyphen >= line.size() || line[hyphen] != '-') return false;
  tag = line.substr(0, length);
  value = line.substr(hyphen + 1);
  const bool hasBlank = value.empty() || value[0] == ' ';
  const bool isSure = hyphen == 4 && (length < 4 || (tag == "PMID" && isDigit(value.front())));
  if (!hasBlank && !isSure) return false;
  if (hasBlank && !value.empty()) value.remove_prefix(1);
  return true;
}

/// Reads one source; memory is bounded by one batch.
class Reading {
 public:
  Reading(Host host, Source source, const formats::Tags& tags, std::uint32_t rule)
      : host_(host), lines_(source), writer_(host, source), tags_(tags), rule_(rule) {}

  winnow_status run() {
    Line line;
    while (lines_.next(line))
      if (const winnow_status status = readLine(line); status != WINNOW_OK) return status;
    if (lines_.status() != WINNOW_OK) return writer_.flushAfter(lines_.status());
    if (writer_.isOpen()) {
      if (endsInLine_ && isCutOff())
        tell(WINNOW_WARNING, "nbib.truncated", lastLine_, "the last record ends in the middle",
             "what is there was kept");
      close();
    }
    if (writer_.count() > 0) return send();
    tell(WINNOW_ERROR, "nbib.no-record", 1, "no line begins with a tag such as 'PMID- '", "nothing was imported");
    return WINNOW_FAILED;
  }

 private:
  winnow_status send() {
    const winnow_status status = writer_.flush();
    lines_.discard();
    return status;
  }

  void tell(std::uint32_t severity, std::string_view code, std::uint32_t line, std::string_view message,
            std::string_view action, std::uint32_t column = 1) {
    winnow_span at{};
    at.line = line;
    at.column = column;
    host_.diagnose({severity, code, message, action, at, writer_.count() + 1});
  }

  /// A record of PubMed ends with SO; one that does not, and whose last line has no end, was cut.
  bool isCutOff() const {
    for (const Value& v : values_)
      if (v.tag == "SO") return false;
    return lines_.position() > 0 && values_.size() > 3 && values_.front().tag == "PMID";
  }

  winnow_status readLine(Line& line) {
    endsInLine_ = line.end == line.byte + line.text.size() && !formats::isBlank(line.text);
    if (formats::isBlank(line.text)) {
      sawBlank_ = true;
      return WINNOW_OK;
    }
    std::string_view tag, value;
    if (!parseTag(line.text, tag, value)) {
      readContinuation(line);
      return WINNOW_OK;
    }
    const bool repeats = !values_.empty() && tag == values_.front().tag;
    const bool begins =
        writer_.isOpen() && (tag == "PMID" ? hasTag("PMID") || sawBlank_ : sawBlank_ || (repeats && !hasTag("PMID")));
    if (begins && !sawBlank_ && !tightTold_) {
      tightTold_ = true;
      tell(WINNOW_WARNING, "nbib.no-blank-line", line.number, "a record begins without a blank line before it",
           "read as a new record, here and below");
    }
    if (begins) close();
    if (begins && (writer_.full() || lines_.full())) {
      const std::string text(line.text);
      if (const winnow_status status = send(); status != WINNOW_OK) return status;
      line.text = text;
      parseTag(line.text, tag, value);
      addLine(line, tag, value);
      return WINNOW_OK;
    }
    addLine(line, tag, value);
    return WINNOW_OK;
  }

  /// Copies what it takes of the line.
  void addLine(const Line& line, std::string_view tag, std::string_view value) {
    if (!writer_.isOpen()) open(line);
    sawBlank_ = false;
    lastLine_ = line.number;
    extend(line);
    texts_.emplace_back(clean(line, value));
    tagNames_.emplace_back(tag);
    lineOf_.push_back(line.number);
    values_.push_back({tagNames_.back(), texts_.back(), 0});
  }

  bool hasTag(std::string_view tag) const {
    for (const Value& v : values_)
      if (v.tag == tag) return true;
    return false;
  }

  void readContinuation(const Line& line) {
    if (!writer_.isOpen()) return;
    extend(line);
    lastLine_ = line.number;
    const bool indented = line.text.front() == ' ' || line.text.front() == '\t';
    if (!indented && !indentTold_) {
      indentTold_ = true;
      tell(WINNOW_WARNING, "nbib.lost-indent", line.number, "a line that is neither a tag nor indented",
           "read as more of the value before");
    }
    texts_.back() += " " + std::string(formats::trim(clean(line, line.text)));
    values_.back().text = texts_.back();
  }

  std::string clean(const Line& line, std::string_view text) {
    const auto columnOf = [&](std::size_t at) {
      return static_cast<std::uint32_t>(static_cast<std::size_t>(text.data() - line.text.data()) + at + 1);
    };
    std::size_t bad = 0;
    const bool isGood = formats::isUtf8(text, &bad);
    if (!isGood && !decoded_) {
      decoded_ = true;
      tell(WINNOW_WARNING, "text.cp1252", line.number, "this record is not UTF-8", "read as Windows-1252",
           columnOf(bad));
    }
    std::string out = isGood ? std::string(text) : formats::cp1252ToUtf8(text);
    const std::size_t nul = text.find('\0');
    if (nul == std::string_view::npos) return out;
    if (!nulls_) {
      nulls_ = true;
      tell(WINNOW_WARNING, "text.nul", line.number, "the value holds NUL bytes", "left out of the value",
           columnOf(nul));
    }
    out.erase(std::remove(out.begin(), out.end(), '\0'), out.end());
    return out;
  }

  void open(const Line& line) {
    winnow_span at{};
    at.byte = line.byte;
    at.line = line.number;
    at.column = 1;
    writer_.begin(at);
    decoded_ = nulls_ = indentTold_ = false;
  }
  void extend(const Line& line) { writer_.at().length = static_cast<std::uint32_t>(line.end - writer_.at().byte); }

  std::uint32_t rawTag(std::string_view tag) {
    const auto [place, isNew] = rawTags_.try_emplace(std::string(tag), 0);
    if (isNew) place->second = host_.tag("raw:" + std::string(tag));
    return place->second;
  }

  void close() {
    for (std::size_t i = 0; i < values_.size(); ++i) {
      values_[i].text = writer_.keep(formats::trim(values_[i].text));
      values_[i].raw = writer_.raw(rawTag(values_[i].tag), values_[i].text, lineOf_[i]);
    }
    if (const Value* bad = deriveFields(values_, tags_, rule_, writer_))
      tell(WINNOW_WARNING, "date.unreadable", writer_.field(bad->raw).line,
           "'" + std::string(bad->text) + "' tells no year", "the date was left out");
    writer_.end();
    values_.clear();
    texts_.clear();
    tagNames_.clear();
    lineOf_.clear();
  }

  Host host_;
  Lines lines_;
  RecordWriter writer_;
  const formats::Tags& tags_;
  std::uint32_t rule_;
  std::vector<Value> values_;
  std::deque<std::string> texts_, tagNames_;
  std::vector<std::uint32_t> lineOf_;
  std::map<std::string, std::uint32_t> rawTags_;
  std::uint32_t lastLine_ = 1;
  bool endsInLine_ = false;  ///< the last line that was read has no end mark
  bool sawBlank_ = false, decoded_ = false, nulls_ = false, indentTold_ = false, tightTold_ = false;
};

class MedlineImporter final : public Importer {
 public:
  static constexpr std::string_view id = "importers.medline", version = "1.0.0";
  static constexpr std::string_view help = "MEDLINE tagged text of PubMed (nbib) and ERIC.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;

  MedlineImporter(Host host, const Settings&) : Importer(host), tags_(host), rule_(host.tag("medline.tag")) {}

  std::vector<Format> formats() const override {
    return {{"", "MEDLINE text (nbib)", "PMID or OWN, and tags in columns of four beside it",
             "NLM, MEDLINE/PubMed Data Element (Field) Descriptions "
             "(https://www.nlm.nih.gov/bsd/mms/medlineelements.html)"}};
  }
  /// "PMID- " or "OWN - " decides, and other tags in columns of four beside it.
  Probe probe(std::string_view head, std::string_view) override {
    int tagged = 0;
    bool own = false;
    for (std::size_t begin = 0; begin < head.size();) {
      std::size_t end = head.find_first_of("\r\n", begin);
      if (end == std::string_view::npos) end = head.size();
      std::string_view tag, value;
      if (parseTag(head.substr(begin, end - begin), tag, value)) {
        ++tagged;
        own = own || tag == "PMID" || tag == "OWN";
        if (tag == "TY" || tag == "ER") return {};
      }
      begin = end + 1;
    }
    if (own) return {tagged > 1 ? 95u : 60u, {}};
    return {tagged > 3 ? 60u : 0u, {}};
  }

  winnow_status read(Source source) override { return Reading(host(), source, tags_, rule_).run(); }

 private:
  formats::Tags tags_;
  std::uint32_t rule_;
};

}  // namespace
}  // namespace winnow::medline

WINNOW_PLUGIN("winnow", "importers-medline", "1.0.0", "Apache-2.0", winnow::medline::MedlineImporter)
