#include <winnow/formats/ascii.hpp>
#include <winnow/formats/encodings.hpp>

#include <algorithm>

namespace winnow::formats {

namespace {

using Byte = unsigned char;

bool isIn(Byte byte, unsigned from, unsigned to) { return byte >= from && byte <= to; }
bool isSmall(char c) { return c >= 'a' && c <= 'z'; }

/// How much of a text in one of the charsets of two bytes is what that language mostly writes.
struct Pairs {
  std::size_t common = 0, all = 0;
  double share() const { return all == 0 ? 0 : static_cast<double>(common) / static_cast<double>(all); }
};

/// Takes pairs from the text: `isLead` says that a byte begins one, `isCommon` that the pair is a usual character.
template <class Lead, class Common>
Pairs pairsOf(std::string_view bytes, Lead&& isLead, Common&& isCommon) {
  Pairs pairs;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const auto lead = static_cast<Byte>(bytes[at]);
    if (lead < 0x80) continue;
    ++pairs.all;
    if (!isLead(lead) || at + 1 == bytes.size()) continue;
    const auto trail = static_cast<Byte>(bytes[at + 1]);
    if (trail < 0x40) continue;
    ++at;
    if (isCommon(lead, trail)) ++pairs.common;
  }
  return pairs;
}

// GB 2312 level 1 and its punctuation; KS X 1001 syllables; Big5 level 1; JIS X 0208 kana and level 1 kanji in the two
// encodings of Japan.
Pairs chineseGb(std::string_view bytes) {
  return pairsOf(
      bytes, [](Byte b) { return isIn(b, 0x81, 0xFE); },
      [](Byte lead, Byte trail) { return trail >= 0xA1 && (isIn(lead, 0xB0, 0xD7) || isIn(lead, 0xA1, 0xA3)); });
}
Pairs korean(std::string_view bytes) {
  return pairsOf(
      bytes, [](Byte b) { return isIn(b, 0xA1, 0xFE); },
      [](Byte lead, Byte trail) { return trail >= 0xA1 && isIn(lead, 0xB0, 0xC8); });
}
Pairs chineseBig5(std::string_view bytes) {
  return pairsOf(
      bytes, [](Byte b) { return isIn(b, 0x81, 0xFE); },
      [](Byte lead, Byte trail) {
        return (isIn(lead, 0xA4, 0xC6) || lead == 0xA1) && (isIn(trail, 0x40, 0x7E) || isIn(trail, 0xA1, 0xFE));
      });
}
Pairs japaneseShift(std::string_view bytes) {
  return pairsOf(
      bytes, [](Byte b) { return isIn(b, 0x81, 0x9F) || isIn(b, 0xE0, 0xFC); },
      [](Byte lead, Byte trail) {
        const bool isKana = (lead == 0x82 && isIn(trail, 0x9F, 0xF1)) || (lead == 0x83 && isIn(trail, 0x40, 0x96));
        return isKana || lead == 0x81 || isIn(lead, 0x88, 0x97);
      });
}
Pairs japaneseEuc(std::string_view bytes) {
  return pairsOf(
      bytes, [](Byte b) { return isIn(b, 0xA1, 0xFE); },
      [](Byte lead, Byte trail) { return trail >= 0xA1 && (lead == 0xA4 || lead == 0xA5 || isIn(lead, 0xB0, 0xCF)); });
}

struct Letters {
  std::size_t windows = 0, koi = 0, all = 0;  ///< letters inside of words, in the case that words have there
};

/// Cyrillic words are small letters with perhaps one capital before them. Windows-1251 has its small letters at
/// 0xE0-0xFF, KOI8-R at 0xC0-0xDF.
Letters cyrillic(std::string_view bytes) {
  Letters letters;
  for (std::size_t at = 1; at < bytes.size(); ++at) {
    if (!isHigh(bytes[at]) || !isHigh(bytes[at - 1])) continue;
    const auto byte = static_cast<Byte>(bytes[at]);
    ++letters.all;
    letters.windows += byte >= 0xE0 || byte == 0xB8 ? 1 : 0;
    letters.koi += isIn(byte, 0xC0, 0xDF) || byte == 0xA3 ? 1 : 0;
  }
  return letters;
}

/// Bytes beyond ASCII that stand in a run of three or more of them, against all.
bool isInRuns(std::string_view bytes) {
  std::size_t all = 0, inRuns = 0, run = 0;
  for (std::size_t at = 0; at <= bytes.size(); ++at) {
    if (at < bytes.size() && isHigh(bytes[at])) {
      ++run;
      continue;
    }
    all += run;
    if (run >= 3) inRuns += run;
    run = 0;
  }
  return all >= 4 && inRuns * 2 > all;
}

/// Within words of small letters Windows-1252 has small letters beyond 0xDF; Mac Roman has its own at 0x80-0x9F.
bool isMacRoman(std::string_view bytes) {
  std::size_t odd = 0, usual = 0;
  for (std::size_t at = 1; at + 1 < bytes.size(); ++at) {
    if (!isHigh(bytes[at]) || !isSmall(bytes[at - 1]) || !isSmall(bytes[at + 1])) continue;
    const auto byte = static_cast<Byte>(bytes[at]);
    const bool isQuote = isIn(byte, 0x91, 0x97) || byte == 0x85;
    odd += (byte < 0xA0 && !isQuote && byte != 0x9A && byte != 0x9E && byte != 0x9C) || byte == 0xBE || byte == 0xBF;
    usual += byte >= 0xDF;
  }
  return odd > usual;
}

}  // namespace

bool isOtherEncoding(std::string_view bytes, EncodingHint& hint) {
  hint = {};
  const double gb = chineseGb(bytes).share(), big5 = chineseBig5(bytes).share(), kr = korean(bytes).share();
  const double shift = japaneseShift(bytes).share(), euc = japaneseEuc(bytes).share();
  if (!isInRuns(bytes)) {
    // Shift-JIS and Big5 have many second bytes below 0x80, so that runs are short.
    const auto high = static_cast<std::size_t>(std::count_if(bytes.begin(), bytes.end(), isHigh));
    if (high >= 8 && shift >= 0.9)
      hint = {"Japanese", "shift-jis"};
    else if (high >= 8 && big5 >= 0.95)
      hint = {"Chinese", "big5"};
    else if (isMacRoman(bytes))
      hint = {"text of an old Macintosh", "macintosh"};
    return !hint.charset.empty();
  }
  const Letters letters = cyrillic(bytes);
  if (letters.windows * 10 >= letters.all * 8) return hint = {"Cyrillic", "windows-1251"}, true;
  if (letters.koi * 10 >= letters.all * 9 && gb < 0.9) return hint = {"Cyrillic", "koi8-r"}, true;
  constexpr double kMost = 0.85;
  const std::size_t length = bytes.size();
  if (shift >= kMost && shift >= gb && shift > big5) return hint = {"Japanese", "shift-jis"}, true;
  if (kr >= 0.95 && length >= 12) return hint = {"Korean", "euc-kr"}, true;
  const auto kana = pairsOf(
      bytes, [](Byte b) { return b >= 0xA1; }, [](Byte lead, Byte) { return lead == 0xA4 || lead == 0xA5; });
  if (euc >= kMost && kana.share() > 0.2) return hint = {"Japanese", "euc-jp"}, true;
  if (gb >= kMost && gb >= big5) return hint = {"Chinese", "gb18030"}, true;
  if (big5 >= kMost) return hint = {"Chinese", "big5"}, true;
  if (letters.koi * 10 >= letters.all * 8) return hint = {"Cyrillic", "koi8-r"}, true;
  return true;
}

std::size_t findDoubleEncoded(std::string_view text) {
  const auto byte = [&](std::size_t at) { return at < text.size() ? static_cast<Byte>(text[at]) : Byte{0}; };
  for (std::size_t at = text.find('\xC3'); at != std::string_view::npos; at = text.find('\xC3', at + 2)) {
    const bool isA = byte(at + 1) == 0x82 || byte(at + 1) == 0x83;  // "Â", "Ã": what C2 and C3 look like
    if (isA && byte(at + 2) == 0xC2 && isIn(byte(at + 3), 0x80, 0xBF)) return at;
    const bool isQuote = byte(at + 1) == 0xA2 && byte(at + 2) == 0xE2 && byte(at + 3) == 0x82 && byte(at + 4) == 0xAC;
    if (isQuote) return at;  // "â€": what E2 80 looks like
    // The other half of what follows "Ã" are signs of Windows-1252 at 0x80-0x9F, such as "Ã…" for "Å".
    const bool isSign =
        (byte(at + 2) == 0xE2 && (byte(at + 3) == 0x80 || byte(at + 3) == 0x82 || byte(at + 3) == 0x84)) ||
        (byte(at + 2) == 0xC5 &&
         (byte(at + 3) == 0x92 || byte(at + 3) == 0x93 || byte(at + 3) == 0xA0 || byte(at + 3) == 0xA1 ||
          byte(at + 3) == 0xB8 || byte(at + 3) == 0xBD || byte(at + 3) == 0xBE)) ||
        (byte(at + 2) == 0xC6 && byte(at + 3) == 0x92) ||
        (byte(at + 2) == 0xCB && (byte(at + 3) == 0x86 || byte(at + 3) == 0x9C));
    const bool isCapitalBefore = at > 0 && text[at - 1] >= 'A' && text[at - 1] <= 'Z';  // "IRMÃ" in quotes
    if (byte(at + 1) == 0x83 && isSign && !isCapitalBefore) return at;
  }
  return std::string_view::npos;
}

}  // namespace winnow::formats
