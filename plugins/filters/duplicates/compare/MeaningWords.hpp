// Words of a title that make it another work when only one of two titles has them.
#pragma once

#include <cstdint>
#include <string_view>

namespace winnow::duplicates {

/// Number of the idea that a folded word stands for ("women", "female": one idea), or 0 for words that may differ.
/// Thread: any.
std::uint8_t meaningOf(std::string_view word);

}  // namespace winnow::duplicates
