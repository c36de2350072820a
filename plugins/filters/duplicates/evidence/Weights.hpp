// What each field of a pair says for or against one work, as a number.
#pragma once

#include <string>

#include "Levels.hpp"

namespace winnow::duplicates {

/// Weight of a level: log2(m / u), m its share among pairs of one work, u among pairs of two works that share a key (I.
/// Fellegi, A. Sunter, "A theory for record linkage", 1969). 0 where a record says nothing. Thread: any.
double weightOf(Field field, std::uint8_t level);

/// Sum of the weights of all fields: bits for one work (positive) or for two (negative). Thread: any.
double weigh(const Levels& levels);

/// One line for people: "title equal, long +5.4; year same +0.5; sum +5.9".
std::string describe(const Levels& levels);

}  // namespace winnow::duplicates
