// Advance widths of the characters that labels are mostly written in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "Text.hpp"

namespace winnow::picture {

/// Width in thousandths of an em, the larger of Liberation Sans and DejaVu Sans; nothing for a character outside the
/// table. Thread: any.
std::optional<std::uint16_t> tabulatedWidth(char32_t c, Weight weight) noexcept;

}  // namespace winnow::picture
