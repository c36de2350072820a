#include "PictureFile.hpp"

#include "Print.hpp"

namespace winnow::picture {

namespace {

void tell(const Printed& printed, double wanted, const Host& host) {
  if (!printed.unprintable.empty()) {
    constexpr std::size_t kNamed = 10;
    std::string list;
    for (std::size_t i = 0; i < printed.unprintable.size() && i < kNamed; ++i) list += " " + printed.unprintable[i];
    const std::string message = "the embedded font cannot show " + std::to_string(printed.unprintable.size()) +
                                " characters:" + list + (printed.unprintable.size() > kNamed ? " ..." : "");
    host.diagnose(
        {WINNOW_WARNING,
         "picture.unprintable",
         message,
         "a box stands for each; the SVG of the picture shows them and can be converted, e.g. with rsvg-convert",
         {},
         0});
  }
  if (wanted != 0 && printed.dpi < wanted)
    host.diagnose({WINNOW_WARNING,
                   "picture.coarser",
                   "the picture is too large for " + formatLength(wanted) + " dots an inch",
                   "drawn with " + formatLength(printed.dpi) + "; SVG and PDF have no such limit",
                   {},
                   0});
}

}  // namespace

std::string PictureFile::bytes(const Scene& scene, const Page& page, const Host& host) const {
  if (format_ != "pdf" && format_ != "png") return scene.svg(page);
  Printed printed = format_ == "pdf" ? pdf(scene, page) : png(scene, page, dpi_);
  tell(printed, format_ == "png" ? dpi_ : 0, host);
  return std::move(printed.bytes);
}

}  // namespace winnow::picture
