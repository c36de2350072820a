// Volume and issue numbers.
#pragma once

#include <cstdint>
#include <string_view>

namespace winnow::duplicates {

struct Numbering {
  std::uint32_t number = 0;   ///< the first number of the cell; 0 if there is none
  bool isSupplement = false;  ///< "12 Suppl 1"

  bool empty() const noexcept { return number == 0 && !isSupplement; }
};

/// Reads a volume or issue cell: "12", "Vol. 12", "XII", "12 Suppl 1". Long prose is no number. Thread: any.
Numbering parseNumbering(std::string_view raw);

}  // namespace winnow::duplicates
