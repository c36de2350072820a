// The colours of every picture and page: readable in black and white, told apart by colour-blind readers, text with a
// contrast of at least 4.5:1 (WCAG 2.2, 1.4.3). Nothing is said by colour alone: a shape, an outline or a word says it
// too.
#pragma once

#include <cstddef>
#include <string_view>

namespace winnow::picture {

/// One accent on calm greys.
namespace colour {
inline constexpr std::string_view Paper = "#ffffff", Ink = "#1d232b", Muted = "#4a5663", Accent = "#1b4f85";
inline constexpr std::string_view Line = "#5b6672", PaleLine = "#9aa4af", Pale = "#d5dbe1", Stripe = "#f3f6f8";
inline constexpr std::string_view AccentFill = "#dce8f4", GreyFill = "#eff1f3", Alarm = "#a8201a";
}  // namespace colour

/// Number of colours that categories can be told apart by; more share the last one ("other").
inline constexpr std::size_t kCategoryColours = 8;

/// Colour of the n-th category, from 0. M. Okabe, K. Ito, "Color Universal Design" (2008), black replaced by grey,
/// vermilion a little lighter for text on it. Some are pale: outline what they fill.
std::string_view categoryColour(std::size_t n) noexcept;

/// Colour of a count of `most`: white for none, then seven steps of rising darkness (ColorBrewer "Blues").
std::string_view heatColour(double count, double most) noexcept;

/// Text on a fill: the darker or the lighter ink, whichever has more contrast.
std::string_view inkOn(std::string_view fill) noexcept;

/// Contrast ratio of two colours "#rrggbb", 1 to 21 (WCAG 2.2, relative luminance).
double contrast(std::string_view a, std::string_view b) noexcept;

}  // namespace winnow::picture
