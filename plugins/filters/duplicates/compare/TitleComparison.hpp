// How near two titles are, and whether what differs changes the meaning.
#pragma once

#include <cstddef>

#include "features/Title.hpp"

namespace winnow::duplicates {

struct TitleComparison {
  bool isMissing = true;             ///< one side has no title
  double similarity = 0;             ///< of the letters, spaces ignored
  bool isContained = false;          ///< one is the other without its subtitle, without a heading before it, or cut off
  bool noticesDiffer = false;        ///< one is an erratum, reply or retraction notice, the other is not
  bool numbersDiffer = false;        ///< each names a number that the other does not, or one names one more
  bool onlyYearsDiffer = false;      ///< numbersDiffer, and all that differ can be years
  bool meaningDiffers = false;       ///< words such as "women", "vitro", "without", "protocol" stand in one only
  std::size_t foreignInShorter = 0;  ///< content words of the shorter title without counterpart in the longer
  std::size_t foreignInLonger = 0;   ///< content words of the longer title without counterpart in the shorter
  bool onlyRivalsDiffer = false;     ///< the only foreign words are one pair of words that are spelt nearly alike
  bool hasDoubtfulWord = false;      ///< two words are near each other, and may be one word or two

  bool equal() const { return !isMissing && similarity >= 1; }
  /// Nothing that differs changes the meaning.
  bool harmless() const { return !noticesDiffer && !numbersDiffer && !meaningDiffers; }
};

/// Below this similarity no rule is interested, unless one title contains the other.
inline constexpr double kTitleFloor = 0.5;

/// Symmetric. Thread: any.
TitleComparison compareTitles(const Title& a, const Title& b);

}  // namespace winnow::duplicates
