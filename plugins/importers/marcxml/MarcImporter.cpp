// importers.marc: MARC 21 in its exchange format. See README.md.
#include "MarcImporter.hpp"

#include <algorithm>
#include <string>

#include <winnow/formats/text.hpp>
#include <winnow/record_writer.hpp>

#include "Iso2709.hpp"
#include "MarcFields.hpp"
#include "xml/Tree.hpp"

namespace winnow::marc {

namespace {

constexpr std::string_view kBetween = " \t\r\n\x1A";  // what programs put between records

/// Reads one source. Memory is bounded by one record and one chunk.
class Reading {
 public:
  Reading(Host host, Source source, const formats::Tags& tags, std::uint32_t rule)
      : host_(host), source_(source), writer_(host, source), tags_(tags), rule_(rule) {}

  winnow_status run() {
    while (nextRecord()) {
      readRecord();
      if (!writer_.full()) continue;
      if (const winnow_status status = writer_.flush(); status != WINNOW_OK) return status;
    }
    if (status_ != WINNOW_OK && status_ != WINNOW_END) return writer_.flushAfter(status_);
    if (writer_.count() == 0 && !hasFault_) {
      tell(WINNOW_ERROR, "marc.no-record", "the file holds no record of MARC 21", "nothing was imported");
      return WINNOW_FAILED;
    }
    return writer_.flush();
  }

 private:
  bool fill() {
    if (status_ != WINNOW_OK) return false;
    std::string_view chunk;
    status_ = source_.next(chunk);
    if (status_ != WINNOW_OK) return false;
    buffer_.erase(0, at_);
    base_ += at_;
    at_ = 0;
    buffer_.append(chunk);
    return true;
  }
  void pass(std::size_t to) {
    line_ += static_cast<std::uint32_t>(std::count(buffer_.begin() + static_cast<std::ptrdiff_t>(at_),
                                                   buffer_.begin() + static_cast<std::ptrdiff_t>(to), '\n'));
    at_ = to;
  }
  /// Sets record_ to the next one, its end sign included.
  bool nextRecord() {
    std::size_t begin;
    while ((begin = buffer_.find_first_not_of(kBetween, at_)) == std::string::npos) {
      pass(buffer_.size());
      if (!fill()) return false;
    }
    pass(begin);
    std::size_t searched = at_, end;
    while ((end = buffer_.find(kRecordEnd, searched)) == std::string::npos) {
      searched = buffer_.size() - at_;
      if (!fill()) break;
    }
    isClosed_ = end != std::string::npos;
    record_ = std::string_view(buffer_).substr(at_, isClosed_ ? end + 1 - at_ : std::string::npos);
    return true;
  }

  void tell(std::uint32_t severity, std::string_view code, std::string_view message, std::string_view action) {
    winnow_span at{};
    at.line = line_;
    at.column = 1;
    host_.diagnose({severity, code, message, action, at, writer_.count() + 1});
  }

  /// By a leader at least: files that were joined after the end sign of a record was lost. Lengths that count
  /// characters instead of bytes are longer than they say as well; more than that is no letter with an accent.
  bool isLongerThanItSays() const {
    constexpr std::size_t kLeader = 24, kDigits = 5;
    std::size_t says = 0;
    for (const char c : record_.substr(0, kDigits)) {
      if (c < '0' || c > '9') return false;
      says = says * 10 + static_cast<std::size_t>(c - '0');
    }
    const auto isMore = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; };
    const auto more = static_cast<std::size_t>(std::count_if(record_.begin(), record_.end(), isMore));
    return record_.size() >= says + more + kLeader;
  }

  void readRecord() {
    winnow_span at{};
    at.byte = base_ + at_;
    at.line = line_;
    at.column = 1;
    at.length = static_cast<std::uint32_t>(record_.size());
    const AsXml xml = asXml(record_);
    if (!xml.fault.empty() || !tree_.parse(xml.text)) {
      hasFault_ = true;
      writer_.declare(at, WINNOW_UNREADABLE);
      tell(WINNOW_ERROR, "marc.unreadable",
           "the record cannot be read: " + (xml.fault.empty() ? tree_.fault().what : xml.fault), "left out");
    } else {
      if (!isClosed_)
        tell(WINNOW_WARNING, "marc.truncated", "the record has no end sign: the file is cut off",
             "its whole fields were kept");
      if (isClosed_ && isLongerThanItSays())
        tell(WINNOW_WARNING, "marc.length", "the record is longer than its leader says: another one may stand within",
             "read as one record; export again");
      if (!xml.isWhole)
        tell(WINNOW_WARNING, "marc.charset",
             "the record holds characters of sets of MARC-8 that are not known (Cyrillic, CJK ...)",
             "each became U+FFFD; convert the file to Unicode or MARCXML");
      if (xml.isRepaired)
        tell(WINNOW_WARNING, "text.cp1252", "this record says that it is UTF-8 and is not", "read as Windows-1252");
      writer_.begin(at);
      addRawFields();
      deriveFields(
          tree_.root(), tags_, [this](xml::Element e) { return from(e); }, writer_);
      writer_.end();
    }
    pass(at_ + record_.size());
  }

  /// "raw:245a": the tag and the code of the subfield.
  void addRawFields() {
    rawOf_.assign(tree_.nodes().size(), WINNOW_NONE);
    for (std::uint32_t i = 0; i < tree_.nodes().size(); ++i) {
      const xml::Node& node = tree_.nodes()[i];
      if (!node.name.empty() || formats::isBlank(node.text)) continue;
      const xml::Element owner(&tree_, node.parent);
      std::string name(owner.name() == "leader" ? std::string_view("leader") : owner.attribute("tag"));
      if (owner.name() == "subfield")
        name = std::string(xml::Element(&tree_, tree_.nodes()[node.parent].parent).attribute("tag")) +
               std::string(owner.attribute("code"));
      constexpr std::string_view kLatestTransaction = "005";
      const auto flags =
          static_cast<std::uint16_t>(WINNOW_FIELD_KNOWN | (name == kLatestTransaction ? WINNOW_FIELD_VOLATILE : 0));
      rawOf_[node.parent] = writer_.raw(host_.tag("raw:" + name), writer_.keep(node.text), line_, flags);
    }
  }
  RecordWriter::Origin from(xml::Element element) const {
    std::uint32_t raw = WINNOW_NONE;
    if (element)
      for (std::uint32_t i = element.index(); i < tree_.nodes()[element.index()].end && raw == WINNOW_NONE; ++i)
        raw = rawOf_[i];
    return {raw, rule_, 0, 0};
  }

  Host host_;
  Source source_;
  RecordWriter writer_;
  const formats::Tags& tags_;
  std::uint32_t rule_;
  xml::Tree tree_;
  std::vector<std::uint32_t> rawOf_;  ///< by node: its raw field
  std::string buffer_;
  std::string_view record_;
  std::size_t at_ = 0;
  std::uint64_t base_ = 0;
  std::uint32_t line_ = 1;
  bool isClosed_ = true, hasFault_ = false;
  winnow_status status_ = WINNOW_OK;
};

}  // namespace

Probe MarcImporter::probe(std::string_view head, std::string_view) {
  const std::size_t first = head.find_first_not_of(kBetween);
  if (first == std::string_view::npos || !beginsRecord(head.substr(first))) return {};
  return {head.find(kFieldEnd) != std::string_view::npos ? 97u : 0u, {}};
}

std::vector<Format> MarcImporter::formats() const {
  return {{"", "MARC 21, exchange format", "a leader of 24 characters with '22' and '4500', then a directory of digits",
           "Library of Congress, MARC 21 Specifications for Record Structure, Character Sets, and Exchange Media "
           "(https://www.loc.gov/marc/specifications/)"}};
}

winnow_status MarcImporter::read(Source source) { return Reading(host(), source, tags_, rule_).run(); }

}  // namespace winnow::marc
