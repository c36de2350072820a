#include <winnow/formats/text.hpp>

#include <array>
#include <string>

namespace winnow::formats {

namespace {

// What remains of a Latin letter without its marks, U+00C0 to U+024F, as the orthographies themselves do it (ø o, æ ae,
// ß ss, þ th, ð d, ł l, đ d, œ oe, ı i). One entry a code point, separated by blanks; "-" = no letter.
constexpr std::string_view kLatin =
    // 00C0
    "a a a a a a ae c e e e e i i i i d n o o o o o - o u u u u y th ss "
    "a a a a a a ae c e e e e i i i i d n o o o o o - o u u u u y th y "
    // 0100
    "a a a a a a c c c c c c c c d d d d e e e e e e e e e e g g g g "
    "g g g g h h h h i i i i i i i i i i ij ij j j k k k l l l l l l l "
    "l l l n n n n n n n n n o o o o o o oe oe r r r r r r s s s s s s "
    "s s t t t t t t u u u u u u u u u u u u w w y y y z z z z z z s "
    // 0180
    "b b b b - - o c c d d d d d e e e f f g g hv i i k k l l m n n o "
    "o o oi oi p p yr - - sh - t t t t u u u v y y z z ezh ezh ezh ezh - - - - w "
    "- - - - dz dz dz lj lj lj nj nj nj a a i i o o u u u u u u u u u u e a a "
    // 01E0
    "a a ae ae g g g g k k o o o o ezh ezh j dz dz dz g g hv n n n a a ae ae o o "
    // 0200
    "a a a a e e e e i i i i o o o o r r r r u u u u s s t t y y h h "
    "n d ou ou z z a a e e o o o o o o o o y y l n t j db qp a c c l t s "
    "z - - b u v e e j j q q r r y y";

struct LatinTable {
  std::array<std::string_view, 0x250 - 0xC0> at{};
  constexpr LatinTable() {
    std::size_t begin = 0;
    for (auto& entry : at) {
      std::size_t end = begin;
      while (end < kLatin.size() && kLatin[end] != ' ') ++end;
      entry = kLatin.substr(begin, end - begin);
      if (entry == "-") entry = {};
      begin = end < kLatin.size() ? end + 1 : end;
    }
  }
};
constexpr LatinTable kFolded;

bool isMark(char32_t c) {
  return (c >= 0x300 && c <= 0x36F) || (c >= 0x1AB0 && c <= 0x1AFF) || (c >= 0x20D0 && c <= 0x20FF);
}

/// Letters and digits outside of Latin that stay as they are, or are lowered; 0: no letter.
char32_t otherLetter(char32_t c) {
  if (c >= 0x391 && c <= 0x3A9) return c + 0x20;  // Greek capitals
  if (c == 0x3C2) return 0x3C3;                   // final sigma
  if (c >= 0x410 && c <= 0x42F) return c + 0x20;  // Cyrillic
  if (c >= 0x400 && c <= 0x40F) return c + 0x50;
  if (c >= 0x370 && c <= 0x1FFF) return c;  // Greek to Greek extended: scripts with letters throughout
  if (c >= 0x2C00 && c <= 0x2DFF) return c;
  if (c >= 0x3041 && c <= 0xD7FF) return c;  // kana, CJK, Hangul
  if (c >= 0xF900 && c <= 0xFAFF) return c;
  if (c >= 0xFF10 && c <= 0xFF19) return c - 0xFF10 + '0';
  if (c >= 0xFF21 && c <= 0xFF3A) return c - 0xFF21 + 'a';
  if (c >= 0xFF41 && c <= 0xFF5A) return c - 0xFF41 + 'a';
  if (c >= 0x20000 && c <= 0x3FFFF) return c;
  return 0;
}

std::string_view ligature(char32_t c) {
  switch (c) {
    case 0xFB00:
      return "ff";
    case 0xFB01:
      return "fi";
    case 0xFB02:
      return "fl";
    case 0xFB03:
      return "ffi";
    case 0xFB04:
      return "ffl";
    case 0xFB05:
    case 0xFB06:
      return "st";
    case 0xAA:
      return "a";
    case 0xBA:
      return "o";
    case 0xB2:
      return "2";
    case 0xB3:
      return "3";
    case 0xB9:
      return "1";
    case 0xB5:
      return "\xCE\xBC";  // micro sign as the Greek letter
    case 0x1E9E:
      return "ss";
    default:
      return {};
  }
}

// Latin Extended Additional (U+1E00-U+1EFF) is base letter + mark throughout; by runs of the base letter.
char latinAdditional(char32_t c) {
  struct Run {
    char32_t last;
    char letter;
  };
  static constexpr Run kRuns[] = {
      {0x1E01, 'a'}, {0x1E07, 'b'}, {0x1E09, 'c'}, {0x1E13, 'd'}, {0x1E1D, 'e'}, {0x1E1F, 'f'}, {0x1E21, 'g'},
      {0x1E2B, 'h'}, {0x1E2F, 'i'}, {0x1E35, 'k'}, {0x1E3D, 'l'}, {0x1E43, 'm'}, {0x1E4B, 'n'}, {0x1E53, 'o'},
      {0x1E57, 'p'}, {0x1E5F, 'r'}, {0x1E69, 's'}, {0x1E71, 't'}, {0x1E7B, 'u'}, {0x1E7F, 'v'}, {0x1E89, 'w'},
      {0x1E8D, 'x'}, {0x1E8F, 'y'}, {0x1E95, 'z'}, {0x1E96, 'h'}, {0x1E97, 't'}, {0x1E98, 'w'}, {0x1E99, 'y'},
      {0x1E9A, 'a'}, {0x1E9D, 's'}, {0x1E9E, 's'}, {0x1E9F, 'd'}, {0x1EB7, 'a'}, {0x1EC7, 'e'}, {0x1ECB, 'i'},
      {0x1EE3, 'o'}, {0x1EF1, 'u'}, {0x1EF9, 'y'}, {0x1EFB, 'l'}, {0x1EFD, 'v'}, {0x1EFF, 'y'}};
  for (const Run& run : kRuns)
    if (c <= run.last) return run.letter;
  return 0;
}

}  // namespace

std::string_view foldedCodePoint(char32_t code, std::string& storage) {
  storage.clear();
  if (code < 0x80) {
    const auto c = static_cast<char>(code);
    if (c >= 'A' && c <= 'Z')
      storage = static_cast<char>(c - 'A' + 'a');
    else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
      storage = c;
    return storage;
  }
  if (const std::string_view known = ligature(code); !known.empty()) return known;
  if (code >= 0xC0 && code < 0x250) return kFolded.at[code - 0xC0];
  if (code >= 0x1E00 && code <= 0x1EFF) {
    storage = latinAdditional(code);
    return storage;
  }
  if (const char32_t letter = otherLetter(code); letter != 0) appendUtf8(storage, letter);
  return storage;
}

std::string foldForMatching(std::string_view text) {
  std::string out, piece;
  out.reserve(text.size());
  bool gap = false;
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) {  // the usual case, without the table
      ++at;
      const bool upper = byte >= 'A' && byte <= 'Z';
      if (upper || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9')) {
        if (gap && !out.empty()) out += ' ';
        gap = false;
        out += static_cast<char>(upper ? byte - 'A' + 'a' : byte);
      } else {
        gap = true;
      }
      continue;
    }
    const char32_t code = nextCodePoint(text, at);
    if (isMark(code)) continue;
    const std::string_view folded = foldedCodePoint(code, piece);
    if (folded.empty()) {
      gap = true;
      continue;
    }
    if (gap && !out.empty()) out += ' ';
    gap = false;
    out += folded;
  }
  return out;
}

}  // namespace winnow::formats
