#include "picture/Scene.hpp"

#include <gtest/gtest.h>

namespace {

using namespace winnow::picture;

TEST(Text, ControlAndOverrideCharactersAreRemoved) {
  EXPECT_EQ(cleanText("a\x01"
                      "b\x1F\u007F\u0085c"),
            "ab c");
  EXPECT_EQ(cleanText("\u202Egnp.exe\u2066\uFEFF"), "gnp.exe");
  EXPECT_EQ(cleanText("x\uFFFEy\uFFFFz"), "xyz");
}

TEST(Text, WhiteSpaceBecomesSingleSpaces) {
  EXPECT_EQ(cleanText("  line one\r\n\tline two  "), "line one line two");
  EXPECT_EQ(cleanText(" \n "), "");
}

TEST(Text, WidthIsTheWiderOfTheTwoFontFamilies) {
  // DejaVu Sans: 'm' 975, 'i' 278 thousandths of an em.
  EXPECT_DOUBLE_EQ(textWidth("mi", 10, Weight::Regular), 12.53);
  EXPECT_GT(textWidth("mi", 10, Weight::Bold), textWidth("mi", 10, Weight::Regular));
}

TEST(Text, IdeographsAreOneEmAndUnknownScriptsNotLess) {
  EXPECT_DOUBLE_EQ(textWidth("\u4E0D", 10, Weight::Regular), 10);
  EXPECT_GE(textWidth("\U00012000", 10, Weight::Regular), 10);
  EXPECT_DOUBLE_EQ(textWidth("e\u0301", 10, Weight::Regular), textWidth("e", 10, Weight::Regular));
}

TEST(Text, LinesBreakAtSpacesAndKeepEveryCharacter) {
  const auto lines = wrapText("alpha beta gamma", 40, 40, 10, Weight::Regular);
  EXPECT_EQ(lines, (std::vector<std::string>{"alpha ", "beta ", "gamma"}));
}

TEST(Text, NoLineIsWiderThanItsRoom) {
  const std::string text =
      "a long word: " + std::string(120, 'x') + " school/education/kindergarten \u4E0D\u662F\u82F1\u6587\u4E0D\u662F";
  const auto lines = wrapText(text, 60, 50, 11, Weight::Bold);
  std::string joined;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::string shown = lines[i];
    if (!shown.empty() && shown.back() == ' ') shown.pop_back();
    EXPECT_LE(textWidth(shown, 11, Weight::Bold), i == 0 ? 60 : 50) << lines[i];
    joined += lines[i];
  }
  EXPECT_EQ(joined, text);
}

TEST(Text, ALineNeverBeginsWithACombiningMark) {
  std::string text;
  for (int i = 0; i < 30; ++i) text += "e\u0301";
  for (const std::string& line : wrapText(text, 25, 25, 10, Weight::Regular)) EXPECT_EQ(line[0], 'e');
}

TEST(Text, EmptyTextIsOneEmptyLine) { EXPECT_EQ(wrapText("", 10, 10, 10, Weight::Regular).size(), 1u); }

TEST(Text, ALongLabelIsCutWithADotLine) {
  EXPECT_EQ(elided("short", 100, 10, Weight::Regular), "short");
  const std::string cut = elided("public administration and e\u0301lite", 100, 10, Weight::Regular);
  EXPECT_LE(textWidth(cut, 10, Weight::Regular), 100);
  EXPECT_EQ(cut, "public administra…");
}

TEST(Text, LargeCountsAreInGroups) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(9999), "9999");
  EXPECT_EQ(grouped(12345), "12\u202F345");
  EXPECT_EQ(grouped(-1234567), "-1\u202F234\u202F567");
}

TEST(Text, NamesOfEuropeAreMeasuredNotGuessed) {
  // Latin Extended-A: as wide as their base letters, give or take; an estimate by block took an em and more for each.
  EXPECT_LT(textWidth("Łódź Čapek İstanbul", 10, Weight::Regular), 110);
}

TEST(Scene, LengthsHaveAtMostOneDecimal) {
  EXPECT_EQ(formatLength(12), "12");
  EXPECT_EQ(formatLength(12.34), "12.3");
  EXPECT_EQ(formatLength(-0.04), "0");
  EXPECT_EQ(formatLength(-1.25), "-1.3");
}

TEST(Scene, DataIsEscaped) {
  Scene scene;
  scene.beginGroup("a", "1 < 2 & \"3\"");
  scene.text({{{1, 2}, "</text><script>"}}, {});
  scene.endGroup();
  EXPECT_EQ(
      scene.svg(10, 20, "t & u", "d<e"),
      "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"title desc\" width=\"10\" "
      "height=\"20\" viewBox=\"0 0 10 20\" font-family=\"Arial, Helvetica, 'Liberation Sans', 'DejaVu Sans', "
      "sans-serif\">\n"
      "<title id=\"title\">t &amp; u</title>\n<desc id=\"desc\">d&lt;e</desc>\n"
      "<rect width=\"10\" height=\"20\" fill=\"#ffffff\"/>\n"
      "<g id=\"a\"><title>1 &lt; 2 &amp; &quot;3&quot;</title>\n"
      "<text font-size=\"12\" fill=\"#1d232b\" x=\"1\" y=\"2\">&lt;/text&gt;&lt;script&gt;</text>\n</g>\n</svg>\n");
}

TEST(Scene, IdsTakeThePrefixOfThePage) {
  Scene scene;
  scene.beginGroup("box", "");
  scene.endGroup();
  const std::string svg = scene.svg({10, 10, "t", "d", "map-"});
  EXPECT_NE(svg.find("aria-labelledby=\"map-title map-desc\""), std::string::npos);
  EXPECT_NE(svg.find("<g id=\"map-box\">"), std::string::npos);
}

TEST(Scene, OnlyHarmlessLinksAreLinks) {
  for (const char* target :
       {"#records", "list.csv", "./a/b?c=d:e", "https://doi.org/10.1/x", "HTTP://a", "mailto:a@b.c"})
    EXPECT_TRUE(isSafeLink(target)) << target;
  for (const char* target : {"", "javascript:alert(1)", "JavaScript:alert(1)", " javascript:x", "java\tscript:x",
                             "data:text/html,x", "//evil.example", "file:///etc/passwd", "vbscript:x"})
    EXPECT_FALSE(isSafeLink(target)) << target;
  Scene scene;
  scene.beginLink("javascript:alert(1)");
  scene.text({{{1, 2}, "label"}}, {});
  scene.endLink();
  scene.beginLink("#a&b");
  scene.endLink();
  const std::string svg = scene.svg(1, 1, "", "");
  EXPECT_EQ(svg.find("javascript"), std::string::npos);
  EXPECT_NE(svg.find("label"), std::string::npos);
  EXPECT_NE(svg.find("<a href=\"#a&amp;b\">\n</a>"), std::string::npos);
}

TEST(Scene, SectorsTogetherAreADisc) {
  Scene scene;
  scene.sector({50, 50}, 20, 0, 0.25, {"#000000"});
  scene.sector({50, 50}, 20, 0, 1, {"#000000"});
  const std::string svg = scene.svg(1, 1, "", "");
  EXPECT_NE(svg.find("M50 50L50 30C61 30 70 39 70 50Z"), std::string::npos) << svg;
  EXPECT_NE(svg.find("rx=\"20\""), std::string::npos);
}

TEST(Scene, AnArrowEndsAtItsLastPoint) {
  Scene scene;
  scene.arrow({{0, 0}, {0, 20}}, "#000000", 1);
  const std::string svg = scene.svg(1, 1, "", "");
  EXPECT_NE(svg.find("M0 0L0 13"), std::string::npos);
  EXPECT_NE(svg.find("M0 20L-3.5 13L3.5 13Z"), std::string::npos);
}

}  // namespace
