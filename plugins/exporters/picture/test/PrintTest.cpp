#include "picture/Print.hpp"

#include <gtest/gtest.h>

#include "picture/Fonts.hpp"
#include "picture/Widths.hpp"

#include <ft2build.h>
#include FT_FREETYPE_H

namespace {

using namespace winnow::picture;

Scene sceneOf(const std::string& label) {
  Scene scene;
  scene.beginGroup("box", "a tooltip");
  scene.rect({10, 10, 100, 40}, {"#ffffff", "#000000", 1, 3});
  scene.text({{{20, 34}, label}}, {12, Weight::Bold});
  scene.endGroup();
  scene.arrow({{60, 50}, {60, 90}}, "#000000", 1);
  scene.sector({150, 60}, 20, 0.1, 0.8, {"#0072b2", "#1d232b"});
  return scene;
}
const Page kPage{200, 100, "A title", "What is drawn", ""};

TEST(Print, TheSameSceneGivesTheSameBytes) {
  EXPECT_EQ(pdf(sceneOf("Records"), kPage).bytes, pdf(sceneOf("Records"), kPage).bytes);
  EXPECT_EQ(png(sceneOf("Records"), kPage, 300).bytes, png(sceneOf("Records"), kPage, 300).bytes);
  EXPECT_NE(pdf(sceneOf("Records"), kPage).bytes, pdf(sceneOf("Reports"), kPage).bytes);
}

TEST(Print, APdfHoldsNoClock) {
  EXPECT_EQ(pdf(sceneOf("Records"), kPage).bytes.find("CreationDate"), std::string::npos);
}

TEST(Print, APngSaysItsSize) {
  const std::string bytes = png(sceneOf("Records"), kPage, 300).bytes;
  EXPECT_EQ(bytes.substr(1, 3), "PNG");
  EXPECT_EQ(bytes.substr(16, 8), std::string("\0\0\2\161\0\0\1\71", 8));         // 625 x 313
  EXPECT_EQ(bytes.substr(37, 12), std::string("pHYs\0\0\56\43\0\0\56\43", 12));  // 11811 dots a metre
}

TEST(Print, APictureTooLargeForPixelsIsDrawnCoarser) {
  const Printed printed = png({}, {20, 40000, "", "", ""}, 300);
  EXPECT_LT(printed.dpi, 80);
  EXPECT_EQ(printed.bytes.substr(1, 3), "PNG");
}

TEST(Print, WhatTheFontCannotShowIsNamedOnce) {
  EXPECT_TRUE(pdf(sceneOf("Łódź, Ærø, Ελλάδα, Київ; n = 12\u202F345 ≥ 3"), kPage).unprintable.empty());
  EXPECT_EQ(pdf(sceneOf("不是英文不"), kPage).unprintable, (std::vector<std::string>{"不", "文", "是", "英"}));
  EXPECT_EQ(png(sceneOf("עברית a\u200D"), kPage, 96).unprintable.size(), 5u);
}

TEST(Print, LinksToAddressesAreKept) {
  Scene scene;
  scene.beginLink("https://doi.org/10.5555/x");
  scene.text({{{20, 34}, "here"}}, {});
  scene.endLink();
  scene.beginLink("#anchor");
  scene.text({{{20, 64}, "there"}}, {});
  scene.endLink();
  const std::string bytes = pdf(scene, kPage).bytes;
  EXPECT_NE(bytes.find("https://doi.org/10.5555/x"), std::string::npos);
  EXPECT_EQ(bytes.find("#anchor"), std::string::npos);
}

TEST(Widths, NoCharacterOfTheEmbeddedFontIsWiderThanTheTable) {
  FT_Library library = nullptr;
  ASSERT_EQ(FT_Init_FreeType(&library), 0);
  for (const Weight weight : {Weight::Regular, Weight::Bold}) {
    FT_Face face = nullptr;
    const FontFile file = fontFile(weight);
    ASSERT_EQ(FT_New_Memory_Face(library, file.data, static_cast<FT_Long>(file.size), 0, &face), 0);
    std::size_t checked = 0;
    FT_UInt glyph = 0;
    for (FT_ULong c = FT_Get_First_Char(face, &glyph); glyph != 0; c = FT_Get_Next_Char(face, c, &glyph)) {
      const auto width = tabulatedWidth(static_cast<char32_t>(c), weight);
      if (!width) continue;
      ASSERT_EQ(FT_Load_Glyph(face, glyph, FT_LOAD_NO_SCALE), 0);
      EXPECT_GE(*width + 1, face->glyph->advance.x * 1000 / face->units_per_EM) << std::hex << c;
      ++checked;
    }
    EXPECT_GT(checked, 1000u);
    FT_Done_Face(face);
  }
  FT_Done_FreeType(library);
}

}  // namespace
