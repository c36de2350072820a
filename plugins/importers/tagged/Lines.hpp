// What one line of a tagged export is.
#pragma once

#include <cstdint>
#include <string_view>

#include "Table.hpp"

namespace winnow::tagged {

struct TagLine {
  enum class Kind {
    Tag,     ///< tag and value
    Value,   ///< no tag: more of the value before (Label: a value of the label before)
    Number,  ///< "<12. >": a record begins
    Blank
  };
  Kind kind = Kind::Value;
  std::string_view tag, value;
  std::uint32_t number = 0;  ///< of the tag among those of the reading; lookAt() leaves it
};

/// Looks at one line without its end.
TagLine lookAt(std::string_view line, const Table& table);

/// Where a record begins within a line, because files were joined without a line end: "ERPT J", "EFFN Clarivate",
/// "%D 2019%0 Journal Article", "2019<1. >". 0 if nowhere.
std::size_t gluedRecord(std::string_view line, const Table& table);

/// Blanks before "<12. >": some platforms indent the whole file by them.
std::size_t marginOf(std::string_view line);
/// The line without its margin, as far as it has one.
std::string_view withoutMargin(std::string_view line, std::size_t margin);

}  // namespace winnow::tagged
