// Nothing that comes from data acts on a terminal.
#include "io/Shown.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "io/Utf8.hpp"

namespace winnow::io {
namespace {

TEST(Shown, EscapesWhatATerminalWouldActOn) {
  EXPECT_EQ(shown("plain text, Åse Ødegård, 東京"), "plain text, Åse Ødegård, 東京");
  EXPECT_EQ(shown("\x1B]0;title\x07"), "\\x1B]0;title\\x07");
  EXPECT_EQ(shown("a\nb\tc\rd"), "a\\nb\\tc\\rd");
  EXPECT_EQ(shown(std::string_view("\0\x7F", 2)), "\\x00\\x7F");
  EXPECT_EQ(shown("\xC2\x9B"
                  "31m"),
            "\\u{009B}31m");  // CSI as one character of C1
  EXPECT_EQ(shown("\xE2\x80\xAE"
                  "gpj.exe"),
            "\\u{202E}gpj.exe");  // right-to-left override
  EXPECT_EQ(shown("\xE2\x81\xA6x\xE2\x81\xA9"), "\\u{2066}x\\u{2069}");
  EXPECT_EQ(shown("\xE2\x80\xA8"), "\\u{2028}");
  EXPECT_EQ(shown("\xFF\xC3"), "\\xFF\\xC3");
}

TEST(Shown, JoinersAndMarksOfOrdinaryScriptsStay) {
  EXPECT_EQ(shown("\xE2\x80\x8D\xE2\x80\x8C\xE2\x80\x8F"), "\xE2\x80\x8D\xE2\x80\x8C\xE2\x80\x8F");  // ZWJ, ZWNJ, RLM
}

TEST(Shown, LinesKeepTheirLayoutAlone) { EXPECT_EQ(shownLines("a\n\tb\x1B\r\n"), "a\n\tb\\x1B\\r\n"); }

/// Every code point of the first planes, alone: what is shown holds nothing that isShowable() refuses.
TEST(Shown, HoldsForEveryCodePoint) {
  for (char32_t c = 0; c < 0x30000; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string text;
    if (c < 0x80)
      text += static_cast<char>(c);
    else if (c < 0x800)
      (text += static_cast<char>(0xC0 | c >> 6)) += static_cast<char>(0x80 | (c & 63));
    else if (c < 0x10000)
      ((text += static_cast<char>(0xE0 | c >> 12)) += static_cast<char>(0x80 | (c >> 6 & 63))) +=
          static_cast<char>(0x80 | (c & 63));
    else
      (((text += static_cast<char>(0xF0 | c >> 18)) += static_cast<char>(0x80 | (c >> 12 & 63))) +=
       static_cast<char>(0x80 | (c >> 6 & 63))) += static_cast<char>(0x80 | (c & 63));
    ASSERT_EQ(codePointAt(text, 0).value, c);
    const std::string visible = shown(text);
    for (std::size_t at = 0; at < visible.size(); at += codePointAt(visible, at).size)
      ASSERT_TRUE(isShowable(codePointAt(visible, at).value)) << static_cast<unsigned>(c);
    ASSERT_EQ(visible == text, isShowable(c)) << static_cast<unsigned>(c);
  }
}

TEST(Shown, JsonKeepsItsValue) {
  const nlohmann::json json{{"title",
                             "\xC2\x9B"
                             "31m \xE2\x80\xAE \x7F \x1B Åse\n"}};
  const std::string text = shownJson(json.dump(1));
  EXPECT_EQ(nlohmann::json::parse(text), json);
  for (const char* bad : {"\xC2\x9B", "\xE2\x80\xAE", "\x7F", "\x1B"}) EXPECT_EQ(text.find(bad), std::string::npos);
}

}  // namespace
}  // namespace winnow::io
