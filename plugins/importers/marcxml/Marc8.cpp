#include "Marc8.hpp"

#include <array>
#include <cstdint>

#include <winnow/formats/text.hpp>

namespace winnow::marc {

namespace {

/// Extended Latin (ANSEL), from 0xA1; 0: not assigned.
constexpr std::array<std::uint16_t, 40> kLetters = {
    0x0141, 0x00D8, 0x0110, 0x00DE, 0x00C6, 0x0152, 0x02B9, 0x00B7, 0x266D, 0x00AE, 0x00B1, 0x01A0, 0x01AF, 0x02BC,
    0,      0x02BB, 0x0142, 0x00F8, 0x0111, 0x00FE, 0x00E6, 0x0153, 0x02BA, 0x0131, 0x00A3, 0x00F0, 0,      0x01A1,
    0x01B0, 0,      0,      0x00B0, 0x2113, 0x2117, 0x00A9, 0x266F, 0x00BF, 0x00A1, 0x00DF, 0x20AC};
/// Its marks, from 0xE0: each stands before the letter that carries it.
constexpr std::array<std::uint16_t, 31> kMarks = {0x0309, 0x0300, 0x0301, 0x0302, 0x0303, 0x0304, 0x0306, 0x0307,
                                                  0x0308, 0x030C, 0x030A, 0xFE20, 0xFE21, 0x0315, 0x030B, 0x0310,
                                                  0x0327, 0x0328, 0x0323, 0x0324, 0x0325, 0x0333, 0x0332, 0x0326,
                                                  0x031C, 0x032E, 0xFE22, 0xFE23, 0,      0,      0x0313};

/// A mark and the letters that Unicode has with it, each before its composed form.
struct Composed {
  char32_t mark;
  std::u32string_view pairs;
};
constexpr Composed kComposed[] = {{0x0300, U"AÀEÈIÌOÒUÙNǸaàeèiìoòuùnǹ"},
                                  {0x0301, U"AÁEÉIÍOÓUÚYÝCĆLĹNŃRŔSŚZŹGǴaáeéiíoóuúyýcćlĺnńrŕsśzźgǵ"},
                                  {0x0302, U"AÂCĈEÊGĜHĤIÎJĴOÔSŜUÛWŴYŶaâcĉeêgĝhĥiîjĵoôsŝuûwŵyŷ"},
                                  {0x0303, U"AÃEẼIĨNÑOÕUŨYỸaãeẽiĩnñoõuũyỹ"},
                                  {0x0304, U"AĀEĒIĪOŌUŪYȲaāeēiīoōuūyȳ"},
                                  {0x0306, U"AĂEĔGĞIĬOŎUŬaăeĕgğiĭoŏuŭ"},
                                  {0x0307, U"CĊEĖGĠIİZŻHḢMṀNṄSṠTṪcċeėgġzżhḣmṁnṅsṡtṫ"},
                                  {0x0308, U"AÄEËIÏOÖUÜYŸHḦaäeëiïoöuüyÿhḧ"},
                                  {0x030A, U"AÅUŮaåuů"},
                                  {0x030B, U"OŐUŰoőuű"},
                                  {0x030C, U"AǍCČDĎEĚGǦIǏKǨLĽNŇOǑRŘSŠTŤUǓZŽaǎcčdďeěgǧiǐkǩlľnňoǒrřsštťuǔzžjǰ"},
                                  {0x0309, U"AẢEẺIỈOỎUỦYỶaảeẻiỉoỏuủyỷ"},
                                  {0x0323, U"AẠBḄDḌEẸHḤIỊKḲLḶMṂNṆOỌRṚSṢTṬUỤZẒaạbḅdḍeẹhḥiịkḳlḷmṃnṇoọrṛsṣtṭuụzẓ"},
                                  {0x0326, U"SȘTȚsștț"},
                                  {0x0327, U"CÇGĢKĶLĻNŅRŖSŞTŢcçgģkķlļnņrŗsştţ"},
                                  {0x0328, U"AĄEĘIĮOǪUŲaąeęiįoǫuų"}};

char32_t compose(char32_t letter, char32_t mark) {
  for (const Composed& one : kComposed) {
    if (one.mark != mark) continue;
    for (std::size_t i = 0; i + 1 < one.pairs.size(); i += 2)
      if (one.pairs[i] == letter) return one.pairs[i + 1];
  }
  return 0;
}

/// The sets of characters that are in use: 'B' ASCII and 'E' ANSEL, or another.
class Decoder {
 public:
  std::string decode(std::string_view bytes) {
    for (std::size_t at = 0; at < bytes.size();) {
      if (bytes[at] == '\x1B')
        at = escape(bytes, at + 1);
      else
        at = character(bytes, at);
    }
    putMarks();
    return out_;
  }
  bool isWhole() const noexcept { return isWhole_; }

 private:
  /// ESC ( F, ESC ) F and their longer forms name the set of the lower or upper half; ESC $ one of several bytes; ESC s
  /// goes back to ASCII, ESC g, b, p to single signs.
  std::size_t escape(std::string_view bytes, std::size_t at) {
    const auto sign = [&](std::size_t i) { return i < bytes.size() ? bytes[i] : '\0'; };
    if (sign(at) == 's') return lower_ = 'B', width_ = 1, at + 1;
    if (sign(at) == 'g' || sign(at) == 'b' || sign(at) == 'p') return lower_ = sign(at), at + 1;
    const bool isWide = sign(at) == '$';
    if (isWide) ++at;
    const bool isUpper = sign(at) == ')' || sign(at) == '-';
    if (isUpper || sign(at) == '(' || sign(at) == ',') ++at;
    if (sign(at) == '!') ++at;
    (isUpper ? upper_ : lower_) = sign(at);
    if (!isUpper) width_ = isWide ? 3 : 1;
    return at + 1;
  }
  std::size_t character(std::string_view bytes, std::size_t at) {
    const auto code = static_cast<unsigned char>(bytes[at]);
    if (code < 0x21 || code == 0x7F) return put(code < 0x20 ? ' ' : code), at + 1;
    const bool isUpper = code >= 0x80;
    if (!isUpper && lower_ == 'B') return put(code), at + 1;
    if (isUpper && upper_ == 'E') return ansel(code), at + 1;
    if (isUpper && (code < 0xA1 || code == 0xFF)) return at + 1;  // joiners and signs of filing
    isWhole_ = false;
    put(0xFFFD);
    return at + (isUpper ? 1 : width_);
  }
  void ansel(unsigned char code) {
    if (code >= 0xE0 && code < 0xE0 + kMarks.size() && kMarks[code - 0xE0] != 0) {
      marks_ += kMarks[code - 0xE0];
      return;
    }
    const std::size_t place = code - 0xA1u;
    const char32_t letter = code >= 0xA1 && place < kLetters.size() ? kLetters[place] : 0;
    isWhole_ = isWhole_ && letter != 0;
    put(letter != 0 ? letter : U'\uFFFD');
  }
  void put(char32_t letter) {
    if (!marks_.empty())
      if (const char32_t whole = compose(letter, marks_.back()); whole != 0) {
        letter = whole;
        marks_.pop_back();
      }
    formats::appendUtf8(out_, letter);
    putMarks();
  }
  void putMarks() {
    for (const char32_t mark : marks_) formats::appendUtf8(out_, mark);
    marks_.clear();
  }

  std::string out_;
  std::u32string marks_;
  char lower_ = 'B', upper_ = 'E';
  std::size_t width_ = 1;  ///< bytes of a character of the lower half
  bool isWhole_ = true;
};

}  // namespace

std::string marc8ToUtf8(std::string_view bytes, bool& isWhole) {
  Decoder decoder;
  std::string text = decoder.decode(bytes);
  isWhole = decoder.isWhole();
  return text;
}

}  // namespace winnow::marc
