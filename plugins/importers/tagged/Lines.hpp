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
};

/// Looks at one line without its end.
TagLine lookAt(std::string_view line, const Table& table);

}  // namespace winnow::tagged
