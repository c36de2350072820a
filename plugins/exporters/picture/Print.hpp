// A scene as PDF or PNG for print, drawn with a font of the library itself, so that the same scene gives the same bytes
// on every machine with the same cairo. A library of its own (exporters_picture_print): SVG needs neither cairo nor
// font.
#pragma once

#include <string>
#include <vector>

#include "Scene.hpp"

namespace winnow::picture {

/// A file, and what it cannot show.
struct Printed {
  std::string bytes;
  /// Characters without a glyph in Liberation Sans, or of scripts that need shaping or run from right to left: each
  /// once, in order. A box stands for them in the picture; SVG shows them with the reader's fonts.
  std::vector<std::string> unprintable;
  double dpi = 0;  ///< of a PNG: as asked, or less where the picture would be larger than 32,000 pixels
};

/// One page of the picture's size; vectors, text as text, the fonts embedded. Throws std::runtime_error if cairo fails.
Printed pdf(const Scene& scene, const Page& page);

/// `dpi` pixels an inch, white background. Throws std::runtime_error if cairo fails.
Printed png(const Scene& scene, const Page& page, double dpi);

}  // namespace winnow::picture
