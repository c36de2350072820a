// How an exporter of pictures writes its file: the options that all of them share, and what the file cannot show,
// reported to people.
#pragma once

#include <string>
#include <winnow/plugin.hpp>

#include "Scene.hpp"

namespace winnow::picture {

inline constexpr winnow_option kResolution =
    option(WINNOW_INTEGER, "dpi", "300", "Of a PNG: dots an inch; journals ask for 300 to 600.", {}, "72", "1200");

/// Made from the settings "format" (svg, pdf, png) and "dpi".
class PictureFile {
 public:
  explicit PictureFile(const Settings& settings)
      : format_(settings.text("format")), dpi_(static_cast<double>(settings.integer("dpi"))) {}

  /// False: the format is none of a picture.
  bool isPicture() const { return format_ == "svg" || format_ == "pdf" || format_ == "png"; }

  /// The file. Tells picture.unprintable (warning) where a PDF or PNG cannot show a character, and picture.coarser
  /// where a PNG had to be drawn with fewer dots. Throws std::runtime_error if it cannot be drawn.
  std::string bytes(const Scene& scene, const Page& page, const Host& host) const;

 private:
  std::string format_;
  double dpi_;
};

}  // namespace winnow::picture
