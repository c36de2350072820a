// winnow/formats/outside.hpp: lines that are in no record, declared to the host as far as it is plain what they are.
#pragma once

#include <cstdint>
#include <string_view>

#include <winnow/lines.hpp>
#include <winnow/plugin.hpp>
#include <winnow/record_writer.hpp>
#include "signs.hpp"

namespace winnow::formats {

/// Declares the lines outside of records of one source of lines: headings before the first record, numbers and rules as
/// separators, other text as comment. Where a line looks like a record, of another format or a damaged one, nothing is
/// declared until the next record of this format begins: the host reports those lines and names their format.
/// Thread: work.
class Outside {
 public:
  /// `code`: of the information that text stands between records, "ris.text-between".
  Outside(Host host, RecordWriter& writer, std::string_view code) : host_(host), writer_(writer), code_(code) {}

  /// A line that is in no record. What it is, if the importer knows; 0: as said above.
  void add(const Line& line, std::uint32_t kind = 0);
  /// A record of this format begins.
  void endForeign() noexcept { isForeign_ = false; }
  /// From here on stand records of another format.
  void beginForeign() noexcept { isForeign_ = true; }
  /// True between a line that looks like a record of another format and the next record of this one.
  bool isForeign() const noexcept { return isForeign_; }

 private:
  std::uint32_t kindOf(std::string_view text) const;

  Host host_;
  RecordWriter& writer_;
  std::string_view code_;
  bool isForeign_ = false, told_ = false;
};

}  // namespace winnow::formats
