#include "Fonts.hpp"

// The assembler reads the files: a font as an array of numbers takes the compiler longer than the rest of the library.
#define WINNOW_FONT(symbol, path)                                                                                     \
  __asm__(".pushsection .rodata\n.balign 16\n.hidden " #symbol "\n.global " #symbol "\n" #symbol ":\n.incbin \"" path \
          "\"\n.hidden " #symbol "End\n.global " #symbol "End\n" #symbol "End:\n.byte 0\n.popsection\n");             \
  extern "C" __attribute__((visibility("hidden"))) const unsigned char symbol[], symbol##End[];

WINNOW_FONT(winnowFontRegular, WINNOW_FONTS "/Regular.ttf")
WINNOW_FONT(winnowFontBold, WINNOW_FONTS "/Bold.ttf")

namespace winnow::picture {

FontFile fontFile(Weight weight) noexcept {
  if (weight == Weight::Bold) return {winnowFontBold, static_cast<std::size_t>(winnowFontBoldEnd - winnowFontBold)};
  return {winnowFontRegular, static_cast<std::size_t>(winnowFontRegularEnd - winnowFontRegular)};
}

}  // namespace winnow::picture
