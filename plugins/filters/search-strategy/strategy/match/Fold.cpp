#include "Fold.hpp"

#include <string_view>

namespace winnow::search::match {

namespace {

// Unicode decomposition of U+00C0..U+017F without the marks; '-' separates, digraphs are below.
constexpr std::u32string_view kLatin =
    U"aaaaaa_ceeeeiiiidnooooo-ouuuuy__aaaaaa_ceeeeiiiidnooooo-ouuuuy_y"
    U"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii__jjkkklllllll"
    U"lllnnnnnnnnnoooooo__rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

Folded one(char32_t c) { return {{c, 0}, 1, false}; }
Folded two(char32_t a, char32_t b) { return {{a, b}, 2, false}; }

Folded digraph(char32_t c) {
  switch (c) {
    case 0xC6:
    case 0xE6:
      return two(U'a', U'e');
    case 0xDE:
    case 0xFE:
      return two(U't', U'h');
    case 0xDF:
      return two(U's', U's');
    case 0x132:
    case 0x133:
      return two(U'i', U'j');
    case 0x152:
    case 0x153:
      return two(U'o', U'e');
    default:
      return {};
  }
}

bool isSeparator(char32_t c) {
  return (c >= 0x2000 && c <= 0x206F) || (c >= 0x20A0 && c <= 0x20CF) || (c >= 0x2190 && c <= 0x2BFF) ||
         (c >= 0x3000 && c <= 0x303F) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xE000 && c <= 0xF8FF) || c == 0xFFFD ||
         c == 0xFEFF || (c >= 0xFFF0 && c <= 0xFFFF) || c > 0x1F000;
}

}  // namespace

Folded fold(char32_t c) {
  if (c < 0x80) {
    if (c >= U'A' && c <= U'Z') return one(c + 32);
    return (c >= U'a' && c <= U'z') || (c >= U'0' && c <= U'9') ? one(c) : Folded{};
  }
  if (c == 0xAD || (c >= 0x300 && c <= 0x36F) || (c >= 0x200B && c <= 0x200D)) return {{0, 0}, 0, true};
  if (c == 0xB2 || c == 0xB3) return one(U'2' + (c - 0xB2));
  if (c == 0xB9) return one(U'1');
  if (c == 0xAA) return one(U'a');
  if (c == 0xBA) return one(U'o');
  if (c == 0xB5) return one(0x3BC);
  if (c < 0xC0) return {};
  if (c < 0x180) {
    const char32_t letter = kLatin[c - 0xC0];
    return letter == U'_' ? digraph(c) : letter == U'-' ? Folded{} : one(letter);
  }
  if (c >= 0x391 && c <= 0x3A9) return one(c + 32);
  if (c == 0x3C2) return one(0x3C3);
  if (c >= 0x410 && c <= 0x42F) return one(c + 32);
  if (c == 0x401 || c == 0x451) return one(0x435);
  if (c >= 0x2070 && c <= 0x2079) return one(U'0' + (c - 0x2070));
  if (c >= 0x2080 && c <= 0x2089) return one(U'0' + (c - 0x2080));
  if (c == 0xFB00) return two(U'f', U'f');
  if (c == 0xFB01) return two(U'f', U'i');
  if (c == 0xFB02) return two(U'f', U'l');
  if (c >= 0xFF10 && c <= 0xFF19) return one(U'0' + (c - 0xFF10));
  if (c >= 0xFF21 && c <= 0xFF3A) return one(U'a' + (c - 0xFF21));
  if (c >= 0xFF41 && c <= 0xFF5A) return one(U'a' + (c - 0xFF41));
  return isSeparator(c) ? Folded{} : one(c);
}

}  // namespace winnow::search::match
