#include "Text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "Widths.hpp"

namespace winnow::picture {

namespace {

// Widest advance of a block in Liberation Sans and DejaVu Sans, or an estimate with a margin where they have no glyphs,
// for what the table (Widths.hpp) does not hold; in order of `last`. What is in no block is as wide as it could be.
struct Block {
  char32_t last;
  std::uint16_t regular, bold;
};
constexpr std::uint16_t kUnknown = 1400;
constexpr std::array kBlocks = {
    Block{0x17F, 1070, 1167},     // Latin Extended-A
    Block{0x24F, 1422, 1556},     // Latin Extended-B
    Block{0x2FF, 1058, 1215},     // phonetic
    Block{0x36F, 0, 0},           // combining marks
    Block{0x3FF, 934, 1093},      // Greek
    Block{0x52F, 1180, 1406},     // Cyrillic
    Block{0x58F, 980, 985},       // Armenian
    Block{0x5FF, 710, 759},       // Hebrew
    Block{0x6FF, 1221, 1380},     // Arabic
    Block{0x8FF, 1300, 1400},     // other right-to-left
    Block{0xDFF, 1300, 1400},     // Indic
    Block{0xE7F, 800, 850},       // Thai
    Block{0x10FF, 1300, 1400},    // Lao to Georgian
    Block{0x11FF, 1000, 1000},    // Hangul letters
    Block{0x1DFF, 1400, 1400},    // other scripts
    Block{0x1EFF, 989, 1104},     // Latin Additional
    Block{0x1FFF, 1100, 1252},    // Greek Extended
    Block{0x200A, 1000, 1000},    // spaces
    Block{0x200F, 0, 0},          // joiners and marks
    Block{0x202F, 1000, 1000},    // dashes, quotes, ellipsis
    Block{0x206F, 1736, 1887},    // per mille and others
    Block{0x20CF, 1273, 1518},    // currency
    Block{0x20FF, 0, 0},          // combining for symbols
    Block{0x2E7F, 1423, 1423},    // symbols
    Block{0xA4CF, 1000, 1000},    // CJK
    Block{0xABFF, 1400, 1400},    // other scripts
    Block{0xD7FF, 1000, 1000},    // Hangul
    Block{0xFAFF, 1000, 1000},    // CJK compatibility
    Block{0xFDF9, 1300, 1400},    // Arabic forms
    Block{0xFDFF, 12000, 12000},  // Arabic words and phrases in one sign
    Block{0xFE0F, 0, 0},          // variation selectors
    Block{0xFE6F, 1000, 1000},    // CJK forms
    Block{0xFEFF, 1275, 1414},    // Arabic forms
    Block{0xFFEF, 1000, 1000},    // full width
};

std::uint16_t thousandths(char32_t c, Weight weight) {
  if (const auto width = tabulatedWidth(c, weight)) return *width;
  const auto block =
      std::lower_bound(kBlocks.begin(), kBlocks.end(), c, [](const Block& b, char32_t v) { return b.last < v; });
  if (c < 0x100 || block == kBlocks.end()) return kUnknown;
  return weight == Weight::Bold ? block->bold : block->regular;
}

bool isIdeograph(char32_t c) {
  return (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7AF) || (c >= 0xF900 && c <= 0xFAFF);
}

/// Marks that belong to the sign before them; a line must not begin with one.
bool isAttached(char32_t c) {
  return (c >= 0x300 && c <= 0x36F) || (c >= 0x591 && c <= 0x5BD) || (c >= 0x64B && c <= 0x65F) ||
         (c >= 0x93A && c <= 0x94F) || (c >= 0xE31 && c <= 0xE3A) || (c >= 0xE47 && c <= 0xE4E) || c == 0x200D ||
         (c >= 0x20D0 && c <= 0x20FF) || (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0x1F3FB && c <= 0x1F3FF);
}

// Where a long word may end a line although no space follows.
bool isSoftEnd(char32_t c) {
  return c == '/' || c == '-' || c == ',' || c == ';' || c == '_' || c == 0x2013 || c == 0x2014;
}

// Overrides and isolates would let a label rearrange the text around it; the rest cannot stand in XML or is invisible.
bool isDropped(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ||
         c == 0xFEFF || (c & 0xFFFE) == 0xFFFE || (c >= 0xD800 && c <= 0xDFFF);
}
bool isSpace(char32_t c) { return c == ' ' || (c >= 0x09 && c <= 0x0D) || c == 0x85 || c == 0x2028 || c == 0x2029; }

}  // namespace

CodePoint firstCodePoint(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const std::size_t size = byte(0) < 0x80 ? 1 : byte(0) >= 0xF0 ? 4 : byte(0) >= 0xE0 ? 3 : byte(0) >= 0xC0 ? 2 : 1;
  if (size == 1 || text.size() < size) return {byte(0), 1};
  char32_t value = byte(0) & (0xFFu >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) value = (value << 6) | (byte(i) & 0x3F);
  return {value, size};
}

std::string cleanText(std::string_view text) {
  std::string out;
  bool gap = false;
  while (!text.empty()) {
    const CodePoint next = firstCodePoint(text);
    if (isSpace(next.value)) {
      gap = !out.empty();
    } else if (!isDropped(next.value)) {
      if (gap) out += ' ';
      gap = false;
      out += text.substr(0, next.size);
    }
    text.remove_prefix(next.size);
  }
  return out;
}

double textWidth(std::string_view text, double size, Weight weight) {
  std::uint64_t sum = 0;
  while (!text.empty()) {
    const CodePoint next = firstCodePoint(text);
    sum += thousandths(next.value, weight);
    text.remove_prefix(next.size);
  }
  return static_cast<double>(sum) * size / 1000;
}

namespace {

enum class Breaks { Anywhere, AtSoftEnds };

// Bytes of `word` that fit into `room`, at least one sign; breaks after a soft end if wanted and one is in the second
// half.
std::size_t fittingPart(std::string_view word, double room, double size, Weight weight, Breaks breaks) {
  double width = 0;
  std::size_t at = 0, soft = 0, fits = 0;
  while (at < word.size()) {
    const CodePoint next = firstCodePoint(word.substr(at));
    width += thousandths(next.value, weight) * size / 1000;
    if (width > room && fits > 0) break;
    at += next.size;
    const bool joined = next.value == 0x200D || (at < word.size() && isAttached(firstCodePoint(word.substr(at)).value));
    if (joined) continue;
    fits = at;
    if (isSoftEnd(next.value)) soft = at;
  }
  if (at >= word.size()) return word.size();
  return breaks == Breaks::AtSoftEnds && soft > fits / 2 ? soft : fits;
}

/// The next piece that a line break must not divide: a word, or one ideograph.
std::string_view nextPiece(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size() && text[at] != ' ') {
    const CodePoint next = firstCodePoint(text.substr(at));
    if (at > 0 && isIdeograph(next.value)) break;
    at += next.size;
    if (isIdeograph(next.value) && (at >= text.size() || !isAttached(firstCodePoint(text.substr(at)).value))) break;
  }
  return text.substr(0, at);
}

}  // namespace

std::vector<std::string> wrapText(std::string_view text, double room, double laterRoom, double size, Weight weight) {
  std::vector<std::string> lines(1);
  double used = 0;
  const double space = textWidth(" ", size, weight);
  const auto limit = [&] { return lines.size() == 1 ? room : laterRoom; };
  bool gap = false;
  while (!text.empty()) {
    if (text.front() == ' ') {
      gap = !lines.back().empty();
      text.remove_prefix(1);
      continue;
    }
    std::string_view piece = nextPiece(text);
    text.remove_prefix(piece.size());
    double width = textWidth(piece, size, weight);
    if (!lines.back().empty() && used + (gap ? space : 0) + width > limit()) {
      if (gap) lines.back() += ' ';  // so that copied text keeps its words apart
      lines.emplace_back();
      used = 0;
      gap = false;
    }
    while (width > limit()) {
      const std::size_t part = fittingPart(piece, limit(), size, weight, Breaks::AtSoftEnds);
      if (part == piece.size()) break;
      lines.back() += piece.substr(0, part);
      lines.emplace_back();
      piece.remove_prefix(part);
      width = textWidth(piece, size, weight);
    }
    if (gap) lines.back() += ' ';
    used += (gap ? space : 0) + width;
    lines.back() += piece;
    gap = false;
  }
  return lines;
}

std::string elided(std::string_view text, double room, double size, Weight weight) {
  if (textWidth(text, size, weight) <= room) return std::string(text);
  const std::string_view ellipsis = "…";
  const std::size_t part = fittingPart(text, room - textWidth(ellipsis, size, weight), size, weight, Breaks::Anywhere);
  const std::string_view kept = text.substr(0, text.substr(0, part).find_last_not_of(' ') + 1);
  return std::string(kept).append(ellipsis);
}

std::string grouped(std::int64_t n) {
  std::string digits = std::to_string(n);
  const std::size_t sign = n < 0 ? 1 : 0;
  if (digits.size() - sign < 5) return digits;
  for (std::size_t at = digits.size(); at > sign + 3;) digits.insert(at -= 3, "\u202F");
  return digits;
}

}  // namespace winnow::picture
