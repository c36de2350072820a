#pragma once

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
  explicit WinnowLine(std::vector<Slot> slots) : slots_(std::move(slots)) {}

  /// "winnow:{...}", one line of UTF-8 without control characters. Thread: any.
  std::string of(const Work& work) const;

 private:
  const Slot* slotOf(tags::Name tag) const noexcept;
  std::vector<tags::Name> listedTags(const Work& work) const;

  std::vector<Slot> slots_;
};

}  // namespace winnow::bibliography
