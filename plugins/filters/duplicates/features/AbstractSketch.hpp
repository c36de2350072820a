// A few hashes that stand for the beginning of an abstract.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace winnow::duplicates {

/// The smallest hashes of the three-word runs among the first words of a text (bottom-k sketch; A. Broder, "On the
/// resemblance and containment of documents", 1997). Only the beginning counts, because databases cut abstracts off.
struct AbstractSketch {
  std::vector<std::uint32_t> hashes;  ///< sorted, unique; empty if the text has too few words to tell anything

  bool empty() const noexcept { return hashes.empty(); }
};

/// Makes the sketch. Labels in capitals ("BACKGROUND:") do not count. Cost is bounded, whatever the size. Thread: any.
AbstractSketch sketchAbstract(std::string_view text);

/// Estimated share of common three-word runs, 0 to 1; -1 if one side is empty.
double similarity(const AbstractSketch& a, const AbstractSketch& b);

}  // namespace winnow::duplicates
