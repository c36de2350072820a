// One pass over a tagged source: from lines to records, with what is odd about them reported at its place.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <winnow/formats/clean_text.hpp>
#include <winnow/formats/derive.hpp>
#include <winnow/formats/outside.hpp>
#include <winnow/lines.hpp>
#include <winnow/plugin.hpp>
#include <winnow/record_writer.hpp>

#include "Lines.hpp"
#include "Mapping.hpp"

namespace winnow::tagged {

/// Reads one source. Memory is bounded by one batch, however large the source; time is linear in its bytes.
class Reading {
 public:
  Reading(Host host, Source source, const Table& table, const Mapper& mapper, TagNames& names);
  /// Emits all records. WINNOW_FAILED, with a problem reported, if there is none.
  winnow_status run();

 private:
  winnow_status readLine(Line& line);
  winnow_status readGlued(const Line& line, std::size_t at);
  void withoutIndent(Line& line);
  winnow_status readWhole(Line& line);
  winnow_status sendBefore(Line& line);
  winnow_status send();
  void readInside(const Line& line, const TagLine& tag);
  void readOutside(const Line& line, const TagLine& tag);
  void endByNext(const Line& line, std::string_view next);

  /// What the table makes of a tag: found out once a tag, not once a line.
  struct TagUse {
    bool isList = false, isBegin = false, isEnd = false, isOutside = false, isTitle = false;
    bool isOwn = false;     ///< begins no record of another format
    std::uint32_t raw = 0;  ///< the host's number of its raw tag; 0: not asked yet
    std::uint16_t rawFlags = 0;
  };
  TagLine look(std::string_view line);
  TagUse useOf(const std::string& tag) const;

  bool begins(const TagLine& tag) const;
  bool isNamedBegin(const TagLine& tag) const;
  bool lacksNumber(const TagLine& tag) const;
  bool waitsBehindBlank(const TagLine& tag) const;
  bool isEnd(const TagLine& tag) const;
  bool isOutsideTag(const TagLine& tag) const;
  bool beginsForeign(const Line& line, const TagLine& tag) const;

  void open(const Line& line);
  void close();
  void addTag(const Line& line, const TagLine& tag);
  void addMore(const Line& line, const TagLine& more);
  void addValue(const Line& line, std::uint32_t tag, std::string_view text);
  void settle();
  std::uint32_t addRaw(std::uint32_t tag, std::string_view value, std::uint32_t line);
  void tell(std::uint32_t severity, std::string_view code, std::uint32_t line, std::uint32_t column,
            std::string_view message, std::string_view action);

  /// A tagged line outside of records, and the lines behind it: perhaps a record whose first line is missing.
  struct Orphan {
    Line line;
    TagLine tag;
  };
  void settleOrphans();
  void settleBehindBlank();
  bool areRecord(const std::vector<Orphan>& lines) const;
  void noteTitle(const Line& line, std::uint32_t tag);

  Host host_;
  Lines lines_;
  RecordWriter writer_;
  const Table& table_;
  const Mapper& mapper_;
  TagNames& names_;
  formats::CleanText clean_;
  formats::Outside outside_;
  std::vector<TagUse> uses_;  ///< by tag number
  std::vector<Value> values_;
  std::vector<Orphan> orphans_, behindBlank_;  ///< the latter: of an open record, behind a blank line
  std::string growing_, carried_;
  bool grows_ = false;
  std::uint32_t lastLine_ = 1;
  std::size_t margin_ = 0;  ///< blanks before every line
  bool numbered_ = false;   ///< the line before was "<12. >"
  bool hasTitle_ = false;   ///< the open record has a title
  bool isHeld_ = false;     ///< a part of the line that is read is still to come: nothing is sent
  bool blankBefore_ = false;
  bool isJoint_ = false;  ///< a byte order mark or the end mark of DOS stands before the line: files were joined
  bool untaggedTold_ = false, tightTold_ = false, gapTold_ = false, indentTold_ = false;
};

}  // namespace winnow::tagged
