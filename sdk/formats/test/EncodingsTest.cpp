#include <gtest/gtest.h>

#include <string>
#include <winnow/formats/encodings.hpp>
#include <winnow/formats/text.hpp>

namespace winnow::formats {
namespace {

std::string charsetOf(std::string_view bytes) {
  EncodingHint hint;
  return isOtherEncoding(bytes, hint) ? (hint.charset.empty() ? "?" : std::string(hint.charset)) : "";
}

TEST(Encodings, WesternTextIsWesternText) {
  for (const char* text : {"M\xFCller, J\xF6rgen",
                           "Bl\xE5 b\xE6r og r\xF8"
                           "de b\xE6r",
                           "\x93quoted\x94 \x96 text", "\xC5rhus", "gar\xE7on na\xEFve \xE9t\xE9", "\xD8re", "It\x92s",
                           "\xA9 2019 Elsevier \xAE"})
    EXPECT_EQ(charsetOf(text), "") << text;
}

TEST(Encodings, OtherScriptsAreNamed) {
  // The same invented title, "peer support", in the words of each language.
  EXPECT_EQ(charsetOf("\xCD\xAC\xB0\xE9\xD6\xA7\xB3\xD6\xD1\xD0\xBE\xBF"), "gb18030");
  EXPECT_EQ(charsetOf("\xA6P\xA6\xF1\xA4\xE4\xAB\xF9\xAA\xBA\xAC\xE3\xA8s\xB5\xB2\xAA\x47"), "big5");
  EXPECT_EQ(charsetOf("\x83s\x83"
                      "A\x83T\x83|\x81[\x83g\x82\xCC\x8C\xA4\x8B\x86"),
            "shift-jis");
  EXPECT_EQ(charsetOf("\xA5\xD4\xA5\xA2\xA5\xB5\xA5\xDD\xA1\xBC\xA5\xC8\xA4\xCE\xB8\xA6\xB5\xE6"), "euc-jp");
  EXPECT_EQ(charsetOf("\xB5\xBF\xB7\xE1 \xC1\xF6\xC1\xF6\xBF\xA1 \xB0\xFC\xC7\xD1 \xBF\xAC\xB1\xB8"), "euc-kr");
  EXPECT_EQ(charsetOf("\xCF\xEE\xE4\xE4\xE5\xF0\xE6\xEA\xE0 \xF0\xE0\xE2\xED\xFB\xF5"), "windows-1251");
  EXPECT_EQ(charsetOf("\xF0\xCF\xC4\xC4\xC5\xD2\xD6\xCB\xC1 \xD2\xC1\xD7\xCE\xD9\xC8"), "koi8-r");
  EXPECT_EQ(charsetOf("M\x9Fller, J\x9Argen, caf\x8Es"), "macintosh");
}

TEST(Encodings, TextThatWasEncodedTwiceIsSeen) {
  for (const char* once : {"\xC3\xB8", "\xC3\xA9", "\xE2\x80\x99", "\xC2\xA9", "\xC3\x85"}) {  // ø é ’ © Å
    const std::string twice = "word " + cp1252ToUtf8(once) + " word";
    EXPECT_EQ(findDoubleEncoded(twice), 5u) << once;
    EXPECT_EQ(findDoubleEncoded("word " + std::string(once) + " word"), std::string_view::npos) << once;
  }
  EXPECT_EQ(findDoubleEncoded("IRM\xC3\x83O S\xC3\x83O"), std::string_view::npos);    // IRMÃO SÃO
  EXPECT_EQ(findDoubleEncoded("\xC3\x82ngela, \xC3\x83 o"), std::string_view::npos);  // Ângela
}

}  // namespace
}  // namespace winnow::formats
