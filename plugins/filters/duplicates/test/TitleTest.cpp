#include "features/Title.hpp"

#include <gtest/gtest.h>

#include "features/TitleTails.hpp"

namespace winnow::duplicates {
namespace {

TEST(Title, foldsNumberWordsAndRomanNumbers) {
  EXPECT_EQ(parseTitle("Two trials of vitamin K. Part I").text, "2 trials of vitamin k part 1");
  EXPECT_EQ(parseTitle("Type II collagen").text, "type 2 collagen");
  EXPECT_EQ(parseTitle("Factor V and I").text, "factor 5 and i");
}

TEST(Title, takesTailsOff) {
  EXPECT_EQ(parseTitle("Walking and mood. [Review] [33 refs]").text, "walking and mood");
  EXPECT_EQ(parseTitle("Walking and mood [Erratum appears in J Foo. 2004;3:9]").text, "walking and mood");
  EXPECT_EQ(parseTitle("Walking and mood (review) (12 refs)").text, "walking and mood");
  EXPECT_EQ(parseTitle("Walking (and running) and mood").text, "walking and running and mood");
}

TEST(Title, knowsTranslations) {
  EXPECT_TRUE(parseTitle("[Walking and mood in old age]").isTranslated);
  EXPECT_TRUE(parseTitle("Walking and mood. [German]").isTranslated);
  EXPECT_EQ(parseTitle("[Walking and mood in old age].").text, "walking and mood in old age");
  EXPECT_FALSE(parseTitle("Walking and [14C]-labelled mood").isTranslated);
}

TEST(Title, aCitationBehindItMarksACorrection) {
  EXPECT_EQ(parseTitle("Walking and mood (vol 3, pg 4, 2001)").notice, Notice::erratum);
  EXPECT_EQ(parseTitle("Walking and mood (volume control)").notice, Notice::none);
}

TEST(Title, knowsNotices) {
  EXPECT_EQ(parseTitle("Erratum: Walking and mood").notice, Notice::erratum);
  EXPECT_EQ(parseTitle("Correction to: Walking and mood").notice, Notice::erratum);
  EXPECT_EQ(parseTitle("Correction: Walking and mood").notice, Notice::erratum);
  EXPECT_EQ(parseTitle("Correction of refraction in mood disorders").notice, Notice::none);
  EXPECT_EQ(parseTitle("Comment on Walking and mood").notice, Notice::reply);
  EXPECT_EQ(parseTitle("Walking and mood - Reply").notice, Notice::reply);
  EXPECT_EQ(parseTitle("Walking and mood: authors' response").notice, Notice::reply);
  EXPECT_EQ(parseTitle("Retraction notice to Walking and mood").notice, Notice::retraction);
}

TEST(Title, aRetractedArticleIsStillTheArticle) {
  const Title title = parseTitle("RETRACTED: Walking and mood in old age");
  EXPECT_EQ(title.text, "walking and mood in old age");
  EXPECT_EQ(title.notice, Notice::none);
}

TEST(Title, splitsParts) {
  const Title title = parseTitle("Short report: walking and mood - a pilot study");
  ASSERT_EQ(title.parts.size(), 2u);
  EXPECT_EQ(title.letters.substr(title.parts[0], 14), "walkingandmood");
  EXPECT_TRUE(parseTitle("Walking, mood").parts.empty());
}

TEST(Title, knowsSections) {
  EXPECT_TRUE(parseTitle("Editor's Comments").isEditorial);
  EXPECT_TRUE(parseTitle("Letter to the editor").isSectionName);
  EXPECT_FALSE(parseTitle("Letter to the editor").isEditorial);
  EXPECT_FALSE(parseTitle("Editorial standards of peer reviewed journals in nursing").isSectionName);
  EXPECT_TRUE(parseTitle("Empyema").isGeneric);
}

TEST(Title, emptyAndOddInput) {
  EXPECT_TRUE(parseTitle("").empty());
  EXPECT_TRUE(parseTitle("[]").empty());
  EXPECT_TRUE(parseTitle("...").empty());
  EXPECT_EQ(parseTitle("]]]((").words.size(), 0u);
}

}  // namespace
}  // namespace winnow::duplicates
