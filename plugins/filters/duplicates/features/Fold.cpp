#include "Fold.hpp"

#include <cstdint>

#include <winnow/formats/ascii.hpp>

#include "Letters.hpp"

namespace winnow::duplicates {

namespace {

constexpr char32_t kDamaged = 0xFFFD;

using formats::isDigit;
using formats::isLetter;

/// Reads one code point at `at` and steps behind it; an ill-formed byte is kDamaged.
char32_t readCodePoint(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::uint8_t lead = byte(at);
  const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
  if (lead < 0xC0 || lead > 0xF4 || at + size > text.size()) {
    ++at;
    return lead < 0x80 ? lead : kDamaged;
  }
  char32_t point = lead & (0xFFu >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(at + i) & 0xC0u) != 0x80u) {
      ++at;
      return kDamaged;
    }
    point = (point << 6) | (byte(at + i) & 0x3Fu);
  }
  at += size;
  return point;
}

/// Writes folded characters; knows how to begin a word.
class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) { separate(); }

  void separate() {
    if (!out_.empty() && out_.back() != ' ') out_.push_back(' ');
  }
  void letter(char c) { out_.push_back(c); }
  void letters(std::string_view text) { out_.append(text); }
  bool insideWord() const { return !out_.empty() && out_.back() != ' '; }
  void word(std::string_view text) {
    separate();
    out_.append(text);
    out_.push_back(' ');
  }
  void finish() {
    if (!out_.empty() && out_.back() == ' ') out_.pop_back();
  }

 private:
  std::string& out_;
};

std::string_view greekName(char32_t point) {
  if (point >= 0x391 && point <= 0x3A9) point += 0x20;
  for (const auto& [accented, plain] : kAccentedGreek)
    if (accented == point) point = plain;
  return point >= 0x3B1 && point <= 0x3C9 ? kGreek[point - 0x3B1] : std::string_view{};
}

/// Digit of a superscript or subscript, or 0.
char smallDigit(char32_t point) {
  if (point == 0xB9) return '1';
  if (point == 0xB2 || point == 0xB3) return static_cast<char>('0' + (point - 0xB0));
  if (point == 0x2070 || (point >= 0x2074 && point <= 0x2079)) return static_cast<char>('0' + (point - 0x2070));
  if (point >= 0x2080 && point <= 0x2089) return static_cast<char>('0' + (point - 0x2080));
  return 0;
}

bool joins(char32_t point) {  // apostrophes, accents written apart, soft hyphen, zero-width signs
  return point == 0x2018 || point == 0x2019 || point == 0x201B || point == 0xB4 || point == 0x2BC || point == 0xAD ||
         (point >= 0x300 && point <= 0x36F) || (point >= 0x200B && point <= 0x200D) || point == 0xFEFF;
}

bool separates(char32_t point) {  // signs that are no letter in any script we meet
  return point < 0xC0 || (point >= 0x2000 && point <= 0x2BFF) || (point >= 0x3000 && point <= 0x303F) ||
         (point >= 0xFF5F && point <= 0xFF65);
}

void foldLatinLigature(char32_t point, Writer& out) {  // U+FB00 to U+FB06
  constexpr std::string_view kLigatures[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};
  out.letters(kLigatures[point - 0xFB00]);
}

void foldOther(char32_t point, std::string_view bytes, Writer& out) {
  if (point >= 0xC0 && point < 0x180) {
    if (kLatin[point - 0xC0] == " ") return out.separate();
    return out.letters(kLatin[point - 0xC0]);
  }
  if (point >= 0x1E00 && point <= 0x1EFF) return out.letter(kLatinAdditional[point - 0x1E00]);
  if (const std::string_view name = greekName(point); !name.empty()) return out.letters(name);
  if (const char digit = smallDigit(point); digit != 0) return out.letter(digit);
  if (point == 0xB5) return out.letters("mu");
  if (joins(point)) return;
  if (point >= 0xFB00 && point <= 0xFB06) return foldLatinLigature(point, out);
  if (separates(point)) return out.separate();
  if (point >= 0x410 && point <= 0x42F) {  // Cyrillic capitals; the small letters follow 32 places later
    const char32_t small = point + 0x20;
    out.letter(static_cast<char>(0xC0u | (small >> 6)));
    return out.letter(static_cast<char>(0x80u | (small & 0x3Fu)));
  }
  out.letters(bytes);
}

/// Size of an HTML or JATS tag at `at`, or 0: `<` (or `</`), a letter, no further `<`, `>` within 60 bytes. "p<c" is
/// none.
std::size_t tagSize(std::string_view text, std::size_t at) {
  std::size_t i = at + 1;
  if (i < text.size() && text[i] == '/') ++i;
  if (i >= text.size() || !isLetter(text[i])) return 0;
  for (; i < text.size() && i < at + 60 && text[i] != '<'; ++i)
    if (text[i] == '>') return i + 1 - at;
  return 0;
}

/// The code point of "#233" or "#xE9"; 0 if it is none.
char32_t numericEntity(std::string_view name) {
  const bool isHex = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
  char32_t point = 0;
  for (const char c : name.substr(isHex ? 2 : 1)) {
    const char low = static_cast<char>(c | 0x20);
    const bool isHexLetter = isHex && low >= 'a' && low <= 'f';
    if (!isDigit(c) && !isHexLetter) return 0;
    point = point * (isHex ? 16 : 10) + static_cast<char32_t>(isHexLetter ? low - 'a' + 10 : c - '0');
  }
  return point <= 0x10FFFF ? point : 0;
}

void foldAscii(char c, Writer& out) {
  if (isLetter(c))
    out.letter(static_cast<char>(c | 0x20));
  else if (isDigit(c))
    out.letter(c);
  else if (c != '\'' && c != '`')
    out.separate();
}

/// The letter of "eacute", or the name of a Greek letter; empty for other entities.
std::string_view namedLetter(std::string_view name) {
  for (const std::string_view accent : {"acute", "grave", "uml", "circ", "tilde", "cedil", "ring", "slash", "caron"})
    if (name.size() == accent.size() + 1 && name.substr(1) == accent) return name.substr(0, 1);
  for (const std::string_view greek : kGreek)
    if (name.size() == greek.size() && name.substr(1) == greek.substr(1) && (name[0] | 0x20) == greek[0]) return greek;
  return {};
}

/// Folds `&...;` at `at`; returns its size, or 0 if it is no entity.
std::size_t foldEntity(std::string_view text, std::size_t at, Writer& out) {
  constexpr std::size_t kLongest = 10;
  const std::size_t end = text.substr(0, at + kLongest + 1).find(';', at);
  if (end == std::string_view::npos || end == at + 1) return 0;
  const std::string_view name = text.substr(at + 1, end - at - 1);
  const std::size_t size = end + 1 - at;
  if (name[0] == '#') {
    const char32_t point = numericEntity(name);
    if (point == 0) return 0;
    if (point < 0x80)
      foldAscii(static_cast<char>(point), out);
    else
      foldOther(point, {}, out);
    return size;
  }
  for (const char c : name)
    if (!isLetter(c)) return 0;
  if (const std::string_view letter = namedLetter(name); !letter.empty()) {
    for (const char c : letter) foldAscii(c, out);
  } else if (name == "amp") {
    out.word("and");
  } else if (name != "apos") {
    out.separate();
  }
  return size;
}

/// A question mark between two letters stands for a letter that was lost.
bool isLostLetter(std::string_view text, std::size_t at) {
  return at > 0 && at + 1 < text.size() && isLetter(text[at - 1]) && text[at + 1] >= 'a' && text[at + 1] <= 'z';
}

/// Folds the character at `at`, which is not ASCII, and steps behind it.
void foldHigh(std::string_view text, std::size_t& at, Writer& out) {
  const std::size_t begin = at;
  const char32_t point = readCodePoint(text, at);
  if (point >= 0xFF01 && point <= 0xFF5E) return foldAscii(static_cast<char>(point - 0xFEE0), out);  // full-width forms
  if (point != kDamaged) return foldOther(point, text.substr(begin, at - begin), out);
  if (out.insideWord()) out.letter(kJoker);
}

/// Size of a TeX accent before its letter (`\"u`, `\'{e}`, `\v{s}`), or 0.
std::size_t texAccentSize(std::string_view text, std::size_t at) {
  if (at + 2 >= text.size()) return 0;
  const char c = text[at + 1];
  if (std::string_view("\"'`^~=.").find(c) != std::string_view::npos) return 2;
  return text[at + 2] == '{' && std::string_view("cvuHkrbdt").find(c) != std::string_view::npos ? 2 : 0;
}

/// Folds a tag, an entity or a sign at `at`; returns how many bytes it took.
std::size_t foldSign(std::string_view text, std::size_t at, Writer& out) {
  if (text[at] == '<')
    if (const std::size_t size = tagSize(text, at); size > 0) return size;
  if (text[at] == '&') {
    if (const std::size_t size = foldEntity(text, at, out); size > 0) return size;
    out.word("and");
    return 1;
  }
  if (text[at] == '{' || text[at] == '}') return 1;  // TeX keeps letters together
  if (text[at] == '\\')
    if (const std::size_t size = texAccentSize(text, at); size > 0) return size;
  if (text[at] == '?' && isLostLetter(text, at))
    out.letter(kJoker);
  else
    foldAscii(text[at], out);
  return 1;
}

}  // namespace

void foldInto(std::string_view text, std::string& out) {
  out.reserve(out.size() + text.size() + 1);
  Writer writer(out);
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (isLetter(c)) {
      writer.letter(static_cast<char>(c | 0x20));
      ++at;
    } else if (isDigit(c)) {
      writer.letter(c);
      ++at;
    } else if (static_cast<unsigned char>(c) >= 0x80) {
      foldHigh(text, at, writer);
    } else {
      at += foldSign(text, at, writer);
    }
  }
  writer.finish();
}

std::string fold(std::string_view text) {
  std::string out;
  foldInto(text, out);
  return out;
}

}  // namespace winnow::duplicates
