// One pass over MEDLINE text: from lines to records, with what is odd about them reported at its place.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <winnow/formats/clean_text.hpp>
#include <winnow/formats/derive.hpp>
#include <winnow/formats/outside.hpp>
#include <winnow/formats/raw_tags.hpp>
#include <winnow/formats/signs.hpp>
#include <winnow/lines.hpp>
#include <winnow/plugin.hpp>
#include <winnow/record_writer.hpp>

#include "MedlineFields.hpp"

namespace winnow::medline {

/// "PMID- 123": two to four capitals or digits, padded with blanks to four, a hyphen (or the dash that word processors
/// make of it), a blank; ERIC writes "ISSN - 123". The blank behind may be missing where padding shows that it is a tag
/// ("TI  -x"), and in "PMID-123".
bool parseTag(std::string_view line, std::string_view& tag, std::string_view& value);

/// Reads one source; memory is bounded by one batch.
class Reading {
 public:
  Reading(Host host, Source source, const formats::Tags& tags, std::uint32_t rule)
      : host_(host),
        lines_(source, formats::jointIn),
        writer_(host, source),
        tags_(tags),
        rule_(rule),
        clean_(host, writer_),
        outside_(host, writer_, "nbib.text-between") {}
  /// Emits all records. WINNOW_FAILED, with a problem reported, if there is none.
  winnow_status run();

 private:
  winnow_status send();
  winnow_status sendBefore(Line& line);
  void tell(std::uint32_t severity, std::string_view code, std::uint32_t line, std::string_view message,
            std::string_view action, std::uint32_t column = 1);

  winnow_status readLine(Line& line);
  winnow_status readGlued(const Line& line, std::size_t at);
  winnow_status readWhole(Line& line);
  bool beginsForeign(const Line& line, bool isTagged) const;
  bool beginsRecord(std::string_view tag) const;
  bool hasTag(std::string_view tag) const;
  bool isCutOff() const;
  void open(const Line& line);
  void addTag(const Line& line, std::string_view tag, std::string_view value);
  void addMore(const Line& line);
  void settle();
  void close();
  std::uint32_t addRaw(std::string_view tag, std::string_view value, std::uint32_t line);

  Host host_;
  Lines lines_;
  RecordWriter writer_;
  const formats::Tags& tags_;
  std::uint32_t rule_;
  formats::CleanText clean_;
  formats::Outside outside_;
  std::vector<Value> values_;  ///< of the open record
  std::string growing_;        ///< the newest value while lines go on with it
  std::string carried_;        ///< the line that was read when the batch before it was sent
  std::map<std::string, formats::RawTag, std::less<>> rawTags_;
  std::uint32_t lastLine_ = 1;
  bool grows_ = false;
  bool endsInLine_ = false;  ///< the last line that was read has no end mark
  bool isHeld_ = false;      ///< a part of the line that is read is still to come: nothing is sent
  bool isJoint_ = false;     ///< a byte order mark or the end mark of DOS stands before the line: files were joined
  bool sawSource_ = false;   ///< a record before had SO, with which PubMed ends records
  bool sawBlank_ = false, indentTold_ = false, tightTold_ = false;
};

}  // namespace winnow::medline
