// importers.ris: RIS as databases and reference managers really write it. See README.md.
#include <winnow/formats/derive.hpp>
#include <winnow/formats/text.hpp>
#include <winnow/lines.hpp>
#include <winnow/plugin.hpp>
#include <winnow/record_writer.hpp>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "RisDialect.hpp"
#include "RisFields.hpp"
#include "RisScanner.hpp"

namespace winnow::ris {
namespace {

constexpr std::uint32_t kTy = code("TY"), kEr = code("ER");

/// Tags of which each untagged line is one more value; for all others it goes on with the text.
bool isList(std::uint32_t tag) {
  for (const std::string_view list : {"KW", "SN", "UR", "DB", "AU", "A1", "A2", "A3"})
    if (tag == code(list)) return true;
  return false;
}

/// Reads one source.
class Reading {
 public:
  Reading(Host host, Source source, const formats::Tags& tags, const Rules& rules, Dialect fixed)
      : host_(host), lines_(source), writer_(host, source), mapper_(host, tags, rules), fixed_(fixed), fileDialect_(fixed) {}

  winnow_status run() {
    Line line;
    while (lines_.next(line)) {
      readLine(line);
      if (!writer_.full() || writer_.isOpen()) continue;
      if (const winnow_status status = send(); status != WINNOW_OK) return status;
    }
    if (lines_.status() != WINNOW_OK) return lines_.status();
    if (writer_.isOpen()) {
      tell(WINNOW_WARNING, "ris.missing-er", lastLine_, 1, "the last record has no ER line", "closed at the end of the file");
      close();
    }
    if (const winnow_status status = send(); status != WINNOW_OK) return status;
    if (writer_.count() == 0) {
      tell(WINNOW_ERROR, "ris.no-record", 1, 1, "no line begins with 'TY  - '", "nothing was imported");
      return WINNOW_FAILED;
    }
    return WINNOW_OK;
  }

 private:
  winnow_status send() {
    const winnow_status status = writer_.flush();
    lines_.discard();
    return status;
  }

  void tell(std::uint32_t severity, std::string_view ruleCode, std::uint32_t line, std::uint32_t column, std::string_view message, std::string_view action) {
    winnow_span at{};
    at.line = line;
    at.column = column;
    host_.diagnose({severity, ruleCode, message, action, at, writer_.count() + (writer_.isOpen() ? 1u : 0u)});
  }

  void readLine(const Line& line) {
    if (!formats::isBlank(line.text)) lastLine_ = line.number;
    TagLine tag;
    if (!parseTagLine(line.text, tag)) return readUntagged(line);
    const std::uint32_t which = code(tag.tag);
    if (which == kTy) return readTy(line, tag);
    if (!writer_.isOpen()) return;  // numbering, preambles, and what Ovid puts behind ER
    noteOddities(line, tag);
    if (which == kEr) {
      extend(line);
      return close();
    }
    addValue(line, tag, which);
  }

  void readTy(const Line& line, const TagLine& tag) {
    if (writer_.isOpen()) {
      if (values_.size() == 1 && values_[0].tag == kTy) {  // two TY lines in a row: one record, the last type that says something
        extend(line);
        if (!formats::isBlank(tag.value)) addValue(line, tag, kTy);
        return;
      }
      tell(WINNOW_WARNING, "ris.missing-er", line.number, tag.column, "the record before this TY has no ER line", "closed here");
      close();
    }
    winnow_span at{};
    at.byte = line.byte;
    at.line = line.number;
    at.column = tag.column;
    at.length = static_cast<std::uint32_t>(line.end - line.byte);
    writer_.begin(at);
    values_.clear();
    oddSpacing_ = indented_ = false;
    decoded_ = nulls_ = false;
    noteOddities(line, tag);
    addValue(line, tag, kTy);
  }

  void noteOddities(const Line& line, const TagLine& tag) {
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
  void extend(const Line& line) { writer_.at().length = static_cast<std::uint32_t>(line.end - writer_.at().byte); }

  /// The text of a line as UTF-8 without NUL bytes.
  std::string_view clean(const Line& line, std::string_view text) {
    std::size_t bad = 0;
    if (!formats::isUtf8(text, &bad)) {
      if (!decoded_)
        tell(WINNOW_WARNING, "text.cp1252", line.number, static_cast<std::uint32_t>(text.data() - line.text.data() + static_cast<std::ptrdiff_t>(bad) + 1),
             "this record is not UTF-8", "read as Windows-1252");
      decoded_ = true;
      text = writer_.keep(formats::cp1252ToUtf8(text));
    }
    if (text.find('\0') == std::string_view::npos) return text;
    if (!nulls_)
      tell(WINNOW_WARNING, "text.nul", line.number, static_cast<std::uint32_t>(line.text.find('\0') + 1), "the value holds NUL bytes", "left out of the value");
    nulls_ = true;
    std::string without(text);
    without.erase(std::remove(without.begin(), without.end(), '\0'), without.end());
    return writer_.keep(without);
  }

  std::uint32_t rawTag(std::string_view tag) {
    const auto [place, isNew] = rawTags_.try_emplace(code(tag), 0);
    if (isNew) place->second = host_.tag("raw:" + std::string(tag));
    return place->second;
  }

  void addValue(const Line& line, const TagLine& tag, std::uint32_t which) {
    extend(line);
    const std::string_view value = clean(line, tag.value);
    values_.push_back({which, value, writer_.raw(rawTag(tag.tag), value, line.number)});
    tagText_ = tag.tag;
  }

  void readUntagged(const Line& line) {
    if (!writer_.isOpen() || values_.empty() || formats::isBlank(line.text)) return;
    extend(line);
    Value& last = values_.back();
    const std::string_view text = clean(line, line.text);
    if (last.tag == kTy) return;  // a preamble behind TY
    if (isList(last.tag)) {
      const std::uint32_t which = last.tag;
      values_.push_back({which, formats::trim(text), writer_.raw(rawTag(tagText_), formats::trim(text), line.number)});
    } else {
      last.text = writer_.keep(std::string(last.text) + "\n" + std::string(text));
      writer_.extendRaw(last.raw, last.text);
    }
    if (untaggedTold_) return;
    untaggedTold_ = true;
    tell(WINNOW_INFO, "ris.untagged-lines", line.number, 1, "lines without a tag", "read as more of the value before, here and below");
  }

  void close() {
    const Dialect seen = fixed_ != Dialect::Generic ? fixed_ : recognise(values_);
    if (fileDialect_ == Dialect::Generic) fileDialect_ = seen;
    const Value* badDate = nullptr;
    if (!mapper_.map(values_, seen != Dialect::Generic ? seen : fileDialect_, writer_, &badDate))
      tell(WINNOW_WARNING, "date.unreadable", writer_.field(badDate->raw).line, 1, "'" + std::string(badDate->text) + "' tells no year", "the date was left out");
    writer_.end();
    values_.clear();
  }

  Host host_;
  Lines lines_;
  RecordWriter writer_;
  FieldMapper mapper_;
  Dialect fixed_, fileDialect_;
  std::vector<Value> values_;
  std::map<std::uint32_t, std::uint32_t> rawTags_;
  std::string tagText_;
  std::uint32_t lastLine_ = 1;
  bool oddSpacing_ = false, indented_ = false, decoded_ = false, nulls_ = false, untaggedTold_ = false;
};

class RisImporter final : public Importer {
 public:
  static constexpr std::string_view id = "importers.ris", version = "1.0.0";
  static constexpr std::string_view help = "RIS, in the dialects of databases and reference managers.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr winnow_option options[] = {
      option(WINNOW_CHOICE, "dialect", "auto", "Who wrote the file; by default told from each record.",
             "auto|ovid|ebsco|embase|scopus|wos|proquest|cochrane|primo|worldcat|scholar|endnote|rayyan|zotero")};

  RisImporter(Host host, const Settings& settings)
      : Importer(host), tags_(host), rules_(host), dialect_(dialectOf(settings.text("dialect"))) {}

  /// A TY line decides. Its record also tells the dialect.
  Probe probe(std::string_view head, std::string_view) override {
    std::vector<Value> values;
    bool open = false;
    for (std::size_t begin = 0; begin < head.size();) {
      std::size_t end = head.find_first_of("\r\n", begin);
      if (end == std::string_view::npos) end = head.size();
      TagLine tag;
      if (parseTagLine(head.substr(begin, end - begin), tag)) {
        if (code(tag.tag) == kTy) {
          if (open && values.size() > 1) break;
          open = true;
        }
        if (open) values.push_back({code(tag.tag), tag.value, 0});
        if (open && code(tag.tag) == kEr) break;
      }
      begin = end + 1;
    }
    if (!open) return {};
    return {values.size() > 2 ? 95u : 70u, dialectName(dialect_ != Dialect::Generic ? dialect_ : recognise(values))};
  }

  winnow_status read(Source source) override { return Reading(host(), source, tags_, rules_, dialect_).run(); }

 private:
  formats::Tags tags_;
  Rules rules_;
  Dialect dialect_;
};

}  // namespace
}  // namespace winnow::ris

WINNOW_PLUGIN("winnow", "importers-ris", "1.0.0", "Apache-2.0", winnow::ris::RisImporter)
