// Text of a picture: made safe, measured without a font at hand, broken into lines.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::picture {

enum class Weight { Regular, Bold };

struct CodePoint {
  char32_t value;
  std::size_t size;  ///< bytes
};

/// The first code point of non-empty UTF-8 text; a stray byte stands for itself.
CodePoint firstCodePoint(std::string_view text);

/// Text that is data, made safe to show: valid in XML, one line, no control or direction-override characters,
/// surrounding space removed. Takes valid UTF-8.
std::string cleanText(std::string_view text);

/// An upper bound of the width of `text` in pixels at font size `size`, for the fonts of Scene::svg. Scripts that those
/// fonts do not have are measured with a margin.
double textWidth(std::string_view text, double size, Weight weight);

/// Lines of `text`, the first at most `room` and the others at most `laterRoom` wide. Breaks at spaces, between
/// ideographs, and within words that are longer than a line (never before a combining mark). At least one line.
std::vector<std::string> wrapText(std::string_view text, double room, double laterRoom, double size, Weight weight);

/// `text` if it is at most `room` wide, else its beginning with "…", cut between signs.
std::string elided(std::string_view text, double room, double size, Weight weight);

/// A count as printed: from 10,000 on in groups of three divided by a narrow no-break space (ISO 80000-1, 7.3.1).
std::string grouped(std::int64_t n);

}  // namespace winnow::picture
