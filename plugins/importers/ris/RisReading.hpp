// One pass over a RIS source: from lines to records, with what is odd about them reported at its place.
#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <winnow/formats/clean_text.hpp>
#include <winnow/formats/derive.hpp>
#include <winnow/formats/outside.hpp>
#include <winnow/formats/raw_tags.hpp>
#include <winnow/lines.hpp>
#include <winnow/plugin.hpp>
#include <winnow/record_writer.hpp>

#include "RisDialect.hpp"
#include "RisFields.hpp"
#include "RisScanner.hpp"

namespace winnow::ris {

/// Reads one source. Memory is bounded by one batch, however large the source; time is linear in its bytes.
class Reading {
 public:
  /// `fixed`: the dialect the user named, null if the records are to tell it. `table`: rules that come on top, or null.
  Reading(Host host, Source source, const formats::Tags& tags, const Rules& rules, const Dialects& dialects,
          const Dialect* fixed, const Dialect* table);
  /// Emits all records. WINNOW_FAILED, with a problem reported, if there is none.
  winnow_status run();

 private:
  winnow_status send();
  winnow_status sendBefore(Line& line);
  void tell(std::uint32_t severity, std::string_view ruleCode, std::uint32_t line, std::uint32_t column,
            std::string_view message, std::string_view action);

  winnow_status readLine(Line& line);
  winnow_status readGlued(const Line& line, std::size_t at);
  winnow_status readWhole(Line& line);
  bool parse(const Line& line, TagLine& tag) const;
  void readOutside(const Line& line, bool isTagged, const TagLine& tag);
  void readInside(const Line& line, bool isTagged, const TagLine& tag);
  bool beginsForeign(const Line& line) const;
  void settleOrphans();
  bool areRecord() const;
  void readOrphans();
  void passOrphans();

  void open(const Line& line, std::uint32_t column);
  void addAnotherTy(const Line& line, const TagLine& tag);
  void addValue(const Line& line, const TagLine& tag, std::uint32_t which);
  void noteTitle(const Line& line, std::uint32_t which, std::string_view title);
  void addUntagged(const Line& line);
  const Dialect& dialect();
  void goOnWith(std::string_view text);
  void settle();
  void tellBadDate(const Value& value);
  void close();

  void noteOddities(const Line& line, const TagLine& tag);
  void extend(const Line& line);
  /// A raw field of the open record; gives its index.
  std::uint32_t addRaw(std::string_view tag, std::string_view value, std::uint32_t line);

  Host host_;
  Lines lines_;
  RecordWriter writer_;
  FieldMapper mapper_;
  const Dialects& dialects_;
  const Dialect *fixed_, *table_;
  const Dialect* fileDialect_;         ///< of records that show none
  std::vector<std::string> preamble_;  ///< the lines before the first record
  std::vector<Value> values_;          ///< of the open record
  std::string growing_;                ///< the newest value while untagged lines go on with it
  bool grows_ = false;
  std::string carried_;  ///< the line that was read when the batch before it was sent
  std::string tagText_;  ///< tag of the newest value

  /// A line outside of records that holds a tag, and the lines behind it: a record whose TY line is missing, or what a
  /// platform prints behind ER.
  struct Orphan {
    Line line;
    TagLine tag;  ///< without a tag: more of the value before
    bool afterBlank = false;
  };
  std::vector<Orphan> orphans_;
  formats::CleanText clean_;
  formats::Outside outside_;
  std::map<std::uint32_t, formats::RawTag> rawTags_;
  std::array<formats::RawTag, 36 * 36> shortRawTags_{};         ///< of the two-character tags
  std::uint32_t lastLine_ = 1;                                  ///< the last line that is not blank
  bool holdsOnlyTy_ = true;                                     ///< the open record has nothing but TY lines yet
  bool oddSpacing_ = false, indented_ = false, small_ = false;  ///< reported of the open record
  bool isTight_ = false;                                        ///< the open record is written "TI-Title"
  bool isHeld_ = false;  ///< a part of the line that is read is still to come: nothing is sent
  bool sawBlank_ = false;
  bool untaggedTold_ = false;
};

}  // namespace winnow::ris
