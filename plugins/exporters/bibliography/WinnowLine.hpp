#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "bibliography/Work.hpp"

namespace winnow::bibliography {

/// A place that a format has for the values of one tag.
struct Slot {
  tags::Name tag;
  /// True if this value comes back from there exactly as it is.
  bool (*holds)(const Work& work, std::string_view value);
  /// False: the place takes the first value only.
  bool repeats = false;
};

/// True if the name comes back from "Family, Given, Suffix" or, for a body, from "Name,".
bool isPlainPerson(const Person& person);

/// Makes the winnow line (README.md): what a record's format cannot hold, as JSON.
class WinnowLine {
 public:
  /// `slots`: the places of the format, apart from that of authors, which every format has.
  explicit WinnowLine(std::vector<Slot> slots);
  WinnowLine(const WinnowLine&) = delete;
  WinnowLine& operator=(const WinnowLine&) = delete;

  /// "winnow:{...}", one line of UTF-8 without control characters. Thread: any.
  std::string of(const Work& work) const;

 private:
  /// The tags that stand in the line.
  TagMask listed(const Work& work) const;

  std::vector<Slot> slots_;
  std::array<const Slot*, 256> places_{};  ///< by tag; null: none
  TagMask slotMask_ = 0;                   ///< of the tags that have one
};

}  // namespace winnow::bibliography
