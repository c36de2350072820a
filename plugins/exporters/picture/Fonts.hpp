// The outlines of Liberation Sans 2 (SIL Open Font License 1.1), put into the library when it is built
// (without_hints.py).
#pragma once

#include <cstddef>

#include "Text.hpp"

namespace winnow::picture {

struct FontFile {
  const unsigned char* data;
  std::size_t size;
};

/// The TrueType file of that weight. Thread: any.
FontFile fontFile(Weight weight) noexcept;

}  // namespace winnow::picture
