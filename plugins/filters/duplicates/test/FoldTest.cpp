#include "features/Fold.hpp"

#include <gtest/gtest.h>

namespace winnow::duplicates {
namespace {

TEST(Fold, lowersAndDropsAccents) { EXPECT_EQ(fold("Über Ärzte: ŒUVRE, Łódź"), "uber arzte oeuvre lodz"); }

TEST(Fold, separatesAtSignsAndJoinsAtApostrophes) {
  EXPECT_EQ(fold("well-being\xE2\x80\x94O\xE2\x80\x99Neil's  (pilot)"), "well being oneils pilot");
}

TEST(Fold, namesGreekLetters) {
  EXPECT_EQ(fold("TNF-α, Δ9"), "tnf alpha delta9");
  EXPECT_EQ(fold("&beta;-cells"), "beta cells");
}

TEST(Fold, resolvesEntitiesAndTags) {
  EXPECT_EQ(fold("salt &amp; water &#233;t&eacute; CO<sub>2</sub>"), "salt and water ete co2");
  EXPECT_EQ(fold("p < 0.05 and x > 2"), "p 0 05 and x 2");
  EXPECT_EQ(fold("this & that; AT&T"), "this and that at and t");
}

TEST(Fold, foldsWidthLigaturesAndSmallDigits) { EXPECT_EQ(fold("ＡＢ１ ﬁne x² y₂"), "ab1 fine x2 y2"); }

TEST(Fold, marksLostLetters) {
  EXPECT_EQ(fold("for?ts"), "for?ts");
  EXPECT_EQ(fold("na\xEFve"), "na?ve");
  EXPECT_EQ(fold("why? because"), "why because");
}

TEST(Fold, keepsOtherScripts) { EXPECT_EQ(fold("ПАМЯТЬ 睡眠"), "память 睡眠"); }

TEST(Fold, survivesWhatIsCutOff) {
  EXPECT_EQ(fold("caf\xC3"), "caf?");
  EXPECT_EQ(fold("&#99999999999;"), "and 99999999999");
  EXPECT_EQ(fold("<"), "");
  EXPECT_EQ(fold(std::string_view("a\0b", 3)), "a b");
}

TEST(Fold, appendsBehindASpace) {
  std::string out = "first";
  foldInto("Second", out);
  EXPECT_EQ(out, "first second");
}

}  // namespace
}  // namespace winnow::duplicates
