// How far two records agree, field by field, in the few steps that weights are given for.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "compare/Comparison.hpp"

namespace winnow::duplicates {

/// The fields that are weighed. What the records hold of the same thing is one field: they count as independent.
enum class Field : std::uint8_t { title, authors, year, journal, volume, issue, pages, doi, abstract };
inline constexpr std::size_t kFieldCount = 9;

/// The steps of a field; 0 is always "one record says nothing".
inline constexpr std::size_t kMostLevels = 10;
using Levels = std::array<std::uint8_t, kFieldCount>;

/// The level of every field of a pair. A pure function. Thread: any.
Levels levelsOf(const Comparison& comparison);

std::string_view nameOf(Field field);
/// What a level means, for people: "equal, eight words or more".
std::string_view nameOf(Field field, std::uint8_t level);
std::size_t levelCount(Field field);

}  // namespace winnow::duplicates
