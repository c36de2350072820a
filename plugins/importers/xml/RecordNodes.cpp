#include "RecordNodes.hpp"

#include <winnow/formats/text.hpp>

namespace winnow::xml {

bool RecordNodes::parse(std::string_view text) {
  const bool isWhole = parser_.parse(text);
  endRun();
  nodes_.finish();
  return isWhole;
}

void RecordNodes::begin() {
  nodes_.begin();
  run_.clear();
  depth_ = 0;
}

void RecordNodes::open(Name name, const Attributes& attributes) {
  endRun();
  if (depth_ >= kDeepest) return parser_.stop("elements are nested too deeply");
  if (nodes_.all().size() >= kMostNodes) return parser_.stop("the record holds too many elements");
  tree::Paths& paths = nodes_.paths();
  const std::uint32_t line = parser_.line();
  if (depth_++ > 0) nodes_.open(paths.below(nodes_.openPath(), name), line);
  const std::uint32_t here = nodes_.openPath();
  attributes.each([&](Name key, std::string_view value) {
    if (!value.empty()) nodes_.leaf(paths.below(here, "@" + std::string(key)), formats::decodeEntities(value), line);
  });
}

void RecordNodes::close(Name) {
  endRun();
  if (depth_ > 0 && --depth_ > 0) nodes_.close();
}

/// Blanks between elements are one blank: they part words of mixed text and mean nothing else.
void RecordNodes::endRun() {
  if (!run_.empty() && nodes_.depth() > 0) nodes_.run(formats::isBlank(run_) ? " " : run_, parser_.line());
  run_.clear();
}

}  // namespace winnow::xml
